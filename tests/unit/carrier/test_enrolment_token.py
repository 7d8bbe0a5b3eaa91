"""A QR code invites a till only if its own key signed every part of it, and it is in time."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.carrier.enrolment_token import looks_like_token, read_invitation, read_token
from pos_client.carrier.problems import InvitationDamaged, InvitationRefused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROOT = Ed25519PrivateKey.generate()


def token(key: Ed25519PrivateKey = ROOT, changed: dict[str, object] | None = None) -> bytes:
    """Return a token as a carrier makes it, but for what is changed."""
    said: dict[str, object] = {
        "v": 1,
        "type": "enrolment_token",
        "url": "https://carrier.example",
        "token": "abc-123",
        "root_key": base64.b64encode(ROOT.public_key().public_bytes_raw()).decode(),
        "ca": None,
        "expires_at": (NOON + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
        **(changed or {}),
    }
    message = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    parts = (
        base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (message, key.sign(message))
    )
    return ("POSENROL1." + ".".join(parts)).encode()


def test_a_true_token_says_where_the_carrier_is() -> None:
    read = read_token(token() + b"\r\n", NOON)
    assert (read.url, read.token, read.ca_pem) == ("https://carrier.example", "abc-123", None)
    assert "abc-123" not in repr(read)
    assert looks_like_token(token())
    assert not looks_like_token(b'{"v": 1}')


@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"v": True},
        {"type": "receipt"},
        {"url": "http://carrier.example"},
        {"url": "https://user@carrier.example"},
        {"ca": "not base64"},
        {"expires_at": "tomorrow"},
        {"more": 1},
        {"token": "with a space"},
    ],
)
def test_a_token_of_another_shape_is_refused_although_it_is_signed(
    changed: dict[str, object],
) -> None:
    with pytest.raises(InvitationDamaged):
        read_token(token(changed=changed), NOON)


def test_a_token_signed_by_another_key_than_it_names_is_refused() -> None:
    with pytest.raises(InvitationDamaged):
        read_token(token(Ed25519PrivateKey.generate()), NOON)


def test_every_changed_character_is_noticed() -> None:
    good = token()
    for place in range(len(b"POSENROL1."), len(good)):
        changed = bytearray(good)
        changed[place] = ord("A") if good[place] != ord("A") else ord("B")
        with pytest.raises(InvitationDamaged):
            read_token(bytes(changed), NOON)


def test_an_old_token_is_refused_in_words() -> None:
    with pytest.raises(InvitationRefused):
        read_token(token(), NOON + timedelta(days=2))


def test_an_invitation_is_believed_only_from_the_tokens_own_key() -> None:
    read = read_token(token(), NOON)
    message = json.dumps({"v": 1, "type": "invitation", "token_sha256": "0" * 64, "invitation": {}})
    for key in (ROOT, Ed25519PrivateKey.generate()):
        envelope = {
            "message": base64.b64encode(message.encode()).decode(),
            "signature": base64.b64encode(key.sign(message.encode())).decode(),
            "kid": "root-1",
        }
        with pytest.raises(InvitationDamaged):
            read_invitation(json.dumps(envelope).encode(), read)
