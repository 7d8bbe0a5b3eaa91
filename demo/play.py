"""The play itself: three customers; an answer lost, the network down, and one comes again."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt

from demo.carrier_process import CarrierProcess
from demo.clerk import Clerk
from demo.customers import customers
from demo.director import Pause, Script, Until
from demo.report import Visit
from pos_client.app import Counter
from pos_client.model.row import Row, RowState


@dataclass(slots=True)
class Play:
    """Everything on the stage. `pace` is 0 for a machine and 1 for somebody who watches."""

    counter: Counter
    clerk: Clerk
    carrier: CarrierProcess
    out: Path
    seed: int
    pace: float
    visits: list[Visit]
    began: float

    def script(self) -> Script:
        """Play from the first set-up to the last receipt."""
        yield from self._say("1 set-up: the carrier's invitation, the first operator")
        yield from self.clerk.set_up(self.carrier.invite())
        self._shoot("1-home")
        for number, customer in enumerate(customers(self.seed), start=1):
            visit = Visit(customer)
            self.visits.append(visit)
            yield from self._say(f"{number + 1} customer {number}: {customer.story}")
            if customer.offline:
                self.carrier.stop()
            yield from self._visit(visit, number)
            if customer.offline:
                yield from self._offline_then_online(visit)
            else:
                yield from self._received(visit)
            if customer.returned:
                yield from self._comes_again(visit)
            else:
                self.carrier.decide(visit.id, "accepted")
        yield from self._say("6 everything arrives, is decided and leaves this computer")
        self.clerk.key(Qt.Key.Key_F7)
        for visit in self.visits:
            yield Until("a decision", lambda v=visit: self._settled(v), 60)  # type: ignore[misc]  # bound in the loop
        yield Pause(0.3 + 2 * self.pace)
        self._shoot("9-waiting-list")

    def _visit(self, visit: Visit, number: int) -> Script:
        yield from self.clerk.begin()
        yield from self._serve(visit, number, number - 1)

    def _serve(self, visit: Visit, number: int, place: int) -> Script:
        clerk = self.clerk
        visit.id = clerk.draft_id()
        for specimen in visit.customer.sides:
            yield from clerk.show_side(visit, specimen, self.seed)
            self._shoot(f"{number}-capture-{specimen.side}")
        self._shoot(f"{number}-to-check")
        yield from clerk.check_fields(visit)
        self._shoot(f"{number}-identity")
        yield from clerk.choose_line(visit, place, self.seed)
        self._shoot(f"{number}-line")
        yield from clerk.answer_notices()
        yield from clerk.review_and_submit()
        visit.sealed_s = time.monotonic() - self.began
        self._shoot(f"{number}-saved")
        yield from clerk.print_receipt(self.out / "receipts", visit.id)
        visit.receipt = next(str(f) for f in (self.out / "receipts").glob(f"*{visit.id}*.pdf"))

    def _received(self, visit: Visit) -> Script:
        """Wait for the receipt; the first one's answer was lost, and the till asked again."""
        yield Until("its receipt", lambda: self._row(visit).received_at is not None, 60)
        row = self._row(visit)
        if row.attempts > 1:
            yield from self._say(
                f"  the carrier's answer was lost; sent again ({row.attempts} tries), kept once"
            )

    def _comes_again(self, visit: Visit) -> Script:
        """Have the carrier return it; correct it with a new registration."""
        yield from self._say("5 the carrier returns it: the portrait side cannot be read")
        about = ("--reason", "side_unreadable", "--about", "portrait")
        self.carrier.decide(visit.id, "returned", *about)
        self.clerk.key(Qt.Key.Key_F7)
        yield Until("it is back", lambda: self._row(visit).state is RowState.RETURNED, 60)
        yield from self.clerk.begin_correction(visit.id, lambda: self._shoot("5-returned"))
        again = Visit(visit.customer, corrects=visit.id)
        self.visits.append(again)
        yield from self._serve(again, 5, 2)
        yield from self._received(again)
        self.carrier.decide(again.id, "accepted")

    def _offline_then_online(self, visit: Visit) -> Script:
        yield Until("an attempt to send", lambda: self._row(visit).attempts > 0, 60)
        yield Pause(2 * self.pace)
        self._shoot("2-offline")
        yield from self._say("  the network comes back")
        self.carrier.start()
        self.clerk.key(Qt.Key.Key_F5)
        yield Until("its receipt", lambda: self._row(visit).received_at is not None, 60)
        yield Pause(1 * self.pace)

    def _settled(self, visit: Visit) -> bool:
        row = self._row(visit)
        visit.state, visit.purged = row.state.value, not row.packet_present
        if row.received_at is not None and not visit.received_s:
            visit.received_s = time.monotonic() - self.began
        corrected = row.state is RowState.RETURNED and row.superseded_by is not None
        return (row.state is RowState.ACCEPTED or corrected) and visit.purged

    def _row(self, visit: Visit) -> Row:
        return next(row for row in self.counter.desk.rows() if row.id == visit.id)

    def _say(self, what: str) -> Iterator[Pause]:
        print(f"{time.monotonic() - self.began:6.1f} s  {what}", flush=True)
        yield Pause(0.5 * self.pace)

    def _shoot(self, name: str) -> None:
        self.clerk.shoot(self.out / "screens" / f"{name}.png")
