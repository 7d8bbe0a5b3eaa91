"""What the carrier publishes for all its tills: the policy pack, signed away from its servers.

Two signatures stand under it. The outer one, by a key on the servers, binds the answer to this till
and this very question; the inner one, by the root key, says that the pack is the carrier's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.carrier import wire
from pos_client.carrier.problems import NotAReceipt, ReceiptForged
from pos_client.carrier.receipts import Verifier

POLICY_TYPE: Final = "application/vnd.pos.policy+json"
_OUTER: Final = frozenset("v type device_id nonce issued_at version signed".split())
_INNER: Final = frozenset("v type version signed_at pack config".split())
_ENVELOPE: Final = frozenset({"message", "signature", "kid"})


@dataclass(frozen=True, slots=True)
class Published:
    """A policy pack as the root key signed it. `pack` and `config` are JSON, not yet checked."""

    version: int
    pack: dict[str, Any]
    config: dict[str, Any]
    kid: str
    message: bytes
    signature: bytes


def read_policy(
    verifier: Verifier, roots: Iterable[bytes], reply: bytes, device_id: str, nonce: str
) -> Published | None:
    """Return what is published, None where the till has the newest already.

    Raises:
        NotAReceipt, ReceiptForged: anything that both keys did not sign for this question.
    """
    said = verifier.statement(reply, "policy", _OUTER)
    if said["device_id"] != device_id or said["nonce"] != nonce:
        raise ReceiptForged(reason="nonce")
    try:
        version = wire.whole(said["version"])
        wire.moment(said["issued_at"])
        if said["signed"] is None:
            return None
        found = _inner(roots, said["signed"])
    except wire.WireError as err:
        raise NotAReceipt(reason=err.reason) from err
    if found.version != version:
        raise ReceiptForged(reason="version")
    return found


def read_kept(roots: Iterable[bytes], kid: str, message: bytes, signature: bytes) -> Published:
    """Read a policy that was kept, as if it had come now.

    Raises:
        NotAReceipt, ReceiptForged: it was changed since.
    """
    envelope = {
        "message": wire.base64_text(message),
        "signature": wire.base64_text(signature),
        "kid": kid,
    }
    try:
        return _inner(roots, envelope)
    except wire.WireError as err:
        raise NotAReceipt(reason=err.reason) from err


def _holds(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _inner(roots: Iterable[bytes], envelope: object) -> Published:
    if not isinstance(envelope, dict) or envelope.keys() != _ENVELOPE:
        raise wire.WireError("keys")
    kid = wire.text(envelope["kid"], wire.NAME)
    message = wire.raw(envelope["message"])
    signature = wire.raw(envelope["signature"], length=64)
    if not any(_holds(key, signature, message) for key in roots):
        raise ReceiptForged(reason="signature")
    said = wire.read_object(message, _INNER)
    pack, config = said["pack"], said["config"]
    if said["type"] != "policy_pack" or said["v"] is True or said["v"] != 1:
        raise ReceiptForged(reason="type")
    if not isinstance(pack, dict) or not isinstance(config, dict):
        raise wire.WireError("pack")
    wire.moment(said["signed_at"])
    return Published(wire.whole(said["version"], 1), pack, config, kid, message, signature)
