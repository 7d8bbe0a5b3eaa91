"""The carrier's word: a message, its exact bytes, and the carrier's signature under them."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def canonical(said: dict[str, Any]) -> bytes:
    """Return JSON in the one spelling that is signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def envelope(said: dict[str, Any], key: Ed25519PrivateKey, kid: str) -> bytes:
    """Return the message `said` with its signature, as it goes over the line."""
    message = canonical({"v": 1, **said})
    return json.dumps(
        {
            "message": base64.b64encode(message).decode(),
            "signature": base64.b64encode(key.sign(message)).decode(),
            "kid": kid,
        }
    ).encode()
