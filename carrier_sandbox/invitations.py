"""The file a carrier gives to a new till: who the carrier is, and a token for one enrolment."""

import base64
import json
from typing import Final

from carrier_sandbox.keys import Keys
from carrier_sandbox.store import Invited

NAME: Final = "Sandbox Mobile"


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
