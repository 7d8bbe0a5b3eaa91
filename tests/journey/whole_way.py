"""The whole way as a program of its own: camera, desk, store and carrier, but no window.

    python -m tests.journey.whole_way HOME INVITATION begin|resume

`begin` serves two customers, the second without a network, and dies in the middle of the third as
in a power cut; `resume` comes back, ends what was begun and stops in order. Whoever runs this is
asked on standard output to switch the carrier off and on, and answers with a line. Everything is
logged at DEBUG, to the till's own log and, without its second net, to standard error.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_client import log as logs
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.capture.tesseract import TesseractEngine, TesseractReader
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.rules import Severity
from pos_client.model.view import Shutter, Wanted
from pos_client.sync.policy import Policy
from specimens.camera import shoot
from specimens.check_digits import resident_id_check
from specimens.mrz_documents import draw_passport
from specimens.persons import Person, Traveller, years_later
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier
from tests.fakes.counter import OPERATOR, fill, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import Customer, iccid_of, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_client.capture.frame import Pixels
    from pos_client.desk.desk import Desk
    from pos_client.model.draft import Draft
    from pos_client.model.reading import Reading
    from specimens.specimen import Specimen

_RESIDENT_ID: Final = DocumentKind("cn.resident_id.2")
_PASSPORT: Final = DocumentKind("xx.passport")
#: Longer than usual, so that it can be looked for.
PIN: Final = Private("7731357900")
#: Quick, but leaving the machine to the reader.
PATIENCE: Final = Policy(
    first_s=0.1, longest_s=0.2, start_spread_s=0.0, poll_s=1.0, purge_s=0.0, tick_s=0.2
)
_BODY: Final = "11010518880808001"


def canary() -> Customer:
    """Return somebody whose every value is so odd that it can be found again anywhere."""
    issued = years_later(real_now().date(), -10)
    holder = Person(
        name="金丝雀样本",
        sex="男",
        ethnicity="汉",
        birth_date="1888-08-08",
        address="北京市朝阳区金丝雀样本路七七三一号",
        id_number=_BODY + resident_id_check(_BODY),
        authority="北京市公安局朝阳分局",
        valid_from=issued.isoformat(),
        valid_until="long-term",
    )
    sides = draw_portrait_side(holder, seed=77), draw_emblem_side(holder, seed=77)
    return Customer(sides, "12000773101", iccid_of(773177310001))


def travelling_canary() -> Customer:
    """Return the canary with a passport."""
    holder = Traveller(
        surname="CANARYBIRD",
        given_names="SPECIMEN YELLOW",
        document_number="CX7731773",
        nationality="UTO",
        issuing_state="UTO",
        birth_date="1948-08-08",
        sex="F",
        expiry_date=years_later(real_now().date(), 4).isoformat(),
    )
    return Customer((draw_passport(holder, seed=78),), "12000773102", iccid_of(773177310002))


def last_canary() -> Customer:
    """Return the one who is in the shop when the power goes."""
    return replace(canary(), msisdn="12000773103", iccid=iccid_of(773177310003))


class Counter:
    """A desk with a camera under which this program lays what it likes."""

    def __init__(self, home: Path) -> None:
        """Open it."""
        self.camera = SyntheticSource(real_now, fps=15.0)
        self.desk = open_counter(home, real_now, lambda _spec: self.camera, PATIENCE)

    def look(self, side: Specimen, kind: DocumentKind) -> Reading:
        """Lay a side under the camera until it was read."""
        picture = shoot(side, seed=5).frame
        self.camera.show(lambda: _for_ever(picture))
        wanted = Wanted(kind, frozenset({Side(side.side)}))
        reading = self.desk.look(wanted, lambda _view: None, Shutter())
        self.camera.clear()
        assert reading is not None
        return reading

    def scan(self, iccid: str) -> str:
        """Lay a SIM's holder under the camera until its number was scanned."""
        picture = shoot(draw_sim_carrier(iccid, "", seed=5), seed=5).frame
        self.camera.show(lambda: _for_ever(picture))
        scanned = self.desk.scan_sim(lambda _view: None, Shutter())
        self.camera.clear()
        assert scanned is not None
        return scanned.reveal()

    def serve(self, customer: Customer, kind: DocumentKind) -> Draft:
        """Do everything for a customer but submit; what was misread is typed, as a clerk does."""
        readings = tuple(self.look(side, kind) for side in customer.sides)
        desk = self.desk
        draft = fill(desk, readings, customer.msisdn, self.scan(customer.iccid))
        for name, printed in customer.truth.items():
            field = draft.fields.get(FieldName(name))
            if name == "address" or field is None or field.value.reveal() != printed:
                draft = desk.type_field(draft, FieldName(name), Private(printed))
        return accepted(desk, draft)


def accepted(desk: Desk, draft: Draft) -> Draft:
    """Accept every warning, and read name and number to the customer."""
    for finding in desk.findings(draft):
        if finding.severity is Severity.WARN:
            draft = desk.confirm(draft, finding.rule)
    return desk.read_back(draft, done=True)


def _for_ever(picture: Pixels) -> Iterator[Pixels]:
    while True:
        yield picture


def _ask(what: str) -> None:
    print(what, flush=True)  # noqa: T201 - whoever runs this reads it
    sys.stdin.readline()


def _begin(counter: Counter, invitation: bytes) -> None:
    desk = counter.desk
    desk.enrol(invitation, OPERATOR, PIN)
    desk.start_sending()
    read_with_tesseract(canary().sides[0])

    first = desk.submit(counter.serve(canary(), _RESIDENT_ID)).id
    until("the first is with the carrier", lambda: desk.status().queue.waiting == 0)
    desk.receipt(first)

    _ask("carrier off")
    desk.submit(counter.serve(travelling_canary(), _PASSPORT))
    until("a try has failed", lambda: desk.rows()[0].attempts > 0)
    _refuse_wrong_pin(desk)
    _ask("carrier on")
    until("the second is with the carrier", lambda: desk.status().queue.waiting == 0)

    counter.serve(last_canary(), _RESIDENT_ID)
    os.kill(os.getpid(), signal.SIGKILL)


def _resume(counter: Counter) -> None:
    desk = counter.desk
    desk.sign_in(OPERATOR, PIN)
    desk.start_sending()
    (draft,) = desk.parked()
    desk.submit(accepted(desk, draft))
    desk.lock()
    until("the third is with the carrier", lambda: desk.status().queue.waiting == 0)
    desk.close()


def read_with_tesseract(side: Specimen) -> None:
    """Let the second reader see a line of the card, and stand in for the first on the whole."""
    print_of_name = side.image[60:170, 200:700]
    TesseractReader("chi_sim").read_line(print_of_name, "")
    TesseractEngine("chi_sim").find_lines(print_of_name, 500)


def _refuse_wrong_pin(desk: Desk) -> None:
    try:
        desk.sign_in(OPERATOR, Private("000000"))
    except Problem as problem:
        logging.getLogger(__name__).exception("as expected: %s", problem.code)


def main() -> None:
    """Run one part; says at the end what was loaded that is of Qt."""
    home, invitation, part = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    # Before the till's own log, which rewrites what still looks like a person.
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))
    logs.set_up(home / "log", "DEBUG")
    counter = Counter(home)
    if part == "begin":
        _begin(counter, invitation.read_bytes())
    _resume(counter)
    qt = [name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6"}]
    print(json.dumps({"qt": qt}), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main()
