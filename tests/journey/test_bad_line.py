"""Whatever the line to the carrier does, a registration arrives, and arrives once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carrier_sandbox.behaviour import Behaviour, Fault
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from tests.fakes.counter import OPERATOR, PIN
from tests.journey.shop import Shop, citizen, differences, until

OpenShop = Callable[..., Shop]
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_spoilt_upload_is_repeated_and_arrives_once(opened: OpenShop, fault: Fault) -> None:
    shop = opened(Behaviour(script=[fault], slow_s=0.05, retry_after_s=0, decide_after_s=0.0))
    customer = citizen(61)
    registration = shop.register(customer)

    def accepted() -> bool:
        shop.desk.sync_once()
        return shop.row(registration).state is RowState.ACCEPTED

    until("the carrier has accepted it", accepted)

    assert shop.carrier.received() == [registration]
    assert shop.carrier.copies(registration) == 1
    assert shop.carrier.alarms() == ()
    assert differences(shop, registration, customer) == []


def test_an_answer_lost_on_its_way_back_is_not_taken_for_a_refusal(opened: OpenShop) -> None:
    shop = opened(Behaviour(script=[Fault.DROP_AFTER], decide_after_s=None))
    registration = shop.register(citizen(62))

    shop.desk.sync_once()
    assert shop.carrier.received() == [registration]
    row = shop.row(registration)
    # The wait before the next try is drawn from zero upwards, so the same round may make it.
    assert row.state in {RowState.QUEUED, RowState.RECEIVED}
    assert row.packet_present or row.state is RowState.RECEIVED

    def received() -> bool:
        shop.desk.sync_once()
        return shop.row(registration).state is RowState.RECEIVED

    until("the receipt came", received)
    assert shop.carrier.repeats(registration) == 1


def test_a_day_without_a_network_is_sent_whole_and_leaves_no_gap_in_the_chain(shop: Shop) -> None:
    shop.carrier.stop()
    saved = [shop.register(citizen(number)) for number in range(63, 73)]
    shop.desk.sync_once()
    assert shop.desk.status().link is LinkState.OFFLINE

    shop.carrier.start()
    shop.send_all()

    assert sorted(shop.carrier.received()) == sorted(saved)
    (device,) = shop.carrier.devices()
    assert shop.carrier.gaps(device.device_id) == ()
    status = shop.desk.status()
    assert (status.rate or 0.0) > 0.0, "the strip can say how fast it went"
    assert status.left_s == 0.0


def test_a_day_without_a_network_survives_the_night(shop: Shop) -> None:
    shop.carrier.stop()
    saved = [shop.register(citizen(number)) for number in range(73, 76)]
    shop.reopen()
    assert shop.desk.status().queue.waiting == 0  # nobody signed in: nothing is known
    shop.desk.sign_in(OPERATOR, PIN)
    assert shop.desk.status().queue.waiting == len(saved)

    shop.carrier.start()
    shop.send_all()

    assert sorted(shop.carrier.received()) == sorted(saved)


def test_a_till_that_the_carrier_shut_out_keeps_everything_and_says_so(shop: Shop) -> None:
    registration = shop.register(citizen(77))
    (device,) = shop.carrier.devices()
    shop.carrier.revoke(device.device_id)

    shop.desk.sync_once()

    assert shop.desk.status().link is LinkState.REFUSED
    row = shop.row(registration)
    assert (row.state, row.packet_present) == (RowState.QUEUED, True)
