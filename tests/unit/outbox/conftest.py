"""What the tests of the outbox stand on: a till in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.outbox_till import OutboxTill


@pytest.fixture
def till(tmp_path: Path) -> Iterator[OutboxTill]:
    """Give a till with an open outbox."""
    made = OutboxTill(tmp_path / "till")
    yield made
    made.outbox.close()
