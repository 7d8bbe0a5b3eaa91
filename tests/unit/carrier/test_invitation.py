"""Reading a carrier's invitation: whole and plausible, or not at all."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.carrier.invitation import parse_invitation
from pos_client.carrier.problems import InvitationDamaged

CARRIER: dict[str, Any] = {
    "name": "Muster Mobile",
    "url": "https://carrier.example:8443",
    "seal_kid": "seal-1",
    "seal_key": base64.b64encode(bytes(1216)).decode(),
    "receipt_keys": {"receipt-1": base64.b64encode(bytes(32)).decode()},
    "ca_pem": None,
}
INVITATION: dict[str, Any] = {
    "v": 1,
    "type": "pos-invitation",
    "carrier": CARRIER,
    "token": "abc-DEF_123",
    "outlet": "营业厅 001",
    "dealers": ["Dealer A", "Dealer B"],
    "policy": "strict",
}


def written(said: object) -> bytes:
    """Return it as a file."""
    return json.dumps(said).encode()


def test_an_invitation_is_read_whole() -> None:
    invitation = parse_invitation(written(INVITATION))
    assert invitation.carrier.url == "https://carrier.example:8443"
    assert invitation.carrier.receipt_keys == {"receipt-1": bytes(32)}
    assert (invitation.outlet, invitation.dealers) == ("营业厅 001", ("Dealer A", "Dealer B"))
    assert invitation.policy == "strict"
    assert "abc-DEF" not in repr(invitation)


@pytest.mark.parametrize(
    "url",
    [
        "http://carrier.example",
        "https://",
        "https://carrier.example/",
        "https://carrier.example/path",
        "https://carrier.example?x=1",
        "https://carrier.example#x",
        "https://user:pass@carrier.example",
        "https://carrier.example:99999",
        "https://carrier.example:0",
        "https://carrier.example:port",
        "https://[::1",
        "https://carr\u0131er.example",
        "file:///etc/passwd",
        "HTTPS://carrier.example",
        "https://Carrier.example",
        "https://carrier.example:443",
        " https://carrier.example",
        7,
    ],
)
def test_an_address_that_is_not_plainly_https_is_refused(url: object) -> None:
    with pytest.raises(InvitationDamaged):
        parse_invitation(written({**INVITATION, "carrier": {**CARRIER, "url": url}}))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("v", 2),
        ("v", True),
        ("type", "pos-receipt"),
        ("token", ""),
        ("token", "a b"),
        ("outlet", " "),
        ("outlet", "a\nb"),
        ("outlet", "x" * 101),
        ("dealers", "Dealer A"),
        ("dealers", ["x"] * 17),
        ("dealers", [1]),
        ("policy", "lenient"),
        ("carrier", None),
        ("more", 1),
    ],
)
def test_a_part_that_is_not_plausible_is_refused(part: str, value: object) -> None:
    with pytest.raises(InvitationDamaged):
        parse_invitation(written({**INVITATION, part: value}))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("seal_key", base64.b64encode(bytes(1215)).decode()),
        ("seal_key", base64.urlsafe_b64encode(b"\xff" * 1216).decode()),
        ("seal_kid", "two words"),
        ("receipt_keys", {}),
        ("receipt_keys", []),
        ("receipt_keys", {"receipt-1": "AAAA"}),
        ("receipt_keys", {"a b": CARRIER["receipt_keys"]["receipt-1"]}),
        ("ca_pem", "not a certificate"),
        ("ca_pem", 5),
        ("name", ""),
        ("more", 1),
    ],
)
def test_a_carrier_that_is_not_plausible_is_refused(part: str, value: object) -> None:
    with pytest.raises(InvitationDamaged):
        parse_invitation(written({**INVITATION, "carrier": {**CARRIER, part: value}}))


def test_a_file_that_is_something_else_is_refused() -> None:
    for data in (b"", b"\x89PNG\r\n", b"[]", b"[" * 50_000, b" " * 70_000, b"\xff\xfe"):
        with pytest.raises(InvitationDamaged):
            parse_invitation(data)


@given(st.integers(0, len(written(INVITATION)) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_never_crashes_the_till(at: int, put: bytes) -> None:
    whole = written(INVITATION)
    for mutant in (whole[:at], whole[:at] + put + whole[at + 1 :]):
        try:
            parse_invitation(mutant)
        except InvitationDamaged:
            continue
