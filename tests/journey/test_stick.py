"""Where no network reaches the shop, a stick does; whichever way is first closes a row, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carrier_sandbox import bundle as carriers_bundle
from carrier_sandbox.behaviour import Behaviour
from pos_client.cli.front import main
from pos_client.desk.problems import NotOurFile, StickTrouble
from pos_client.model.row import RowState
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import Shop, citizen, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pos_client.desk.desk import Desk
    from pos_client.model.registration import RegistrationId


@pytest.fixture
def neighbour(shop: Shop, tmp_path: Path) -> Iterator[Desk]:
    """Another till of the same carrier, in a shop with a network."""
    desk = open_counter(tmp_path / "neighbour", real_now)
    desk.enrol(shop.carrier.invitation(training=True), OPERATOR, PIN)
    yield desk
    desk.close()


def cut_off(shop: Shop, count: int, first: int) -> list[RegistrationId]:
    """Register customers while nothing reaches the carrier."""
    shop.carrier.stop()
    ids = [shop.register(citizen(first + number)) for number in range(count)]
    shop.desk.sync_once()
    shop.carrier.start()
    return ids


def test_another_till_sends_them_and_the_receipts_go_back(
    shop: Shop, neighbour: Desk, tmp_path: Path
) -> None:
    ids = cut_off(shop, 3, 91)
    out, back = tmp_path / "out.posbundle", tmp_path / "back.json"

    assert shop.desk.export_queue(out).count == 3
    assert {shop.row(each).state for each in ids} == {RowState.QUEUED}
    found = neighbour.import_file(out)
    assert (found.carried, found.refused, found.whole) == (3, 0, True)
    assert neighbour.import_file(out).carried == 0, "twice in is once in"
    until("they are at the carrier", lambda: neighbour.sync_once() >= 0 and _all(shop, ids))
    assert neighbour.export_receipts(back).count == 3

    closed = shop.desk.import_file(back)
    assert (closed.closed, closed.refused) == (3, 0)
    assert {shop.row(each).state for each in ids} == {RowState.RECEIVED}
    again = shop.desk.import_file(back)
    assert (again.closed, again.known) == (0, 3)
    shop.send_all()
    assert [shop.carrier.copies(each) for each in ids] == [1, 1, 1]
    assert shop.carrier.alarms() == ()
    assert neighbour.rows() == (), "nobody there sees whose they are"


def _all(shop: Shop, ids: list[RegistrationId]) -> bool:
    return set(ids) <= set(shop.carrier.received())


def test_exported_by_stick_then_sent_then_the_receipts_come_and_it_is_closed_once(
    shop: Shop, tmp_path: Path
) -> None:
    (registration,) = cut_off(shop, 1, 95)
    out, back = tmp_path / "out.posbundle", tmp_path / "back.json"
    shop.desk.export_queue(out)
    taken = carriers_bundle.read_in(shop.carrier._office, out)
    assert taken.whole
    back.write_bytes(carriers_bundle.receipts_file(taken.receipts))

    def accepted() -> bool:
        shop.desk.sync_once()
        return shop.row(registration).state is RowState.ACCEPTED

    until("the network was first", accepted)
    found = shop.desk.import_file(back)

    assert (found.closed, found.known, found.refused) == (0, 1, 0)
    assert shop.row(registration).state is RowState.ACCEPTED
    assert shop.carrier.copies(registration) == 1
    events = [each.event for each in shop.desk.timeline(registration)]
    assert events.count("received") == 1
    assert "exported" in events


def test_receipts_that_the_carrier_did_not_sign_close_nothing(
    shop: Shop, neighbour: Desk, tmp_path: Path
) -> None:
    ids = cut_off(shop, 2, 97)
    out, back = tmp_path / "out.posbundle", tmp_path / "back.json"
    shop.desk.export_queue(out)
    taken = carriers_bundle.read_in(shop.carrier._office, out)
    true = carriers_bundle.receipts_file(taken.receipts)
    back.write_bytes(true.replace(b'"signature": "', b'"signature": "AA', 1))
    found = shop.desk.import_file(back)
    assert (found.closed, found.refused) == (1, 1)
    back.write_bytes(true)
    assert neighbour.import_file(back).refused == 2, "they are not about that till"
    assert sum(shop.row(each).state is RowState.RECEIVED for each in ids) == 1


def test_a_stick_that_is_cut_or_holds_something_else_is_said_so(
    shop: Shop, neighbour: Desk, tmp_path: Path
) -> None:
    cut_off(shop, 2, 101)
    out = tmp_path / "out.posbundle"
    shop.desk.export_queue(out)
    whole = out.read_bytes()
    out.write_bytes(whole[: len(whole) * 3 // 4])
    found = neighbour.import_file(out)
    assert (found.carried, found.whole) == (1, False)
    out.write_bytes(b"holiday pictures")
    with pytest.raises(NotOurFile):
        neighbour.import_file(out)
    with pytest.raises(StickTrouble):
        neighbour.import_file(tmp_path / "nothing")
    with pytest.raises(StickTrouble):
        shop.desk.export_queue(tmp_path / "no folder" / "out")


def test_the_command_line_does_it_as_well(
    opened: Callable[..., Shop],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = opened(Behaviour(decide_after_s=None))
    cut_off(shop, 1, 105)
    shop.desk.close()
    monkeypatch.setenv("POS_CLIENT_PIN", PIN.reveal())
    home = ["--home", str(shop.home)]
    out = tmp_path / "out.posbundle"
    assert main([*home, "export", str(out), "--operator", OPERATOR]) == 0
    assert "1 sealed registrations" in capsys.readouterr().out
    taken = carriers_bundle.read_in(shop.carrier._office, out)
    back = tmp_path / "back.json"
    back.write_bytes(carriers_bundle.receipts_file(taken.receipts))
    assert main([*home, "import", str(back), "--operator", OPERATOR]) == 0
    assert "1 registrations closed" in capsys.readouterr().out
