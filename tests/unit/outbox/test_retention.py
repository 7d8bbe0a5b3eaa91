"""What leaves the till: only what the carrier holds, and never half."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from pos_client.model.receipt import Outcome
from pos_client.model.row import RowState
from pos_client.outbox import retention
from tests.fakes.outbox_pages import decrypted
from tests.fakes.outbox_till import CLERK, GRACE, LABELS, NOON, OutboxTill, decision_for, new_id

AFTER = NOON + GRACE + timedelta(seconds=1)
CANARY = "样本卡纳里-CANARY-7731"


def test_a_packet_without_a_receipt_is_never_removed(till: OutboxTill) -> None:
    waiting = till.submit()
    leased = till.submit()
    till.outbox.lease(NOON)
    assert till.outbox.purge(NOON + timedelta(days=10_000), timedelta(0)) == 0
    assert till.packet_file(waiting.id).exists()
    assert till.packet_file(leased.id).exists()


def test_a_packet_stays_for_the_grace_time(till: OutboxTill) -> None:
    row = till.send()
    assert till.outbox.purge(NOON + GRACE, GRACE) == 0
    assert till.packet_file(row.id).exists()
    assert till.outbox.purge(AFTER, GRACE) == 1
    assert not till.packet_file(row.id).exists()
    assert till.outbox.purge(AFTER, GRACE) == 0


def test_a_row_keeps_its_state_and_labels_until_it_was_decided(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.purge(AFTER, GRACE)
    kept = till.outbox.row(row.id)
    assert (kept.state, kept.packet_present) == (RowState.RECEIVED, False)
    assert kept.masked_name == row.masked_name


def test_a_fresh_decision_keeps_its_labels_for_the_grace_time(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 1, Outcome.REFUSED, AFTER), AFTER)
    till.outbox.purge(AFTER, GRACE)
    assert till.outbox.row(row.id).state is RowState.REFUSED
    till.outbox.purge(AFTER + GRACE + timedelta(seconds=1), GRACE)
    assert till.outbox.row(row.id).state is RowState.PURGED


def test_more_than_one_batch_is_purged_in_one_go(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    rows = [till.send() for _ in range(5)]
    for number, row in enumerate(rows, start=1):
        till.outbox.decide(decision_for(row.id, number, Outcome.ACCEPTED), NOON)
    assert till.outbox.purge(AFTER, GRACE) == 5
    assert {row.state for row in till.outbox.rows()} == {RowState.PURGED}


def test_a_purge_that_broke_off_before_the_file_is_finished_at_the_next_start(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = till.send()
    with monkeypatch.context() as patch:
        patch.setattr(till.outbox._packets, "remove", _die)
        with pytest.raises(KeyboardInterrupt):
            till.outbox.purge(AFTER, GRACE)
    assert till.packet_file(row.id).exists()
    assert till.restart().recover(AFTER).late_removals == 1
    assert not till.packet_file(row.id).exists()
    assert not till.outbox.row(row.id).packet_present


def test_a_purge_that_broke_off_after_the_file_is_finished_at_the_next_start(
    till: OutboxTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = till.send()
    with monkeypatch.context() as patch:
        patch.setattr(retention, "_note_gone", _die)
        with pytest.raises(KeyboardInterrupt):
            till.outbox.purge(AFTER, GRACE)
    assert not till.packet_file(row.id).exists()
    assert till.outbox.row(row.id).packet_present
    till.restart().recover(AFTER)
    assert not till.outbox.row(row.id).packet_present


def _die(*_anything: object) -> None:
    raise KeyboardInterrupt


def test_the_store_itself_refuses_to_let_an_unreceived_packet_leave(till: OutboxTill) -> None:
    row = till.submit()
    with (
        pytest.raises(dbapi2.IntegrityError),
        till.outbox._store.writing() as connection,
    ):
        connection.execute("UPDATE outbox SET packet = 'gone' WHERE id = ?", (row.id,))


@pytest.mark.parametrize("column", ["operator", "outlet", "sha256", "id"])
def test_the_author_and_the_content_of_a_row_never_change(till: OutboxTill, column: str) -> None:
    till.submit()
    with (
        pytest.raises(dbapi2.IntegrityError, match="never change"),
        till.outbox._store.writing() as connection,
    ):
        connection.execute(f"UPDATE outbox SET {column} = 'x'")  # noqa: S608 - a test's own words


# -- nothing readable is left -------------------------------------------------------------------
def _everywhere(folder: Path) -> bytes:
    return b"".join(
        file.name.encode() + file.read_bytes() for file in folder.rglob("*") if file.is_file()
    )


def _encodings(text: str) -> list[bytes]:
    plain = text.encode()
    return [plain, text.encode("utf-16-le"), plain.hex().encode(), CANARY[-8:].encode()]


def test_no_customer_can_be_read_in_any_file_while_the_draft_is_open(till: OutboxTill) -> None:
    body, images = CANARY.encode() * 50, {"portrait": os.urandom(90_000) + CANARY.encode()}
    till.outbox.save_draft(new_id(), CLERK, body, images, LABELS, NOON)
    on_disk = _everywhere(till.folder)
    till.outbox.tidy()
    on_disk += _everywhere(till.folder)
    for form in _encodings(CANARY):
        assert form not in on_disk


def test_after_submit_not_even_the_key_of_the_store_shows_the_customer(till: OutboxTill) -> None:
    packet = till.seal()
    body, images = CANARY.encode() * 50, {"portrait": os.urandom(90_000) + CANARY.encode()}
    for registration in (new_id(), packet.id, new_id()):
        till.outbox.save_draft(registration, CLERK, body, images, LABELS, NOON)
    key = _draft_key(till, packet.id)
    database = till.folder / "outbox.db"
    assert key in decrypted(database, till.key)
    till.outbox.put(packet)
    till.outbox.tidy()
    readable = decrypted(database, till.key)
    assert packet.id.encode() in readable
    assert key not in readable
    assert CANARY.encode() not in readable


def test_a_discarded_draft_cannot_be_opened_by_anybody(till: OutboxTill) -> None:
    registration = new_id()
    till.outbox.save_draft(registration, CLERK, CANARY.encode(), {}, LABELS, NOON)
    key = _draft_key(till, registration)
    till.outbox.delete_draft(registration)
    till.outbox.tidy()
    assert key not in decrypted(till.folder / "outbox.db", till.key)


def _draft_key(till: OutboxTill, registration: str) -> bytes:
    with till.outbox._store.reading() as connection:
        key: bytes = connection.execute(
            "SELECT key FROM draft_key WHERE draft = ?", (registration,)
        ).fetchone()[0]
    return key


def test_a_returned_registration_waits_a_month_for_its_customer(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.decide(decision_for(row.id, 1, Outcome.RETURNED, AFTER), AFTER)
    till.outbox.purge(AFTER + timedelta(days=29), GRACE)
    assert till.outbox.row(row.id).state is RowState.RETURNED
    till.outbox.purge(AFTER + timedelta(days=31), GRACE)
    assert till.outbox.row(row.id).state is RowState.PURGED
