"""Takes a packet in pieces over a bad link: where was I, the next piece, and the receipt."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from carrier_sandbox import messages
from carrier_sandbox.books import Enrolled, Held, JournalHead, stamp
from carrier_sandbox.database import Database, Sheet
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.packet import MOST_BYTES
from carrier_sandbox.signatures import SignedRequest

MOST_PIECE: Final = 1024 * 1024
#: An upload is forgotten so long after its last piece.
PATIENCE: Final = timedelta(hours=24)
_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload under way; whole where `received` is `size`."""

    sha256: str
    size: int
    received: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What to answer: where the upload stands, or with `receipt` that it is over."""

    received: int
    size: int
    receipt: bytes | None = None
    created: bool = False


class Uploads:
    """A piece is taken whole or not at all, and only where the last one ended."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._shelf = _Shelf(office.database)

    def begin(self, packet_id: str, request: SignedRequest) -> Progress:
        """Begin an upload, or say how far the same one came; held already gives the receipt.

        Raises:
            Refusal: 400 where length or digest are not said and signed, 413, 409 `conflict`.
        """
        sender = self._office.doorman.sender(request)
        head = messages.journal_head(request)
        size = _number(_signed_header(request, "upload-length"))
        sha256 = _digest(_signed_header(request, "repr-digest"))
        if not 1 <= size <= MOST_BYTES:
            raise Refusal(413, "too_long")
        held = self._office.store.labels(packet_id)
        if held is not None:
            return self._over(held, sha256, size, head)
        now = self._office.clock()
        begun, created = self._shelf.begin(packet_id, sender.device_id, sha256, size, now)
        if begun.received == begun.size:
            return self._finish(packet_id, sender, begun, head)
        return Progress(begun.received, begun.size, created=created)

    def standing(self, packet_id: str, request: SignedRequest) -> Progress:
        """Say where an upload stands.

        Raises:
            Refusal: 404 where there is none, or it is over: then `begin` gives the receipt.
        """
        sender = self._office.doorman.sender(request)
        begun = self._shelf.find(packet_id, sender.device_id, self._office.clock())
        if begun is None or begun.received == begun.size:
            raise Refusal(404, "upload_unknown")
        return Progress(begun.received, begun.size)

    def append(self, packet_id: str, request: SignedRequest) -> Progress:
        """Take the next piece; the last one gives the receipt.

        Raises:
            Refusal: 404, 409 `offset` with the right one, 413, 422 `upload_digest`.
        """
        sender = self._office.doorman.sender(request)
        head = messages.journal_head(request)
        offset = _number(_signed_header(request, "upload-offset"))
        now = self._office.clock()
        begun = self._shelf.find(packet_id, sender.device_id, now)
        if begun is None:
            raise Refusal(404, "upload_unknown")
        if offset + len(request.body) > begun.size:
            raise Refusal(413, "too_long")
        moved, after = self._shelf.append(packet_id, sender.device_id, offset, request.body, now)
        if not moved:
            raise Refusal(409, "offset", {"Upload-Offset": str(after)})
        if after == begun.size:
            return self._finish(packet_id, sender, begun, head)
        return Progress(after, begun.size)

    def _finish(
        self, packet_id: str, sender: Enrolled, begun: Begun, head: JournalHead | None
    ) -> Progress:
        data = self._shelf.whole(packet_id, sender.device_id)
        if hashlib.sha256(data).hexdigest() != begun.sha256:
            self._shelf.forget(packet_id, sender.device_id)
            raise Refusal(422, "upload_digest")
        try:
            receipt = self._office.keep(packet_id, data, sender, head)
        except Refusal:
            self._shelf.forget(packet_id, sender.device_id)
            raise
        self._shelf.forget(packet_id, sender.device_id)
        return Progress(begun.size, begun.size, receipt)

    def _over(self, held: Held, sha256: str, size: int, head: JournalHead | None) -> Progress:
        if held.sha256 != sha256:
            self._office.store.alarm(
                "conflict", held.packet_id, held.device_id, self._office.clock()
            )
            raise Refusal(409, "conflict")
        return Progress(size, size, self._office.receipt(held, duplicate=True, head=head))


class _Shelf:
    """The pieces in the database. Only the row of the one upload is ever waited for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self, packet_id: str, sender: str, sha256: str, size: int, now: datetime
    ) -> tuple[Begun, bool]:
        """Return the upload as it stands; True where it is a new one."""

        def verb(sheet: Sheet) -> tuple[Begun, bool]:
            found = _find(sheet, packet_id, sender, now)
            if found is not None and (found.sha256, found.size) == (sha256, size):
                return found, False
            _forget(sheet, packet_id, sender)
            sheet.count(
                "INSERT INTO upload (packet_id, sender, sha256, size, received, touched_at)"
                " VALUES (%s, %s, %s, %s, 0, %s) ON CONFLICT (packet_id, sender) DO NOTHING",
                packet_id,
                sender,
                sha256,
                size,
                stamp(now),
            )
            return _find(sheet, packet_id, sender, now) or Begun(sha256, size, 0), True

        return self._database.run(verb)

    def find(self, packet_id: str, sender: str, now: datetime) -> Begun | None:
        """Return an upload that is not forgotten yet."""
        return self._database.alone(lambda sheet: _find(sheet, packet_id, sender, now))

    def append(
        self, packet_id: str, sender: str, offset: int, data: bytes, now: datetime
    ) -> tuple[bool, int]:
        """Add a piece where it fits; return whether it did, and where the upload stands now."""

        def verb(sheet: Sheet) -> tuple[bool, int]:
            moved = sheet.count(
                "UPDATE upload SET received = received + %s, touched_at = %s"
                " WHERE packet_id = %s AND sender = %s AND received = %s",
                len(data),
                stamp(now),
                packet_id,
                sender,
                offset,
            )
            if moved and data:
                sheet.count(
                    "INSERT INTO piece (packet_id, sender, start, data) VALUES (%s, %s, %s, %s)",
                    packet_id,
                    sender,
                    offset,
                    data,
                )
            found = _find(sheet, packet_id, sender, now)
            return moved == 1, found.received if found else 0

        return self._database.run(verb)

    def whole(self, packet_id: str, sender: str) -> bytes:
        """Return all pieces in their order."""
        rows = self._database.alone(
            lambda s: s.rows(
                "SELECT data FROM piece WHERE packet_id = %s AND sender = %s ORDER BY start",
                packet_id,
                sender,
            )
        )
        return b"".join(bytes(row[0]) for row in rows)

    def forget(self, packet_id: str, sender: str) -> None:
        """Drop an upload with its pieces."""
        self._database.run(lambda sheet: _forget(sheet, packet_id, sender))


def _find(sheet: Sheet, packet_id: str, sender: str, now: datetime) -> Begun | None:
    row = sheet.row(
        "SELECT sha256, size, received FROM upload"
        " WHERE packet_id = %s AND sender = %s AND touched_at > %s",
        packet_id,
        sender,
        stamp(now - PATIENCE),
    )
    return Begun(row[0], int(row[1]), int(row[2])) if row else None


def _forget(sheet: Sheet, packet_id: str, sender: str) -> None:
    for table in ("piece", "upload"):
        sheet.count(f"DELETE FROM {table} WHERE packet_id = %s AND sender = %s", packet_id, sender)  # noqa: S608 - one of two names of ours


def _signed_header(request: SignedRequest, name: str) -> str:
    value = request.headers.get(name)
    if value is None:
        raise Refusal(400, name.replace("-", "_"))
    if f'"{name}"' not in request.headers.get("signature-input", ""):
        raise Refusal(401, "not_covered")
    return value


def _number(value: str) -> int:
    if _NUMBER.fullmatch(value) is None:
        raise Refusal(400, "request")
    return int(value)


def _digest(value: str) -> str:
    found = _DIGEST.fullmatch(value)
    if found is None:
        raise Refusal(400, "repr_digest")
    return base64.b64decode(found[1]).hex()
