"""What sending is promised by an outbox, kept by the real one and by the small one in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.model.receipt import Outcome
from pos_client.model.row import Row, RowState
from pos_client.sync.ports import Outbox
from tests.fakes.outbox_till import NOON, OutboxTill, decision_for, new_id, receipt_for
from tests.fakes.small_outbox import SmallOutbox

LATER = NOON + timedelta(minutes=5)


@dataclass(frozen=True)
class Kept:
    """An outbox, how a registration gets in, and how to see where it stands."""

    outbox: Outbox
    put: Callable[[], Row]
    state: Callable[[Row], RowState]


@pytest.fixture(params=["real", "small"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    if request.param == "small":
        small = SmallOutbox()
        yield Kept(small, lambda: small.put(new_id()), lambda row: small.rows[row.id].state)
        return
    till = OutboxTill(tmp_path / "till")
    yield Kept(till.outbox, till.submit, lambda row: till.outbox.row(row.id).state)
    till.outbox.close()


def test_an_empty_outbox_has_nothing_to_send(kept: Kept) -> None:
    assert kept.outbox.lease(NOON) is None
    assert kept.outbox.feed_cursor() == 0


def test_what_came_first_is_sent_first_and_only_once(kept: Kept) -> None:
    rows = [kept.put(), kept.put()]
    taken = [kept.outbox.lease(NOON) for _ in range(3)]
    assert [leased.row.id for leased in taken if leased] == [row.id for row in rows]
    assert taken[2] is None


def test_a_lease_counts_the_attempt_that_begins(kept: Kept) -> None:
    row = kept.put()
    leased = kept.outbox.lease(NOON)
    assert leased is not None
    assert (leased.row.state, leased.row.attempts) == (RowState.SENDING, 1)
    kept.outbox.release(row.id, NOON, "C100")
    again = kept.outbox.lease(NOON)
    assert again is not None
    assert again.row.attempts == 2
    assert again.data == leased.data


def test_a_released_row_waits_and_lets_others_ahead(kept: Kept) -> None:
    first, second = kept.put(), kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.release(first.id, LATER, "C100")
    ahead = kept.outbox.lease(NOON)
    assert ahead is not None
    assert ahead.row.id == second.id
    assert kept.outbox.lease(NOON) is None
    assert kept.outbox.lease(LATER) is not None


def test_a_row_that_seems_to_wait_for_years_is_due(kept: Kept) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.release(row.id, NOON + timedelta(days=900), "C100")
    assert kept.outbox.lease(NOON) is not None


def test_a_quarantined_row_is_not_sent(kept: Kept) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.quarantine(row.id, "C140")
    assert kept.state(row) is RowState.QUARANTINED
    assert kept.outbox.lease(LATER) is None


def test_an_acknowledged_row_is_received_and_not_sent_again(kept: Kept) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.acknowledge(receipt_for(row))
    assert kept.state(row) is RowState.RECEIVED
    assert kept.outbox.lease(LATER) is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_decision_moves_the_row_and_the_cursor(kept: Kept, outcome: Outcome) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.acknowledge(receipt_for(row))
    kept.outbox.decide(decision_for(row.id, 7, outcome), NOON)
    assert kept.state(row) == RowState(outcome)
    assert kept.outbox.feed_cursor() == 7


def test_a_decision_that_overtakes_the_receipt_waits_for_it(kept: Kept) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.decide(decision_for(row.id, 1, Outcome.ACCEPTED), NOON)
    assert kept.state(row) is RowState.SENDING
    kept.outbox.acknowledge(receipt_for(row))
    assert kept.state(row) is RowState.ACCEPTED


def test_an_old_decision_changes_nothing(kept: Kept) -> None:
    row = kept.put()
    kept.outbox.lease(NOON)
    kept.outbox.acknowledge(receipt_for(row))
    kept.outbox.decide(decision_for(row.id, 5, Outcome.IN_REVIEW), NOON)
    kept.outbox.decide(decision_for(row.id, 4, Outcome.REFUSED), NOON)
    assert kept.state(row) is RowState.IN_REVIEW
    assert kept.outbox.feed_cursor() == 5
