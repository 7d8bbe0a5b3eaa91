"""A packet goes whole or in pieces, and a piece that arrived is not sent again."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from pos_client.carrier.api import Told
from pos_client.carrier.problems import CarrierUnreachable, UploadElsewhere
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.sync.pace import Pace
from pos_client.sync.upload import Uploads
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import NOON, Machine, SmallLease, SmallOutbox

PACKET = bytes(range(256)) * 1200


@dataclass
class InPieces(ScriptedCarrier):
    """A carrier that takes pieces; the line is cut before the pieces whose numbers are named."""

    machine: Machine = field(default_factory=Machine)
    cuts: tuple[int, ...] = ()
    forgets: tuple[int, ...] = ()
    has: bytearray = field(default_factory=bytearray)
    begun: int = 0
    asked: int = 0
    pieces: list[int] = field(default_factory=list)

    def begin_upload(
        self, packet_id: RegistrationId, size: int, sha256: str
    ) -> int | Receipt | None:
        self.begun += 1
        if len(self.has) == size:
            return super().submit(packet_id, bytes(self.has), sha256)
        return len(self.has)

    def upload_offset(self, packet_id: RegistrationId) -> int | None:
        self.asked += 1
        return len(self.has) if self.begun else None

    def append(
        self,
        packet_id: RegistrationId,
        offset: int,
        piece: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> int | Receipt:
        number = len(self.pieces)
        self.pieces.append(len(piece))
        if number in self.cuts:
            raise CarrierUnreachable(cause="connection")
        if number in self.forgets:
            self.has.clear()
            raise UploadElsewhere(0)
        if offset != len(self.has):
            raise UploadElsewhere(len(self.has))
        self.has += piece
        if told is not None:
            told(len(piece))
        if len(self.has) == len(PACKET):
            return super().submit(packet_id, bytes(self.has), sha256)
        return len(self.has)


class World:
    """One large packet, and a line so slow that it goes in pieces."""

    def __init__(self, carrier: InPieces, rate: float = 30_000) -> None:
        self.outbox = SmallOutbox()
        row = self.outbox.put("row-1")
        self.outbox.rows[row.id] = replace(row, size=len(PACKET))
        self.carrier = carrier
        self.pace = Pace()
        self.pace.measured(1_000_000, 1_000_000 / rate)
        clock = carrier.machine
        self.uploads = Uploads(carrier, self.pace, self.outbox.note_sent, lambda: clock.seconds)

    def send(self) -> Receipt:
        leased = self.outbox.lease(datetime.max.replace(tzinfo=NOON.tzinfo))
        row = leased.row if leased else next(iter(self.outbox.rows.values()))
        return self.uploads.send(SmallLease(row, PACKET))


def test_on_a_slow_line_a_packet_goes_in_pieces_of_one_size() -> None:
    carrier = InPieces()
    world = World(carrier)
    assert world.send().packet_id == "row-1"
    assert bytes(carrier.has) == PACKET
    assert len(carrier.pieces) == 3
    assert max(carrier.pieces) - min(carrier.pieces) <= 3
    assert world.pace.progress() == {}


def test_on_a_fast_line_it_goes_whole() -> None:
    carrier = InPieces()
    World(carrier, rate=10_000_000).send()
    assert (carrier.pieces, carrier.begun, carrier.uploads) == ([], 0, ["row-1"])


def test_after_a_cut_only_the_piece_that_was_under_way_is_sent_again() -> None:
    carrier = InPieces(cuts=(1,))
    world = World(carrier)
    with pytest.raises(CarrierUnreachable):
        world.send()
    (row,) = world.outbox.rows.values()
    assert 0 < row.sent == len(carrier.has) < len(PACKET)
    world.send()
    assert carrier.asked == 1
    assert bytes(carrier.has) == PACKET
    assert sum(carrier.pieces) - len(PACKET) == carrier.pieces[1]


def test_a_line_that_is_cut_before_any_large_piece_is_through_takes_the_packet_all_the_same() -> (
    None
):
    class Narrow(InPieces):
        def submit(
            self, packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
        ) -> Receipt:
            raise CarrierUnreachable(cause="connection")

        def append(
            self,
            packet_id: RegistrationId,
            offset: int,
            piece: bytes,
            sha256: str,
            told: Told | None = None,
        ) -> int | Receipt:
            if len(piece) > 30_000:
                raise CarrierUnreachable(cause="connection")
            return super().append(packet_id, offset, piece, sha256, told)

    carrier = Narrow()
    world = World(carrier, rate=10_000_000)
    for _ in range(20):
        if carrier.uploads:
            break
        with suppress(CarrierUnreachable):
            world.send()
    assert bytes(carrier.has) == PACKET


def test_a_carrier_that_forgot_the_beginning_gets_it_again() -> None:
    carrier = InPieces(forgets=(1,))
    world = World(carrier)
    world.send()
    assert carrier.begun == 2
    assert bytes(carrier.has) == PACKET


def test_a_piece_that_arrived_although_its_answer_was_lost_is_not_sent_twice() -> None:
    carrier = InPieces()
    world = World(carrier)
    carrier.begun, carrier.has = 1, bytearray(PACKET[:200_000])
    world.outbox.note_sent(RegistrationId("row-1"), 100_000)
    world.send()
    assert bytes(carrier.has) == PACKET
    assert sum(carrier.pieces) == len(PACKET) - 200_000


def test_a_carrier_that_knows_no_pieces_gets_the_packet_whole() -> None:
    machine = Machine()
    carrier = ScriptedCarrier(machine)
    outbox = SmallOutbox()
    row = replace(outbox.put("row-1"), size=len(PACKET))
    pace = Pace()
    pace.measured(1_000_000, 50.0)
    uploads = Uploads(carrier, pace, outbox.note_sent, lambda: machine.seconds)
    assert uploads.send(SmallLease(row, PACKET)).packet_id == "row-1"


def test_a_carrier_that_never_goes_on_is_left_for_later() -> None:
    class Stubborn(InPieces):
        def append(
            self,
            packet_id: RegistrationId,
            offset: int,
            piece: bytes,
            sha256: str,
            told: Told | None = None,
        ) -> int | Receipt:
            self.pieces.append(len(piece))
            raise UploadElsewhere(1)

    carrier = Stubborn()
    world = World(carrier)
    with pytest.raises(UploadElsewhere):
        world.send()
    assert len(carrier.pieces) == 4
