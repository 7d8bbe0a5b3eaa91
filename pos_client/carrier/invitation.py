"""Reads the invitation a carrier gives to a new till; anything odd about it is refused."""

from typing import Final
from urllib.parse import urlsplit

from pos_client.carrier import wire
from pos_client.carrier.problems import InvitationDamaged
from pos_client.model.enrolment import CarrierIdentity, Invitation

_MAX_BYTES: Final = 64 * 1024
_KEYS: Final = frozenset("v type carrier token outlet dealers policy".split())
_CARRIER_KEYS: Final = frozenset("name url seal_kid seal_key receipt_keys ca_pem".split())
#: Raw X-Wing public key: ML-KEM-768 (1184 bytes), then X25519 (32).
_SEAL_KEY_BYTES: Final = 1216
_RECEIPT_KEY_BYTES: Final = 32
_POLICIES: Final = frozenset({"strict", "training"})
_LONGEST_LABEL: Final = 100
_HTTPS: Final = 443


def parse_invitation(data: bytes) -> Invitation:
    """Read an invitation file.

    Raises:
        InvitationDamaged: not an invitation, another version, or a part of it is not plausible.
    """
    if len(data) > _MAX_BYTES:
        raise InvitationDamaged(reason="too_long")
    try:
        return _invitation(data)
    except wire.WireError as err:
        raise InvitationDamaged(reason=err.reason) from err


def _invitation(data: bytes) -> Invitation:
    said = wire.read_object(data, _KEYS)
    if said["type"] != "pos-invitation":
        raise wire.WireError("type")
    if said["v"] is True or said["v"] != 1:
        raise wire.WireError("version")
    policy = wire.text(said["policy"])
    if policy not in _POLICIES:
        raise wire.WireError("policy")
    return Invitation(
        carrier=_carrier(said["carrier"]),
        token=wire.text(said["token"], wire.NAME),
        outlet=_label(said["outlet"]),
        dealers=wire.each(said["dealers"], _label),
        policy=policy,
    )


def _carrier(untrusted: object) -> CarrierIdentity:
    if not isinstance(untrusted, dict) or untrusted.keys() != _CARRIER_KEYS:
        raise wire.WireError("keys")
    keys = untrusted["receipt_keys"]
    if not isinstance(keys, dict) or not keys:
        raise wire.WireError("receipt_keys")
    authority = untrusted["ca_pem"]
    return CarrierIdentity(
        name=_label(untrusted["name"]),
        url=carrier_url(untrusted["url"]),
        seal_kid=wire.text(untrusted["seal_kid"], wire.NAME),
        seal_key=wire.raw(untrusted["seal_key"], length=_SEAL_KEY_BYTES),
        receipt_keys={
            wire.text(kid, wire.NAME): wire.raw(key, length=_RECEIPT_KEY_BYTES)
            for kid, key in keys.items()
        },
        ca_pem=None if authority is None else _pem(authority),
    )


def carrier_url(value: object) -> str:
    """Take an https address of a host, without user, query or a path of its own.

    Only in the spelling in which it goes over the line: requests are signed with it.
    """
    url = wire.text(value)
    try:
        parts = urlsplit(url)
        port = parts.port  # raises where it is no port
    except ValueError as err:
        raise wire.WireError("url") from err
    if not parts.hostname or "@" in parts.netloc or port in {0, _HTTPS} or not url.isascii():
        raise wire.WireError("url")
    if url != f"https://{parts.netloc}".lower():
        raise wire.WireError("url")
    return url


def _label(value: object) -> str:
    label = wire.text(value)
    if not label.strip() or len(label) > _LONGEST_LABEL or not label.isprintable():
        raise wire.WireError("label")
    return label


def _pem(value: object) -> str:
    pem = wire.text(value)
    if not pem.startswith("-----BEGIN CERTIFICATE-----"):
        raise wire.WireError("ca_pem")
    return pem
