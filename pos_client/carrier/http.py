"""Speaks to the carrier over HTTPS, believing nothing that is not signed by it."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Final

import requests

from pos_client.carrier import replies, wire
from pos_client.carrier.faults import translated
from pos_client.carrier.line import Line, LineAdapter, trusted
from pos_client.carrier.receipts import Verifier
from pos_client.carrier.replies import Reply
from pos_client.carrier.signing import Sign, Signer, content_digest
from pos_client.model.enrolment import CarrierIdentity, Invitation
from pos_client.model.packet import PacketDamaged
from pos_client.model.receipt import Decision, Receipt
from pos_client.model.registration import RegistrationId

_EMPTY: Final = b""
#: Headers a signature covers wherever they are sent.
_COVERED: Final = ("Content-Digest", "Content-Type", "Idempotency-Key")


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


class HttpCarrier:
    """Keeps the promise of `carrier.api.Carrier` over TLS. Safe to share between threads.

    One request runs at a time. The clock is the till's; what it is off is learnt from
    `server_time` and allowed for in later signatures.
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
        self._verifier = Verifier(identity.receipt_keys)
        self._device_id = device_id
        self._sign = sign
        self._clock = clock
        self._limits = limits or Limits()
        self._offset = timedelta(0)
        self._line = Line()
        self._lock = threading.Lock()
        self._session = _session(LineAdapter(trusted(identity.ca_pem), self._line))

    def submit(self, packet_id: RegistrationId, data: bytes, sha256: str) -> Receipt:
        """See `Carrier.submit`."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise PacketDamaged(reason="changed")
        device_id = self._enrolled()
        reply = self._ask(
            "PUT",
            f"/v1/packets/{packet_id}",
            body=data,
            headers={
                "Accept": wire.RECEIPT_TYPE,
                "Content-Type": wire.PACKET_TYPE,
                "Idempotency-Key": f'"{packet_id}"',
            },
            signer=Signer(device_id, self._sign),
        )
        replies.expect(reply, wire.RECEIPT_TYPE)
        return self._verifier.receipt(reply.body, packet_id, sha256, device_id)

    def decisions(self, after: int) -> tuple[Decision, ...]:
        """See `Carrier.decisions`."""
        device_id = self._enrolled()
        nonce = _nonce()
        reply = self._ask(
            "GET",
            f"/v1/decisions?after={after}",
            headers={"Accept": wire.DECISIONS_TYPE},
            signer=Signer(device_id, self._sign),
            nonce=nonce,
        )
        replies.expect(reply, wire.DECISIONS_TYPE)
        return self._verifier.decisions(reply.body, device_id, after, nonce)

    def server_time(self) -> datetime:
        """See `Carrier.server_time`."""
        nonce = _nonce()
        asked = self._clock()
        reply = self._ask("GET", f"/v1/time?nonce={nonce}", headers={"Accept": wire.TIME_TYPE})
        replies.expect(reply, wire.TIME_TYPE)
        now = self._verifier.time(reply.body, nonce)
        self._offset = now - (asked + (self._clock() - asked) / 2)
        return now

    def enrol(self, invitation: Invitation, device_public_key: bytes) -> str:
        """See `Carrier.enrol`."""
        digest = hashlib.sha256(device_public_key).hexdigest()
        reply = self._ask(
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
        replies.expect_enrolment(reply)
        return self._verifier.enrolment(reply.body, digest)

    def hang_up(self) -> None:
        """Give up the request that is under way, so that the program can end at once."""
        self._line.cut()

    def close(self) -> None:
        """Close the line for good."""
        self._line.cut()
        with self._lock:
            self._session.close()

    def _enrolled(self) -> str:
        if self._device_id is None:
            raise replies.not_enrolled()
        return self._device_id

    def _ask(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str],
        body: bytes = _EMPTY,
        signer: Signer | None = None,
        nonce: str | None = None,
    ) -> Reply:
        url = self._url + target
        sent = dict(headers)
        if body:
            sent["Content-Digest"] = content_digest(body)
        if signer is not None:
            covered = [(name.lower(), sent[name]) for name in _COVERED if name in sent]
            created = self._clock() + self._offset
            sent |= signer.headers(method, url, covered, created, nonce or _nonce())
        return self._exchange(requests.Request(method, url, headers=sent, data=body or None))

    def _exchange(self, request: requests.Request) -> Reply:
        size = len(request.data) if isinstance(request.data, bytes) else 0
        timeout = (self._limits.connect_s, self._limits.read_for(size))
        with (
            self._lock,
            translated(self._line),
            self._line.deadline(self._limits.whole_for(size)),
            self._session.send(
                self._session.prepare_request(request),
                stream=True,
                timeout=timeout,
                allow_redirects=False,
            ) as response,
        ):
            return replies.read(response)


def _session(adapter: LineAdapter) -> requests.Session:
    session = requests.Session()
    # No passwords from ~/.netrc, no proxies and no certificate bundles from the environment.
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.adapters.clear()
    session.mount("https://", adapter)
    session.headers["Accept-Encoding"] = "identity"
    session.headers["User-Agent"] = "pos-client"
    return session


def _nonce() -> str:
    return secrets.token_urlsafe(16)
