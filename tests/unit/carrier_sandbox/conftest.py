"""A carrier that serves nobody."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from carrier_sandbox import keys
from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.office import Office
from carrier_sandbox.sqlite import SqliteDatabase
from tests.fakes.carrier_counter import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A fresh carrier."""
    database = SqliteDatabase(tmp_path / "carrier.sqlite")
    with closing(database):
        behaviour = Behaviour(decide_after_s=5.0)
        made = Counter(Office(keys.load(tmp_path), database, behaviour, lambda: made.now))
        yield made
