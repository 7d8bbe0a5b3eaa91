"""A long queue on a real line: it drains in one go, and one refusal stops all of it."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from carrier_sandbox import Fault, Sandbox
from pos_client.carrier.http import HttpCarrier
from pos_client.carrier.problems import TillRefused
from pos_client.model.row import Row, RowState
from pos_client.model.status import LinkState
from pos_client.outbox.outbox import Outbox
from pos_client.sync.policy import Policy
from pos_client.sync.round import Clocks, Round
from pos_client.sync.step import Delivery, Step
from tests.fakes.sandbox_till import SandboxTill, packed, real_now
from tests.fakes.small_outbox import dice

pytestmark = pytest.mark.slow

#: As it is delivered, but for the wait at the start of the day.
PATIENT = Policy(start_spread_s=0.0)


def all_rows(outbox: Outbox) -> Iterator[Row]:
    """Return every row, page by page."""
    page = outbox.rows(limit=500)
    while page:
        yield from page
        page = outbox.rows(limit=500, after=page[-1].id)


def sending(outbox: Outbox, carrier: HttpCarrier, policy: Policy, told: list[Delivery]) -> Round:
    """Return a round over the real parts."""
    return Round(outbox, carrier, Clocks(real_now, time.monotonic), policy, dice(6), told.append)


@pytest.mark.parametrize("abreast", [1, 5])
def test_seventy_that_wait_are_sent_in_one_pass(
    sandbox: Sandbox, till: SandboxTill, outbox: Outbox, carrier: HttpCarrier, abreast: int
) -> None:
    ids = [outbox.put(packed(till)).id for _ in range(70)]
    told: list[Delivery] = []
    sending(outbox, carrier, replace(PATIENT, lanes=abreast), told).run()
    assert [delivery.step for delivery in told] == [Step.DELIVERED] * 70
    assert outbox.figures().waiting == 0
    assert sorted(sandbox.received()) == sorted(ids)


def test_one_that_fails_does_not_keep_the_others_of_the_pass(
    sandbox: Sandbox, till: SandboxTill, outbox: Outbox, carrier: HttpCarrier
) -> None:
    ids = [outbox.put(packed(till)).id for _ in range(70)]
    sandbox.behaviour.then(Fault.NONE, Fault.ERROR_500)
    told: list[Delivery] = []
    sending(outbox, carrier, PATIENT, told).run()
    (late,) = [delivery.id for delivery in told if delivery.step is Step.POSTPONED]
    assert late == ids[1]
    assert set(ids) - set(sandbox.received()) <= {late}


def test_a_till_that_is_refused_stops_at_the_first_of_a_thousand_with_one_message(
    sandbox: Sandbox, till: SandboxTill, outbox: Outbox, carrier: HttpCarrier
) -> None:
    ids = [outbox.put(packed(till)).id for _ in range(1000)]
    sandbox.revoke(till.device_id)
    told: list[Delivery] = []
    work = sending(outbox, carrier, replace(PATIENT, lanes=2), told)
    waits = [work.run(), work.run()]
    (delivery,) = told
    assert (delivery.id, delivery.step) == (ids[0], Step.PAUSED)
    assert isinstance(delivery.problem, TillRefused)
    assert (work.link.view.state, work.link.view.cause) == (LinkState.REFUSED, TillRefused.code)
    assert min(waits) > 100.0, "nobody knocks again at once"
    rows = list(all_rows(outbox))
    assert [row.id for row in rows if row.attempts] == [ids[0]], "no other row was even tried"
    assert {row.state for row in rows} == {RowState.QUEUED}, "and none is blamed"
    assert sandbox.received() == []
