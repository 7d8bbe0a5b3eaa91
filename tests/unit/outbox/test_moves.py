"""Every move a row can make, and none besides."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.model.receipt import Outcome
from pos_client.model.row import MOVES, RowState
from pos_client.outbox import rows
from pos_client.outbox.problems import ReceiptMismatch, RowElsewhere, RowUnknown
from tests.fakes.outbox_till import (
    GRACE,
    NOON,
    OutboxTill,
    decision_for,
    new_id,
    receipt_for,
)

LATER = NOON + timedelta(minutes=5)
MUCH_LATER = NOON + timedelta(days=40)


def test_a_submitted_registration_is_queued_and_due_at_once(till: OutboxTill) -> None:
    row = till.submit()
    assert row.state is RowState.QUEUED
    assert till.outbox.lease(NOON) is not None


def test_a_lease_is_written_before_the_packet_is_handed_out(till: OutboxTill) -> None:
    row = till.submit()
    leased = till.outbox.lease(NOON)
    assert leased is not None
    assert leased.row.state is RowState.SENDING
    assert leased.row.attempts == 1
    assert till.outbox.row(row.id) == leased.row
    assert leased.data == till.packet_file(row.id).read_bytes()


def test_a_leased_row_is_not_leased_twice(till: OutboxTill) -> None:
    till.submit()
    assert till.outbox.lease(NOON) is not None
    assert till.outbox.lease(NOON) is None


def test_rows_are_leased_in_the_order_they_came(till: OutboxTill) -> None:
    first, second = till.submit(), till.submit()
    taken = [till.outbox.lease(NOON), till.outbox.lease(NOON)]
    assert [leased.row.id for leased in taken if leased] == [first.id, second.id]


def test_a_released_row_waits_until_its_time_and_others_go_ahead(till: OutboxTill) -> None:
    first, second = till.submit(), till.submit()
    till.outbox.lease(NOON)
    till.outbox.release(first.id, LATER, "C100")
    row = till.outbox.row(first.id)
    assert (row.state, row.cause, row.next_at) == (RowState.QUEUED, "C100", LATER)
    ahead = till.outbox.lease(NOON)
    assert ahead is not None
    assert ahead.row.id == second.id
    assert till.outbox.lease(NOON) is None
    again = till.outbox.lease(LATER)
    assert again is not None
    assert (again.row.id, again.row.attempts) == (first.id, 2)


def test_a_clock_that_jumped_cannot_freeze_a_row(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.lease(NOON)
    till.outbox.release(row.id, NOON + timedelta(days=3650), "C100")
    assert till.outbox.lease(NOON) is not None


def test_the_carriers_receipt_moves_a_sending_row(till: OutboxTill) -> None:
    row = till.send()
    assert row.state is RowState.RECEIVED
    assert row.received_at == NOON
    assert row.carrier_ref == f"C-{row.id[:8]}"
    assert till.outbox.stored_receipt(row.id) == receipt_for(row)


def test_the_same_receipt_again_changes_nothing(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.acknowledge(receipt_for(row))
    assert till.outbox.row(row.id) == row


@pytest.mark.parametrize("wrong", [{"packet_sha256": "0" * 64}, {"device_id": "till-8"}])
def test_a_receipt_for_something_else_is_refused(till: OutboxTill, wrong: dict[str, str]) -> None:
    till.submit()
    leased = till.outbox.lease(NOON)
    assert leased is not None
    forged = replace(receipt_for(leased.row), **wrong)  # type: ignore[arg-type] # all are texts
    with pytest.raises(ReceiptMismatch):
        till.outbox.acknowledge(forged)
    assert till.outbox.row(leased.row.id).state is RowState.SENDING
    assert till.outbox.stored_receipt(leased.row.id) is None


def test_a_receipt_for_an_unknown_registration_is_refused(till: OutboxTill) -> None:
    row = till.submit()
    with pytest.raises(RowUnknown):
        till.outbox.acknowledge(replace(receipt_for(row), packet_id=new_id()))


def test_a_receipt_that_came_on_a_stick_closes_a_row_that_waits_and_only_once(
    till: OutboxTill,
) -> None:
    row = till.submit()
    till.outbox.acknowledge(receipt_for(row))
    assert till.outbox.row(row.id).state is RowState.RECEIVED
    till.outbox.acknowledge(receipt_for(row))
    assert till.outbox.row(row.id).state is RowState.RECEIVED


def test_a_receipt_that_came_by_another_way_while_we_were_sending_stays(till: OutboxTill) -> None:
    row = till.submit()
    assert till.outbox.lease(NOON + timedelta(days=1)) is not None
    till.outbox.acknowledge(receipt_for(row))
    till.outbox.release(row.id, NOON, "C100")
    till.outbox.quarantine(row.id, "C109")
    assert till.outbox.row(row.id).state is RowState.RECEIVED


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_decision_moves_a_received_row(till: OutboxTill, outcome: Outcome) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 1, outcome), NOON)
    assert till.outbox.row(row.id).state == RowState(outcome)
    assert till.outbox.feed_cursor() == 1


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.RETURNED, Outcome.REFUSED])
def test_a_review_ends_in_a_decision(till: OutboxTill, outcome: Outcome) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 1, Outcome.IN_REVIEW), NOON)
    till.outbox.decide(decision_for(row.id, 2, outcome), NOON)
    found = till.outbox.row(row.id)
    assert found.state == RowState(outcome)
    assert found.reason == decision_for(row.id, 2, outcome).reason


def test_a_decision_that_was_taken_in_before_changes_nothing(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 5, Outcome.IN_REVIEW), NOON)
    till.outbox.decide(decision_for(row.id, 5, Outcome.REFUSED), NOON)
    assert till.outbox.row(row.id).state is RowState.IN_REVIEW


def test_a_decision_that_comes_before_its_receipt_waits_for_it(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.decide(decision_for(row.id, 1, Outcome.ACCEPTED), NOON)
    assert till.outbox.row(row.id).state is RowState.QUEUED
    till.outbox.lease(NOON)
    till.outbox.acknowledge(receipt_for(row))
    assert till.outbox.row(row.id).state is RowState.ACCEPTED


def test_a_decision_about_an_unknown_registration_moves_the_cursor_only(till: OutboxTill) -> None:
    till.outbox.decide(decision_for(new_id(), 9, Outcome.ACCEPTED), NOON)
    assert till.outbox.feed_cursor() == 9


def test_a_final_decision_is_never_taken_back(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 1, Outcome.ACCEPTED), NOON)
    till.outbox.decide(decision_for(row.id, 2, Outcome.REFUSED), NOON)
    assert till.outbox.row(row.id).state is RowState.ACCEPTED


def test_a_quarantined_row_goes_back_when_somebody_says_so(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.lease(NOON)
    till.outbox.quarantine(row.id, "C140")
    assert till.outbox.row(row.id).cause == "C140"
    assert till.outbox.lease(MUCH_LATER) is None
    till.outbox.requeue(row.id, LATER)
    found = till.outbox.row(row.id)
    assert (found.state, found.cause, found.next_at) == (RowState.QUEUED, None, LATER)


def test_a_waiting_row_becomes_due_when_somebody_says_so(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.lease(NOON)
    till.outbox.release(row.id, LATER, "C100")
    till.outbox.requeue(row.id, NOON)
    assert till.outbox.lease(NOON) is not None


def test_a_row_that_is_being_sent_is_left_alone_by_requeue(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.lease(NOON)
    till.outbox.requeue(row.id, NOON)
    assert till.outbox.row(row.id).state is RowState.SENDING


def test_a_received_row_cannot_be_sent_again(till: OutboxTill) -> None:
    row = till.send()
    with pytest.raises(RowElsewhere):
        till.outbox.requeue(row.id, NOON)


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.RETURNED, Outcome.REFUSED])
def test_a_decided_row_ends_as_a_stub_without_labels(till: OutboxTill, outcome: Outcome) -> None:
    row = till.send()
    till.outbox.save_receipt_extract(row.id, b"masked")
    till.outbox.decide(decision_for(row.id, 1, outcome), NOON)
    assert till.outbox.purge(MUCH_LATER, GRACE) == 1
    stub = till.outbox.row(row.id)
    assert stub.state is RowState.PURGED
    assert (stub.masked_name, stub.masked_msisdn, stub.packet_present) == ("", "", False)
    assert till.outbox.receipt_extract(row.id) is None
    assert till.outbox.stored_receipt(row.id) is not None


def test_only_a_leased_row_can_be_settled(till: OutboxTill) -> None:
    row = till.submit()
    with pytest.raises(RowElsewhere):
        till.outbox.release(row.id, NOON, "C100")
    with pytest.raises(RowElsewhere):
        till.outbox.quarantine(row.id, "C140")
    assert till.outbox.row(row.id) == row


def test_a_move_that_is_not_in_the_table_is_a_bug(till: OutboxTill) -> None:
    row = till.submit()
    for to in set(RowState) - MOVES[RowState.QUEUED]:
        with (
            pytest.raises(ValueError, match="no move leads"),
            till.outbox._store.writing() as connection,
        ):
            rows.move(connection, row.id, RowState.QUEUED, to)
