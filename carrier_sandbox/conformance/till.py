"""A till written from the contract alone: it seals, signs, asks, and believes little."""

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from carrier_sandbox.conformance.wire import Reply, Wire
from carrier_sandbox.seal import canonical

PACKET: Final = "application/vnd.pos.packet"
PIECE: Final = "application/partial-upload"
JSON: Final = "application/json"
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Broken(Exception):
    """The carrier did something else than the contract says; the message says what."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A packet ready to be handed over."""

    id: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the packet, hex."""
        return hashlib.sha256(self.data).hexdigest()


class Till:
    """One device with its key. `now` is its clock."""

    def __init__(
        self, invitation: Mapping[str, Any], wire: Wire, now: Callable[[], datetime]
    ) -> None:
        self.invitation = invitation
        self.carrier: Mapping[str, Any] = invitation["carrier"]
        self.wire = wire
        self.now = now
        self.key = Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes_raw()
        self.device_id = "till-not-enrolled"
        self.counter = 0
        self.previous_sha256 = "0" * 64
        self._seal_key = _public(base64.b64decode(self.carrier["seal_key"]))

    # -- asking ---------------------------------------------------------------------------------

    def enrol(self, token: str | None = None) -> Reply:
        """Ask to be enrolled; a believed answer gives this till its id."""
        body = _json(
            {
                "v": 1,
                "token": token or self.invitation["token"],
                "device_public_key": base64.b64encode(self.public).decode(),
            }
        )
        key_id = hashlib.sha256(self.public).hexdigest()
        return self.ask("POST", "/v1/devices", body, {"Content-Type": JSON}, key_id=key_id)

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        key_id: str | None = None,
    ) -> Reply:
        """Send a signed request."""
        sent = self.signed(method, target, body, headers or {}, key_id=key_id)
        return self.wire.ask(method, target, sent, body)

    def put(self, packet: Sealed, headers: Mapping[str, str] | None = None) -> Reply:
        """Hand over a packet whole."""
        more = {"Content-Type": PACKET, "Idempotency-Key": f'"{packet.id}"', **(headers or {})}
        return self.ask("PUT", f"/v1/packets/{packet.id}", packet.data, more)

    def signed(
        self,
        method: str,
        target: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        key_id: str | None = None,
        created: int | None = None,
    ) -> dict[str, str]:
        """Return the headers of a request with its signature (RFC 9421) among them."""
        sent = dict(headers)
        if body:
            sent["Content-Digest"] = digest(body)
        lines = {"@method": method, "@target-uri": self.wire.url + target}
        lines |= {name.lower(): value for name, value in sent.items()}
        names = " ".join(f'"{name}"' for name in lines)
        at = int(self.now().timestamp()) if created is None else created
        parameters = (
            f'({names});created={at};nonce="{secrets.token_urlsafe(16)}"'
            f';keyid="{key_id or self.device_id}";alg="ed25519";tag="pos-carrier-v1"'
        )
        base = [f'"{name}": {value}' for name, value in lines.items()]
        base.append(f'"@signature-params": {parameters}')
        signature = base64.b64encode(self.key.sign("\n".join(base).encode())).decode()
        sent["Signature-Input"] = f"sig1={parameters}"
        sent["Signature"] = f"sig1=:{signature}:"
        return sent

    # -- sealing --------------------------------------------------------------------------------

    def seal(
        self, size: int = 0, packet_id: str | None = None, supersedes: str | None = None
    ) -> Sealed:
        """Return the next packet of this till's chain, with a picture of `size` bytes."""
        self.counter += 1
        id_ = packet_id or str(uuid.uuid4())
        record = {
            "v": 1,
            "id": id_,
            "evidence": [{"kind": "document", "size": size}],
            "lines": [{"msisdn": "13800138000"}],
            "supersedes": supersedes,
            "training": True,
        }
        text = canonical(record)
        header = canonical(
            {
                "v": 1,
                "suite": "xwing-hkdfsha256-aes256gcm-ed25519",
                "packet_id": id_,
                "device_id": self.device_id,
                "carrier_kid": self.carrier["seal_kid"],
                "counter": self.counter,
                "previous_sha256": self.previous_sha256,
                "sealed_at": self.now().isoformat(),
            }
        )
        plain = len(text).to_bytes(4, "big") + text + secrets.token_bytes(size)
        sealed = _SUITE.encrypt(plain, self._seal_key, info=header)
        body = b"POSPKT1\n" + len(header).to_bytes(4, "big") + header + sealed
        packet = Sealed(id_, body + self.key.sign(hashlib.sha256(body).digest()))
        self.previous_sha256 = packet.sha256
        return packet

    def question(self, kind: str, asked: dict[str, Any], id_: str | None = None) -> bytes:
        """Return a sealed question about a person."""
        number = id_ or str(uuid.uuid4())
        info = f"pos-question-v1\n{kind}\n{number}\n{self.device_id}".encode()
        sealed = _SUITE.encrypt(canonical(asked), self._seal_key, info=info)
        said = {"v": 1, "id": number, "sealed_to": self.carrier["seal_kid"]}
        return _json({**said, "sealed": base64.b64encode(sealed).decode()})

    # -- believing ------------------------------------------------------------------------------

    def believed(self, reply: Reply, kind: str, status: int = 200) -> dict[str, Any]:
        """Return the message in an envelope of this kind, signed by a receipt key we know.

        Raises:
            Broken: it is anything else.
        """
        if reply.status != status:
            raise Broken(f"answered {reply.status} {code_of(reply)} instead of {status}")
        if reply.media_type != f"application/vnd.pos.{kind}+json":
            raise Broken(f"the media type is {reply.media_type or 'missing'}")
        said = opened(reply.body, self.carrier["receipt_keys"])
        if said.get("v") != 1 or said.get("type") != ("order_done" if kind == "ack" else kind):
            raise Broken(f"the message is of the type {said.get('type')}")
        return said

    def receipt(self, reply: Reply, packet: Sealed) -> dict[str, Any]:
        """Return a receipt that names this packet of this till.

        Raises:
            Broken: it is anything else.
        """
        said = self.believed(reply, "receipt")
        for name, right in (("packet_id", packet.id), ("packet_sha256", packet.sha256)):
            if said.get(name) != right:
                raise Broken(f"the receipt is for another {name}")
        return said


def opened(body: bytes, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the message of an envelope whose signature holds under one of the keys.

    Raises:
        Broken: no envelope, a key nobody named, or a signature that does not hold.
    """
    try:
        envelope = json.loads(body)
        message = base64.b64decode(envelope["message"], validate=True)
        signature = base64.b64decode(envelope["signature"], validate=True)
        key = keys.get(envelope["kid"])
    except (ValueError, KeyError, TypeError) as err:
        raise Broken("the answer is no envelope") from err
    if key is None:
        raise Broken("signed by a key that is not in the invitation")
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(signature, message)
        said = json.loads(message)
    except (InvalidSignature, ValueError) as err:
        raise Broken("the signature does not hold") from err
    if not isinstance(said, dict):
        raise Broken("the message is no object")
    return said


def code_of(reply: Reply) -> str:
    """Return the code of a problem report, or that there is none."""
    try:
        return str(json.loads(reply.body)["code"])
    except (ValueError, KeyError, TypeError):
        return "(no code)"


def digest(body: bytes) -> str:
    """Return the digest header of a body (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()


def _public(raw: bytes) -> MLKEM768X25519PublicKey:
    mlkem = MLKEM768PublicKey.from_public_bytes(raw[:1184])
    return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[1184:]))
