"""Reads the short signed code that invites a till, as a QR code shows it or a scanner types it."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.carrier import wire
from pos_client.carrier.invitation import carrier_url
from pos_client.carrier.problems import InvitationDamaged, InvitationRefused

PREFIX: Final = "POSENROL1."
INVITATION_TYPE: Final = "application/vnd.pos.invitation+json"
_MOST: Final = 4096
_KEY_BYTES: Final = 32
_KEYS: Final = frozenset("v type url token root_key ca expires_at".split())
_INVITATION_KEYS: Final = frozenset("v type token_sha256 invitation".split())


@dataclass(frozen=True, slots=True)
class EnrolmentToken:
    """Where the carrier is, what proves it is the carrier, and a word that enrols one till."""

    url: str
    token: str = field(repr=False)
    root_key: bytes
    ca_pem: str | None
    expires_at: datetime


def looks_like_token(data: bytes) -> bool:
    """Say whether this is meant as an enrolment token."""
    return data.lstrip()[: len(PREFIX)] == PREFIX.encode()


def read_token(data: bytes, now: datetime) -> EnrolmentToken:
    """Read a token; one whose signature does not hold, or that ran out, is refused.

    Raises:
        InvitationDamaged: not a token, or changed since it was signed.
        InvitationRefused: it is too old.
    """
    try:
        token = _token(data)
    except wire.WireError as err:
        raise InvitationDamaged(reason=err.reason) from err
    if token.expires_at < now:
        raise InvitationRefused(reason="token_expired")
    return token


def read_invitation(reply: bytes, token: EnrolmentToken) -> bytes:
    """Return the invitation file that the carrier's root key signed for this token.

    Raises:
        InvitationDamaged: anything else.
    """
    try:
        sealed = wire.envelope(reply)
        _verify(token.root_key, sealed.signature, sealed.message)
        said = wire.read_object(sealed.message, _INVITATION_KEYS)
    except wire.WireError as err:
        raise InvitationDamaged(reason=err.reason) from err
    bound = hashlib.sha256(token.token.encode()).hexdigest()
    if said["type"] != "invitation" or said["v"] != 1 or said["token_sha256"] != bound:
        raise InvitationDamaged(reason="type")
    return json.dumps(said["invitation"]).encode()


def _token(data: bytes) -> EnrolmentToken:
    if len(data) > _MOST:
        raise wire.WireError("too_long")
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError as err:
        raise wire.WireError("text") from err
    parts = text.removeprefix(PREFIX).split(".")
    if not text.startswith(PREFIX) or len(parts) != 2:  # noqa: PLR2004 - message and signature
        raise wire.WireError("shape")
    message, signature = (_raw(part) for part in parts)
    said = wire.read_object(message, _KEYS)
    root_key = wire.raw(said["root_key"], length=_KEY_BYTES)
    # The key stands in the token itself: what it proves is that nobody changed a part of it, and
    # that everything fetched later is of whoever made it. Who that is, the way it came here says.
    _verify(root_key, signature, message)
    if said["type"] != "enrolment_token" or said["v"] is True or said["v"] != 1:
        raise wire.WireError("type")
    authority = said["ca"]
    return EnrolmentToken(
        url=carrier_url(said["url"]),
        token=wire.text(said["token"], wire.NAME),
        root_key=root_key,
        ca_pem=None if authority is None else _pem(wire.raw(authority)),
        expires_at=wire.moment(said["expires_at"]),
    )


def _verify(key: bytes, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError) as err:
        raise wire.WireError("signature") from err


def _raw(text: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as err:
        raise wire.WireError("base64") from err
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise wire.WireError("base64")
    return data


def _pem(der: bytes) -> str:
    lines = base64.encodebytes(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"
