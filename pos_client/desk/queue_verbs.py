"""Submit, and everything after it: the waiting list, receipts, sending, the status strip."""

import logging

from pos_client import __version__
from pos_client.desk import receipt_extract
from pos_client.desk.draft_verbs import DraftVerbs
from pos_client.desk.follow_verbs import with_progress
from pos_client.desk.problems import (
    NoReceipt,
    NoRoomLeft,
    TooLongWithoutContact,
    TooManyWaiting,
)
from pos_client.desk.stages import Open, Stages
from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.draft import Draft
from pos_client.model.operator import Power
from pos_client.model.private import Private
from pos_client.model.registration import Channel, Device, Registration, RegistrationId, Times
from pos_client.model.row import QueueFigures, Row
from pos_client.model.status import LinkState, Status
from pos_client.outbox.marks import Marks
from pos_client.registration import holder
from pos_client.registration.receipt import customer_receipt
from pos_client.registration.record import complete
from pos_client.registration.seal import ChainLink, SealKey, seal

log = logging.getLogger(__name__)

_NOBODY_WAITS = QueueFigures(0, 0, 0, 0, 0, None, None)


class QueueVerbs:
    """Everything about registrations that are sealed, or about to be."""

    def __init__(self, stages: Stages, drafts: DraftVerbs) -> None:
        """Stand at the desk of this till."""
        self._stages = stages
        self._drafts = drafts

    def begin(self) -> Draft:
        """Start a new registration.

        Raises:
            TooManyWaiting, TooLongWithoutContact: the policy pack pauses new work.
            NoRoomLeft: it could not be saved.
        """
        stages = self._stages
        if stages.signed_in().outbox.room() == 0:
            raise NoRoomLeft
        figures = stages.signed_in().outbox.figures()
        limits = stages.policy.offline
        if figures.waiting >= limits.max_count:
            raise TooManyWaiting(n=figures.waiting, max=limits.max_count)
        if figures.oldest_waiting is not None:
            days = (stages.now() - figures.oldest_waiting).days
            if days > limits.max_days:
                raise TooLongWithoutContact(days=days, max=limits.max_days)
        return self._drafts.new_draft()

    def submit(self, draft: Draft) -> CustomerReceipt:
        """Seal the registration and put it into the outbox. Once this returns it cannot be lost.

        Raises:
            DraftOfAnother: somebody else is signed in than began it.
            NotComplete: a rule blocks, or a warning was not confirmed.
            Problem: it could not be sealed or saved; the draft is still there.
        """
        stages = self._stages
        opened = stages.signed_in()
        self._drafts.require_own(draft)
        case = self._drafts.case(draft)
        registration = complete(
            case, self._channel(opened, draft), self._device(opened), self._times(opened, draft)
        )
        link = opened.outbox.next_link()
        carrier = opened.till.carrier
        packet = seal(
            registration,
            SealKey(carrier.seal_kid, carrier.seal_key),
            ChainLink(link.counter, link.previous_sha256),
            opened.unlocked.signer.sign,
        )
        declaration = case.declaration
        assert declaration is not None  # noqa: S101 - `complete` refuses a draft without a document
        receipt = customer_receipt(registration, declaration, stages.policy)
        marks = _marks(registration, holder.recognised_by(draft.fields, declaration))
        opened.outbox.put(packet, marks=marks, extract=receipt_extract.encode(receipt))
        opened.wake()
        return receipt

    def rows(self, *, limit: int = 50, after: RegistrationId | None = None) -> tuple[Row, ...]:
        """Return a page of the waiting list, newest first, starting behind `after`.

        Operators see their own registrations, supervisors everybody's.
        """
        opened = self._stages.signed_in()
        operator = opened.unlocked.operator
        author = None if operator.may(Power.SEE_ALL_ROWS) else operator.number
        found = opened.outbox.rows(limit=limit, after=after, author=author)
        under_way = opened.sending.pace.progress()
        return tuple(
            with_progress(row, under_way[row.id].sent if row.id in under_way else None)
            for row in found
        )

    def try_again(self, registration: RegistrationId) -> None:
        """Make a quarantined or waiting row due now.

        Raises:
            RowOfAnother: somebody else made it.
        """
        self._stages.own(registration).requeue(registration, self._stages.now())
        self.sync_now()

    def receipt(self, registration: RegistrationId) -> CustomerReceipt:
        """Return the receipt of a registration for printing once more; counts the copy.

        Raises:
            NoReceipt: it is no longer kept here.
            RowOfAnother: somebody else made it.
        """
        outbox = self._stages.own(registration)
        kept = outbox.receipt_extract(registration)
        if kept is None:
            raise NoReceipt
        state = outbox.row(registration).state
        copy = receipt_extract.next_copy(receipt_extract.decode(kept, state))
        outbox.save_receipt_extract(registration, receipt_extract.encode(copy))
        return copy

    def start_sending(self) -> None:
        """From the next sign-in on, send what is due on a thread of its own until `close`."""
        self._stages.sends_by_itself = True
        opened = self._stages.opened
        if opened is not None:
            opened.start_loop()

    def sync_now(self) -> None:
        """Send what is due and fetch decisions, whatever the schedule and the price of the line."""
        opened = self._stages.open()
        opened.watch.let_go()
        opened.wake()

    def sync_once(self) -> float:
        """Do one round of sending in this thread; returns seconds until the next makes sense."""
        opened = self._stages.open()
        opened.watch.let_go()
        opened.watch.hurry()
        return opened.watch.run()

    def status(self) -> Status:
        """Return what the status strip shows."""
        stages = self._stages
        opened = stages.opened
        if opened is None:
            return Status(
                link=LinkState.UNKNOWN,
                queue=_NOBODY_WAITS,
                camera=None,
                clock_offset_s=None,
                training=stages.policy.training,
                last_contact=None,
            )
        view, pace = opened.sending.link.view, opened.sending.pace
        queue = opened.outbox.figures()
        return Status(
            link=view.state,
            queue=queue,
            camera=stages.camera,
            clock_offset_s=view.clock_offset_s,
            training=stages.policy.training,
            last_contact=view.last_contact,
            cause=view.cause,
            room=opened.outbox.room(),
            rate=pace.throughput,
            left_s=pace.eta_s(queue.waiting_bytes),
            held=opened.sending.held,
        )

    def _channel(self, opened: Open, draft: Draft) -> Channel:
        till = opened.till
        return Channel(till.carrier.name, till.dealers, till.outlet, draft.operator)

    def _device(self, opened: Open) -> Device:
        return Device(opened.till.device_id, __version__)

    def _times(self, opened: Open, draft: Draft) -> Times:
        now = self._stages.now()
        return Times(
            started=draft.started,
            sealed=now,
            clock_offset_s=opened.sending.link.view.clock_offset_s,
            timezone=now.astimezone().tzname() or "UTC",
            boot_id=self._stages.machine.boot_id,
            monotonic_ms=int(self._stages.machine.monotonic() * 1000),
        )


def _marks(registration: Registration, number: str) -> Marks:
    line = registration.lines[0]
    return Marks(iccid=line.iccid, msisdn=line.msisdn, document_number=Private(number))
