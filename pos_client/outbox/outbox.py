"""The outbox: what was saved stays saved, is sent by one sender at a time, and leaves last."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pos_client.model.packet import PacketDamaged
from pos_client.model.receipt import Decision, JournalHead, Receipt
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import WAITING, Row, RowState, SealedPacket
from pos_client.outbox import (
    drafts,
    journal,
    receipts,
    retention,
    rows,
    submit,
    times,
)
from pos_client.outbox.carrying import Carrying
from pos_client.outbox.drafts import DraftLabels, StoredDraft
from pos_client.outbox.keeping import PACKETS, Keeping
from pos_client.outbox.marks import Marks
from pos_client.outbox.problems import PacketMissing, ReceiptMismatch, RowElsewhere

__all__ = ["PACKETS", "Leased", "Outbox"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leased:
    """A row in the hands of the one sender, with its packet's bytes.

    `head` is how far the journal had come, for the carrier to countersign with the receipt.
    """

    row: Row
    data: bytes = field(repr=False)
    head: JournalHead | None = None


class Outbox(Keeping, Carrying):
    """Sealed registrations at rest, and the drafts they come from.

    May be used from any thread. Every verb is one transaction and is on the disk when it returns;
    readers never wait for a writer. One process at a time.
    """

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

    def hand_over_draft(self, giver: OperatorNumber, draft: StoredDraft) -> None:
        """Make a saved draft its new operator's, with the content that says so, in one transaction.

        Raises:
            AlreadySubmitted: the registration is in the outbox.
            DraftOfAnother: it is not the giver's.
        """
        self._see(draft.saved_at)
        with self._store.writing() as connection:
            drafts.hand_over(connection, draft.id, giver, draft.operator)
            drafts.save(connection, draft)
            self._journal(connection, "draft_handed_over", draft.id)

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
            lambda: retention.purge(
                self._store, self._packets, now, now - grace, keep_last=self._sealed_only
            )
        )
        self._store.tidy()
        return removed
