"""A broken store is made anew: nothing submitted is lost, and what can be read comes along."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_client.outbox import exchange, rebuild, store
from pos_client.outbox.problems import DiskFull, StoreDamaged, StoreKeyWrong
from pos_client.outbox.rebuild import Salvage
from pos_client.outbox.store import DatabaseKey
from tests.fakes.outbox_damage import chance, damaged_database
from tests.fakes.outbox_till import CLERK, LABELS, NOON, OutboxTill, new_id


@pytest.fixture
def busy(till: OutboxTill) -> Iterator[OutboxTill]:
    """Give a till with rows, receipts, a draft and a journal, closed."""
    for _ in range(10):
        till.send()
    for _ in range(30):
        till.submit()
    till.outbox.save_draft(new_id(), CLERK, b"body", {"portrait": b"x" * 9000}, LABELS, NOON)
    till.outbox.close()
    yield till
    till.outbox = till.open()


def database(till: OutboxTill) -> Path:
    return till.folder / exchange.DATABASE


def rebuilt(till: OutboxTill, old: DatabaseKey | None) -> Salvage:
    """Do what the desk does: build, announce, exchange, open, recover."""
    new = DatabaseKey.random()
    salvage = rebuild.build(till.folder, till.packets(), old, new)
    till.key = new
    exchange.settle(till.folder, moving=True)
    till.outbox = till.open()
    while till.outbox.recover(NOON, limit=7).unfinished:
        pass
    return salvage


def whole(till: OutboxTill) -> list[tuple[Any, ...]]:
    return [(row.id, row.sha256, row.operator, row.masked_name) for row in till.outbox.rows()]


def test_a_sound_store_comes_over_whole_under_the_new_key(busy: OutboxTill) -> None:
    till, old = busy, busy.key
    before = till.open()
    rows, head, link = before.rows(), before.journal_head(), before.next_link()
    before.close()

    salvage = rebuilt(till, old)

    assert salvage == Salvage(40, 1, head.count if head else 0, ())
    assert till.outbox.rows() == rows
    assert (till.outbox.journal_head(), till.outbox.next_link()) == (head, link)
    assert till.outbox.verify_journal() is None
    assert [draft.images for draft in till.outbox.drafts(CLERK)] == [{"portrait": b"x" * 9000}]
    aside = till.folder / "aside" / "outbox.1.db"
    assert aside.exists()
    till.outbox.close()
    new, till.key = till.key, old
    with pytest.raises(StoreKeyWrong):
        till.open()
    till.key = new


def test_with_the_key_lost_the_queue_comes_back_from_the_packets(busy: OutboxTill) -> None:
    till = busy
    rows = {row.id: row.sha256 for row in _rows(till)}
    assert rebuilt(till, None) == Salvage()
    assert {row.id: row.sha256 for row in till.outbox.rows()} == rows
    assert till.outbox.next_link().counter == 41
    assert till.outbox.verify_journal() is None
    till.outbox.close()


def _rows(till: OutboxTill) -> tuple[Any, ...]:
    outbox = till.open()
    found = outbox.rows()
    outbox.close()
    return found


@pytest.mark.parametrize("seed", range(6))
def test_whatever_page_is_broken_no_registration_is_lost(busy: OutboxTill, seed: int) -> None:
    till = busy
    rows = {row.id: row.sha256 for row in _rows(till)}
    database(till).write_bytes(damaged_database(database(till).read_bytes(), chance(seed)))

    rebuilt(till, till.key)

    assert {row.id: row.sha256 for row in till.outbox.rows(limit=100)} == rows
    assert till.outbox.next_link().counter == 41
    assert till.outbox.verify_journal() is None
    till.outbox.check_store()
    till.outbox.close()


def test_a_damaged_packet_is_set_aside_and_the_rest_is_adopted(busy: OutboxTill) -> None:
    till = busy
    rows = _rows(till)
    broken = till.packet_file(rows[0].id)
    broken.write_bytes(broken.read_bytes()[:-1])
    rebuilt(till, None)
    assert {row.id for row in till.outbox.rows()} == {row.id for row in rows[1:]}
    assert till.outbox.packets_aside() == 1
    till.outbox.close()


def test_a_rebuild_that_broke_off_early_left_the_old_store_in_force(busy: OutboxTill) -> None:
    till = busy
    rebuild.build(till.folder, till.packets(), till.key, DatabaseKey.random())
    outbox = till.open()
    assert outbox.count_rows() == 40
    assert not (till.folder / exchange.REBUILT).exists()
    outbox.close()


def test_a_rebuild_that_broke_off_late_is_finished_by_the_next_start(busy: OutboxTill) -> None:
    till, new = busy, DatabaseKey.random()
    rebuild.build(till.folder, till.packets(), till.key, new)
    outbox = till.open_moving(new)
    assert outbox.count_rows() == 40
    assert (till.folder / "aside" / "outbox.1.db").exists()
    outbox.close()
    till.key = new


def test_no_store_is_ever_written_over_in_the_folder_of_old_ones(busy: OutboxTill) -> None:
    till = busy
    for n in (1, 2, 3):
        rebuilt(till, till.key)
        till.outbox.close()
        assert (till.folder / "aside" / f"outbox.{n}.db").exists()


def test_a_full_disk_stops_a_rebuild_before_anything_changed(
    busy: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = busy

    def small(path: Path, key: DatabaseKey) -> Any:
        connection = store.connect(path, key)
        if path.name == exchange.REBUILT:
            connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(rebuild, "connect", small)
    with pytest.raises(DiskFull):
        rebuild.build(till.folder, till.packets(), till.key, DatabaseKey.random())
    outbox = till.open()
    assert outbox.count_rows() == 40
    outbox.close()


# -- another key --------------------------------------------------------------------------------
def test_a_new_key_opens_everything_and_the_old_one_nothing(till: OutboxTill) -> None:
    rows, old, new = [till.submit() for _ in range(5)], till.key, DatabaseKey.random()
    told: list[str] = []
    till.outbox.rekey(new, lambda: told.append("announced"), NOON)
    assert told == ["announced"]
    assert {row.id for row in till.outbox.rows()} == {row.id for row in rows}
    till.submit()
    till.outbox.close()
    with pytest.raises(StoreKeyWrong):
        till.open()
    till.key = new
    till.outbox = till.open()
    assert till.outbox.count_rows() == 6
    assert till.outbox.journal_entries(limit=2)[1].event == "key_changed"
    assert old != new
    assert sorted(file.name for file in till.folder.glob("outbox.db*")) == [
        "outbox.db",
        "outbox.db-shm",
        "outbox.db-wal",
    ]


def test_a_change_of_the_key_that_cannot_be_announced_changes_nothing(till: OutboxTill) -> None:
    till.submit()

    def full() -> None:
        raise DiskFull

    with pytest.raises(DiskFull):
        till.outbox.rekey(DatabaseKey.random(), full, NOON)
    till.submit()
    assert till.restart().count_rows() == 2


def test_a_change_of_the_key_that_broke_off_is_finished_by_the_next_start(
    till: OutboxTill,
) -> None:
    class Killed(BaseException):
        pass

    def killed() -> None:
        raise Killed

    till.submit()
    new = DatabaseKey.random()
    with pytest.raises(Killed):
        till.outbox.rekey(new, killed, NOON)
    till.outbox.close()
    till.outbox = till.open_moving(new)
    assert till.outbox.count_rows() == 1
    till.key = new
    assert till.restart().count_rows() == 1


def test_a_store_that_is_broken_says_so_and_is_not_rekeyed(busy: OutboxTill) -> None:
    till = busy
    data = bytearray(database(till).read_bytes())
    data[9000] ^= 1
    database(till).write_bytes(bytes(data))
    with pytest.raises(StoreDamaged):
        till.open()
    rebuilt(till, till.key)
    till.outbox.close()
