"""A kiosk keeps nothing but sealed packets: whoever takes it away opens nothing, PINs or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_client.desk.desk import Desk
from tests.fakes.counter import OPERATOR, PIN
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow


def restarted(shop: Shop) -> None:
    """Switch the kiosk off and on."""
    stages = shop.desk._stages
    shop.desk.close()
    shop.desk = Desk(replace(stages.settings, kiosk=True), stages.machine)
    shop.desk.sign_in(OPERATOR, PIN)


def gaps(shop: Shop) -> tuple[object, ...]:
    return shop.carrier.gaps(shop.desk._stages.open().till.device_id)


@pytest.fixture
def kiosk(shop: Shop) -> Shop:
    restarted(shop)
    return shop


def test_the_queue_comes_back_from_its_packets_and_nothing_else_does(kiosk: Shop) -> None:
    kiosk.carrier.stop()
    registrations = [kiosk.register(citizen(number)) for number in (31, 32, 33)]
    kiosk.fill(citizen(34))
    restarted(kiosk)
    assert kiosk.desk.parked() == ()
    rows = kiosk.desk.rows()
    assert {row.id for row in rows} == set(registrations)
    assert {(row.masked_name, row.masked_msisdn) for row in rows} == {("", "")}
    kiosk.carrier.start()
    kiosk.send_all()
    assert sorted(kiosk.carrier.received()) == sorted(registrations)
    assert gaps(kiosk) == ()


def test_the_pins_open_no_store_of_an_earlier_start(kiosk: Shop) -> None:
    before = kiosk.desk._stages.open().outbox._store._key
    kept = kiosk.desk._stages.custody.sign_in(OPERATOR, PIN, kiosk.clock()).database_key
    assert before != kept
    restarted(kiosk)
    assert kiosk.desk._stages.open().outbox._store._key not in {before, kept}


def test_the_chain_goes_on_after_everything_was_sent_and_purged(kiosk: Shop) -> None:
    for number in (35, 36):
        kiosk.register(citizen(number))
    kiosk.send_all()
    outbox = kiosk.desk._stages.open().outbox
    outbox.purge(kiosk.clock(), -1 * (kiosk.clock() - kiosk.clock().replace(year=2000)))
    assert len(list((kiosk.home / "packets").glob("*.pkt"))) == 1
    restarted(kiosk)
    kiosk.register(citizen(37))
    kiosk.send_all()
    assert gaps(kiosk) == ()
    assert len(kiosk.carrier.received()) == 3
