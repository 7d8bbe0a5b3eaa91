"""Finds out whether a number is in the customer's hand: a code by text message, read back."""

import hmac
import json
import re
import secrets
from datetime import timedelta
from typing import Any, Final

from carrier_sandbox import messages
from carrier_sandbox.books import Enrolled, stamp
from carrier_sandbox.database import Sheet
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.questions import opened
from carrier_sandbox.signatures import SignedRequest

_CODE: Final = re.compile(r"[0-9]{6}")
_MSISDN: Final = re.compile(r"\+?[0-9]{5,15}")
_TRIES: Final = 3
_LIFE: Final = timedelta(minutes=5)
_BETWEEN: Final = timedelta(seconds=60)
_A_DAY: Final = 5


class Possession:
    """Six digits, five minutes, three tries; one message a minute and five a day to a number."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def send(self, request: SignedRequest) -> bytes:
        """Send a code to the number in the sealed question.

        Raises:
            Refusal: 429 `too_often`; or not from an enrolled till, or not a question.
        """
        device = self._office.doorman.sender(request, once=True)
        id_, asked = opened(self._office, request.body, "possession", device)
        if asked.keys() != {"msisdn"}:
            raise Refusal(400, "request")
        number = messages.text(asked["msisdn"], _MSISDN)
        code = self._office.behaviour.otp_code or f"{secrets.randbelow(10**6):06d}"

        def verb(sheet: Sheet) -> dict[str, Any]:
            if (known := _proof(sheet, id_)) is not None:
                return _of(known, device)
            now = self._office.clock()
            self._post(sheet, id_, number, code)
            sheet.count(
                "INSERT INTO proof (id, device_id, code, tries_left, state, expires_at, resend_at)"
                " VALUES (%s, %s, %s, %s, 'sent', %s, %s) ON CONFLICT (id) DO NOTHING",
                id_,
                device.device_id,
                self._keyed(f"{id_}|{code}"),
                _TRIES,
                stamp(now + _LIFE),
                stamp(now + _BETWEEN),
            )
            return _of(_proof(sheet, id_) or {}, device)

        return self._signed(id_, device, self._office.database.run(verb))

    def verify(self, id_: str, request: SignedRequest) -> bytes:
        """Hold a code that was read back against the one that was sent.

        Raises:
            Refusal: 404 where nothing was sent under this id; or not from an enrolled till.
        """
        device = self._office.doorman.sender(request, once=True)
        code = messages.text(messages.read(request.body, "code")["code"], _CODE)

        def verb(sheet: Sheet) -> dict[str, Any]:
            known = _proof(sheet, id_)
            if known is None:
                raise Refusal(404, "proof_unknown")
            known = _of(known, device)
            if known["state"] != "sent":
                return known
            if known["expires_at"] <= stamp(self._office.clock()):
                return _moved(sheet, id_, "expired", 0, None)
            # A try is spent before it is looked at: two at once cannot both have the last one.
            left = sheet.row(
                "UPDATE proof SET tries_left = tries_left - 1"
                " WHERE id = %s AND state = 'sent' AND tries_left > 0 RETURNING tries_left, code",
                id_,
            )
            if left is None:
                return _moved(sheet, id_, "spent", 0, None)
            if hmac.compare_digest(left[1], self._keyed(f"{id_}|{code}")):
                serial = f"OTP-{secrets.token_hex(6).upper()}"
                return _moved(sheet, id_, "proven", int(left[0]), serial)
            if left[0] == 0:
                return _moved(sheet, id_, "spent", 0, None)
            return {**known, "state": "wrong", "tries_left": int(left[0])}

        return self._signed(id_, device, self._office.database.run(verb))

    def messages_sent(self) -> list[tuple[str, str, str]]:
        """Return the text messages as (time, end of number, words): our stand-in for a phone."""
        sql = "SELECT sent_at, ending, words FROM text_message ORDER BY sent_at"
        return [
            (row[0], row[1], row[2]) for row in self._office.database.alone(lambda s: s.rows(sql))
        ]

    def _post(self, sheet: Sheet, id_: str, number: str, code: str) -> None:
        now = self._office.clock()
        subscriber, day = self._keyed(number), stamp(now)[:10]
        sent = sheet.rows(
            "SELECT nth, sent_at FROM text_message WHERE subscriber = %s AND day = %s ORDER BY nth",
            subscriber,
            day,
        )
        wait = _wait_s([str(row[1]) for row in sent], stamp(now - _BETWEEN), stamp(now))
        words = json.dumps({"code": code, "valid_minutes": 5})
        # The key gives each of the day's five places to one message, whichever server sends it.
        if wait or not sheet.count(
            "INSERT INTO text_message (subscriber, day, nth, sent_at, proof, ending, words)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (subscriber, day, nth) DO NOTHING",
            subscriber,
            day,
            len(sent) + 1,
            stamp(now),
            id_,
            number[-4:],
            words,
        ):
            raise Refusal(429, "too_often", {"Retry-After": str(wait or 60)})

    def _keyed(self, text: str) -> str:
        return hmac.digest(self._office.keys.books, text.encode(), "sha256").hex()

    def _signed(self, id_: str, device: Enrolled, said: dict[str, Any]) -> bytes:
        names = ("state", "tries_left", "expires_at", "resend_at", "serial")
        answer = {name: said[name] for name in names}
        return self._office.sign(
            {"type": "possession", "id": id_, "device_id": device.device_id, **answer}
        )


def _wait_s(sent_at: list[str], a_minute_ago: str, now: str) -> int:
    if len(sent_at) >= _A_DAY:
        return 3600
    return 60 if any(a_minute_ago < each <= now for each in sent_at) else 0


_COLUMNS: Final = "device_id state tries_left expires_at resend_at serial".split()


def _proof(sheet: Sheet, id_: str) -> dict[str, Any] | None:
    row = sheet.row(f"SELECT {', '.join(_COLUMNS)} FROM proof WHERE id = %s", id_)  # noqa: S608 - names of ours
    return dict(zip(_COLUMNS, row, strict=True)) if row else None


def _of(proof: dict[str, Any], device: Enrolled) -> dict[str, Any]:
    if proof.get("device_id") != device.device_id:
        raise Refusal(409, "conflict")
    return proof


def _moved(sheet: Sheet, id_: str, state: str, left: int, serial: str | None) -> dict[str, Any]:
    sheet.count(
        "UPDATE proof SET state = %s, tries_left = %s, serial = %s"
        " WHERE id = %s AND state = 'sent'",
        state,
        left,
        serial,
        id_,
    )
    return _proof(sheet, id_) or {}
