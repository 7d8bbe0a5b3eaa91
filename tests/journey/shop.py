"""A shop with a real counter, a real carrier next door, and invented people who want a number."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from specimens.check_digits import luhn_check
from specimens.mrz_documents import draw_passport
from specimens.persons import invent_person, invent_traveller
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from tests.fakes.counter import OPERATOR, PIN, fill, open_counter
from tests.fakes.readings import reading_of
from tests.fakes.sandbox_till import real_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pos_client.desk.desk import Desk
    from pos_client.model.draft import Draft
    from pos_client.model.reading import Reading
    from pos_client.model.registration import RegistrationId
    from pos_client.model.row import Row
    from specimens.persons import Person
    from specimens.specimen import Specimen

_LONGEST_WAIT_S: Final = 30.0


def iccid_of(number: int) -> str:
    """Return the SIM card of a customer, with a right check digit."""
    body = f"898600{number:012d}"
    return body + luhn_check(body)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody at the counter: the sides of the document, and the number and SIM wanted."""

    sides: tuple[Specimen, ...]
    msisdn: str
    iccid: str

    @property
    def truth(self) -> dict[str, str]:
        """What is printed on all sides, by field name."""
        return {name: value for side in self.sides for name, value in side.truth.items()}

    @property
    def mrz(self) -> list[str]:
        """The machine-readable lines, empty where there are none."""
        return [line for side in self.sides for line in side.mrz]

    def readings(self, **misread: str) -> tuple[Reading, ...]:
        """Return each side as a camera reads it now; `misread` replaces values on their side."""
        return tuple(
            reading_of(side, real_now(), **{k: v for k, v in misread.items() if k in side.truth})
            for side in self.sides
        )


def citizen(number: int, *, person: Person | None = None) -> Customer:
    """Return the customer of this number, with a resident ID card in force."""
    today = real_now().date()
    holder = person or invent_person(number, term="twenty", today=today)
    sides = draw_portrait_side(holder, seed=number), draw_emblem_side(holder, seed=number)
    return Customer(sides, f"12000{number:06d}", iccid_of(number))


def traveller(number: int, *, msisdn: str | None = None) -> Customer:
    """Return the customer of this number, with a passport."""
    holder = invent_traveller(number, today=real_now().date())
    side = draw_passport(holder, seed=number)
    return Customer((side,), msisdn or f"12000{number:06d}", iccid_of(number))


@dataclass(slots=True)
class Shop:
    """One till and its carrier. The carrier is at work until somebody stops it."""

    home: Path
    carrier: Sandbox
    desk: Desk
    clock: Callable[[], datetime] = field(default=real_now)

    def fill(self, customer: Customer, **misread: str) -> Draft:
        """Do everything for a customer but submit."""
        return fill(self.desk, customer.readings(**misread), customer.msisdn, customer.iccid)

    def register(self, customer: Customer) -> RegistrationId:
        """Serve a customer to the end."""
        return self.desk.submit(self.fill(customer)).id

    def row(self, registration: RegistrationId) -> Row:
        """Return the line of the waiting list."""
        return next(row for row in self.desk.rows() if row.id == registration)

    def send_all(self) -> None:
        """Send until nothing waits any more: after an outage a first try may still fail."""

        def all_sent() -> bool:
            self.desk.sync_once()
            return self.desk.status().queue.waiting == 0

        until("everything was sent", all_sent)

    def reopen(self) -> None:
        """Start the client again on the same folder; nobody is signed in then."""
        self.desk.close()
        self.desk = open_counter(self.home, self.clock)

    def close(self) -> None:
        """End the day."""
        self.desk.close()
        self.carrier.close()


def open_shop(
    folder: Path,
    behaviour: Behaviour | None = None,
    *,
    training: bool = True,
    clock: Callable[[], datetime] = real_now,
    carrier_clock: Callable[[], datetime] = real_now,
) -> Shop:
    """Start a carrier and enrol a till with it; the first operator is signed in."""
    carrier = Sandbox(folder / "carrier", carrier_clock, behaviour or Behaviour(decide_after_s=0.0))
    carrier.start()
    home = folder / "till"
    desk = open_counter(home, clock)
    desk.enrol(carrier.invitation(training=training), OPERATOR, PIN)
    return Shop(home, carrier, desk, clock)


def differences(shop: Shop, registration: RegistrationId, customer: Customer) -> list[str]:
    """Open the carrier's copy and name everything in it that is not as the customer showed it."""
    opened = shop.carrier.open(registration)
    record = opened.record
    document = record["persons"][0]["document"]
    found = {name: each["value"] for name, each in document["fields"].items() if each["value"]}
    printed = {name: value for name, value in customer.truth.items() if value}
    line = record["lines"][0]
    shown = [each.image.sha256 for each in customer.readings() if each.image is not None]
    told: dict[str, tuple[Any, Any]] = {
        "id": (registration, record["id"]),
        "kind": (customer.sides[0].kind, document["kind"]),
        "mrz": (customer.mrz, document["mrz"]),
        "msisdn": (customer.msisdn, line["msisdn"]),
        "iccid": (customer.iccid, line["iccid"]),
        "sides": (
            [each.side for each in customer.sides],
            [each["side"] for each, _ in opened.images],
        ),
        "pictures": (shown, [hashlib.sha256(data).hexdigest() for _, data in opened.images]),
        "hashes": (shown, [entry["sha256"] for entry, _ in opened.images]),
    }
    told |= {name: (printed.get(name), found.get(name)) for name in printed.keys() | found.keys()}
    return sorted(name for name, (ours, theirs) in told.items() if ours != theirs)


def until(what: str, seen: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it never was.
    """
    give_up = time.monotonic() + _LONGEST_WAIT_S
    pause = threading.Event()
    while not seen():
        if time.monotonic() > give_up:
            raise TimeoutError(what)
        pause.wait(0.01)
