"""Sealed for the carrier alone: bound to its header, signed, and silent about the customer."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model import packet
from pos_client.model.document import Side
from pos_client.model.packet import PacketDamaged
from pos_client.model.row import RowState
from pos_client.registration import record, record_codec
from pos_client.registration.policy import load_policy
from pos_client.registration.problems import CarrierKeyUnusable, NotComplete, RecordTooLarge
from pos_client.registration.receipt import customer_receipt
from pos_client.registration.seal import ChainLink, SealKey, seal
from tests.unit.registration import visit

if TYPE_CHECKING:
    from pos_client.model.registration import Registration
    from pos_client.model.row import SealedPacket

POLICY = load_policy("training")
DEVICE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MLKEM = MLKEM768PrivateKey.generate()
X25519 = X25519PrivateKey.generate()
CARRIER_KEY = MLKEM768X25519PrivateKey(MLKEM, X25519)
PUBLIC = MLKEM.public_key().public_bytes_raw() + X25519.public_key().public_bytes_raw()
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
LINK = ChainLink(3, "ab" * 32)


def registration() -> Registration:
    draft = visit.typed(visit.identified(), "address", "上海市样本路2号")
    draft = visit.finished(draft, POLICY)
    return record.complete(visit.case(draft), visit.CHANNEL, visit.DEVICE, visit.TIMES)


def sealed(found: Registration | None = None) -> SealedPacket:
    return seal(found or registration(), SealKey("seal-1", PUBLIC), LINK, DEVICE_KEY.sign)


def opened(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Verify and open a packet as a carrier does."""
    parts = packet.parse(data)
    DEVICE_KEY.public_key().verify(parts.signature, parts.signed_digest)
    plain = SUITE.decrypt(parts.ciphertext, CARRIER_KEY, info=parts.header_bytes)
    (length,) = struct.unpack(">I", plain[:4])
    said = json.loads(plain[4 : 4 + length])
    assert isinstance(said, dict)
    return said, plain[4 + length :]


def test_an_incomplete_draft_becomes_no_record_and_says_which_rules() -> None:
    with pytest.raises(NotComplete) as caught:
        record.complete(visit.case(visit.identified()), visit.CHANNEL, visit.DEVICE, visit.TIMES)
    assert caught.value.values["rules"] == "CNS01, CNS04, SIM08"
    with pytest.raises(NotComplete):
        record.complete(visit.case(visit.begun()), visit.CHANNEL, visit.DEVICE, visit.TIMES)


def test_the_record_names_what_was_typed_over_and_by_whom() -> None:
    said, _ = opened(sealed().data)
    address = said["persons"][0]["document"]["fields"]["address"]
    assert (address["value"], address["source"]) == ("上海市样本路2号", "typed")
    assert address["edited_by"] == visit.OPERATOR
    assert address["read"]["value"] == visit.PORTRAIT["address"]
    assert said["persons"][0]["document"]["fields"]["name"]["read"] is None


def test_the_record_carries_rules_that_people_will_look_at_and_who_confirmed_them() -> None:
    draft = visit.finished(visit.identified(valid_until="2025-06-20"), POLICY)
    draft = replace(draft, confirmed=frozenset({"valid_from", "valid_until"}))
    found = record.complete(visit.case(draft), visit.CHANNEL, visit.DEVICE, visit.TIMES)
    confirmed = {each.rule: each.confirmed_by for each in found.rules}
    assert confirmed == {"DOC05": None, "DOC03": visit.OPERATOR, "DOC13": visit.OPERATOR}


def test_a_passport_becomes_a_record_with_its_lines() -> None:
    draft = visit.finished(visit.shown(visit.begun(), visit.passport_reading()), POLICY)
    found = record.complete(visit.case(draft), visit.CHANNEL, visit.DEVICE, visit.TIMES)
    said, _ = opened(sealed(found).data)
    assert said["persons"][0]["document"]["mrz"] == list(visit.passport_lines())
    assert sealed(found).masked_name == "E******* A*** M****"


def test_the_plaintext_is_the_record_then_the_pictures_in_the_order_of_the_evidence() -> None:
    found = registration()
    said, rest = opened(sealed(found).data)
    assert json.loads(record_codec.encode(found)) == said
    assert [entry["side"] for entry in said["evidence"]] == [Side.PORTRAIT, Side.EMBLEM]
    for entry, evidence in zip(said["evidence"], found.evidence, strict=True):
        assert rest[: entry["size"]] == evidence.image.jpeg.reveal()
        rest = rest[entry["size"] :]
    assert rest == b""


def test_the_header_is_canonical_and_holds_nothing_about_the_customer() -> None:
    header = packet.parse(sealed().data).header_bytes
    assert json.loads(header) == {
        "v": 1,
        "suite": packet.SUITE,
        "packet_id": visit.ID,
        "device_id": "till-0007",
        "carrier_kid": "seal-1",
        "counter": 3,
        "previous_sha256": "ab" * 32,
        "sealed_at": "2025-06-01T08:02:00.000000Z",
    }
    assert header == packet.canonical_json(json.loads(header))


def test_the_ciphertext_opens_under_its_own_header_only() -> None:
    parts = packet.parse(sealed().data)
    other = replace(parts.header, counter=4).encode()
    with pytest.raises(InvalidTag):
        SUITE.decrypt(parts.ciphertext, CARRIER_KEY, info=other)
    with pytest.raises(InvalidTag):
        SUITE.decrypt(parts.ciphertext, CARRIER_KEY)


def test_two_packets_of_one_registration_share_no_ciphertext() -> None:
    assert packet.parse(sealed().data).ciphertext != packet.parse(sealed().data).ciphertext


_DATA = sealed().data


@given(st.integers(0, len(_DATA) - 1), st.integers(1, 255))
def test_every_flipped_byte_is_caught(place: int, flip: int) -> None:
    damaged = _DATA[:place] + bytes([_DATA[place] ^ flip]) + _DATA[place + 1 :]
    with pytest.raises((PacketDamaged, InvalidSignature)):
        opened(damaged)


def test_no_value_of_the_customer_stands_in_the_packet() -> None:
    values = [*visit.PORTRAIT.values(), *visit.EMBLEM.values(), visit.MSISDN, visit.ICCID]
    for value in values:
        if len(value.encode()) > 3:
            assert value.encode() not in _DATA


def test_only_masked_labels_stay_outside() -> None:
    labels = sealed()
    assert (labels.masked_name, labels.masked_msisdn) == ("样*女", "120****0101")
    assert (labels.id, labels.operator, labels.outlet) == (visit.ID, "1007", "Outlet 12")
    assert labels.sealed_at == visit.TIMES.sealed


def test_pictures_beyond_the_limit_are_a_problem_with_both_sizes() -> None:
    found = registration()
    big = visit.picture(bytes(packet.MAX_PACKET_BYTES))
    found = replace(found, evidence=(replace(found.evidence[0], image=big),))
    with pytest.raises(RecordTooLarge, match=r"8\.0 MB, the limit is 8 MB"):
        sealed(found)


@pytest.mark.parametrize("key", [b"", PUBLIC[:-1], PUBLIC + b"0", b"\xff" * len(PUBLIC)])
def test_a_key_that_is_none_is_a_problem(key: bytes) -> None:
    with pytest.raises(CarrierKeyUnusable):
        seal(registration(), SealKey("seal-1", key), LINK, DEVICE_KEY.sign)


def test_the_receipt_masks_the_person_and_promises_nothing() -> None:
    receipt = customer_receipt(registration(), visit.kind(visit.RESIDENT_ID), POLICY)
    assert receipt.masked_name == "样*女"
    assert receipt.masked_number == "110***********002X"
    assert receipt.masked_iccid == "898600*********0002"
    assert receipt.msisdn == visit.MSISDN
    assert receipt.state is RowState.QUEUED
    assert receipt.training
    assert [version for _, version in receipt.notices] == ["2025-01"] * 3
    assert "11010519491231002X" not in repr(receipt)
