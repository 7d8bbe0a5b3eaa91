"""Every start puts right what a crash left: what may lie around, and what becomes of it."""

from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2

from pos_client.model.packet import PacketDamaged
from pos_client.model.row import RowState
from pos_client.outbox.chain import ChainLink
from pos_client.outbox.journal import JournalBreak
from pos_client.outbox.problems import PacketNotOurs
from pos_client.outbox.recovery import Recovery
from pos_client.outbox.store import DatabaseKey
from tests.fakes.outbox_damage import chance, damaged_packet
from tests.fakes.outbox_till import CLERK, LABELS, NOON, OutboxTill, new_id, sealed

LATER = NOON + timedelta(hours=1)


def aside(till: OutboxTill) -> list[str]:
    return sorted(file.name for file in (till.folder / "packets" / "aside").iterdir())


def test_a_clean_start_changes_nothing(till: OutboxTill) -> None:
    row = till.submit()
    assert till.restart().recover(LATER) == Recovery()
    assert till.outbox.row(row.id) == row


def test_a_row_that_was_being_sent_is_queued_again(till: OutboxTill) -> None:
    row = till.submit()
    till.outbox.lease(NOON)
    assert till.restart().recover(LATER).returned_to_queue == 1
    assert till.outbox.row(row.id).state is RowState.QUEUED
    assert till.outbox.lease(LATER) is not None


def test_a_whole_packet_without_a_row_is_adopted_with_the_labels_of_its_draft(
    till: OutboxTill,
) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {"portrait": b"x"}, LABELS, NOON)
    till.packet_file(packet.id).write_bytes(packet.data)
    assert till.restart().recover(LATER).adopted == 1
    row = till.outbox.row(packet.id)
    assert (row.state, row.operator, row.masked_name) == (RowState.QUEUED, CLERK, "样*")
    assert row.created_at == NOON
    assert till.outbox.drafts(CLERK) == ()
    assert till.outbox.next_link() == ChainLink(2, row.sha256)
    leased = till.outbox.lease(LATER)
    assert leased is not None
    assert leased.data == packet.data


def test_a_packet_that_was_cut_short_is_set_aside_and_its_draft_stays(till: OutboxTill) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {}, LABELS, NOON)
    till.packet_file(packet.id).write_bytes(packet.data[:-100])
    assert till.restart().recover(LATER).set_aside == 1
    assert aside(till) == [f"{packet.id}.P119.0.pkt"]
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == [packet.id]
    till.outbox.put(packet)
    assert till.outbox.figures().waiting == 1


def test_an_empty_file_is_set_aside(till: OutboxTill) -> None:
    registration = new_id()
    till.packet_file(registration).write_bytes(b"")
    assert till.restart().recover(LATER).set_aside == 1
    assert aside(till) == [f"{registration}.P110.0.pkt"]


def test_a_packet_under_a_wrong_name_is_set_aside(till: OutboxTill) -> None:
    packet = till.seal()
    till.packet_file(new_id()).write_bytes(packet.data)
    assert till.restart().recover(LATER).set_aside == 1
    assert till.outbox.rows() == ()


def test_a_file_whose_removal_did_not_reach_the_disk_is_removed_again(till: OutboxTill) -> None:
    row = till.send()
    data = till.packet_file(row.id).read_bytes()
    till.outbox.purge(LATER, timedelta(minutes=1))
    till.packet_file(row.id).write_bytes(data)
    assert till.restart().recover(LATER).late_removals == 1
    assert not till.packet_file(row.id).exists()


def test_another_packet_under_the_name_of_a_purged_one_is_set_aside(till: OutboxTill) -> None:
    row = till.send()
    till.outbox.purge(LATER, timedelta(minutes=1))
    till.packet_file(row.id).write_bytes(till.seal(row.id).data)
    assert till.restart().recover(LATER).set_aside == 1


def test_a_waiting_row_without_its_file_is_counted_and_then_set_aside(till: OutboxTill) -> None:
    row = till.submit()
    till.packet_file(row.id).unlink()
    assert till.restart().recover(LATER).missing == 1


@pytest.mark.logs_warning("packet of .*: P111")
def test_a_missing_packet_is_quarantined_and_the_next_one_goes(till: OutboxTill) -> None:
    lost, good = till.submit(), till.submit()
    till.packet_file(lost.id).unlink()
    leased = till.outbox.lease(NOON)
    assert leased is not None
    assert leased.row.id == good.id
    found = till.outbox.row(lost.id)
    assert (found.state, found.cause) == (RowState.QUARANTINED, "P111")


@pytest.mark.logs_warning("packet of .*: P110")
def test_a_damaged_packet_is_never_handed_out(till: OutboxTill) -> None:
    by = chance(5)
    for _ in range(25):
        row = till.submit()
        file = till.packet_file(row.id)
        file.write_bytes(damaged_packet(file.read_bytes(), by))
    assert till.outbox.lease(NOON) is None
    assert till.outbox.figures().quarantined == 25
    assert len(list((till.folder / "packets").glob("*.pkt"))) == 25


def test_a_thousand_damaged_packets_are_all_noticed(till: OutboxTill) -> None:
    packet = till.seal()
    by = chance(6)
    for _ in range(1000):
        with pytest.raises((PacketDamaged, PacketNotOurs)):
            till.outbox._packets.check(damaged_packet(packet.data, by))


def test_damaged_strays_are_all_set_aside(till: OutboxTill) -> None:
    packet = till.seal()
    by = chance(8)
    for _ in range(40):
        till.packet_file(new_id()).write_bytes(damaged_packet(packet.data, by))
    found = till.outbox.recover(LATER)
    assert (found.adopted, found.set_aside) == (0, 40)
    assert len(aside(till)) == 40


def test_many_strays_are_taken_in_piece_by_piece(till: OutboxTill) -> None:
    link = till.outbox.next_link()
    for _ in range(7):
        packet = sealed(till.signer, link, new_id())
        link = ChainLink(link.counter + 1, till.checked(packet).sha256)
        till.packet_file(packet.id).write_bytes(packet.data)
    found = [till.outbox.recover(LATER, limit=3) for _ in range(3)]
    assert [piece.adopted for piece in found] == [3, 3, 1]
    assert [piece.left for piece in found] == [4, 1, 0]
    assert till.outbox.next_link().counter == 8


def test_the_queue_is_rebuilt_from_packets_alone_under_a_new_key(till: OutboxTill) -> None:
    rows = [till.submit() for _ in range(20)]
    broken = till.packet_file(rows[3].id)
    broken.write_bytes(broken.read_bytes()[:500])
    till.outbox.close()
    for file in till.folder.glob("outbox.db*"):
        file.unlink()
    till.key = DatabaseKey.random()
    till.outbox = till.open()
    found = till.outbox.recover(LATER)
    assert (found.adopted, found.set_aside) == (19, 1)
    assert {row.sha256 for row in till.outbox.rows()} == {
        row.sha256 for row in rows if row.id != rows[3].id
    }
    assert till.outbox.next_link() == ChainLink(21, rows[-1].sha256)


# -- the journal --------------------------------------------------------------------------------
def test_the_journal_is_whole_after_a_busy_day(till: OutboxTill) -> None:
    for _ in range(5):
        till.send()
    till.outbox.purge(LATER, timedelta(minutes=1))
    assert till.outbox.verify_journal() is None
    assert till.restart().verify_journal() is None


def test_the_journal_tells_events_and_ids_only(till: OutboxTill) -> None:
    row = till.send()
    with till.outbox._store.reading() as connection:
        entries = connection.execute("SELECT event, about, at FROM journal").fetchall()
    assert [event for event, _, _ in entries] == ["submitted", "sending", "received"]
    assert {about for _, about, _ in entries} == {row.id}
    assert {at for _, _, at in entries} == {"2026-03-02T12:00:00.000000+00:00"}


@pytest.mark.parametrize("verb", ["DELETE FROM journal", "UPDATE journal SET event = 'x'"])
def test_the_store_refuses_to_change_the_journal(till: OutboxTill, verb: str) -> None:
    till.submit()
    with (
        pytest.raises(dbapi2.IntegrityError, match="never"),
        till.outbox._store.writing() as connection,
    ):
        connection.execute(verb)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("DELETE FROM journal WHERE number = 3", JournalBreak(3, "missing")),
        ("DELETE FROM journal WHERE number = 1", JournalBreak(1, "missing")),
        ("UPDATE journal SET event = 'x' WHERE number = 4", JournalBreak(4, "changed")),
        ("UPDATE journal SET about = 'x' WHERE number = 2", JournalBreak(2, "changed")),
        ("UPDATE journal SET at = 'x' WHERE number = 1", JournalBreak(1, "changed")),
    ],
)
def test_whoever_gets_past_the_store_is_found_by_the_chain(
    till: OutboxTill, verb: str, expected: JournalBreak
) -> None:
    for _ in range(2):
        till.send()
    with till.outbox._store.writing() as connection:
        connection.execute("DROP TRIGGER journal_keeps_its_lines")
        connection.execute("DROP TRIGGER journal_keeps_its_length")
        connection.execute(verb)
    assert till.outbox.verify_journal() == expected
