"""Signs each request with the till's own key, so that the carrier knows who asks (RFC 9421)."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: Signs bytes with the device's Ed25519 key; 64 bytes come back. The key itself stays where it is.
Sign = Callable[[bytes], bytes]

#: Names our kind of signature, so that one made for another purpose cannot be used here.
TAG: Final = "pos-carrier-v1"


@dataclass(frozen=True, slots=True)
class Signer:
    """The till as the carrier knows it: a key id and the means to sign under it."""

    key_id: str
    sign: Sign

    def headers(
        self,
        method: str,
        url: str,
        fields: Sequence[tuple[str, str]],
        created: datetime,
        nonce: str,
    ) -> dict[str, str]:
        """Return `Signature-Input` and `Signature` for a request.

        Covered are the method, the whole target URI and `fields`: (lower-case name, value) pairs
        of headers that the request will carry.
        """
        covered = [("@method", method), ("@target-uri", url), *fields]
        names = " ".join(f'"{name}"' for name, _ in covered)
        parameters = (
            f"({names});created={int(created.timestamp())};"
            f'nonce="{nonce}";keyid="{self.key_id}";alg="ed25519";tag="{TAG}"'
        )
        signature = self.sign(signature_base(covered, parameters))
        return {
            "Signature-Input": f"sig1={parameters}",
            "Signature": f"sig1={byte_sequence(signature)}",
        }


def signature_base(covered: Sequence[tuple[str, str]], parameters: str) -> bytes:
    """Return the bytes that are signed (RFC 9421, section 2.5)."""
    lines = [f'"{name}": {value}' for name, value in covered]
    lines.append(f'"@signature-params": {parameters}')
    return "\n".join(lines).encode("ascii")


def content_digest(body: bytes) -> str:
    """Return the `Content-Digest` of a body (RFC 9530)."""
    return f"sha-256={byte_sequence(hashlib.sha256(body).digest())}"


def byte_sequence(data: bytes) -> str:
    """Return a structured-field byte sequence (RFC 8941): Base64 between colons."""
    return f":{base64.b64encode(data).decode('ascii')}:"
