"""Submit: the file first, then the row, then the word "saved"; and what happens when one fails."""

import errno
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.model.packet import MAX_PACKET_BYTES, PacketDamaged
from pos_client.model.private import Private
from pos_client.model.receipt import Outcome
from pos_client.model.row import RowState
from pos_client.outbox.chain import ChainLink
from pos_client.outbox.marks import LineUse, Marks
from pos_client.outbox.problems import (
    AlreadyRunning,
    AlreadySubmitted,
    ChainMoved,
    DiskFull,
    DraftOfAnother,
    PacketConflict,
    PacketNotOurs,
    StoreUnavailable,
)
from tests.fakes.outbox_till import (
    CLERK,
    LABELS,
    NOON,
    OTHER_CLERK,
    OutboxTill,
    decision_for,
    new_id,
    receipt_for,
    sealed,
)

MARKS = Marks(
    Private("89860012345678901234"), Private("13800138000"), Private("11010518491231002X")
)


# -- the order of writing -----------------------------------------------------------------------
def test_the_row_is_committed_after_file_and_folder_are_on_the_disk(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = till.seal()
    steps: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")

    monkeypatch.setattr(os, "fsync", watched)
    till.outbox._store._writer.set_trace_callback(steps.append)
    till.outbox.put(packet)
    till.outbox._store._writer.set_trace_callback(None)
    assert steps[:2] == ["file", "folder"]
    assert [step for step in steps if step.startswith(("BEGIN", "COMMIT"))] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]
    assert steps[-1] == "COMMIT"


def test_the_row_keeps_what_the_packet_is_and_masked_labels(till: OutboxTill) -> None:
    packet = till.seal()
    row = till.outbox.put(packet)
    checked = till.checked(packet)
    assert (row.id, row.sha256, row.size) == (packet.id, checked.sha256, len(packet.data))
    assert (row.operator, row.outlet) == (CLERK, "SH-0231")
    assert (row.masked_name, row.masked_msisdn) == ("样*", "138****8000")
    assert (row.created_at, row.attempts, row.packet_present) == (NOON, 0, True)
    assert till.packet_file(row.id).read_bytes() == packet.data
    assert till.packet_file(row.id).stat().st_mode & 0o777 == 0o600


def test_the_same_packet_may_be_put_twice(till: OutboxTill) -> None:
    packet = till.seal()
    assert till.outbox.put(packet) == till.outbox.put(packet)
    assert len(till.outbox.rows()) == 1


def test_other_content_under_the_same_number_is_refused(till: OutboxTill) -> None:
    first = till.seal()
    till.outbox.put(first)
    with pytest.raises(PacketConflict):
        till.outbox.put(till.seal(first.id))
    assert till.packet_file(first.id).read_bytes() == first.data


def test_each_packet_names_the_one_before_it(till: OutboxTill) -> None:
    assert till.outbox.next_link() == ChainLink(1, "0" * 64)
    row = till.submit()
    assert till.outbox.next_link() == ChainLink(2, row.sha256)


def test_a_packet_sealed_for_another_place_is_refused_without_a_trace(till: OutboxTill) -> None:
    early = till.seal()
    till.submit()
    with pytest.raises(ChainMoved):
        till.outbox.put(early)
    assert not till.packet_file(early.id).exists()


def test_a_packet_of_another_till_is_refused(till: OutboxTill) -> None:
    stranger = sealed(Ed25519PrivateKey.generate(), till.outbox.next_link(), new_id())
    with pytest.raises(PacketNotOurs):
        till.outbox.put(stranger)
    assert till.outbox.rows() == ()


def test_a_packet_under_another_name_is_refused(till: OutboxTill) -> None:
    with pytest.raises(PacketDamaged):
        till.outbox.put(replace(till.seal(), id=new_id()))


def test_a_packet_above_the_limit_is_refused(till: OutboxTill) -> None:
    packet = sealed(till.signer, till.outbox.next_link(), new_id(), size=MAX_PACKET_BYTES)
    with pytest.raises(PacketDamaged):
        till.outbox.put(packet)


def test_what_was_saved_is_there_after_a_restart(till: OutboxTill) -> None:
    row = till.submit()
    assert till.restart().row(row.id) == row


# -- when the disk says no ----------------------------------------------------------------------
def test_a_full_disk_is_told_and_leaves_the_draft_and_no_file(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {}, LABELS, NOON)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        till.outbox.put(packet)
    monkeypatch.undo()
    assert not till.packet_file(packet.id).exists()
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == [packet.id]
    assert till.outbox.put(packet).state is RowState.QUEUED


def test_a_submit_that_failed_in_the_store_may_be_repeated(till: OutboxTill) -> None:
    packet = till.seal()
    _fail_in_the_store(till, packet.id)
    with pytest.raises(StoreUnavailable):
        till.outbox.put(packet)
    assert till.packet_file(packet.id).exists()
    till.outbox._store._writer.execute("PRAGMA query_only = OFF")
    assert till.outbox.put(packet).id == packet.id


def test_sealing_again_after_a_failure_keeps_the_first_file_aside(till: OutboxTill) -> None:
    first = till.seal()
    _fail_in_the_store(till, first.id)
    with pytest.raises(StoreUnavailable):
        till.outbox.put(first)
    till.outbox._store._writer.execute("PRAGMA query_only = OFF")
    second = till.seal(first.id)
    till.outbox.put(second)
    assert till.packet_file(first.id).read_bytes() == second.data
    (kept,) = (till.folder / "packets" / "aside").iterdir()
    assert kept.read_bytes() == first.data


def test_a_draft_that_was_discarded_after_a_failed_submit_is_never_sent(till: OutboxTill) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {}, LABELS, NOON)
    _fail_in_the_store(till, packet.id)
    with pytest.raises(StoreUnavailable):
        till.outbox.put(packet)
    till.outbox._store._writer.execute("PRAGMA query_only = OFF")
    till.outbox.delete_draft(packet.id)
    till.restart().recover(NOON)
    assert till.outbox.rows() == ()


def _fail_in_the_store(till: OutboxTill, registration: str) -> None:
    assert registration
    till.outbox._store._writer.execute("PRAGMA query_only = ON")


# -- drafts -------------------------------------------------------------------------------------
def test_a_draft_comes_back_as_it_was_saved(till: OutboxTill) -> None:
    registration = new_id()
    images = {"portrait": b"\xff\xd8front", "emblem": b"\xff\xd8back"}
    till.outbox.save_draft(registration, CLERK, b"body", images, LABELS, NOON)
    (draft,) = till.restart().drafts(CLERK)
    assert (draft.id, draft.operator, draft.saved_at) == (registration, CLERK, NOON)
    assert (draft.body, draft.images, draft.labels) == (b"body", images, LABELS)


def test_an_image_that_did_not_change_is_not_written_again(till: OutboxTill) -> None:
    registration = new_id()
    images = {"portrait": os.urandom(200_000), "emblem": os.urandom(200_000)}
    till.outbox.save_draft(registration, CLERK, b"1", images, LABELS, NOON)
    till.outbox.tidy()
    till.outbox.save_draft(registration, CLERK, b"2", images, LABELS, NOON)
    assert (till.folder / "outbox.db-wal").stat().st_size < 100_000
    images["emblem"] = b"another"
    till.outbox.save_draft(registration, CLERK, b"3", images, LABELS, NOON)
    (draft,) = till.outbox.drafts(CLERK)
    assert (draft.body, draft.images) == (b"3", images)


def test_an_image_that_was_taken_out_is_forgotten(till: OutboxTill) -> None:
    registration = new_id()
    till.outbox.save_draft(registration, CLERK, b"1", {"portrait": b"x"}, LABELS, NOON)
    till.outbox.save_draft(registration, CLERK, b"2", {}, LABELS, NOON)
    (draft,) = till.outbox.drafts(CLERK)
    assert draft.images == {}


def test_nobody_sees_or_changes_the_draft_of_another(till: OutboxTill) -> None:
    registration = new_id()
    till.outbox.save_draft(registration, CLERK, b"1", {}, LABELS, NOON)
    assert till.outbox.drafts(OTHER_CLERK) == ()
    with pytest.raises(DraftOfAnother):
        till.outbox.save_draft(registration, OTHER_CLERK, b"2", {}, LABELS, NOON)


def test_the_newest_draft_comes_first(till: OutboxTill) -> None:
    ids = [new_id() for _ in range(3)]
    for minute, registration in enumerate(ids):
        at = NOON + timedelta(minutes=minute)
        till.outbox.save_draft(registration, CLERK, b"", {}, LABELS, at)
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == ids[::-1]


def test_submit_ends_the_draft_and_a_late_autosave_cannot_revive_it(till: OutboxTill) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {"portrait": b"x"}, LABELS, NOON)
    till.outbox.put(packet)
    assert till.outbox.drafts(CLERK) == ()
    with pytest.raises(AlreadySubmitted):
        till.outbox.save_draft(packet.id, CLERK, b"late", {}, LABELS, NOON)


def test_drafts_that_nobody_touched_for_long_are_forgotten(till: OutboxTill) -> None:
    old, fresh = new_id(), new_id()
    till.outbox.save_draft(old, CLERK, b"", {}, LABELS, NOON - timedelta(hours=30))
    till.outbox.save_draft(fresh, CLERK, b"", {}, LABELS, NOON)
    assert till.outbox.expire_drafts(NOON, timedelta(hours=24)) == 1
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == [fresh]


# -- what a registration uses up ----------------------------------------------------------------
def test_a_registered_line_is_recognised_without_being_kept(till: OutboxTill) -> None:
    assert till.outbox.line_in_use(MARKS.iccid, MARKS.msisdn) == LineUse(None, None)
    row = till.outbox.put(till.seal(), marks=MARKS)
    other, spaced = Private("13900000000"), Private("138 0013 8000")
    assert till.outbox.line_in_use(MARKS.iccid, other) == LineUse(row.id, None)
    assert till.outbox.line_in_use(other, spaced) == LineUse(None, row.id)
    with till.outbox._store.reading() as connection:
        kept = connection.execute("SELECT * FROM mark").fetchall()
    assert MARKS.msisdn.reveal() not in repr(kept)


def test_registrations_of_one_document_are_counted(till: OutboxTill) -> None:
    for _ in range(2):
        till.outbox.put(till.seal(), marks=MARKS)
    assert till.outbox.registrations_of(MARKS.document_number) == 2
    assert till.outbox.registrations_of(Private("11010518491231002x")) == 2
    assert till.outbox.registrations_of(Private("110105184912310038")) == 0


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REFUSED])
def test_what_the_carrier_did_not_take_uses_nothing_up(till: OutboxTill, outcome: Outcome) -> None:
    row = till.outbox.put(till.seal(), marks=MARKS, extract=b"masked")
    assert till.outbox.receipt_extract(row.id) == b"masked"
    till.outbox.decide(decision_for(row.id, 1, outcome), NOON)
    till.outbox.lease(NOON)
    assert till.outbox.registrations_of(MARKS.document_number) == 1
    till.outbox.acknowledge(receipt_for(row))
    assert till.outbox.registrations_of(MARKS.document_number) == 0
    assert till.outbox.line_in_use(MARKS.iccid, MARKS.msisdn) == LineUse(None, None)


# -- several at once ----------------------------------------------------------------------------
def test_a_second_process_is_told_that_the_till_is_open(till: OutboxTill) -> None:
    with pytest.raises(AlreadyRunning):
        till.open()


def test_a_reader_does_not_wait_for_a_writer(till: OutboxTill) -> None:
    row = till.submit()
    with till.outbox._store.writing() as connection, ThreadPoolExecutor(1) as other_thread:
        connection.execute("UPDATE outbox SET attempts = 9")
        seen = other_thread.submit(till.outbox.rows).result(timeout=2)
    assert seen == (row,)
    assert till.outbox.row(row.id).attempts == 9


def test_threads_that_submit_send_and_look_do_not_disturb_each_other(till: OutboxTill) -> None:
    turn = threading.Lock()

    def submit(_number: int) -> None:
        with turn:  # as the desk does: sealing and putting are one visit
            till.submit()
        till.outbox.save_draft(new_id(), CLERK, b"x", {"a": b"y"}, LABELS, NOON)
        leased = till.outbox.lease(NOON)
        if leased is not None:
            till.outbox.release(leased.row.id, NOON, "C100")
        till.outbox.rows()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(submit, range(40)))
    assert till.outbox.figures().waiting == 40
    assert len(till.outbox.drafts(CLERK)) == 40
    assert till.outbox.verify_journal() is None


def test_pages_follow_each_other_without_a_gap(till: OutboxTill) -> None:
    ids = [till.submit().id for _ in range(5)]
    first = till.outbox.rows(limit=2)
    second = till.outbox.rows(limit=2, after=first[-1].id)
    third = till.outbox.rows(limit=2, after=second[-1].id)
    assert [row.id for row in (*first, *second, *third)] == ids[::-1]


def test_the_figures_count_every_state(till: OutboxTill) -> None:
    received = till.send(NOON - timedelta(hours=1))
    till.outbox.decide(decision_for(received.id, 1, Outcome.RETURNED), NOON)
    reviewed = till.send()
    till.outbox.decide(decision_for(reviewed.id, 2, Outcome.IN_REVIEW), NOON)
    damaged = till.submit()
    till.outbox.lease(NOON)
    till.outbox.quarantine(damaged.id, "C140")
    till.submit(NOON + timedelta(minutes=1))
    till.submit(NOON + timedelta(minutes=2))
    till.outbox.lease(NOON + timedelta(minutes=1))
    found = till.outbox.figures()
    assert (found.waiting, found.sending, found.quarantined) == (2, 1, 1)
    assert (found.returned, found.in_review) == (1, 1)
    assert found.oldest_waiting == NOON
    assert found.last_received == NOON
