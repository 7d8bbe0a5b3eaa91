"""The carrier's own reader of packets agrees with the till's, and survives anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carrier_sandbox import packet
from carrier_sandbox.packet import BadPacket
from pos_client.model import packet as till_side
from pos_client.model.packet import PacketDamaged
from tests.fakes.carrier_counter import Counter
from tests.fakes.sandbox_till import seal_to

HEADER = till_side.PacketHeader(
    packet_id="0b0e3f0a-5d0b-4a57-9d3e-2f3c8a5b7c11",  # type: ignore[arg-type]  # a plain id
    device_id="till-7",
    carrier_kid="seal-1",
    counter=3,
    previous_sha256="ab" * 32,
    sealed_at="2026-03-02T12:00:00+00:00",
)
DATA = till_side.frame(HEADER, b"ciphertext") + bytes(64)


def test_both_readers_see_the_same_packet() -> None:
    ours, theirs = packet.take_apart(DATA), till_side.parse(DATA)
    assert ours.packet_id == theirs.header.packet_id
    assert ours.header == theirs.header_bytes
    assert (ours.ciphertext, ours.signature) == (theirs.ciphertext, theirs.signature)
    assert (ours.signed_digest, ours.sha256) == (theirs.signed_digest, theirs.sha256)


@given(st.integers(0, len(DATA) - 1), st.binary(max_size=3))
def test_both_readers_refuse_the_same_damage(at: int, put: bytes) -> None:
    mutant = DATA[:at] + put + DATA[at + 1 :]
    try:
        theirs = till_side.parse(mutant)
    except PacketDamaged:
        with pytest.raises(BadPacket):
            packet.take_apart(mutant)
        return
    try:
        ours = packet.take_apart(mutant)
    except BadPacket:
        # Stricter than the till's reader only about the time, which the till never reads back.
        assert theirs.header.sealed_at != HEADER.sealed_at
        return
    assert ours.packet_id == theirs.header.packet_id


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\0\0\0\2[]",
        b"\0\0\0\2{}",
        b"\xff\xff\xff\xff{}",
        b'\0\0\0\x1b{"evidence":[{"size":9}]}  ',
        b'\0\0\0\x1c{"evidence":[{"size":-1}]}  ',
        b"\0\0\x10\0" + b"[" * 4096,
    ],
    ids=range(7),
)
def test_contents_of_another_shape_are_named_and_not_a_crash(
    counter: Counter, plain: bytes
) -> None:
    till = counter.till()
    sealed = seal_to(till.invitation.carrier, HEADER.encode(), plain)
    taken = packet.take_apart(till_side.frame(HEADER, sealed) + bytes(64))
    with pytest.raises(BadPacket) as caught:
        packet.unseal(taken, counter.office.keys.seal)
    assert caught.value.code == "contents"
