"""The outbox: what was saved stays saved, is sent by one sender at a time, and leaves last."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pos_client.model.packet import PacketDamaged
from pos_client.model.receipt import Decision, JournalHead, Receipt
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import WAITING, Row, RowState, SealedPacket
from pos_client.outbox import (
    drafts,
    exchange,
    journal,
    receipts,
    retention,
    room,
    rows,
    submit,
    times,
)
from pos_client.outbox.drafts import DraftLabels, StoredDraft
from pos_client.outbox.looking import Looking
from pos_client.outbox.marks import Marks
from pos_client.outbox.only_one import OnlyOne
from pos_client.outbox.packets import Packets
from pos_client.outbox.problems import PacketMissing, ReceiptMismatch, RowElsewhere
from pos_client.outbox.rebuild import Salvage
from pos_client.outbox.recovery import Recovery, recover
from pos_client.outbox.room import Ballast
from pos_client.outbox.store import DatabaseKey, Store, Timekeeper

log = logging.getLogger(__name__)

PACKETS: Final = "packets"
LOCK: Final = "outbox.lock"


@dataclass(frozen=True, slots=True)
class Leased:
    """A row in the hands of the one sender, with its packet's bytes.

    `head` is how far the journal had come, for the carrier to countersign with the receipt.
    """

    row: Row
    data: bytes = field(repr=False)
    head: JournalHead | None = None


class Outbox(Looking):
    """Sealed registrations at rest, and the drafts they come from.

    May be used from any thread. Every verb is one transaction and is on the disk when it returns;
    readers never wait for a writer. One process at a time.
    """

    def __init__(
        self,
        folder: Path,
        key: DatabaseKey,
        device_id: str,
        device_public: bytes,
        *,
        next_key: DatabaseKey | None = None,
        timekeeper: Timekeeper | None = None,
    ) -> None:
        """Open the outbox in `folder`, making it where there is none.

        Args:
            folder: the till's private folder.
            key: the raw key of the store.
            device_id: the till's id, which every packet must carry.
            device_public: the till's raw Ed25519 public key, 32 bytes.
            next_key: where a change of the key broke off, the key it was going to.
            timekeeper: what the journal tells time by beside the wall clock.

        Raises:
            AlreadyRunning: another process has it open.
            Problem: the store cannot be opened; see `Store`.
        """
        self._device_id = device_id
        self._packets = Packets(folder / PACKETS, device_id, device_public)
        self._folder = folder
        self._ballast = Ballast(folder)
        self._only_one = OnlyOne(folder / LOCK)
        try:
            exchange.settle(folder, moving=next_key is not None)
            super().__init__(
                Store(folder / exchange.DATABASE, next_key or key, timekeeper=timekeeper)
            )
        except BaseException:
            self._only_one.release()
            raise
        self._put_lock = threading.Lock()
        self._latest = self.journal_time()

    def close(self) -> None:
        """Close the store and let another process in. Drafts and rows are on the disk already."""
        self._store.tidy()
        self._store.close()
        self._only_one.release()

    def recover(self, now: datetime, *, limit: int = 1000) -> Recovery:
        """Put right what a crash left. Call at every start, again while something is `left`."""
        self._see(now)
        return self._ballast.fits(lambda: recover(self._store, self._packets, now, limit))

    def rekey(self, new: DatabaseKey, announce: Callable[[], None], now: datetime) -> None:
        """Move the store under a new key; see `Store.rekey`."""
        self._see(now)
        with self._put_lock:
            self._store.rekey(new, announce)
            with self._store.writing() as connection:
                self._journal(connection, "key_changed", "")

    def room(self) -> int:
        """Return about how many more registrations fit on this disk, by their real sizes."""
        return room.registrations_left(room.free_bytes(self._folder), self.usual_size())

    def take_ballast_in(self) -> None:
        """Keep a few megabytes that receipts and journal can have when the disk is full."""
        self._ballast.take_in(room.free_bytes(self._folder))

    def note(self, event: str, about: str, now: datetime) -> None:
        """Write one line into the journal: `about` is a number or a figure, never a person."""
        self._see(now)
        with self._store.writing() as connection:
            self._journal(connection, event, about)

    def note_rebuild(self, salvage: Salvage, now: datetime) -> None:
        """Write down that this store was made anew, and what it could take over."""
        about = (
            f"registrations={salvage.registrations} drafts={salvage.drafts}"
            f" journal={salvage.journal} unread={','.join(salvage.unread) or '-'}"
        )
        self.note("store_rebuilt", about, now)

    def packets_aside(self) -> int:
        """Count the packet files that were set aside."""
        return self._packets.set_aside_count()

    def tidy(self) -> None:
        """Empty the write-ahead log, so that deleted drafts leave the disk. Call when idle."""
        self._store.tidy()

    # -- drafts -----------------------------------------------------------------------------
    def save_draft(
        self,
        registration: RegistrationId,
        operator: OperatorNumber,
        body: bytes,
        images: dict[str, bytes],
        labels: DraftLabels,
        now: datetime,
    ) -> None:
        """Save a draft with its images; those that did not change are not written again.

        Raises:
            AlreadySubmitted: the registration is in the outbox.
            DraftOfAnother: another operator began it.
        """
        self._see(now)
        with self._store.writing() as connection:
            drafts.save(connection, StoredDraft(registration, operator, now, labels, body, images))

    def delete_draft(self, registration: RegistrationId) -> None:
        """Forget a draft for good, with what an interrupted submit may have left of it."""
        with self._put_lock:
            with self._store.writing() as connection:
                if drafts.delete(connection, registration):
                    self._journal(connection, "draft_discarded", registration)
                submitted = rows.find(connection, registration)
            if submitted is None and self._packets.path(registration).exists():
                self._packets.set_aside(registration, "discarded")

    def expire_drafts(self, now: datetime, age: timedelta) -> int:
        """Forget the drafts that nobody touched for `age`; say how many."""
        self._see(now)
        with self._store.reading() as connection:
            expired = drafts.older_than(connection, now - age)
        for registration in expired:
            self.delete_draft(registration)
        return len(expired)

    # -- submit -----------------------------------------------------------------------------
    def put(
        self, packet: SealedPacket, *, marks: Marks | None = None, extract: bytes | None = None
    ) -> Row:
        """Save a sealed registration. Once this returns it cannot be lost.

        The packet file is on the disk before the row that vouches for it, and the row, the journal,
        the chain and the draft's end are one transaction. The same bytes may be put twice. Where
        only the row could not be written, the packet stays and the next start takes it in, unless
        the draft is submitted once more or discarded before.

        Args:
            packet: the sealed bytes and the row's labels.
            marks: what the registration uses up, kept as keyed hashes.
            extract: what the customer's receipt is printed from once more; masked.

        Raises:
            PacketDamaged, PacketNotOurs: not a packet of this till.
            PacketConflict: another packet was saved under this number.
            ChainMoved: sealed for another place in the chain; seal it again.
            DiskFull, DiskTrouble: not saved; the draft is still there.
        """
        self._see(packet.sealed_at)
        with self._put_lock:
            return submit.save(self._store, self._packets, packet, marks, extract)

    def save_receipt_extract(self, registration: RegistrationId, body: bytes) -> None:
        """Keep the masked extract a customer's receipt is printed from once more."""
        with self._store.writing() as connection:
            receipts.keep_extract(connection, registration, body)

    # -- sending ----------------------------------------------------------------------------
    def lease(self, now: datetime) -> Leased | None:
        """Take the row that is due longest for sending, or None.

        That it is being sent is on the disk before this returns. A row whose packet is missing or
        damaged is set aside as QUARANTINED, and the next one is taken.
        """
        self._see(now)
        while (row := self._take_due(now)) is not None:
            try:
                data = self._packets.read(row.id, row.sha256)
                return Leased(row, data, self.journal_head())
            except (PacketMissing, PacketDamaged) as problem:
                log.warning("packet of %s: %s", row.id, problem.code)
                self.quarantine(row.id, problem.code)
        self._store.tidy()  # nothing to send: the best moment to let deleted drafts leave the disk
        return None

    def _take_due(self, now: datetime) -> Row | None:
        return self._ballast.fits(lambda: self._lease_row(now))

    def _lease_row(self, now: datetime) -> Row | None:
        with self._store.writing() as connection:
            registration = rows.due(connection, now)
            if registration is None:
                return None
            rows.move(connection, registration, RowState.QUEUED, RowState.SENDING)
            connection.execute(
                "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", (registration,)
            )
            self._journal(connection, "sending", registration)
            return rows.get(connection, registration)

    def release(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        """Put a leased row back, not to be tried before `until`; `cause` is a Problem's code.

        A row whose receipt came by another way meanwhile stays where it is.
        """
        self._ballast.fits(lambda: self._release(registration, until, cause))

    def _release(self, registration: RegistrationId, until: datetime, cause: str) -> None:
        with self._store.writing() as connection:
            if receipts.find(connection, registration) is not None:
                return
            rows.move(connection, registration, RowState.SENDING, RowState.QUEUED)
            connection.execute(
                "UPDATE outbox SET next_at = ?, cause = ? WHERE id = ?",
                (times.text(until), cause, registration),
            )
            self._journal(connection, "postponed", registration)

    def quarantine(self, registration: RegistrationId, cause: str) -> None:
        """Set a leased row aside for a person to look at; `cause` is a Problem's code.

        A row whose receipt came by another way meanwhile stays where it is.
        """
        self._ballast.fits(lambda: self._quarantine(registration, cause))

    def _quarantine(self, registration: RegistrationId, cause: str) -> None:
        with self._store.writing() as connection:
            if receipts.find(connection, registration) is not None:
                return
            rows.move(connection, registration, RowState.SENDING, RowState.QUARANTINED)
            connection.execute("UPDATE outbox SET cause = ? WHERE id = ?", (cause, registration))
            self._journal(connection, "quarantined", registration)

    def hasten(self, causes: tuple[str, ...], now: datetime) -> None:
        """Make the rows due that wait for one of these causes: it is gone."""
        with self._store.writing() as connection:
            connection.executemany(
                "UPDATE outbox SET next_at = min(next_at, ?) WHERE state = ? AND cause = ?",
                [(times.text(now), RowState.QUEUED, cause) for cause in causes],
            )

    def note_sent(self, registration: RegistrationId, sent: int) -> None:
        """Write down how many bytes of a packet the carrier has, so that it goes on from there."""
        with self._store.writing() as connection:
            connection.execute("UPDATE outbox SET sent = ? WHERE id = ?", (sent, registration))

    def requeue(self, registration: RegistrationId, now: datetime) -> None:
        """Make a quarantined or waiting row due now. One that is being sent is left alone.

        Raises:
            RowElsewhere: the carrier has it already.
        """
        self._see(now)
        with self._store.writing() as connection:
            row = rows.get(connection, registration)
            if row.state is RowState.SENDING:
                return
            if row.state is not RowState.QUEUED:
                rows.move(connection, registration, RowState.QUARANTINED, RowState.QUEUED)
                self._journal(connection, "requeued", registration)
            connection.execute(
                "UPDATE outbox SET next_at = ?, cause = NULL WHERE id = ?",
                (times.text(now), registration),
            )

    # -- the carrier's words ----------------------------------------------------------------
    def acknowledge(self, receipt: Receipt) -> None:
        """Record that the carrier holds a row's packet. The receipt was verified before.

        It may come for a row in our hands, or on a stick for one that waits. A second receipt for
        the same packet changes nothing.

        Raises:
            ReceiptMismatch: it names other content or another device.
            RowUnknown, RowElsewhere: there is no such row on its way.
        """
        self._ballast.fits(lambda: self._acknowledge(receipt))

    def _acknowledge(self, receipt: Receipt) -> None:
        with self._store.writing() as connection:
            row = rows.get(connection, receipt.packet_id)
            if (receipt.packet_sha256, receipt.device_id) != (row.sha256, self._device_id):
                raise ReceiptMismatch
            if receipts.find(connection, row.id) is not None:
                return
            if row.state not in WAITING:
                raise RowElsewhere(state=row.state)
            rows.move(connection, row.id, row.state, RowState.RECEIVED)
            receipts.keep(connection, receipt)
            journal.heard(connection, times.text(receipt.received_at), self._latest)
            self._journal(connection, "received", row.id)
            self._apply_decision(connection, row.id)

    def decide(self, decision: Decision, now: datetime) -> None:
        """Take in one decision and move the feed's cursor behind it. Old ones change nothing."""
        self._see(now)
        self._ballast.fits(lambda: self._decide(decision))

    def _decide(self, decision: Decision) -> None:
        with self._store.writing() as connection:
            if decision.sequence <= receipts.cursor(connection):
                return
            receipts.keep_decision(connection, decision)
            self._apply_decision(connection, decision.packet_id)

    def _apply_decision(self, connection: Any, registration: RegistrationId) -> None:
        outcome = receipts.apply_decision(connection, registration)
        if outcome is not None:
            self._journal(connection, f"decided_{outcome}", registration)

    def purge(self, now: datetime, grace: timedelta) -> int:
        """Remove packets whose stored receipt is older than `grace`; say how many.

        A row keeps its state until it was decided for as long as `grace`, then it becomes a PURGED
        stub without labels. A row without a stored receipt is never touched.
        """
        self._see(now)
        removed = self._ballast.fits(
            lambda: retention.purge(self._store, self._packets, now, now - grace)
        )
        self._store.tidy()
        return removed

    def heard(self, server_time: datetime, now: datetime) -> None:
        """Keep a time that the carrier signed: the next entries of the journal will name it."""
        self._see(now)
        with self._store.writing() as connection:
            journal.heard(connection, times.text(server_time), times.text(now))

    # -- the journal's time -----------------------------------------------------------------
    def _see(self, now: datetime) -> None:
        self._latest = times.text(now)

    def _journal(self, connection: Any, event: str, about: str) -> None:
        # Verbs without a time of their own happen at the latest one we were told.
        journal.write(connection, self._latest, event, about)
