"""One step: each kind of answer settles its row in its own way."""

import pytest

from pos_client.carrier import problems
from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem
from pos_client.model.row import RowState
from pos_client.sync.policy import Policy
from pos_client.sync.step import Delivery, Step, deliver_one
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import NOON, Machine, SmallOutbox, dice

POLICY = Policy()


def deliver(outbox: SmallOutbox, *fates: Problem | None) -> Delivery:
    """Do one step with a carrier that answers so."""
    script = [None if fate is None else (lambda fate=fate: fate) for fate in fates]
    carrier = ScriptedCarrier(Machine(), script)
    return deliver_one(outbox, carrier, NOON, dice(1), POLICY)


def test_an_empty_outbox_is_idle() -> None:
    assert deliver(SmallOutbox()) == Delivery(Step.IDLE)


def test_a_receipt_delivers_the_row() -> None:
    outbox = SmallOutbox()
    outbox.put("a")
    assert deliver(outbox, None) == Delivery(Step.DELIVERED, outbox.rows["a"].id)  # type: ignore[index]  # a plain id
    assert outbox.in_state(RowState.RECEIVED) == ["a"]
    assert outbox.receipts.keys() == {"a"}


@pytest.mark.parametrize(
    "problem",
    [
        problems.CarrierUnreachable(cause="timeout"),
        problems.CaptivePortal(cause="http_200"),
        problems.TlsNotTrusted(reason="expired"),
        problems.ClockDiffers(),
        problems.NotAReceipt(reason="keys"),
        problems.ReceiptForged(reason="signature"),
        problems.ReplyDamaged(reason="too_long"),
        problems.CarrierBusy(),
    ],
    ids=lambda problem: problem.code,
)
def test_no_word_from_the_carrier_postpones_and_never_drops(problem: Problem) -> None:
    outbox = SmallOutbox()
    outbox.put("a")
    assert deliver(outbox, problem).step is Step.POSTPONED
    (row,) = outbox.rows.values()
    assert (row.state, row.cause, row.attempts) == (RowState.QUEUED, problem.code, 1)
    assert row.next_at >= NOON
    assert (row.next_at - NOON).total_seconds() <= POLICY.first_s


def test_a_busy_carrier_is_left_alone_for_as_long_as_it_asks() -> None:
    outbox = SmallOutbox()
    outbox.put("a")
    deliver(outbox, problems.CarrierBusy(retry_after_s=120.0))
    (row,) = outbox.rows.values()
    assert (row.next_at - NOON).total_seconds() >= 120.0


@pytest.mark.parametrize(
    "problem",
    [
        problems.PacketConflict(),
        problems.PacketRejected(reason="header"),
        PacketDamaged(reason="cut_short"),
    ],
    ids=lambda problem: problem.code,
)
def test_a_final_no_sets_the_row_aside_where_it_can_be_seen(problem: Problem) -> None:
    outbox = SmallOutbox()
    outbox.put("a")
    assert deliver(outbox, problem).step is Step.QUARANTINED
    (row,) = outbox.rows.values()
    assert (row.state, row.cause) == (RowState.QUARANTINED, problem.code)


def test_a_refused_till_blames_no_row() -> None:
    outbox = SmallOutbox()
    outbox.put("a")
    assert deliver(outbox, problems.TillRefused(reason="device_revoked")).step is Step.PAUSED
    (row,) = outbox.rows.values()
    assert (row.state, row.next_at) == (RowState.QUEUED, NOON)
