"""Orders to a single till: lock yourself, wipe yourself. Signed one by one, done once."""

import json
import uuid
from datetime import timedelta
from typing import Any, Final

from carrier_sandbox import messages, signatures
from carrier_sandbox.books import DeviceState, stamp
from carrier_sandbox.database import Sheet
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.published import POLICY
from carrier_sandbox.signatures import SignedRequest

#: A wiped till has to be able to ask, though it may send nothing any more.
_ALSO_REVOKED: Final = frozenset({DeviceState.REVOKED})
_LIFE: Final = timedelta(days=90)
_TRIES: Final = 50


class Orders:
    """What the carrier wants from single tills, and what became of it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def give(self, device_id: str, kind: str, *, keep_unsent: bool) -> str | None:
        """Sign an order for a till and return its id; None where there is no such till."""
        if self._office.tills.device(device_id) is None:
            return None
        order_id = str(uuid.uuid4())

        def verb(sheet: Sheet) -> str:
            for _ in range(_TRIES):
                highest = sheet.row(
                    "SELECT COALESCE(MAX(sequence), 0) FROM device_order WHERE device_id = %s",
                    device_id,
                )
                sequence = (int(highest[0]) if highest else 0) + 1
                signed = self._signed(device_id, sequence, order_id, kind, keep_unsent=keep_unsent)
                if sheet.count(
                    "INSERT INTO device_order (device_id, sequence, order_id, kind, signed)"
                    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (device_id, sequence) DO NOTHING",
                    device_id,
                    sequence,
                    order_id,
                    kind,
                    signed,
                ):
                    return order_id
            raise LookupError(device_id)  # cannot be: somebody else got a sequence each time

        return self._office.database.run(verb)

    def _signed(
        self, device_id: str, sequence: int, order_id: str, kind: str, *, keep_unsent: bool
    ) -> bytes:
        now = self._office.clock()
        return self._office.sign(
            {
                "type": "order",
                "device_id": device_id,
                "sequence": sequence,
                "order_id": order_id,
                "kind": kind,
                "keep_unsent": keep_unsent,
                "issued_at": stamp(now),
                "expires_at": stamp(now + _LIFE),
            }
        )

    def page(self, after: int, request: SignedRequest) -> bytes:
        """Sign the asking till's orders above `after`.

        Raises:
            Refusal: not from a till we know.
        """
        device = self._office.doorman.sender(request, also=_ALSO_REVOKED)
        rows = self._office.database.alone(
            lambda s: s.rows(
                "SELECT signed FROM device_order WHERE device_id = %s AND sequence > %s"
                " ORDER BY sequence LIMIT 20",
                device.device_id,
                after,
            )
        )
        return self._office.sign(
            {
                "type": "orders",
                "device_id": device.device_id,
                "after": after,
                "nonce": signatures.claim(request).nonce,
                "issued_at": stamp(self._office.clock()),
                "orders": [json.loads(bytes(row[0])) for row in rows],
            }
        )

    def done(self, order_id: str, request: SignedRequest) -> bytes:
        """Take the till's word that an order was carried out; its first word stays.

        Raises:
            Refusal: not from the till the order was for.
        """
        device = self._office.doorman.sender(request, also=_ALSO_REVOKED)
        said = messages.read(request.body, "result journal")
        if said["result"] not in {"done", "refused"}:
            raise Refusal(400, "request")
        journal = _journal(said["journal"])
        at = stamp(self._office.clock())

        def verb(sheet: Sheet) -> bool:
            sql = "SELECT 1 FROM device_order WHERE device_id = %s AND order_id = %s"
            if sheet.row(sql, device.device_id, order_id) is None:
                return False
            sheet.count(
                "INSERT INTO order_done (order_id, device_id, result, journal, done_at)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (order_id) DO NOTHING",
                order_id,
                device.device_id,
                said["result"],
                journal,
                at,
            )
            return True

        if not self._office.database.run(verb):
            raise Refusal(404, "order_unknown")
        return self._office.sign(
            {
                "type": "order_done",
                "order_id": order_id,
                "device_id": device.device_id,
                "nonce": signatures.claim(request).nonce,
            }
        )

    def results(self, device_id: str) -> list[tuple[str, str, str | None]]:
        """Return each order to a till as (id, kind, result or None)."""
        rows = self._office.database.alone(
            lambda s: s.rows(
                "SELECT device_order.order_id, device_order.kind, order_done.result"
                " FROM device_order LEFT JOIN order_done"
                " ON order_done.order_id = device_order.order_id"
                " WHERE device_order.device_id = %s ORDER BY device_order.sequence",
                device_id,
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]


class Announcements:
    """Policies and key lists, handed to tills inside an answer to their very question."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def answer(self, kind: str, have: int, request: SignedRequest) -> tuple[int, bytes]:
        """Return the highest version, and the signed answer of a till that has `have`.

        Raises:
            Refusal: not from an enrolled till.
        """
        device = self._office.doorman.sender(request)
        latest = self._office.published.latest(kind)
        version, signed = latest if latest else (0, b"null")
        said: dict[str, Any] = {
            "type": kind,
            "device_id": device.device_id,
            "nonce": signatures.claim(request).nonce,
            "issued_at": stamp(self._office.clock()),
            "version": version,
            "signed": json.loads(signed) if version > have else None,
        }
        return version, self._office.sign(said)

    def etag(self, kind: str, version: int) -> str:
        """Return the tag of a version."""
        return f'"{"policy" if kind == POLICY else "keys"}-{version}"'


def _journal(said: object) -> str | None:
    if said is None:
        return None
    if not isinstance(said, dict) or said.keys() != {"count", "head"}:
        raise Refusal(400, "request")
    messages.whole(said["count"], 0, 2**53)
    messages.text(said["head"], messages.HEX64)
    return json.dumps(said)
