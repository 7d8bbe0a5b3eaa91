"""Submit, step by step: the packet file, down to the disk; then the row, in one transaction."""

import logging

from pos_client.model.packet import PacketDamaged
from pos_client.model.row import Row, SealedPacket
from pos_client.outbox import chain, drafts, journal, marks, receipts, rows, times
from pos_client.outbox.marks import Marks
from pos_client.outbox.packets import CheckedPacket, Packets
from pos_client.outbox.problems import PacketConflict
from pos_client.outbox.store import Store

log = logging.getLogger(__name__)


def save(
    store: Store, packets: Packets, packet: SealedPacket, used: Marks | None, extract: bytes | None
) -> Row:
    """Save a sealed registration; the caller lets one through at a time. See `Outbox.put`."""
    checked = packets.check(packet.data)
    if checked.header.packet_id != packet.id:
        raise PacketDamaged(reason="name")
    saved = _saved_before(store, checked)
    if saved is not None:
        return saved
    _write_file(packets, checked)
    row = _write_row(store, packet, checked, used, extract)
    log.info("saved %s, %d bytes", row.id, row.size)
    return row


def _saved_before(store: Store, checked: CheckedPacket) -> Row | None:
    with store.reading() as connection:
        row = rows.find(connection, checked.header.packet_id)
        if row is None:
            chain.require_next(connection, checked)
    if row is not None and row.sha256 != checked.sha256:
        raise PacketConflict
    return row


def _write_file(packets: Packets, checked: CheckedPacket) -> None:
    registration = checked.header.packet_id
    left = packets.peek(registration)
    if left == checked.data:
        packets.make_sure(registration)  # of a submit whose row could not be written
        return
    if left is not None:
        packets.set_aside(registration, "sealed_again")
    packets.write(registration, checked.data)


def _write_row(
    store: Store,
    packet: SealedPacket,
    checked: CheckedPacket,
    used: Marks | None,
    extract: bytes | None,
) -> Row:
    with store.writing() as connection:
        chain.require_next(connection, checked)
        rows.insert(connection, packet, checked.sha256)
        chain.follow(connection, checked)
        if used is not None:
            marks.remember(connection, packet.id, used)
        if extract is not None:
            receipts.keep_extract(connection, packet.id, extract)
        drafts.delete(connection, packet.id)
        journal.write(connection, times.text(packet.sealed_at), "submitted", packet.id)
        if packet.supersedes is not None:
            at = times.text(packet.sealed_at)
            journal.write(connection, at, "corrected", packet.supersedes)
        return rows.get(connection, packet.id)
