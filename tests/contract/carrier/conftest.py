"""A sandbox carrier and an enrolled till on a real TLS line."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from carrier_sandbox import Behaviour, Sandbox, tls
from carrier_sandbox.tls import Pair
from pos_client.carrier.http import HttpCarrier
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.store import DatabaseKey
from tests.fakes.sandbox_till import SandboxTill, real_now


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A carrier that decides at once."""
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=0.0)) as running:
        yield running


@pytest.fixture
def till(sandbox: Sandbox) -> SandboxTill:
    """A till the carrier knows."""
    return SandboxTill.enrolled(sandbox)


@pytest.fixture
def carrier(till: SandboxTill) -> Iterator[HttpCarrier]:
    """The real adapter of that till."""
    adapter = till.carrier()
    yield adapter
    adapter.close()


@pytest.fixture(scope="session")
def authority() -> Pair:
    """An authority for certificates of tests."""
    return tls.found(real_now())


@pytest.fixture
def outbox(tmp_path: Path, till: SandboxTill) -> Iterator[Outbox]:
    """A real outbox on the disk."""
    folder = tmp_path / "till"
    folder.mkdir(mode=0o700)
    opened = Outbox(folder, DatabaseKey.random(), till.device_id, till.public)
    with closing(opened):
        yield opened
