"""Opens a till's recovery slot for somebody whose person was checked, and seals it to a new key."""

import base64
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from carrier_sandbox import messages, seal
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office

_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM: Final = 1184
_PUBLIC: Final = 1216


class NoRecovery(Exception):
    """The request cannot be answered; `code` says why in a word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def answer(office: Office, request: bytes) -> bytes:
    """Return the signed answer to a recovery request. Whether the person is right is for people.

    A request signed by the till's own key has to be right in that, too; usually that key is what
    was lost, and the signature is null.

    Raises:
        NoRecovery: no request, of a till we do not know, or its slot does not open.
    """
    try:
        said = messages.read(
            request, "type request_id device_id seal_kid slot reply_key made_at signature"
        )
        request_id = messages.text(said["request_id"], messages.UUID)
        slot, reply = messages.raw(said["slot"]), messages.raw(said["reply_key"], _PUBLIC)
    except Refusal as err:
        raise NoRecovery("not_a_request") from err
    device = office.tills.device(str(said["device_id"]))
    if said["type"] != "recovery_request":
        raise NoRecovery("not_a_request")
    if device is None:
        raise NoRecovery("device_unknown")
    if said["signature"] is not None:
        _check(said, device.public_key)
    key = _opened(office, said, device.device_id, slot)
    info = f"pos-recovery-answer-v1\n{request_id}".encode()
    public = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(reply[:_MLKEM]),
        X25519PublicKey.from_public_bytes(reply[_MLKEM:]),
    )
    return office.sign(
        {
            "type": "recovery_answer",
            "request_id": request_id,
            "device_id": device.device_id,
            "key": base64.b64encode(_SUITE.encrypt(key, public, info=info)).decode(),
        }
    )


def _opened(office: Office, said: dict[str, Any], device_id: str, slot: bytes) -> bytes:
    key = office.keys.seals.get(str(said["seal_kid"]))
    if key is None:
        raise NoRecovery("seal_key_unknown")
    info = f"pos-recovery-slot-v1\n{device_id}\n{said['seal_kid']}".encode()
    try:
        return _SUITE.decrypt(slot, key, info=info)
    except (InvalidTag, ValueError) as err:
        raise NoRecovery("slot_does_not_open") from err


def _check(said: dict[str, Any], public_key: bytes) -> None:
    rest = {name: value for name, value in said.items() if name != "signature"}
    try:
        signature = messages.raw(said["signature"])
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, seal.canonical(rest))
    except (InvalidSignature, Refusal) as err:
        raise NoRecovery("signature") from err
