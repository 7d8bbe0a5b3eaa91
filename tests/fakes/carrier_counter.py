"""A carrier that serves nobody: its office, its clock and a till at the counter, no network."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from carrier_sandbox.office import Office
from carrier_sandbox.root import as_file
from carrier_sandbox.signatures import SignedRequest
from pos_client.carrier import wire
from pos_client.carrier.invitation import parse_invitation
from pos_client.carrier.receipts import Verifier
from pos_client.carrier.signing import Signer, content_digest
from pos_client.model.receipt import Receipt
from tests.fakes.sandbox_till import Sample, SandboxTill

URL = "https://carrier.example"


@dataclass
class Counter:
    """An office with a clock one can set, and the till at its counter."""

    office: Office
    now: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)
    asked: int = 0

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def till(self) -> SandboxTill:
        """Invite a till and enrol it."""
        invited = self.office.invite("Outlet 001", ("Dealer A",), "strict")
        data = as_file(invited, self.office.keys, URL, None)
        till = SandboxTill(parse_invitation(data))
        body = wire.encode(
            {
                "v": 1,
                "token": till.invitation.token,
                "device_public_key": wire.base64_text(till.public),
            }
        )
        digest = hashlib.sha256(till.public).hexdigest()
        request = self.signed(till, "POST", "/v1/devices", body, key_id=digest)
        till.device_id = self.verifier.enrolment(self.office.enrol(request), digest)
        return till

    def signed(
        self, till: SandboxTill, method: str, target: str, body: bytes, key_id: str | None = None
    ) -> SignedRequest:
        """Return a request as the till signs it."""
        self.asked += 1
        fields = {"content-digest": content_digest(body)} if body else {}
        signer = Signer(key_id or till.device_id, till.key.sign)
        signature = signer.headers(
            method, URL + target, list(fields.items()), self.now, f"nonce-{self.asked}"
        )
        headers = fields | {name.lower(): value for name, value in signature.items()}
        return SignedRequest(method, URL + target, headers, body)

    def upload(self, till: SandboxTill, sample: Sample) -> SignedRequest:
        """Return the request that hands over a packet."""
        return self.signed(till, "PUT", f"/v1/packets/{sample.id}", sample.data)

    def send(self, till: SandboxTill, sample: Sample) -> Receipt:
        """Hand over a packet and return the verified receipt."""
        reply = self.office.take_in(sample.id, self.upload(till, sample))
        return self.verifier.receipt(reply, sample.id, sample.sha256, till.device_id)

    @property
    def verifier(self) -> Verifier:
        """What a till believes from this carrier."""
        return Verifier({self.office.keys.receipt_kid: self.office.keys.receipt_public})
