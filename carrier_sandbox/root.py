"""What the carrier's root key signs, away from the servers: policies, key lists, invitations."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from carrier_sandbox import seal
from carrier_sandbox.books import Invited, stamp
from carrier_sandbox.keys import Keys, root_kid

NAME: Final = "Sandbox Mobile"
TOKEN_LIFE: Final = timedelta(days=7)


class NoRootKey(Exception):
    """This home folder holds no root key: it is kept elsewhere."""


class Root:
    """Signs with the root key of a home folder."""

    def __init__(self, keys: Keys) -> None:
        """Take the key.

        Raises:
            NoRootKey: it is not here.
        """
        if keys.root is None:
            raise NoRootKey
        self._key = keys.root
        self._keys = keys
        self.public = keys.root.public_key().public_bytes_raw()
        self.kid = root_kid(self.public)

    def policy(
        self, version: int, pack: dict[str, Any], config: dict[str, Any], now: datetime
    ) -> bytes:
        """Sign a policy pack and a configuration under a version."""
        said = {"type": "policy_pack", "version": version, "signed_at": stamp(now)}
        return self._signed({**said, "pack": pack, "config": config})

    def key_manifest(self, version: int, now: datetime) -> bytes:
        """Sign the list of keys tills are to know."""
        said = {"type": "key_manifest", "version": version, "signed_at": stamp(now)}
        return self._signed({**said, **self._keys.manifest(self.public)})

    def invitation(self, invited: Invited, url: str, ca_pem: str | None) -> bytes:
        """Sign an invitation, bound to its token without repeating it in the clear."""
        return self._signed(
            {
                "type": "invitation",
                "token_sha256": hashlib.sha256(invited.token.encode()).hexdigest(),
                "invitation": json.loads(as_file(invited, self._keys, url, ca_pem)),
            }
        )

    def token(self, invited: Invited, url: str, ca_pem: str | None, now: datetime) -> str:
        """Return the enrolment token as text, short enough to be shown as a QR code."""
        message = seal.canonical(
            {
                "v": 1,
                "type": "enrolment_token",
                "url": url,
                "token": invited.token,
                "root_key": base64.b64encode(self.public).decode(),
                "ca": None if ca_pem is None else base64.b64encode(_der(ca_pem)).decode(),
                "expires_at": stamp(now + TOKEN_LIFE),
            }
        )
        return f"POSENROL1.{_url_safe(message)}.{_url_safe(self._key.sign(message))}"

    def _signed(self, said: dict[str, Any]) -> bytes:
        return seal.envelope(said, self._key, self.kid)


def as_file(invited: Invited, keys: Keys, url: str, ca_pem: str | None) -> bytes:
    """Return the invitation as JSON; `ca_pem` None where tills trust the system's authorities."""
    said = {
        "v": 1,
        "type": "pos-invitation",
        "carrier": {
            "name": NAME,
            "url": url,
            "seal_kid": keys.seal_kid,
            "seal_key": base64.b64encode(keys.seal_public).decode(),
            "receipt_keys": {keys.receipt_kid: base64.b64encode(keys.receipt_public).decode()},
            "ca_pem": ca_pem,
        },
        "token": invited.token,
        "outlet": invited.outlet,
        "dealers": list(invited.dealers),
        "policy": invited.policy,
    }
    return json.dumps(said, indent=2, ensure_ascii=False).encode() + b"\n"


def _der(pem: str) -> bytes:
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


def _url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
