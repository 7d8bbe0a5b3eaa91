"""What the carrier does behind its counter: keeps packets, decides, and signs its word."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from carrier_sandbox import messages, seal, signatures
from carrier_sandbox import packet as packets
from carrier_sandbox.behaviour import Behaviour, Verdict
from carrier_sandbox.books import DeviceState, Enrolled, Held, Invited, JournalHead, stamp
from carrier_sandbox.database import Database
from carrier_sandbox.doorman import Doorman, Refusal, claimed
from carrier_sandbox.feed import Feed
from carrier_sandbox.keys import Keys
from carrier_sandbox.published import Published
from carrier_sandbox.signatures import SignedRequest
from carrier_sandbox.store import Store
from carrier_sandbox.tills import Tills

_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a device's packets do not follow: `missing`, `previous_differs` or `counter_twice`."""

    kind: str
    counter: int


class Office:
    """The carrier without HTTP. Every answer is an envelope: message, signature, key id."""

    def __init__(
        self, keys: Keys, database: Database, behaviour: Behaviour, clock: Callable[[], datetime]
    ) -> None:
        self.keys = keys
        self.database = database
        self.behaviour = behaviour
        self.clock = clock
        self.store = Store(database)
        self.feed = Feed(database)
        self.tills = Tills(database)
        self.published = Published(database)
        self.doorman = Doorman(self.tills, database, clock)

    # -- tills ----------------------------------------------------------------------------------

    def invite(
        self,
        outlet: str,
        dealers: tuple[str, ...],
        policy: str,
        *,
        needs_approval: bool = False,
        signed: Callable[[Invited], bytes] | None = None,
    ) -> Invited:
        """Give out a token that enrols one till."""
        token = secrets.token_urlsafe(24)
        invited = Invited(token, outlet, dealers, policy, needs_approval)
        self.tills.invite(invited, self.clock(), signed(invited) if signed else None)
        return invited

    def enrol(self, request: SignedRequest) -> bytes:
        """Enrol the till whose key signed the request; the same till may ask again.

        Raises:
            Refusal: no valid signature by that key, or the token is not free.
        """
        said = claimed(request)
        token, key = messages.enrolment(request.body)
        digest = hashlib.sha256(key).hexdigest()
        if said.key_id != digest:
            raise Refusal(401, "key_id")
        self.doorman.check(request, said, key)
        found = self.tills.enrol(f"till-{digest[:16]}", key, token, self.clock())
        if isinstance(found, str):
            raise Refusal(403, found)
        if found.state is DeviceState.REFUSED:
            raise Refusal(403, "enrolment_refused")
        return self.sign(
            {"type": "enrolment", "device_id": found.device_id, "device_public_key_sha256": digest}
        )

    # -- packets --------------------------------------------------------------------------------

    def take_in(self, packet_id: str, request: SignedRequest) -> bytes:
        """Store a packet durably, then sign a receipt for it.

        Raises:
            Refusal: not from an enrolled till, damaged, or another packet under a known id.
        """
        sender = self.doorman.sender(request)
        return self.keep(packet_id, request.body, sender, messages.journal_head(request))

    def keep(
        self, packet_id: str, data: bytes, sender: Enrolled, head: JournalHead | None = None
    ) -> bytes:
        """Store a packet that `sender` brought, its own or another till's, and sign the receipt.

        Raises:
            Refusal: as for `take_in`.
        """
        packet = self._examined(packet_id, data, sender)
        held = self.store.take_in(packet, data, self.clock(), sender.device_id, head)
        if held.sha256 != packet.sha256:
            raise Refusal(409, "conflict")
        return self.receipt(held, duplicate=held.repeats > 0, head=head)

    def receipt(self, held: Held, *, duplicate: bool, head: JournalHead | None = None) -> bytes:
        """Sign that we hold this packet, and how long the till's journal was."""
        return self.sign(messages.receipt_message(held, duplicate=duplicate, head=head))

    def _examined(self, packet_id: str, data: bytes, sender: Enrolled) -> packets.Packet:
        try:
            packet = packets.take_apart(data)
            if packet.packet_id != packet_id:
                raise Refusal(422, "header_differs")
            sealer = self._sealer(packet, sender)
            if packet.carrier_kid not in self.keys.seals:
                raise Refusal(422, "carrier_kid")
            packets.check_signature(packet, sealer.public_key)
        except packets.BadPacket as err:
            raise Refusal(413 if err.code == "too_long" else 422, err.code) from err
        return packet

    def _sealer(self, packet: packets.Packet, sender: Enrolled) -> Enrolled:
        """Return the till that made a packet; any enrolled till may carry it here."""
        if packet.device_id == sender.device_id:
            return sender
        sealer = self.tills.device(packet.device_id)
        if sealer is None or sealer.state in {DeviceState.WAITING, DeviceState.REFUSED}:
            raise Refusal(422, "header_differs")
        if sealer.revoked:
            self.store.alarm("revoked_device", packet.packet_id, sealer.device_id, self.clock())
        return sealer

    def opened(self, held: Held) -> packets.Opened:
        """Open a packet.

        Raises:
            packets.BadPacket: it cannot be opened.
        """
        packet = packets.take_apart(held.data)
        key = self.keys.seals.get(packet.carrier_kid)
        if key is None:
            raise packets.BadPacket("sealed_to_another_key")
        return packets.unseal(packet, key)

    # -- questions about packets ----------------------------------------------------------------

    def status(self, request: SignedRequest) -> bytes:
        """Sign what is held of the packets asked for.

        Raises:
            Refusal: not from an enrolled till, or not a list of ids.
        """
        device = self.doorman.sender(request)
        asked = messages.asked_ids(request.body)
        self.settle(device.device_id)
        held = self.store.seen_by(device.device_id, asked)
        decided = self.feed.decisions_of(list(held))
        return self.sign(
            {
                "type": "status",
                "device_id": device.device_id,
                "nonce": signatures.claim(request).nonce,
                "issued_at": stamp(self.clock()),
                "packets": [
                    messages.standing(each, held.get(each), decided.get(each)) for each in asked
                ],
            }
        )

    def decisions(self, after: int, request: SignedRequest, *, news: bool = False) -> bytes:
        """Sign the next page of the asking till's decisions, bound to its question.

        Raises:
            Refusal: not from an enrolled till.
        """
        device = self.doorman.sender(request)
        self.settle(device.device_id)
        page = [asdict(each) for each in self.feed.decisions(device.device_id, after, _PAGE)]
        said: dict[str, Any] = {
            "type": "decisions",
            "device_id": device.device_id,
            "after": after,
            "nonce": signatures.claim(request).nonce,
            "issued_at": stamp(self.clock()),
            "decisions": page,
        }
        if news:
            said["news"] = self.published.news(device.device_id)
        else:
            for each in page:
                del each["revises"]
        return self.sign(said)

    def decide(self, packet_id: str, verdict: Verdict) -> bool:
        """Decide by hand; False where the packet is unknown or was decided for good."""
        held = self.store.held(packet_id)
        return held is not None and self.feed.decide(
            packet_id, verdict, self.clock(), self._revises(held)
        )

    def settle(self, device_id: str | None = None) -> None:
        """Decide by rule about everything (of one till) that has waited long enough."""
        delay = self.behaviour.decide_after_s
        if delay is None:
            return
        now = self.clock()
        for packet_id in self.feed.undecided(now - timedelta(seconds=delay), device_id):
            held = self.store.held(packet_id)
            if held is not None:
                self.feed.decide(packet_id, self._verdict(held), now, self._revises(held))

    def _verdict(self, held: Held) -> Verdict:
        try:
            return self.behaviour.verdict(self.opened(held).record)
        except packets.BadPacket as err:
            return Verdict("returned", reason=f"packet.{err.code}")

    def _revises(self, held: Held) -> str | None:
        try:
            said = self.opened(held).record.get("supersedes")
        except packets.BadPacket:
            return None
        return said if isinstance(said, str) and messages.UUID.fullmatch(said) else None

    # -- the chain ------------------------------------------------------------------------------

    def gaps(self, device_id: str) -> tuple[Gap, ...]:
        """Return where packets of a device are missing or do not follow one another."""
        found, expected, last = [], 1, "0" * 64
        for counter, previous, sha256 in self.store.chain(device_id):
            if counter < expected:
                found.append(Gap("counter_twice", counter))
                continue
            if counter > expected:
                found.append(Gap("missing", expected))
            elif previous != last:
                found.append(Gap("previous_differs", counter))
            expected, last = counter + 1, sha256
        return tuple(found)

    # -- signing --------------------------------------------------------------------------------

    def sign(self, said: dict[str, Any], key: Ed25519PrivateKey | None = None) -> bytes:
        """Return an envelope with the message `said` and our signature over its exact bytes."""
        return seal.envelope(said, key or self.keys.receipt, self.keys.receipt_kid)
