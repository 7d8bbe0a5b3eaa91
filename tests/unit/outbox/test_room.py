"""The disk is told in registrations, and receipts fit on it even when nothing else does."""

from pathlib import Path

import pytest

from pos_client.outbox import room
from pos_client.outbox.problems import DiskFull
from pos_client.outbox.process import harden, is_dumpable
from tests.fakes.outbox_till import CLERK, LABELS, NOON, OutboxTill, new_id, receipt_for

MEGABYTE = 1024 * 1024


def test_what_is_left_is_counted_in_registrations_of_the_usual_size() -> None:
    assert room.registrations_left(room.RESERVE_BYTES + 10 * MEGABYTE, MEGABYTE) == 10
    assert room.registrations_left(room.RESERVE_BYTES - 1, MEGABYTE) == 0


def test_the_usual_size_is_measured_on_the_last_registrations(till: OutboxTill) -> None:
    guess = till.outbox.usual_size()
    assert guess > room.FIRST_GUESS
    sizes = [till.submit().size for _ in range(3)]
    assert sizes[0] < till.outbox.usual_size() < sizes[0] + 20_000
    assert till.outbox.room() > 0


def test_the_ballast_is_taken_in_once_and_only_where_there_is_room(tmp_path: Path) -> None:
    ballast = room.Ballast(tmp_path)
    ballast.take_in(room.RESERVE_BYTES)
    assert not (tmp_path / room.FILE).exists()
    ballast.take_in(room.RESERVE_BYTES + room.BALLAST_BYTES)
    written = (tmp_path / room.FILE).stat()
    assert written.st_size == room.BALLAST_BYTES
    assert written.st_blocks * 512 >= room.BALLAST_BYTES
    ballast.take_in(10 * room.RESERVE_BYTES)
    assert (tmp_path / room.FILE).stat().st_mtime_ns == written.st_mtime_ns


def test_on_a_full_disk_the_ballast_goes_and_the_receipt_is_kept(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.submit()
    leased = till.outbox.lease(NOON)
    assert leased is not None
    till.outbox.take_ballast_in()
    ballast = till.folder / room.FILE
    assert ballast.exists()
    acknowledge = till.outbox._acknowledge
    tried = []

    def full_while_the_ballast_is_there(receipt: object) -> None:
        tried.append(ballast.exists())
        if ballast.exists():
            raise DiskFull
        acknowledge(receipt_for(leased.row))

    monkeypatch.setattr(till.outbox, "_acknowledge", full_while_the_ballast_is_there)
    till.outbox.acknowledge(receipt_for(leased.row))

    assert tried == [True, False]
    assert till.outbox.stored_receipt(leased.row.id) is not None


def test_without_a_ballast_a_full_disk_is_said(tmp_path: Path) -> None:
    def full() -> None:
        raise DiskFull

    with pytest.raises(DiskFull):
        room.Ballast(tmp_path).fits(full)


def test_a_draft_never_gets_the_ballast(till: OutboxTill) -> None:
    till.outbox.take_ballast_in()
    with till.outbox._store.reading() as reader:
        pages = reader.execute("PRAGMA page_count").fetchone()[0]
    till.outbox._store._writer.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DiskFull):
        till.outbox.save_draft(new_id(), CLERK, b"x" * 100_000, {}, LABELS, NOON)
    assert (till.folder / room.FILE).exists()


def test_no_crash_writes_our_memory_to_the_disk() -> None:
    resource = pytest.importorskip("resource")
    harden()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    assert not is_dumpable()
