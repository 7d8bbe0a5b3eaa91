"""A till that was stolen, or that nobody has heard of: what it forgets, and what it still sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from carrier_sandbox.orders import Orders
from pos_client.desk.problems import LeaseExpired, SignInExpired, SignInFirst
from pos_client.model.operator import OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import TillState
from pos_client.outbox.key_problems import TillNotEnrolled
from tests.fakes.counter import OPERATOR, PIN, MovedClock
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow

CLERK: Final = OperatorNumber("1002")
SUPERVISOR: Final = OperatorNumber("2001")
CLERKS_PIN: Final = Private("246802")


def device(shop: Shop) -> str:
    return shop.desk._stages.open().till.device_id


@pytest.mark.logs_warning("wiped by order")
@pytest.mark.logs_warning("keys of this till are destroyed")
def test_a_wiped_till_forgets_its_drafts_sends_what_was_sealed_and_loses_its_keys(
    shop: Shop,
) -> None:
    shop.carrier.stop()
    registration = shop.register(citizen(91))
    draft = shop.fill(citizen(92))
    shop.carrier.start()
    shop.carrier.wipe(device(shop), keep_unsent=True)
    outbox = shop.desk._stages.open().outbox

    def obeyed() -> bool:
        shop.desk.sync_once()
        return not (shop.home / "keys.json").exists()

    until("the order was carried out", obeyed)

    assert shop.carrier.received() == [registration]
    assert outbox.drafts(OPERATOR) == ()
    assert draft.id not in [each.id for each in outbox.drafts(OPERATOR)]
    assert outbox.row(registration).masked_name == ""
    events = {entry.event: entry.about for entry in outbox.journal_entries(limit=100)}
    assert events["wiped_by_order_1"] == "drafts=1 labels=1 extracts=1"
    assert outbox.verify_journal() is None
    assert [each[2] for each in shop.carrier.order_results(device(shop))] == ["done"]
    with pytest.raises(SignInFirst):
        shop.desk.rows()
    shop.reopen()
    assert shop.desk.till_state() is TillState.NEW
    with pytest.raises(TillNotEnrolled):
        shop.desk.sign_in(OPERATOR, PIN)


@pytest.mark.logs_warning("wiped by order")
@pytest.mark.logs_warning("keys of this till are destroyed")
def test_a_wiped_till_can_be_enrolled_anew(shop: Shop) -> None:
    shop.register(citizen(93))
    shop.send_all()
    shop.carrier.wipe(device(shop), keep_unsent=False)
    shop.desk.sync_once()
    assert list((shop.home / "packets").glob("*.pkt")) == []
    shop.reopen()
    shop.desk.enrol(shop.carrier.invitation(training=True), OPERATOR, PIN)
    assert shop.desk.rows() == ()
    registration = shop.register(citizen(94))
    shop.send_all()
    assert registration in shop.carrier.received()
    assert (shop.home / "aside" / "outbox.1.db").exists()


def test_an_order_is_obeyed_once_and_a_locked_till_opens_again(shop: Shop) -> None:
    assert Orders(shop.carrier._office).give(device(shop), "lock", keep_unsent=True)
    shop.desk.sync_once()
    assert shop.desk.till_state() is TillState.LOCKED
    shop.desk.sign_in(OPERATOR, PIN)
    shop.desk.sync_once()
    assert shop.desk.till_state() is TillState.OPEN


# -- without a word from the carrier --------------------------------------------------------------
@pytest.fixture
def cut_off(opened: Callable[..., Shop]) -> tuple[Shop, MovedClock]:
    """A staffed training till whose carrier is out of reach, and its clock."""
    clock = MovedClock(real_now())
    shop = opened(clock=clock)
    shop.desk.add_operator(CLERK, OperatorRole.OPERATOR, CLERKS_PIN)
    shop.desk.add_operator(SUPERVISOR, OperatorRole.SUPERVISOR, CLERKS_PIN)
    shop.register(citizen(95))
    shop.carrier.stop()
    shop.desk.lock()
    return shop, clock


def test_after_too_long_alone_clerks_stay_out_and_supervisors_do_not(
    cut_off: tuple[Shop, MovedClock],
) -> None:
    shop, clock = cut_off
    clock.forward(days=13)
    shop.desk.sign_in(CLERK, CLERKS_PIN)
    shop.desk.lock()
    clock.forward(days=3)
    with pytest.raises(SignInExpired):
        shop.desk.sign_in(CLERK, CLERKS_PIN)
    assert shop.desk.till_state() is TillState.LOCKED
    shop.desk.sign_in(SUPERVISOR, CLERKS_PIN)


def test_a_clock_that_is_set_back_buys_no_time(cut_off: tuple[Shop, MovedClock]) -> None:
    shop, clock = cut_off
    clock.forward(days=16)
    shop.desk.sign_in(SUPERVISOR, CLERKS_PIN)
    shop.desk._stages.open().outbox.note("noon", "", clock())
    shop.desk.lock()
    clock.forward(days=-10)
    with pytest.raises(SignInExpired):
        shop.desk.sign_in(CLERK, CLERKS_PIN)


def test_at_the_end_of_the_lease_everything_personal_goes_and_the_queue_stays(
    cut_off: tuple[Shop, MovedClock],
) -> None:
    shop, clock = cut_off
    shop.desk.sign_in(CLERK, CLERKS_PIN)
    shop.fill(citizen(96))
    shop.desk.lock()
    clock.forward(days=62)
    with pytest.raises(LeaseExpired):
        shop.desk.sign_in(SUPERVISOR, CLERKS_PIN)
    outbox = shop.desk._stages.open().outbox
    assert outbox.drafts(CLERK) == ()
    assert outbox.figures().waiting == 1
    assert {row.masked_name for row in outbox.rows()} == {""}
    assert "lease_expired" in {entry.event for entry in outbox.journal_entries()}
    shop.desk.sign_in(OPERATOR, PIN)
    assert shop.desk.till_state() is TillState.OPEN
