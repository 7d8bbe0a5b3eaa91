"""A sandbox carrier and an enrolled till on a real TLS line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from carrier_sandbox import Behaviour, Sandbox, tls
from carrier_sandbox.tls import Pair
from pos_client.carrier.http import HttpCarrier
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
