"""Looking into the outbox without changing it: never waits for whoever writes."""

from datetime import datetime

from pos_client.model.private import Private
from pos_client.model.receipt import JournalHead, Receipt
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import QueueFigures, Row
from pos_client.model.timeline import Happening
from pos_client.outbox import (
    approvals,
    chain,
    drafts,
    journal,
    marks,
    orders,
    receipts,
    room,
    rows,
    times,
)
from pos_client.outbox.chain import ChainLink
from pos_client.outbox.drafts import StoredDraft
from pos_client.outbox.journal import Entry, JournalBreak
from pos_client.outbox.marks import LineUse
from pos_client.outbox.store import Store


class Looking:
    """The questions one may ask of the outbox; each sees everything that was committed."""

    def __init__(self, store: Store) -> None:
        """Look into `store`."""
        self._store = store

    def rows(
        self,
        *,
        limit: int = 50,
        after: RegistrationId | None = None,
        author: OperatorNumber | None = None,
    ) -> tuple[Row, ...]:
        """Return a page of rows, newest first, starting behind `after`; of one author if given."""
        with self._store.reading() as connection:
            return rows.page(connection, limit, after, author)

    def count_rows(self) -> int:
        """Count all registrations that this till knows."""
        with self._store.reading() as connection:
            return rows.count(connection)

    def row(self, registration: RegistrationId) -> Row:
        """Return one row.

        Raises:
            RowUnknown: there is none.
        """
        with self._store.reading() as connection:
            return rows.get(connection, registration)

    def history(self, registration: RegistrationId) -> tuple[Happening, ...]:
        """Return what the journal says about a registration, oldest first."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT at, event FROM journal WHERE about = ? ORDER BY number", (registration,)
            ).fetchall()
        return tuple(Happening(times.moment(at), event) for at, event in found)

    def figures(self) -> QueueFigures:
        """Return the outbox in numbers; `waiting` counts queued and sending rows."""
        with self._store.reading() as connection:
            return rows.figures(connection)

    def drafts(self, operator: OperatorNumber) -> tuple[StoredDraft, ...]:
        """Return an operator's drafts, newest first; nobody sees another's."""
        with self._store.reading() as connection:
            return drafts.of(connection, operator)

    def next_link(self) -> ChainLink:
        """Return where the next packet hangs in the device's chain; sealing needs it."""
        with self._store.reading() as connection:
            return chain.next_link(connection)

    def feed_cursor(self) -> int:
        """Return the sequence of the last decision taken in; 0 before the first."""
        with self._store.reading() as connection:
            return receipts.cursor(connection)

    def stored_receipt(self, registration: RegistrationId) -> Receipt | None:
        """Return the carrier's receipt for a registration, None as long as there is none."""
        with self._store.reading() as connection:
            return receipts.find(connection, registration)

    def receipt_extract(self, registration: RegistrationId) -> bytes | None:
        """Return the masked extract for a reprint, None where none was kept or after the purge."""
        with self._store.reading() as connection:
            return receipts.extract(connection, registration)

    def line_in_use(self, iccid: Private[str], msisdn: Private[str]) -> LineUse:
        """Say which registrations of this till took this SIM and this number."""
        with self._store.reading() as connection:
            return marks.line_use(connection, iccid, msisdn)

    def registrations_of(self, document_number: Private[str]) -> int:
        """Count the registrations made on this till for the holder of a document."""
        with self._store.reading() as connection:
            return marks.registrations_of(connection, document_number)

    def verify_journal(self) -> JournalBreak | None:
        """Return the first journal entry that does not fit, None where the chain is whole."""
        with self._store.reading() as connection:
            return journal.verify(connection)

    def usual_size(self) -> int:
        """Return what the last registrations took on the disk in the mean, in bytes."""
        with self._store.reading() as connection:
            return room.usual_size(connection)

    def journal_head(self) -> JournalHead | None:
        """Return how far the journal has come, None before its first entry."""
        with self._store.reading() as connection:
            return journal.head(connection)

    def journal_entries(self, *, limit: int = 50, before: int | None = None) -> tuple[Entry, ...]:
        """Return a page of the journal, newest first, from below the number `before`."""
        with self._store.reading() as connection:
            return journal.entries(connection, limit, before)

    def last_heard(self) -> datetime | None:
        """Return the latest time that the carrier signed, None before the first."""
        with self._store.reading() as connection:
            return times.moment_or_none(journal.last_heard(connection))

    def approved(self, registration: RegistrationId, submitter: OperatorNumber) -> frozenset[str]:
        """Return the warnings of a registration that somebody else than its clerk accepted."""
        with self._store.reading() as connection:
            return approvals.approved(connection, registration, submitter)

    def last_order(self) -> int:
        """Return the sequence of the last order that was carried out; 0 before the first."""
        with self._store.reading() as connection:
            return orders.last(connection)

    def was_wiped(self) -> bool:
        """Say whether the carrier had everything personal erased here."""
        with self._store.reading() as connection:
            return orders.wiped(connection)

    def check_store(self) -> None:
        """Check the seal of every page, then tables and indexes. Takes seconds on a large store.

        Raises:
            StoreDamaged: something does not fit.
        """
        self._store.check()

    def journal_time(self) -> str:
        """Return the time of the last journal entry as stored, empty before the first."""
        with self._store.reading() as connection:
            return journal.last_time(connection)
