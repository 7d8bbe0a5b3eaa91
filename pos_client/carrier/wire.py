"""Between the carrier's JSON and our nouns: exact shapes, or nothing at all."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: Media types of the contract.
PACKET_TYPE: Final = "application/vnd.pos.packet"
PIECE_TYPE: Final = "application/partial-upload"
RECEIPT_TYPE: Final = "application/vnd.pos.receipt+json"
DECISIONS_TYPE: Final = "application/vnd.pos.decisions+json"
TIME_TYPE: Final = "application/vnd.pos.time+json"
ENROLMENT_TYPE: Final = "application/vnd.pos.enrolment+json"
PROBLEM_TYPE: Final = "application/problem+json"

NAME: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")
UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEX64: Final = re.compile(r"[0-9a-f]{64}")

#: RFC 3339, UTC only, at most microseconds.
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z", re.ASCII)
_LONGEST_TEXT: Final = 16 * 1024
_LARGEST_NUMBER: Final = 2**63 - 1


class WireError(ValueError):
    """The bytes do not have the agreed shape; `reason` is a word, never content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Envelope:
    """A signed answer as it came: the exact bytes signed, 64 bytes Ed25519, the key's id."""

    message: bytes
    signature: bytes
    kid: str


def read_object(data: bytes, keys: frozenset[str]) -> dict[str, object]:
    """Read a JSON object with exactly these keys.

    Raises:
        WireError: not JSON, too deep, a number too long, a key twice, missing or unknown.
    """
    try:
        untrusted = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as err:
        raise WireError("too_deep") from err
    except WireError:
        raise
    except ValueError as err:
        raise WireError("not_json") from err
    if not isinstance(untrusted, dict):
        raise WireError("not_an_object")
    if untrusted.keys() != keys:
        raise WireError("keys")
    return untrusted


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Two readers of one signed text must not see two different values.
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireError("key_twice")
    return found


def _no_constant(_name: str) -> object:
    raise WireError("not_a_number")


def text(value: object, pattern: re.Pattern[str] | None = None) -> str:
    """Take a string of bounded length that matches `pattern` as a whole, and can be stored."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise WireError("text")
    if pattern is not None and pattern.fullmatch(value) is None:
        raise WireError("text")
    try:
        value.encode()
    except UnicodeEncodeError as err:  # a lone surrogate
        raise WireError("text") from err
    return value


def optional(value: object, pattern: re.Pattern[str]) -> str | None:
    """Take a string, or None where the sender has nothing to say."""
    return None if value is None else text(value, pattern)


def whole(value: object, least: int = 0) -> int:
    """Take an integer from `least` to what 64 bits hold; True is no number."""
    if type(value) is not int or not least <= value <= _LARGEST_NUMBER:
        raise WireError("number")
    return value


def truth(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise WireError("boolean")
    return value


def moment(value: object) -> datetime:
    """Take an instant in UTC."""
    try:
        return datetime.fromisoformat(text(value, _TIME))
    except WireError:
        raise
    except ValueError as err:  # month 13, second 61
        raise WireError("time") from err


def raw(value: object, length: int | None = None) -> bytes:
    """Take standard Base64, strictly, of `length` bytes where that is given."""
    if not isinstance(value, str):
        raise WireError("base64")
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as err:
        raise WireError("base64") from err
    if base64.b64encode(data).decode() != value or (length is not None and len(data) != length):
        raise WireError("base64")
    return data


def each(value: object, read: Callable[[object], str], most: int = 16) -> tuple[str, ...]:
    """Take a list of at most `most` entries."""
    if not isinstance(value, list) or len(value) > most:
        raise WireError("list")
    return tuple(read(entry) for entry in value)


def envelope(data: bytes) -> Envelope:
    """Read a signed answer; the signature is not verified here.

    Raises:
        WireError: not of the agreed shape.
    """
    untrusted = read_object(data, frozenset({"message", "signature", "kid"}))
    return Envelope(
        message=raw(untrusted["message"]),
        signature=raw(untrusted["signature"], length=64),
        kid=text(untrusted["kid"], NAME),
    )


def encode(value: dict[str, object]) -> bytes:
    """Encode a request body."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def base64_text(data: bytes) -> str:
    """Return standard Base64 as text."""
    return base64.b64encode(data).decode("ascii")
