"""Between the bytes of a request and what the office works with: exact shapes, or a refusal."""

import base64
import json
import re
from typing import Any, Final

from carrier_sandbox.books import Decided, Held, JournalHead
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.signatures import SignedRequest

_KEY_BYTES: Final = 32
_MOST_ASKED: Final = 500
_HEAD: Final = re.compile(r"([0-9]{1,15});sha256=:([A-Za-z0-9+/]{43}=):")
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HEX64: Final = re.compile(r"[0-9a-f]{64}")


def read(body: bytes, keys: str) -> dict[str, Any]:
    """Read a JSON object with exactly these keys, besides `"v": 1`.

    Raises:
        Refusal: it is not that.
    """
    try:
        said = json.loads(body.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise Refusal(400, "request") from err
    if not isinstance(said, dict) or said.keys() != {"v", *keys.split()}:
        raise Refusal(400, "request")
    if said["v"] is True or said["v"] != 1:
        raise Refusal(400, "request")
    return said


def _no_constant(name: str) -> object:
    raise ValueError(name)


def text(value: object, pattern: re.Pattern[str]) -> str:
    """Take a text that matches as a whole.

    Raises:
        Refusal: it does not.
    """
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise Refusal(400, "request")
    return value


def whole(value: object, least: int, most: int) -> int:
    """Take a whole number between two bounds.

    Raises:
        Refusal: it is none.
    """
    if type(value) is not int or not least <= value <= most:
        raise Refusal(400, "request")
    return value


def raw(value: object, length: int | None = None) -> bytes:
    """Take standard Base64.

    Raises:
        Refusal: it is none, or of another length.
    """
    try:
        data = base64.b64decode(value if isinstance(value, str) else "!", validate=True)
    except ValueError as err:
        raise Refusal(400, "request") from err
    if length is not None and len(data) != length:
        raise Refusal(400, "request")
    return data


def enrolment(body: bytes) -> tuple[str, bytes]:
    """Return the token and the raw public key of a new till."""
    try:
        said = read(body, "token device_public_key")
        key = raw(said["device_public_key"], _KEY_BYTES)
        return text(said["token"], re.compile(r"[\x21-\x7e]{1,100}")), key
    except Refusal as err:
        raise Refusal(400, "enrolment") from err


def asked_ids(body: bytes) -> list[str]:
    """Return the ids a till asks about, each once, in its order."""
    said = read(body, "packet_ids")["packet_ids"]
    if not isinstance(said, list) or not 1 <= len(said) <= _MOST_ASKED:
        raise Refusal(400, "request")
    return list(dict.fromkeys(text(each, UUID) for each in said))


def journal_head(request: SignedRequest) -> JournalHead | None:
    """Return where the till says its journal stands; only what its signature covers counts.

    Raises:
        Refusal: it says so in another form, or does not sign it.
    """
    said = request.headers.get("journal-head")
    if said is None:
        return None
    found = _HEAD.fullmatch(said)
    if found is None:
        raise Refusal(400, "journal_head")
    if '"journal-head"' not in request.headers.get("signature-input", ""):
        raise Refusal(401, "not_covered")
    return JournalHead(int(found[1]), base64.b64decode(found[2]).hex())


def receipt_message(held: Held, *, duplicate: bool, head: JournalHead | None) -> dict[str, Any]:
    """Return what a receipt says; it repeats the head of the journal where the till named one."""
    said: dict[str, Any] = {
        "type": "receipt",
        "packet_id": held.packet_id,
        "packet_sha256": held.sha256,
        "device_id": held.device_id,
        "carrier_ref": held.carrier_ref,
        "duplicate": duplicate,
        "received_at": held.received_at,
        "counter": held.counter,
    }
    if head is not None:
        said["journal"] = {"count": head.entries, "head": head.head}
    return said


def standing(packet_id: str, held: Held | None, decided: Decided | None) -> dict[str, Any]:
    """Return one entry of an answer to `status`."""
    return {
        "packet_id": packet_id,
        "state": "held" if held else "unknown",
        "packet_sha256": held.sha256 if held else None,
        "received_at": held.received_at if held else None,
        "carrier_ref": held.carrier_ref if held else None,
        "counter": held.counter if held else None,
        "decision": {
            "outcome": decided.outcome,
            "reason": decided.reason,
            "about": decided.about,
            "sequence": decided.sequence,
        }
        if decided
        else None,
    }
