"""Speaks to the carrier over HTTPS, believing nothing that is not signed by it."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import requests

from pos_client.carrier import enrolment_token, orders, published, replies, wire
from pos_client.carrier.api import Told
from pos_client.carrier.enrolment_token import EnrolmentToken
from pos_client.carrier.faults import translated
from pos_client.carrier.lanes import Body, Lanes
from pos_client.carrier.line import trusted
from pos_client.carrier.published import Published
from pos_client.carrier.receipts import Verifier
from pos_client.carrier.replies import Reply
from pos_client.carrier.signing import Sign, Signer, byte_sequence, content_digest
from pos_client.carrier.throttle import Throttle
from pos_client.model.enrolment import CarrierIdentity, Invitation
from pos_client.model.order import Order
from pos_client.model.packet import PacketDamaged
from pos_client.model.receipt import Decision, JournalHead, Receipt
from pos_client.model.registration import RegistrationId

_EMPTY: Final = b""
#: Headers a signature covers wherever they are sent.
_COVERED: Final = (
    "Content-Digest",
    "Content-Type",
    "Idempotency-Key",
    "Journal-Head",
    "Repr-Digest",
    "Upload-Length",
    "Upload-Offset",
)
#: Two uploads abreast: one uses the line while the other waits for its answer.
LANES: Final = 2
#: A third line for questions, which are not to wait behind uploads.
_QUESTIONS: Final = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How long we wait. All in seconds, but `slowest_link`: bytes a second we still allow for."""

    connect_s: float = 5.0
    read_s: float = 20.0
    slowest_link: int = 8 * 1024

    def read_for(self, size: int) -> float:
        """Return the longest silence to bear after sending `size` bytes."""
        return self.read_s + size / (4 * self.slowest_link)

    def whole_for(self, size: int) -> float:
        """Return the time after which a request of `size` bytes is given up, whatever it does."""
        return self.connect_s + self.read_s + size / self.slowest_link


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `told` hears how much of the body has gone."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = _EMPTY
    signer: Signer | None = None
    nonce: str | None = None
    told: Told | None = None


class HttpCarrier:
    """Keeps the promise of `carrier.api.Carrier` over TLS. Safe to share between threads.

    As many requests run at a time as there are lanes. The clock is the till's; what it is off is
    learnt from `server_time` and allowed for in later signatures.
    """

    def __init__(
        self,
        identity: CarrierIdentity,
        device_id: str | None,
        sign: Sign,
        clock: Callable[[], datetime],
        limits: Limits | None = None,
    ) -> None:
        """Prepare to speak for `device_id` (None before enrolment); connects to nothing yet."""
        self._url = identity.url
        self.verifier = Verifier(identity.receipt_keys)
        self._device_id = device_id
        self._sign = sign
        self._clock = clock
        self._limits = limits or Limits()
        self._offset = timedelta(0)
        self._lanes = Lanes(trusted(identity.ca_pem), LANES + _QUESTIONS)
        self.throttle = Throttle(None, time.monotonic)
        #: How far the till's journal has come; the carrier countersigns it with each receipt.
        self.journal_head: Callable[[], JournalHead | None] = lambda: None

    def submit(
        self, packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        """See `Carrier.submit`."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise PacketDamaged(reason="changed")
        sealer = self._enrolled()
        return self._put(packet_id, data, sha256, sealer, told)

    def carry(self, packet_id: RegistrationId, data: bytes, sha256: str, sealer: str) -> Receipt:
        """See `Carrier.carry`."""
        return self._put(packet_id, data, sha256, sealer, None)

    def _put(
        self, packet_id: RegistrationId, data: bytes, sha256: str, sealer: str, told: Told | None
    ) -> Receipt:
        reply = self._ask(
            Call(
                "PUT",
                f"/v1/packets/{packet_id}",
                body=data,
                headers={
                    "Accept": wire.RECEIPT_TYPE,
                    "Content-Type": wire.PACKET_TYPE,
                    "Idempotency-Key": f'"{packet_id}"',
                }
                | self._head(),
                signer=Signer(self._enrolled(), self._sign),
                told=told,
            )
        )
        replies.expect(reply, wire.RECEIPT_TYPE)
        return self.verifier.receipt(reply.body, packet_id, sha256, sealer)

    def begin_upload(
        self, packet_id: RegistrationId, size: int, sha256: str
    ) -> int | Receipt | None:
        """See `Carrier.begin_upload`."""
        headers = {
            "Accept": wire.RECEIPT_TYPE,
            "Repr-Digest": f"sha-256={byte_sequence(bytes.fromhex(sha256))}",
            "Upload-Length": str(size),
        }
        signer = Signer(self._enrolled(), self._sign)
        reply = self._ask(Call("POST", f"/v1/uploads/{packet_id}", headers=headers, signer=signer))
        if replies.not_offered(reply):
            return None
        return self._went(reply, packet_id, sha256, size)

    def upload_offset(self, packet_id: RegistrationId) -> int | None:
        """See `Carrier.upload_offset`."""
        signer = Signer(self._enrolled(), self._sign)
        reply = self._ask(Call("HEAD", f"/v1/uploads/{packet_id}", headers={}, signer=signer))
        return replies.offset_or_none(reply)

    def append(
        self,
        packet_id: RegistrationId,
        offset: int,
        piece: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> int | Receipt:
        """See `Carrier.append`."""
        reply = self._ask(
            Call(
                "PATCH",
                f"/v1/uploads/{packet_id}",
                body=piece,
                headers={
                    "Accept": wire.RECEIPT_TYPE,
                    "Content-Type": wire.PIECE_TYPE,
                    "Upload-Offset": str(offset),
                }
                | self._head(),
                signer=Signer(self._enrolled(), self._sign),
                told=told,
            )
        )
        return self._went(reply, packet_id, sha256, offset + len(piece))

    def _head(self) -> dict[str, str]:
        head = self.journal_head()
        if head is None:
            return {}
        digest = byte_sequence(bytes.fromhex(head.sha256))
        return {"Journal-Head": f"{head.count};sha256={digest}"}

    def _went(
        self, reply: Reply, packet_id: RegistrationId, sha256: str, most: int
    ) -> int | Receipt:
        """Return how far an upload in pieces is, or the receipt that ends it."""
        if reply.media_type == wire.RECEIPT_TYPE:
            return self.verifier.receipt(reply.body, packet_id, sha256, self._enrolled())
        return replies.expect_offset(reply, most)

    def decisions(self, after: int) -> tuple[Decision, ...]:
        """See `Carrier.decisions`."""
        device_id = self._enrolled()
        nonce = _nonce()
        reply = self._ask(
            Call(
                "GET",
                f"/v1/decisions?after={after}",
                headers={"Accept": wire.DECISIONS_TYPE},
                signer=Signer(device_id, self._sign),
                nonce=nonce,
            )
        )
        replies.expect(reply, wire.DECISIONS_TYPE)
        return self.verifier.decisions(reply.body, device_id, after, nonce)

    def server_time(self) -> datetime:
        """See `Carrier.server_time`."""
        nonce = _nonce()
        asked = self._clock()
        reply = self._ask(
            Call("GET", f"/v1/time?nonce={nonce}", headers={"Accept": wire.TIME_TYPE})
        )
        replies.expect(reply, wire.TIME_TYPE)
        now = self.verifier.time(reply.body, nonce)
        self._offset = now - (asked + (self._clock() - asked) / 2)
        return now

    def policy(self, have: int, roots: Iterable[bytes]) -> Published | None:
        """Return the policy pack that is newer than version `have`, None where there is none.

        Raises:
            Problem: as for `decisions`.
        """
        device_id, nonce = self._enrolled(), _nonce()
        reply = self._ask(
            Call(
                "GET",
                f"/v1/policy?have={have}",
                headers={"Accept": published.POLICY_TYPE},
                signer=Signer(device_id, self._sign),
                nonce=nonce,
            )
        )
        replies.expect(reply, published.POLICY_TYPE)
        return published.read_policy(self.verifier, roots, reply.body, device_id, nonce)

    def fetch_invitation(self, token: EnrolmentToken) -> bytes:
        """Return the invitation file that a token stands for, signed by the token's own key.

        Raises:
            InvitationRefused: the carrier does not know the token.
            Problem: as for `decisions`.
        """
        wanted = {"Accept": enrolment_token.INVITATION_TYPE}
        reply = self._ask(Call("GET", f"/v1/enrolment?token={token.token}", wanted))
        replies.expect_invitation(reply, enrolment_token.INVITATION_TYPE)
        return enrolment_token.read_invitation(reply.body, token)

    def enrol(self, invitation: Invitation, device_public_key: bytes) -> str:
        """See `Carrier.enrol`."""
        digest = hashlib.sha256(device_public_key).hexdigest()
        reply = self._ask(
            Call(
                "POST",
                "/v1/devices",
                body=wire.encode(
                    {
                        "v": 1,
                        "token": invitation.token,
                        "device_public_key": wire.base64_text(device_public_key),
                    }
                ),
                headers={"Accept": wire.ENROLMENT_TYPE, "Content-Type": "application/json"},
                signer=Signer(digest, self._sign),
            )
        )
        replies.expect_enrolment(reply)
        return self.verifier.enrolment(reply.body, digest)

    def orders(self, after: int) -> tuple[Order, ...]:
        """Return the carrier's orders to this till with a sequence above `after`.

        Raises:
            Problem: as for `decisions`.
        """
        device_id, nonce = self._enrolled(), _nonce()
        reply = self._ask(
            Call(
                "GET",
                f"/v1/orders?after={after}",
                headers={"Accept": orders.PAGE_TYPE},
                signer=Signer(device_id, self._sign),
                nonce=nonce,
            )
        )
        replies.expect(reply, orders.PAGE_TYPE)
        return orders.read_page(self.verifier, reply.body, device_id, after, nonce)

    def order_done(self, order_id: str, result: str, head: JournalHead | None) -> None:
        """Tell the carrier what became of an order; telling it again is always safe.

        Raises:
            Problem: as for `decisions`.
        """
        device_id, nonce = self._enrolled(), _nonce()
        journal = {"count": head.count, "head": head.sha256} if head else None
        reply = self._ask(
            Call(
                "POST",
                f"/v1/orders/{order_id}/done",
                body=wire.encode({"v": 1, "result": result, "journal": journal}),
                headers={"Accept": orders.DONE_TYPE, "Content-Type": "application/json"},
                signer=Signer(device_id, self._sign),
                nonce=nonce,
            )
        )
        replies.expect(reply, orders.DONE_TYPE)
        orders.read_done(self.verifier, reply.body, device_id, order_id, nonce)

    def hang_up(self) -> None:
        """Give up the request that is under way, so that the program can end at once."""
        self._lanes.cut()

    def close(self) -> None:
        """Close the line for good."""
        self._lanes.close()

    def _enrolled(self) -> str:
        if self._device_id is None:
            raise replies.not_enrolled()
        return self._device_id

    def _ask(self, call: Call) -> Reply:
        url = self._url + call.target
        sent = dict(call.headers)
        if call.body:
            sent["Content-Digest"] = content_digest(call.body)
        if call.signer is not None:
            covered = [(name.lower(), sent[name]) for name in _COVERED if name in sent]
            created = self._clock() + self._offset
            nonce = call.nonce or _nonce()
            sent |= call.signer.headers(call.method, url, covered, created, nonce)
        data = Body(call.body, call.told, self.throttle) if call.body else None
        return self._exchange(
            requests.Request(call.method, url, headers=sent, data=data), len(call.body)
        )

    def _exchange(self, request: requests.Request, size: int) -> Reply:
        if self.throttle.bytes_s is not None:
            size = max(size, size * self._limits.slowest_link // self.throttle.bytes_s)
        timeout = (self._limits.connect_s, self._limits.read_for(size))
        with (
            self._lanes.lent() as lane,
            translated(lane.line),
            lane.line.deadline(self._limits.whole_for(size)),
            lane.session.send(
                lane.session.prepare_request(request),
                stream=True,
                timeout=timeout,
                allow_redirects=False,
            ) as response,
        ):
            return replies.read(response)


def _nonce() -> str:
    return secrets.token_urlsafe(16)
