"""What the carrier does behind its counter: keeps packets, decides, and signs its word."""

import base64
import hashlib
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from carrier_sandbox import packet as packets
from carrier_sandbox import signatures
from carrier_sandbox.behaviour import Behaviour, Verdict
from carrier_sandbox.keys import Keys
from carrier_sandbox.signatures import Claim, SignedRequest
from carrier_sandbox.store import Enrolled, Held, Invited, Store, stamp

#: How far a till's clock may be from ours before we ask it to allow for the difference.
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_PAGE: Final = 100
_KEY_BYTES: Final = 32
_NONCES_KEPT: Final = 100_000


class Refusal(Exception):
    """A no, with the HTTP status and the code of the problem report."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a device's chain of packets does not hold: `missing` or `previous_differs`."""

    kind: str
    counter: int


class Office:
    """The carrier without HTTP. Every answer is an envelope: message, signature, key id."""

    def __init__(
        self, keys: Keys, store: Store, behaviour: Behaviour, clock: Callable[[], datetime]
    ) -> None:
        self.keys = keys
        self.store = store
        self.behaviour = behaviour
        self.clock = clock
        self._nonces: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock = threading.Lock()

    # -- tills ----------------------------------------------------------------------------------

    def invite(self, outlet: str, dealers: tuple[str, ...], policy: str) -> Invited:
        """Give out a token that enrols one till."""
        invited = Invited(secrets.token_urlsafe(24), outlet, dealers, policy)
        self.store.invite(invited, self.clock())
        return invited

    def enrol(self, request: SignedRequest) -> bytes:
        """Enrol the till whose key signed the request; the same till may ask again.

        Raises:
            Refusal: no valid signature by that key, or the token is not free.
        """
        said = self._claimed(request)
        token, key = _enrolment(request.body)
        digest = hashlib.sha256(key).hexdigest()
        if said.key_id != digest:
            raise Refusal(401, "key_id")
        self._checked(request, said, key)
        if not self.store.invited(token):
            raise Refusal(403, "token_unknown")
        wanted = Enrolled(f"till-{digest[:16]}", key, token, revoked=False)
        if self.store.enrol(wanted, self.clock()).public_key != key:
            raise Refusal(403, "token_used")
        if self.store.device(wanted.device_id) is None:
            raise Refusal(403, "device_has_another_token")
        return self.sign(
            {"type": "enrolment", "device_id": wanted.device_id, "device_public_key_sha256": digest}
        )

    # -- packets --------------------------------------------------------------------------------

    def take_in(self, packet_id: str, request: SignedRequest) -> bytes:
        """Store a packet durably, then sign a receipt for it.

        Raises:
            Refusal: not from an enrolled till, damaged, or another packet under a known id.
        """
        device = self._sender(request)
        packet = self._examined(packet_id, request.body, device)
        held = self.store.take_in(packet, request.body, self.clock())
        if held.sha256 != packet.sha256:
            raise Refusal(409, "conflict")
        return self.receipt(held, duplicate=held.repeats > 0)

    def receipt(self, held: Held, *, duplicate: bool) -> bytes:
        """Sign that we hold this packet."""
        return self.sign(receipt_message(held, duplicate=duplicate))

    def _examined(self, packet_id: str, data: bytes, device: Enrolled) -> packets.Packet:
        try:
            packet = packets.take_apart(data)
            if packet.packet_id != packet_id or packet.device_id != device.device_id:
                raise Refusal(422, "header_differs")
            if packet.carrier_kid != self.keys.seal_kid:
                raise Refusal(422, "carrier_kid")
            packets.check_signature(packet, device.public_key)
        except packets.BadPacket as err:
            raise Refusal(413 if err.code == "too_long" else 422, err.code) from err
        return packet

    def opened(self, held: Held) -> packets.Opened:
        """Open a packet.

        Raises:
            packets.BadPacket: it cannot be opened.
        """
        return packets.unseal(packets.take_apart(held.data), self.keys.seal)

    # -- decisions ------------------------------------------------------------------------------

    def decisions(self, after: int, request: SignedRequest) -> bytes:
        """Sign the next page of the asking till's decisions, bound to its question.

        Raises:
            Refusal: not from an enrolled till.
        """
        device = self._sender(request)
        self.settle()
        page = self.store.decisions(device.device_id, after, _PAGE)
        return self.sign(
            {
                "type": "decisions",
                "device_id": device.device_id,
                "after": after,
                "nonce": signatures.claim(request).nonce,
                "issued_at": stamp(self.clock()),
                "decisions": [asdict(entry) for entry in page],
            }
        )

    def settle(self) -> None:
        """Decide by rule about everything that has waited long enough."""
        delay = self.behaviour.decide_after_s
        if delay is None:
            return
        now = self.clock()
        for packet_id in self.store.undecided(now - timedelta(seconds=delay)):
            held = self.store.held(packet_id)
            if held is not None:
                self.store.decide(packet_id, self._verdict(held), now)

    def _verdict(self, held: Held) -> Verdict:
        try:
            return self.behaviour.verdict(self.opened(held).record)
        except packets.BadPacket as err:
            return Verdict("returned", reason=f"packet.{err.code}")

    # -- the chain ------------------------------------------------------------------------------

    def gaps(self, device_id: str) -> tuple[Gap, ...]:
        """Return where packets of a device are missing or do not follow one another."""
        found, expected, last = [], 1, "0" * 64
        for counter, previous, sha256 in self.store.chain(device_id):
            if counter > expected:
                found.append(Gap("missing", expected))
            elif previous != last:
                found.append(Gap("previous_differs", counter))
            expected, last = counter + 1, sha256
        return tuple(found)

    # -- signing and checking -------------------------------------------------------------------

    def sign(self, said: dict[str, Any], key: Ed25519PrivateKey | None = None) -> bytes:
        """Return an envelope with the message `said` and our signature over its exact bytes."""
        message = json.dumps(
            {"v": 1, **said}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
        signature = (key or self.keys.receipt).sign(message)
        return json.dumps(
            {
                "message": base64.b64encode(message).decode(),
                "signature": base64.b64encode(signature).decode(),
                "kid": self.keys.receipt_kid,
            }
        ).encode()

    def _sender(self, request: SignedRequest) -> Enrolled:
        said = self._claimed(request)
        device = self.store.device(said.key_id)
        if device is None:
            raise Refusal(401, "device_unknown")
        self._checked(request, said, device.public_key)
        if device.revoked:
            raise Refusal(403, "device_revoked")
        return device

    def _claimed(self, request: SignedRequest) -> Claim:
        try:
            return signatures.claim(request)
        except signatures.BadSignature as err:
            raise Refusal(400 if err.code == "digest" else 401, err.code) from err

    def _checked(self, request: SignedRequest, said: Claim, key: bytes) -> None:
        try:
            signatures.check(request, said, key)
        except signatures.BadSignature as err:
            raise Refusal(401, err.code) from err
        if abs(self.clock().timestamp() - said.created) > CLOCK_TOLERANCE.total_seconds():
            raise Refusal(401, "clock")
        with self._lock:
            if (said.key_id, said.nonce) in self._nonces:
                raise Refusal(401, "replayed")
            self._nonces[said.key_id, said.nonce] = None
            while len(self._nonces) > _NONCES_KEPT:
                self._nonces.popitem(last=False)


def receipt_message(held: Held, *, duplicate: bool) -> dict[str, Any]:
    """Return what a receipt says."""
    return {
        "type": "receipt",
        "packet_id": held.packet_id,
        "packet_sha256": held.sha256,
        "device_id": held.device_id,
        "carrier_ref": held.carrier_ref,
        "duplicate": duplicate,
        "received_at": held.received_at,
        "counter": held.counter,
    }


def _enrolment(body: bytes) -> tuple[str, bytes]:
    try:
        said = json.loads(body.decode())
        if said.keys() != {"v", "token", "device_public_key"} or said["v"] != 1:
            raise Refusal(400, "enrolment")
        token, key = said["token"], base64.b64decode(said["device_public_key"], validate=True)
    except (ValueError, RecursionError, AttributeError, TypeError) as err:
        raise Refusal(400, "enrolment") from err
    if not isinstance(token, str) or len(key) != _KEY_BYTES:
        raise Refusal(400, "enrolment")
    return token, key
