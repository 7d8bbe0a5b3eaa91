"""What counts as the carrier's word: one signature, one packet, one till; nothing else does."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pos_client.carrier.problems import NotAReceipt, ReceiptForged
from pos_client.carrier.receipts import Verifier
from pos_client.model.receipt import Outcome

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PACKET = "0b0e3f0a-5d0b-4a57-9d3e-2f3c8a5b7c11"
SHA = "ab" * 32
TILL = "till-7"
VERIFIER = Verifier({"receipt-1": KEY.public_key().public_bytes_raw()})
RECEIPT: dict[str, Any] = {
    "v": 1,
    "type": "receipt",
    "packet_id": PACKET,
    "packet_sha256": SHA,
    "device_id": TILL,
    "carrier_ref": "SC-00000001",
    "duplicate": False,
    "received_at": "2026-03-02T12:00:00.250000Z",
    "counter": 5,
}
DECISION: dict[str, Any] = {
    "sequence": 8,
    "packet_id": PACKET,
    "outcome": "returned",
    "reason": "side_unreadable",
    "about": "portrait",
    "decided_at": "2026-03-02T12:00:05Z",
}


def signed(said: object, key: Ed25519PrivateKey = KEY, kid: str = "receipt-1") -> bytes:
    """Return an answer that says this, signed."""
    message = said if isinstance(said, bytes) else json.dumps(said).encode()
    return envelope(message, key.sign(message), kid)


def envelope(message: bytes, signature: bytes, kid: str = "receipt-1") -> bytes:
    """Return an answer with these parts."""
    return json.dumps(
        {
            "message": base64.b64encode(message).decode(),
            "signature": base64.b64encode(signature).decode(),
            "kid": kid,
        }
    ).encode()


def decisions(*entries: dict[str, Any], **changed: object) -> bytes:
    """Return a signed page of decisions."""
    said = {
        "v": 1,
        "type": "decisions",
        "device_id": TILL,
        "after": 7,
        "nonce": "n",
        "issued_at": "2026-03-02T12:00:06Z",
        "decisions": list(entries),
    }
    return signed({**said, **changed})


def test_a_signed_receipt_for_this_packet_is_believed_and_kept_byte_by_byte() -> None:
    receipt = VERIFIER.receipt(signed(RECEIPT), PACKET, SHA, TILL)
    assert receipt.carrier_ref == "SC-00000001"
    assert receipt.received_at.isoformat() == "2026-03-02T12:00:00.250000+00:00"
    assert receipt.message == json.dumps(RECEIPT).encode()
    KEY.public_key().verify(receipt.signature, receipt.message)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("0b0e3f0a-5d0b-4a57-9d3e-2f3c8a5b7c12", SHA, TILL), "packet_id"),
        ((PACKET, "cd" * 32, TILL), "packet_sha256"),
        ((PACKET, SHA, "till-8"), "device_id"),
    ],
)
def test_a_receipt_for_something_else_is_a_forgery(
    asked: tuple[str, str, str], reason: str
) -> None:
    with pytest.raises(ReceiptForged) as caught:
        VERIFIER.receipt(signed(RECEIPT), *asked)
    assert caught.value.values["reason"] == reason


def test_a_receipt_of_another_key_or_under_an_unknown_key_id_is_a_forgery() -> None:
    other = Ed25519PrivateKey.generate()
    with pytest.raises(ReceiptForged):
        VERIFIER.receipt(signed(RECEIPT, key=other), PACKET, SHA, TILL)
    with pytest.raises(ReceiptForged):
        VERIFIER.receipt(signed(RECEIPT, kid="receipt-2"), PACKET, SHA, TILL)


def test_one_signed_answer_cannot_stand_for_another_kind() -> None:
    with pytest.raises(NotAReceipt):
        VERIFIER.receipt(decisions(), PACKET, SHA, TILL)
    with pytest.raises(ReceiptForged) as caught:
        VERIFIER.receipt(signed({**RECEIPT, "type": "draft"}), PACKET, SHA, TILL)
    assert caught.value.values["reason"] == "type"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("v", 2),
        ("v", True),
        ("v", "1"),
        ("packet_id", PACKET.upper()),
        ("packet_id", f"{PACKET}\n"),
        ("packet_sha256", SHA.upper()),
        ("packet_sha256", None),
        ("device_id", "till 7"),
        ("carrier_ref", ""),
        ("carrier_ref", "x" * 65),
        ("carrier_ref", "<b>"),
        ("duplicate", 0),
        ("duplicate", "false"),
        ("received_at", "2026-03-02T12:00:00"),
        ("received_at", "2026-03-02T12:00:00+08:00"),
        ("received_at", "2026-13-02T12:00:00Z"),
        ("received_at", 1772452800),
        ("counter", 0),
        ("counter", -1),
        ("counter", True),
        ("counter", 1.0),
        ("counter", 2**63),
    ],
)
def test_even_a_signed_receipt_must_have_the_agreed_shape(name: str, value: object) -> None:
    with pytest.raises(NotAReceipt):
        VERIFIER.receipt(signed({**RECEIPT, name: value}), PACKET, SHA, TILL)


def test_a_key_too_many_or_too_few_or_twice_is_not_the_agreed_shape() -> None:
    few = {name: value for name, value in RECEIPT.items() if name != "counter"}
    twice = json.dumps(RECEIPT).replace('"v": 1', '"v": 1, "v": 1').encode()
    odd: tuple[object, ...] = ({**RECEIPT, "more": 1}, few, twice, [], None, b"{", b"\xff")
    for said in odd:
        with pytest.raises(NotAReceipt):
            VERIFIER.receipt(signed(said), PACKET, SHA, TILL)


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[" * 60_000,
        b'{"message": ' + b"1" * 60_000 + b"}",
        b'{"message": NaN, "signature": "", "kid": ""}',
        b'{"message": "", "signature": "", "kid": ""}',
        json.dumps({**json.loads(signed(RECEIPT)), "more": ""}).encode(),
        signed(RECEIPT).replace(b'"kid"', b'"kid": "x", "kid"'),
        envelope(b"", bytes(63)),
        envelope(json.dumps(RECEIPT).encode(), b""),
        signed(RECEIPT).replace(b'="', b'=\\n"'),
        signed(RECEIPT).decode().encode("utf-16"),
    ],
    ids=range(14),
)
def test_what_is_no_envelope_is_no_receipt(reply: bytes) -> None:
    with pytest.raises(NotAReceipt):
        VERIFIER.receipt(reply, PACKET, SHA, TILL)


@given(st.data())
def test_no_mutant_of_a_receipt_says_anything_the_carrier_did_not_sign(data: st.DataObject) -> None:
    true = signed(RECEIPT)
    mutant = bytearray(true)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(mutant) - 1))
        what = data.draw(st.sampled_from(["flip", "cut", "add", "swap"]))
        if what == "flip":
            mutant[at] ^= 1 << data.draw(st.integers(0, 7))
        elif what == "cut":
            del mutant[at : at + data.draw(st.integers(1, 9))]
        elif what == "add":
            mutant[at:at] = data.draw(st.binary(min_size=1, max_size=9))
        else:
            other = data.draw(st.integers(0, len(mutant) - 1))
            mutant[at], mutant[other] = mutant[other], mutant[at]
        if not mutant:
            return
    try:
        receipt = VERIFIER.receipt(bytes(mutant), PACKET, SHA, TILL)
    except NotAReceipt:
        return
    assert receipt == VERIFIER.receipt(true, PACKET, SHA, TILL)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=9))
def test_no_signed_nonsense_gets_through(value: object) -> None:
    for name, true in RECEIPT.items():
        if value == true or (name == "counter" and type(value) is int):
            continue
        if name in {"carrier_ref", "duplicate"} and isinstance(value, str | bool):
            continue
        with pytest.raises(NotAReceipt):
            VERIFIER.receipt(signed({**RECEIPT, name: value}), PACKET, SHA, TILL)


def test_a_page_of_decisions_is_read_in_its_order() -> None:
    page = decisions(DECISION, {**DECISION, "sequence": 9, "reason": None, "about": None})
    first, second = VERIFIER.decisions(page, TILL, 7, "n")
    assert (first.sequence, first.outcome, first.reason) == (8, Outcome.RETURNED, "side_unreadable")
    assert (second.sequence, second.about) == (9, None)


@pytest.mark.parametrize(
    "changed",
    [{"device_id": "till-8"}, {"after": 6}, {"after": "7"}, {"nonce": "of yesterday"}],
)
def test_a_page_for_another_question_is_a_forgery(changed: dict[str, object]) -> None:
    with pytest.raises(ReceiptForged):
        VERIFIER.decisions(decisions(DECISION, **changed), TILL, 7, "n")


@pytest.mark.parametrize("sequences", [(7,), (8, 8), (9, 8), (0,)])
def test_a_feed_never_runs_backwards(sequences: tuple[int, ...]) -> None:
    page = decisions(*({**DECISION, "sequence": sequence} for sequence in sequences))
    with pytest.raises(NotAReceipt):
        VERIFIER.decisions(page, TILL, 7, "n")


@pytest.mark.parametrize(
    "entry",
    [
        {**DECISION, "outcome": "perhaps"},
        {**DECISION, "reason": "two words"},
        {**DECISION, "more": 1},
        {"sequence": 8},
    ],
)
def test_a_decision_of_another_shape_is_refused_with_its_page(entry: dict[str, Any]) -> None:
    with pytest.raises(NotAReceipt):
        VERIFIER.decisions(decisions(entry), TILL, 7, "n")
    with pytest.raises(NotAReceipt):
        VERIFIER.decisions(decisions(decisions=entry), TILL, 7, "n")


def test_the_time_is_believed_only_for_the_nonce_that_asked() -> None:
    reply = signed({"v": 1, "type": "time", "nonce": "n", "now": "2026-03-02T12:00:00Z"})
    assert VERIFIER.time(reply, "n").isoformat() == "2026-03-02T12:00:00+00:00"
    with pytest.raises(ReceiptForged):
        VERIFIER.time(reply, "m")


def test_an_enrolment_is_believed_only_for_the_key_that_asked() -> None:
    said = {"v": 1, "type": "enrolment", "device_id": TILL, "device_public_key_sha256": SHA}
    assert VERIFIER.enrolment(signed(said), SHA) == TILL
    with pytest.raises(ReceiptForged):
        VERIFIER.enrolment(signed(said), "cd" * 32)
