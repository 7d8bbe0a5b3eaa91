"""The frame of a sealed packet: what is whole is taken apart, what is not is refused in words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.packet import (
    MAGIC,
    MAX_PACKET_BYTES,
    SIGNATURE_BYTES,
    PacketDamaged,
    PacketHeader,
    canonical_json,
    frame,
    parse,
)
from pos_client.model.registration import RegistrationId

HEADER = PacketHeader(
    packet_id=RegistrationId("0f0e0d0c-0b0a-4908-8706-050403020100"),
    device_id="till-0007",
    carrier_kid="seal-2026",
    counter=3,
    previous_sha256="0" * 64,
    sealed_at="2026-11-23T09:00:00+00:00",
)
WHOLE = frame(HEADER, b"ciphertext") + b"s" * SIGNATURE_BYTES


def test_a_whole_packet_comes_apart_as_it_was_put_together() -> None:
    packet = parse(WHOLE)
    assert packet.header == HEADER
    assert packet.header_bytes == HEADER.encode()
    assert packet.ciphertext == b"ciphertext"
    assert packet.signature == b"s" * SIGNATURE_BYTES


@pytest.mark.parametrize("length", range(len(WHOLE) - SIGNATURE_BYTES - len(b"ciphertext")))
def test_a_packet_cut_before_its_ciphertext_is_refused(length: int) -> None:
    with pytest.raises(PacketDamaged):
        parse(WHOLE[:length])


@given(st.binary(max_size=400))
def test_any_other_bytes_are_refused_and_never_crash(data: bytes) -> None:
    with pytest.raises(PacketDamaged):
        parse(MAGIC + data)


def test_a_packet_beyond_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(PacketDamaged):
        parse(WHOLE + b"x" * MAX_PACKET_BYTES)


def with_header(**changes: object) -> bytes:
    head = canonical_json(json.loads(HEADER.encode()) | changes)
    return MAGIC + len(head).to_bytes(4, "big") + head + b"c" + b"s" * SIGNATURE_BYTES


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": True},
        {"counter": 0},
        {"counter": "3"},
        {"packet_id": "../../etc/passwd"},
        {"packet_id": None},
        {"device_id": "a b"},
        {"previous_sha256": "zz"},
        {"suite": "none"},
        {"extra": 1},
        {"sealed_at": 5},
    ],
)
def test_a_header_of_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(PacketDamaged):
        parse(with_header(**changes))


def test_a_header_that_is_not_canonical_is_refused_since_its_bytes_are_signed() -> None:
    head = json.dumps(json.loads(HEADER.encode()), indent=1).encode()
    data = MAGIC + len(head).to_bytes(4, "big") + head + b"c" + b"s" * SIGNATURE_BYTES
    with pytest.raises(PacketDamaged):
        parse(data)


def test_a_deeply_nested_header_is_refused() -> None:
    head = b"[" * 4000
    data = MAGIC + len(head).to_bytes(4, "big") + head + b"c" + b"s" * SIGNATURE_BYTES
    with pytest.raises(PacketDamaged):
        parse(data)
