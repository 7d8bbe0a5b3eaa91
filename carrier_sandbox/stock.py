"""The numbers and SIM cards an outlet may give out, which belongs to which, and who holds what."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from carrier_sandbox import messages, signatures
from carrier_sandbox.books import Enrolled, stamp
from carrier_sandbox.database import Sheet
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.signatures import SignedRequest

MSISDN: Final = re.compile(r"[0-9]{5,15}")
ICCID: Final = re.compile(r"[0-9]{18,20}")
_MOST_MINUTES: Final = 7 * 24 * 60


class Stock:
    """A number or a card is held by one reservation at a time: the key of the table says so."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def add(self, pairs: Iterable[tuple[str, str | None]]) -> int:
        """Take numbers into stock, each with its SIM card or None; return how many are new."""

        def verb(sheet: Sheet) -> int:
            new = 0
            for msisdn, iccid in pairs:
                new += sheet.count(
                    "INSERT INTO stock_number (msisdn, iccid) VALUES (%s, %s)"
                    " ON CONFLICT (msisdn) DO NOTHING",
                    msisdn,
                    iccid,
                )
                if iccid is not None:
                    sheet.count(
                        "INSERT INTO stock_sim (iccid, msisdn) VALUES (%s, %s)"
                        " ON CONFLICT (iccid) DO NOTHING",
                        iccid,
                        msisdn,
                    )
            return new

        return self._office.database.run(verb)

    def free(self, ends: str, most: int, request: SignedRequest) -> bytes:
        """Sign a list of free numbers that end with these digits.

        Raises:
            Refusal: not from an enrolled till.
        """
        device = self._office.doorman.sender(request)
        rows = self._office.database.alone(
            lambda s: s.rows(
                "SELECT msisdn FROM stock_number WHERE used = 0 AND msisdn LIKE %s"
                " AND NOT EXISTS (SELECT 1 FROM hold WHERE what = msisdn AND until > %s)"
                " ORDER BY msisdn LIMIT %s",
                f"%{ends}",
                stamp(self._office.clock()),
                most,
            )
        )
        return self._said(request, device, "numbers", {"numbers": [row[0] for row in rows]})

    def sim(self, iccid: str, request: SignedRequest) -> bytes:
        """Sign how a SIM card stands, and which number belongs to it.

        Raises:
            Refusal: not from an enrolled till.
        """
        device = self._office.doorman.sender(request)
        now = stamp(self._office.clock())

        def verb(sheet: Sheet) -> tuple[str, str | None]:
            row = sheet.row("SELECT msisdn, used FROM stock_sim WHERE iccid = %s", iccid)
            if row is None:
                return "unknown", None
            if row[1]:
                return "used", row[0]
            held = sheet.row("SELECT 1 FROM hold WHERE what = %s AND until > %s", iccid, now)
            return ("reserved" if held else "free"), row[0]

        state, msisdn = self._office.database.run(verb)
        said = {"iccid": iccid, "state": state, "msisdn": msisdn}
        return self._said(request, device, "sim", said)

    def reserve(self, id_: str, request: SignedRequest) -> bytes:
        """Hold a number, a card or a pair for a till; the same id again gives the same answer.

        Raises:
            Refusal: 404 `number_unknown`, 409 `taken`, 422 `pair_differs`; or not from a till.
        """
        device = self._office.doorman.sender(request)
        asked = messages.read(request.body, "msisdn iccid minutes")
        msisdn = None if asked["msisdn"] is None else messages.text(asked["msisdn"], MSISDN)
        iccid = None if asked["iccid"] is None else messages.text(asked["iccid"], ICCID)
        minutes = messages.whole(asked["minutes"], 1, _MOST_MINUTES)
        if msisdn is None and iccid is None:
            raise Refusal(400, "request")
        now = self._office.clock()

        def verb(sheet: Sheet) -> dict[str, Any]:
            if (known := _reservation(sheet, id_)) is not None:
                return _of(known, device)
            number, card = _pair(sheet, msisdn, iccid)
            until = stamp(now + timedelta(minutes=minutes))
            for what in filter(None, (number, card)):
                _hold(sheet, what, id_, until, now)
            sheet.count(
                "INSERT INTO reservation (id, device_id, msisdn, iccid, until, state)"
                " VALUES (%s, %s, %s, %s, %s, 'reserved') ON CONFLICT (id) DO NOTHING",
                id_,
                device.device_id,
                number,
                card,
                until,
            )
            return _of(_reservation(sheet, id_) or {}, device)

        return self._reservation(id_, device, self._office.database.run(verb))

    def release(self, id_: str, request: SignedRequest) -> bytes:
        """Give back what a reservation holds.

        Raises:
            Refusal: 404 where there is no such reservation; or not from its till.
        """
        device = self._office.doorman.sender(request)

        def verb(sheet: Sheet) -> dict[str, Any]:
            known = _reservation(sheet, id_)
            if known is None:
                raise Refusal(404, "reservation_unknown")
            _of(known, device)
            for what in filter(None, (known["msisdn"], known["iccid"])):
                sheet.count("DELETE FROM hold WHERE what = %s AND reservation = %s", what, id_)
            sheet.count("UPDATE reservation SET state = 'released' WHERE id = %s", id_)
            return {**known, "state": "released"}

        return self._reservation(id_, device, self._office.database.run(verb))

    def _reservation(self, id_: str, device: Enrolled, said: dict[str, Any]) -> bytes:
        answer = {"type": "reservation", "id": id_, "device_id": device.device_id}
        names = ("msisdn", "iccid", "until", "state")
        return self._office.sign({**answer, **{name: said[name] for name in names}})

    def _said(
        self, request: SignedRequest, device: Enrolled, kind: str, said: dict[str, Any]
    ) -> bytes:
        nonce = signatures.claim(request).nonce
        return self._office.sign(
            {"type": kind, "device_id": device.device_id, "nonce": nonce, **said}
        )


def sample(count: int) -> list[tuple[str, str | None]]:
    """Return made-up numbers with cards: of a range nobody uses, with right check digits."""
    return [(f"1380000{n:04d}", _with_luhn(f"898600000000000{n:04d}")) for n in range(1, count + 1)]


def _with_luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the Luhn rule
    return f"{digits}{-total % 10}"


def _pair(sheet: Sheet, msisdn: str | None, iccid: str | None) -> tuple[str | None, str | None]:
    """Return the number and card to hold: what stock says belongs together goes together."""
    number = card = None
    if msisdn is not None:
        row = sheet.row("SELECT iccid, used FROM stock_number WHERE msisdn = %s", msisdn)
        if row is None:
            raise Refusal(404, "number_unknown")
        if row[1]:
            raise Refusal(409, "taken")
        number, card = msisdn, row[0]
    if iccid is not None:
        row = sheet.row("SELECT msisdn, used FROM stock_sim WHERE iccid = %s", iccid)
        if row is None:
            raise Refusal(404, "number_unknown")
        if row[1]:
            raise Refusal(409, "taken")
        if number is not None and (card or iccid, row[0] or number) != (iccid, number):
            raise Refusal(422, "pair_differs")
        number, card = number or row[0], iccid
    return number, card


def _hold(sheet: Sheet, what: str, id_: str, until: str, now: datetime) -> None:
    sheet.count("DELETE FROM hold WHERE what = %s AND until <= %s", what, stamp(now))
    added = sheet.count(
        "INSERT INTO hold (what, reservation, until) VALUES (%s, %s, %s)"
        " ON CONFLICT (what) DO NOTHING",
        what,
        id_,
        until,
    )
    if not added:
        raise Refusal(409, "taken")


_COLUMNS: Final = "device_id msisdn iccid until state".split()


def _reservation(sheet: Sheet, id_: str) -> dict[str, Any] | None:
    row = sheet.row(f"SELECT {', '.join(_COLUMNS)} FROM reservation WHERE id = %s", id_)  # noqa: S608 - names of ours
    return dict(zip(_COLUMNS, row, strict=True)) if row else None


def _of(known: dict[str, Any], device: Enrolled) -> dict[str, Any]:
    if known.get("device_id") != device.device_id:
        raise Refusal(409, "conflict")
    return known
