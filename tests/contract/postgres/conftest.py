"""A PostgreSQL of the tests' own. Where there is none, the tests say what to type."""

import sys
from collections.abc import Iterator

import pytest

if sys.platform == "win32":
    # PostgreSQL's programs there are another story; the carrier's servers run on Linux.
    collect_ignore_glob = ["test_*.py"]
else:
    from bench._postgres import Postgres

    @pytest.fixture(scope="session")
    def postgres() -> Iterator[str]:
        """The URL of a database server that lives as long as the tests."""
        with Postgres() as running:
            yield running.url
