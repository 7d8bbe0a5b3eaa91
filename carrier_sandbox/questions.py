"""Answers what a till asks about a customer: is it this person, how many more lines?"""

import hmac
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from carrier_sandbox import messages
from carrier_sandbox.books import Enrolled, stamp
from carrier_sandbox.database import Sheet
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.signatures import SignedRequest

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_TEXT: Final = re.compile(r".{1,200}", re.DOTALL)
_MOST_PORTRAIT: Final = 512 * 1024
_RESERVED_FOR: Final = timedelta(hours=24)
_MOST_OFFLINE: Final = 500


class Questions:
    """Questions about a person come sealed, also inside TLS; the books keep keyed hashes only.

    The same id again gives the same answer: an answer that got lost costs nothing.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    # -- is it this person? ---------------------------------------------------------------------

    def identity(self, request: SignedRequest) -> bytes:
        """Compare a name and a number, and a portrait where there is one, with the authority's.

        Raises:
            Refusal: not from an enrolled till, or not a question.
        """
        device = self._office.doorman.sender(request)
        id_, asked = self._opened(request.body, "identity", device)
        _shape(asked, "name number document_kind portrait")
        if asked["portrait"] is not None:
            portrait = messages.raw(asked["portrait"])
            if len(portrait) > _MOST_PORTRAIT:
                raise Refusal(413, "too_long")
        outcome, portrait_outcome = self._office.behaviour.identity(asked)
        said = {
            "outcome": outcome,
            "portrait": portrait_outcome if asked["portrait"] is not None else "not_asked",
            "serial": None if outcome == "unavailable" else f"ID-{secrets.token_hex(6).upper()}",
            "checked_at": stamp(self._office.clock()),
        }
        return self._answered(id_, "identity", device, lambda _sheet: said)

    # -- how many more lines? -------------------------------------------------------------------

    def quota(self, request: SignedRequest) -> bytes:
        """Say how many lines a person holds and may still take, and reserve one if asked.

        Raises:
            Refusal: not from an enrolled till, or not a question.
        """
        device = self._office.doorman.sender(request)
        id_, asked = self._opened(request.body, "quota", device)
        _shape(asked, "document_kind number reserve")
        reserve = messages.whole(asked["reserve"], 0, 1)
        holder = self.keyed(f"{asked['document_kind']}|{asked['number']}")
        limit, now = self._office.behaviour.quota, self._office.clock()

        def verb(sheet: Sheet) -> dict[str, Any]:
            until = _take_slot(sheet, holder, id_, limit, now) if reserve else None
            used, reserved = _slots(sheet, holder, now)
            return {
                "limit": limit,
                "used": used,
                "reserved": reserved,
                "free": max(0, limit - used - reserved),
                "reservation_until": until,
            }

        return self._answered(id_, "quota", device, verb)

    def allowance(self, request: SignedRequest) -> bytes:
        """Let a till take some registrations while it has no line.

        Raises:
            Refusal: not from an enrolled till, or not a question.
        """
        device = self._office.doorman.sender(request)
        asked = messages.read(request.body, "id registrations days")
        id_ = messages.text(asked["id"], messages.UUID)
        wanted = messages.whole(asked["registrations"], 1, _MOST_OFFLINE)
        days = messages.whole(asked["days"], 1, 14)
        said = {
            "registrations": min(wanted, self._office.behaviour.offline_registrations),
            "until": stamp(self._office.clock() + timedelta(days=days)),
        }
        return self._answered(id_, "allowance", device, lambda _sheet: said)

    # -- shared ---------------------------------------------------------------------------------

    def keyed(self, text: str) -> str:
        """Return a hash of something personal that nobody can guess back without our key."""
        return hmac.digest(self._office.keys.books, text.encode(), "sha256").hex()

    def _opened(self, body: bytes, kind: str, device: Enrolled) -> tuple[str, dict[str, Any]]:
        return opened(self._office, body, kind, device)

    def _answered(
        self,
        id_: str,
        kind: str,
        device: Enrolled,
        verb: Callable[[Sheet], dict[str, Any]],
    ) -> bytes:
        """Answer a question once; later, and on any other server, the same again."""

        def once(sheet: Sheet) -> dict[str, Any]:
            sql = "SELECT device_id, kind, said FROM answer WHERE id = %s"
            known = sheet.row(sql, id_)
            if known is None:
                said = verb(sheet)
                sheet.count(
                    "INSERT INTO answer (id, device_id, kind, said) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT (id) DO NOTHING",
                    id_,
                    device.device_id,
                    kind,
                    json.dumps(said),
                )
                known = sheet.row(sql, id_)
            if known is None or (known[0], known[1]) != (device.device_id, kind):
                raise Refusal(409, "conflict")
            return dict(json.loads(known[2]))

        said = self._office.database.run(once)
        return self._office.sign({"type": kind, "id": id_, "device_id": device.device_id, **said})


def opened(office: Office, body: bytes, kind: str, device: Enrolled) -> tuple[str, dict[str, Any]]:
    """Open a sealed question and return its id and what it asks.

    Raises:
        Refusal: it is none, or not sealed for us, for this kind and by this till.
    """
    said = messages.read(body, "id sealed_to sealed")
    id_ = messages.text(said["id"], messages.UUID)
    key = office.keys.seals.get(messages.text(said["sealed_to"], _TEXT))
    if key is None:
        raise Refusal(422, "carrier_kid")
    info = f"pos-question-v1\n{kind}\n{id_}\n{device.device_id}".encode()
    try:
        plain = _SUITE.decrypt(messages.raw(said["sealed"]), key, info=info)
        asked = json.loads(plain.decode())
    except (InvalidTag, ValueError, RecursionError) as err:
        raise Refusal(422, "sealed") from err
    if not isinstance(asked, dict):
        raise Refusal(422, "sealed")
    return id_, asked


def _shape(asked: dict[str, Any], keys: str) -> None:
    if asked.keys() != set(keys.split()):
        raise Refusal(400, "request")
    for name in ("name", "number", "document_kind"):
        if name in asked:
            messages.text(asked[name], _TEXT)


def _take_slot(sheet: Sheet, holder: str, id_: str, limit: int, now: datetime) -> str | None:
    """Hold one of a person's places for a day; the key of the table gives each to one asker."""
    sheet.count(
        "DELETE FROM quota_slot WHERE holder = %s AND until IS NOT NULL AND until <= %s",
        holder,
        stamp(now),
    )
    until = stamp(now + _RESERVED_FOR)
    for slot in range(1, limit + 1):
        if sheet.count(
            "INSERT INTO quota_slot (holder, slot, held_for, until) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (holder, slot) DO NOTHING",
            holder,
            slot,
            id_,
            until,
        ):
            return until
    return None


def _slots(sheet: Sheet, holder: str, now: datetime) -> tuple[int, int]:
    rows = sheet.rows("SELECT until FROM quota_slot WHERE holder = %s", holder)
    used = sum(row[0] is None for row in rows)
    return used, sum(row[0] is not None and row[0] > stamp(now) for row in rows)
