"""A till that is killed while it is set up: the next try goes on; the carrier knows one till."""

import os
import random
import select
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pos_client.model.problems import Problem
from pos_client.model.status import TillState
from tests.fakes.counter import OPERATOR, PIN, fill, open_counter
from tests.faults.unruly_carrier import UnrulyCarrier, unruly_carrier
from tests.faults.visits import real_now
from tests.journey.shop import Customer, citizen

pytestmark = pytest.mark.slow

ROUNDS = 10
MOST_KILLS = 12


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[UnrulyCarrier]:
    """A real carrier in a process of its own."""
    with unruly_carrier(tmp_path / "carrier", 0.0) as running:
        yield running


def test_killed_enrolments_go_on_and_make_one_till_each(
    tmp_path: Path, carrier: UnrulyCarrier
) -> None:
    customer = citizen(1)
    chance = random.Random(7)  # noqa: S311 - to be repeated, not to be secret
    for number in range(ROUNDS):
        home = tmp_path / f"till-{number}"
        with carrier.books() as books:
            invitation = books.invitation(training=True, url=carrier.url)
        for _ in range(MOST_KILLS):
            _enrol_and_be_killed(home, invitation, chance.uniform(0.0, 0.12))
        _finish(home, invitation, customer)

    with carrier.books() as books:
        assert len(books.devices()) == ROUNDS
        assert len(books.received()) == ROUNDS
        assert books.alarms() == ()


def _enrol_and_be_killed(home: Path, invitation: bytes, seconds: float) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(Problem):  # it is enrolled already
            open_counter(home, real_now).enrol(invitation, OPERATOR, PIN)
        os._exit(0)
    os.close(writing)
    select.select([reading], [], [], seconds)  # readable when the child has come to its end
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)


def _finish(home: Path, invitation: bytes, customer: Customer) -> None:
    """Set the till up unless that is done, and serve one customer."""
    desk = open_counter(home, real_now)
    if desk.till_state() is TillState.NEW:
        desk.enrol(invitation, OPERATOR, PIN)
    else:
        desk.sign_in(OPERATOR, PIN)
    desk.submit(fill(desk, customer.readings(), customer.msisdn, customer.iccid))
    desk.sync_once()
    assert desk.status().queue.waiting == 0
    desk.close()
