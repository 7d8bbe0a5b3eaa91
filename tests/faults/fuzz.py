"""Changes what the carrier said in a hundred thousand ways; nothing of it is believed.

`python -m tests.faults.fuzz --count 100000`: receipts, pages of decisions, policies, files of
receipts, enrolment codes, bundles. A change that leaves the signed bytes and the signature as they
are (a blank in the JSON around them) may be believed: it says the same.
"""

import argparse
import base64
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.carrier import receipts_file
from pos_client.carrier.enrolment_token import read_token
from pos_client.carrier.invitation import parse_invitation
from pos_client.carrier.published import read_policy
from pos_client.carrier.receipts import Verifier
from pos_client.model import bundle
from pos_client.model.packet import PacketDamaged
from pos_client.model.packet import parse as parse_packet
from pos_client.model.problems import Problem
from tests.fakes.small_outbox import dice

NOW: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
_ID: Final = "0b0e3f0a-5d0b-4a57-9d3e-2f3c8a5b7c11"
_SHA: Final = "ab" * 32
_ODD: Final = (
    b"\x00", b"\xff", b'"', b"{", b"}", b"[", b"\\", b"\\u0000", b"\\ud800", b"1e999", b"NaN",
    b"null", b"true", b"-1", b"9" * 40, b"[" * 3000, b'{"a":' * 2000, b"\xe6\xa0\xb7", b"=",
    b"2026-13-45",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of word: true bytes, how the client reads it, and what of it was signed."""

    true: bytes
    read: Callable[[bytes], object]
    said: Callable[[object], object]


def kinds() -> dict[str, Kind]:
    """Return every sort of word that comes to a till from outside."""
    key, root = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    verifier = Verifier({"r1": key.public_key().public_bytes_raw()})
    roots = (root.public_key().public_bytes_raw(),)
    receipt = _envelope(key, "r1", _RECEIPT)
    decisions = _envelope(key, "r1", _DECISIONS)
    inner = json.loads(_envelope(root, "root-1", _PACK))
    policy = _envelope(key, "r1", {**_POLICY, "signed": inner})
    file = json.dumps({"v": 1, "type": "receipts", "receipts": [json.loads(receipt)] * 3}).encode()
    return {
        "receipt": Kind(receipt, lambda data: verifier.receipt(data, _ID, _SHA, "till-7"), _same),
        "decisions": Kind(
            decisions, lambda data: verifier.decisions(data, "till-7", 0, "nonce-1"), _same
        ),
        "policy": Kind(
            policy, lambda data: read_policy(verifier, roots, data, "till-7", "nonce-1"), _same
        ),
        "enrolment code": Kind(_code(root), lambda data: read_token(data, NOW), _same),
        "file of receipts": Kind(
            file, lambda data: frozenset(receipts_file.read(data, verifier)[0]), _same
        ),
    }


def _same(found: object) -> object:
    return found


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return the bytes with one to four changes of the kinds that lines and people make."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(changed)) if changed else 0
        deed = rng.randrange(7)
        if deed == 0 and changed:
            changed[place] ^= 1 << rng.randrange(8)
        elif deed == 1:
            changed[place:place] = rng.choice(_ODD)
        elif deed == 2:
            del changed[place : place + rng.randint(1, 40)]
        elif deed == 3:
            changed[place:place] = changed[place : place + rng.randint(1, 60)]
        elif deed == 4:
            del changed[place:]
        elif deed == 5:
            _within(changed, rng)
        else:
            changed[place : place + 1] = bytes([rng.randrange(32, 127)])
    return bytes(changed)


def _within(changed: bytearray, rng: random.Random) -> None:
    """Change a value inside the signed message, and pack it as if nothing had happened."""
    try:
        envelope: Any = json.loads(changed)
        message = json.loads(base64.b64decode(envelope["message"]))
        name = rng.choice(sorted(message))
        message[name] = rng.choice([None, True, 0, -1, "", "x" * 99, [], {}, 2**70, message])
        packed = json.dumps(message, default=str).encode()
        envelope["message"] = base64.b64encode(packed).decode()
        changed[:] = json.dumps(envelope).encode()
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        changed += b" "


@dataclass
class Told:
    """What became of the changed words; the last two have to stay nought."""

    refused: Counter[str]
    unchanged: int = 0
    believed: int = 0
    crashed: int = 0


def run(count: int, seed: int = 1) -> dict[str, Told]:
    """Change each kind of word `count` times in all, and read it."""
    rng = dice(seed)
    found: dict[str, Told] = {}
    sorts = kinds()
    for name, kind in sorts.items():
        told = found[name] = Told(Counter())
        true = kind.said(kind.read(kind.true))
        for _ in range(count // len(sorts)):
            _one(kind, true, mutated(kind.true, rng), told)
    return found


def _one(kind: Kind, true: object, data: bytes, told: Told) -> None:
    try:
        said = kind.said(kind.read(data))
    except Problem as problem:
        told.refused[problem.code] += 1
    except Exception as bug:  # noqa: BLE001 - what must never come out is what is looked for
        told.crashed += 1
        sys.stderr.write(f"{type(bug).__name__}: {bug}\n")
    else:
        fine = said == true or (isinstance(true, frozenset) and said <= true)  # type: ignore[operator]  # both are sets
        told.unchanged += fine
        told.believed += not fine


def bundles(count: int, seed: int = 2) -> int:
    """Read so many changed bundles and invitations; return how many ended in anything odd."""
    rng, odd = dice(seed), 0
    stick = io.BytesIO()
    bundle.write(stick, [bytes(range(256)) * 8, b"POSPKT1\n" + bytes(300)])
    for _ in range(count):
        data = mutated(stick.getvalue(), rng)
        try:
            for packet in bundle.read(io.BytesIO(data)):
                parse_packet(packet)
            parse_invitation(data)
        except (bundle.BundleCut, PacketDamaged, Problem):
            continue
        except Exception:  # noqa: BLE001 - as above
            odd += 1
    return odd


def _envelope(key: Ed25519PrivateKey, kid: str, said: dict[str, Any]) -> bytes:
    message = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return json.dumps(
        {
            "message": base64.b64encode(message).decode(),
            "signature": base64.b64encode(key.sign(message)).decode(),
            "kid": kid,
        }
    ).encode()


def _code(root: Ed25519PrivateKey) -> bytes:
    public = base64.b64encode(root.public_key().public_bytes_raw()).decode()
    message = json.dumps({**_TOKEN, "root_key": public}, sort_keys=True).encode()
    both = (base64.urlsafe_b64encode(part).decode() for part in (message, root.sign(message)))
    return ("POSENROL1." + ".".join(part.rstrip("=") for part in both)).encode()


_RECEIPT: Final = {
    "v": 1, "type": "receipt", "packet_id": _ID, "packet_sha256": _SHA, "device_id": "till-7",
    "carrier_ref": "SC-1", "duplicate": False, "received_at": "2026-03-02T12:00:40Z", "counter": 1,
}  # fmt: skip
_DECISIONS: Final = {
    "v": 1, "type": "decisions", "device_id": "till-7", "after": 0, "nonce": "nonce-1",
    "issued_at": "2026-03-02T12:01:00Z",
    "decisions": [{
        "sequence": 1, "packet_id": _ID, "outcome": "returned", "reason": "side_unreadable",
        "about": "portrait", "decided_at": "2026-03-02T12:00:41Z",
    }],
}  # fmt: skip
_PACK: Final = {
    "v": 1, "type": "policy_pack", "version": 3, "signed_at": "2026-03-01T00:00:00Z",
    "pack": {"id": "test"}, "config": {},
}  # fmt: skip
_POLICY: Final = {
    "v": 1, "type": "policy", "device_id": "till-7", "nonce": "nonce-1",
    "issued_at": "2026-03-02T12:01:00Z", "version": 3,
}  # fmt: skip
_TOKEN: Final = {
    "v": 1, "type": "enrolment_token", "url": "https://carrier.example", "token": "abc-123",
    "ca": None, "expires_at": "2026-03-09T12:00:00Z",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print what happened; 0 only where nothing was believed and nothing crashed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    found = run(options.count, options.seed)
    odd = bundles(options.count // 5, options.seed)
    write = sys.stdout.write
    write(
        "| changed words | refused | say the same | believed | crashed |\n|---|--:|--:|--:|--:|\n"
    )
    for name, told in found.items():
        refused = told.refused.total()
        write(f"| {name} | {refused} | {told.unchanged} | {told.believed} | {told.crashed} |\n")
    write(f"| bundle, invitation | {options.count // 5 - odd} | – | – | {odd} |\n")
    bad = odd + sum(told.believed + told.crashed for told in found.values())
    return 0 if bad == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
