"""Several people at one till: who may do what, and whose registrations are whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pos_client.desk.problems import NotAllowed, NotYourself, RowOfAnother
from pos_client.model.operator import OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.row import RowState
from pos_client.outbox.key_problems import LastAdministrator, OperatorKnown, WrongPin
from pos_client.outbox.problems import DraftOfAnother, StoreDamaged
from tests.fakes.counter import OPERATOR, PIN
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from pos_client.desk.desk import Desk
    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow

CLERK: Final = OperatorNumber("1002")
SECOND_CLERK: Final = OperatorNumber("1003")
SUPERVISOR: Final = OperatorNumber("2001")
CLERKS_PIN: Final = Private("246802")


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    """A till with an administrator, a supervisor and two clerks; nobody is signed in."""
    shop.desk.add_operator(CLERK, OperatorRole.OPERATOR, CLERKS_PIN)
    shop.desk.add_operator(SECOND_CLERK, OperatorRole.OPERATOR, CLERKS_PIN)
    shop.desk.add_operator(SUPERVISOR, OperatorRole.SUPERVISOR, CLERKS_PIN)
    shop.desk.lock()
    return shop


def as_(shop: Shop, number: OperatorNumber, pin: Private[str] = CLERKS_PIN) -> Desk:
    shop.desk.lock()
    shop.desk.sign_in(number, pin)
    return shop.desk


def test_a_clerk_leads_nobody_a_supervisor_leads_clerks_an_administrator_everybody(
    staffed: Shop,
) -> None:
    new, pin = OperatorNumber("9001"), Private("112233")
    desk = as_(staffed, CLERK)
    for forbidden in (
        lambda: desk.add_operator(new, OperatorRole.OPERATOR, pin),
        lambda: desk.remove_operator(SECOND_CLERK),
        lambda: desk.reset_pin(SECOND_CLERK, pin),
        desk.change_key,
        desk.verify_journal,
        desk.journal,
    ):
        with pytest.raises(NotAllowed) as refused:
            forbidden()
        assert refused.value.values["role"] == OperatorRole.SUPERVISOR

    desk = as_(staffed, SUPERVISOR)
    desk.add_operator(new, OperatorRole.OPERATOR, pin)
    desk.reset_pin(new, Private("332211"))
    for forbidden in (
        lambda: desk.add_operator(OperatorNumber("9"), OperatorRole.SUPERVISOR, pin),
        lambda: desk.reset_pin(OPERATOR, pin),
        lambda: desk.remove_operator(OPERATOR),
    ):
        with pytest.raises(NotAllowed) as refused:
            forbidden()
        assert refused.value.values["role"] == OperatorRole.ADMINISTRATOR

    desk = as_(staffed, OPERATOR, PIN)
    with pytest.raises(OperatorKnown):
        desk.add_operator(CLERK, OperatorRole.OPERATOR, pin)
    with pytest.raises(NotYourself):
        desk.remove_operator(OPERATOR)
    assert [each.number for each in desk.operators()] == sorted(
        [OPERATOR, CLERK, SECOND_CLERK, SUPERVISOR, new]
    )


def test_a_removed_clerk_is_out_at_once_and_what_they_registered_stays_theirs(
    staffed: Shop,
) -> None:
    as_(staffed, CLERK)
    registration = staffed.register(citizen(71))
    desk = as_(staffed, SUPERVISOR)
    desk.remove_operator(CLERK)
    desk.lock()
    with pytest.raises(WrongPin):
        desk.sign_in(CLERK, CLERKS_PIN)
    staffed.reopen()
    with pytest.raises(WrongPin):
        staffed.desk.sign_in(CLERK, CLERKS_PIN)
    as_(staffed, SECOND_CLERK)
    staffed.send_all()
    assert staffed.carrier.open(registration).record["channel"]["operator"] == CLERK
    events = [entry.event for entry in as_(staffed, SUPERVISOR).journal(limit=200)]
    assert "operator_removed" in events
    assert staffed.desk.verify_journal() is None


def test_the_last_administrator_cannot_be_removed(staffed: Shop) -> None:
    desk = as_(staffed, OPERATOR, PIN)
    other = OperatorNumber("1111")
    desk.add_operator(other, OperatorRole.ADMINISTRATOR, CLERKS_PIN)
    as_(staffed, other)
    desk.remove_operator(OPERATOR)
    with pytest.raises(LastAdministrator):
        desk._stages.custody.may_go(other)


def test_each_clerk_sees_their_own_rows_and_a_supervisor_all(staffed: Shop) -> None:
    as_(staffed, CLERK)
    mine = staffed.register(citizen(72))
    desk = as_(staffed, SECOND_CLERK)
    theirs = staffed.register(citizen(73))

    assert [row.id for row in desk.rows()] == [theirs]
    for forbidden in (lambda: desk.receipt(mine), lambda: desk.try_again(mine)):
        with pytest.raises(RowOfAnother):
            forbidden()
    assert [row.id for row in as_(staffed, SUPERVISOR).rows()] == [theirs, mine]
    assert desk.receipt(mine).id == mine


def test_what_failed_for_one_clerk_is_hidden_from_the_next_and_sent_while_they_work(
    staffed: Shop,
) -> None:
    as_(staffed, CLERK)
    staffed.carrier.stop()
    failed = staffed.register(citizen(75))
    staffed.desk.sync_once()
    assert (staffed.row(failed).cause, staffed.row(failed).attempts > 0) == ("C100", True)

    desk = as_(staffed, SECOND_CLERK)
    assert desk.rows() == ()
    assert desk.status().queue.waiting == 1, "that something waits is no secret, whose is"
    staffed.carrier.start()
    staffed.send_all()
    assert staffed.carrier.received() == [failed]
    assert desk.rows() == ()

    as_(staffed, CLERK)
    assert staffed.row(failed).state in {RowState.RECEIVED, RowState.ACCEPTED}
    assert staffed.carrier.open(failed).record["channel"]["operator"] == CLERK


def test_a_draft_on_the_counter_is_not_taken_along_by_whoever_signs_in_next(
    staffed: Shop,
) -> None:
    as_(staffed, CLERK)
    draft = staffed.fill(citizen(74))
    desk = as_(staffed, SECOND_CLERK)
    for forbidden in (
        lambda: desk.submit(draft),
        lambda: desk.read_back(draft, done=False),
        lambda: desk.discard(draft),
    ):
        with pytest.raises(DraftOfAnother):
            forbidden()
    assert desk.rows() == ()
    assert [each.id for each in as_(staffed, CLERK).parked()] == [draft.id]


def test_a_forgotten_pin_costs_nothing_but_a_supervisor(staffed: Shop) -> None:
    desk = as_(staffed, SUPERVISOR)
    desk.reset_pin(CLERK, Private("998877"))
    as_(staffed, CLERK, Private("998877"))
    desk.change_pin(Private("998877"), CLERKS_PIN)
    with pytest.raises(WrongPin):
        desk.change_pin(Private("998877"), CLERKS_PIN)
    as_(staffed, CLERK)


# -- a broken store -----------------------------------------------------------------------------
def test_a_broken_store_is_rebuilt_and_everything_is_sent(staffed: Shop) -> None:
    as_(staffed, CLERK)
    staffed.carrier.stop()
    registrations = [staffed.register(citizen(number)) for number in (75, 76, 77)]
    staffed.desk.close()
    file = staffed.home / "outbox.db"
    data = bytearray(file.read_bytes())
    data[8192 : 8192 * 6] = bytes(8192 * 5)
    file.write_bytes(bytes(data))
    staffed.reopen()
    with pytest.raises(StoreDamaged):
        staffed.desk.sign_in(CLERK, CLERKS_PIN)
    with pytest.raises(NotAllowed):
        staffed.desk.rebuild(CLERK, CLERKS_PIN)

    rebuilt = staffed.desk.rebuild(SUPERVISOR, CLERKS_PIN)

    assert (rebuilt.rows, rebuilt.aside) == (3, 0)
    assert (staffed.home / "aside" / "outbox.1.db").exists()
    staffed.carrier.start()
    staffed.send_all()
    assert sorted(staffed.carrier.received()) == sorted(registrations)
    assert staffed.carrier.gaps(staffed.desk._stages.open().till.device_id) == ()
    as_(staffed, CLERK)
    assert staffed.desk.submit(staffed.fill(citizen(78))).id
    staffed.send_all()
    assert staffed.carrier.gaps(staffed.desk._stages.open().till.device_id) == ()
