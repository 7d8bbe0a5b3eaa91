"""Two packets share a good line; a line that is not known to be good gets one."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from pos_client.carrier import problems
from pos_client.carrier.api import Told
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import RowState
from pos_client.sync.policy import Policy
from pos_client.sync.round import Round
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import Machine, SmallOutbox, dice


class Watched(ScriptedCarrier):
    """Counts how many uploads are under way at the same time."""

    now = most = 0
    guard = threading.Lock()
    meet: threading.Barrier | None = None

    def submit(
        self, packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        with self.guard:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            if self.meet is not None and self.held:
                self.meet.wait(20)
            with self.guard:
                return super().submit(packet_id, data, sha256, told)
        finally:
            with self.guard:
                self.now -= 1


def world(rows: int, policy: Policy) -> tuple[SmallOutbox, Watched, Round]:
    """Return a queue, a carrier, and a round between them."""
    machine, outbox = Machine(), SmallOutbox()
    for number in range(rows):
        outbox.put(f"row-{number:03d}", machine.wall + timedelta(microseconds=number))
    machine.wait(1)
    carrier = Watched(machine)
    return outbox, carrier, Round(outbox, carrier, machine.clocks, policy, dice(3))


TWO = Policy(start_spread_s=0.0, lanes=2)


def test_after_the_first_answer_two_are_under_way_and_everything_arrives_once() -> None:
    outbox, carrier, sending = world(41, TWO)
    carrier.meet = threading.Barrier(2)
    sending.run()
    assert carrier.most == 2
    assert len(outbox.in_state(RowState.ACCEPTED)) == 41
    assert sorted(carrier.uploads) == sorted(outbox.rows)


def test_a_till_that_is_refused_at_once_has_asked_once() -> None:
    outbox, carrier, sending = world(1000, TWO)
    carrier.weather = lambda _: problems.TillRefused(reason="device_revoked")
    sending.run()
    assert len(carrier.uploads) == 1
    assert len(outbox.in_state(RowState.QUEUED)) == 1000


def test_what_was_under_way_when_the_line_broke_is_written_down() -> None:
    outbox, carrier, sending = world(50, TWO)
    carrier.weather = lambda _: (
        problems.CarrierUnreachable(cause="cut") if len(carrier.held) >= 10 else None
    )
    sending.run()
    assert outbox.in_state(RowState.SENDING) == []
    assert len(outbox.in_state(RowState.ACCEPTED) + outbox.in_state(RowState.RECEIVED)) >= 10
    assert len(outbox.in_state(RowState.QUEUED)) == 50 - len(carrier.held)


class InPieces(Watched):
    """Takes five pieces a packet; cuts the line after the first one of each try, where told to."""

    cutting = False
    meeting: threading.Barrier | None = None

    def begin_upload(
        self, packet_id: RegistrationId, size: int, sha256: str
    ) -> int | Receipt | None:
        return 0

    def append(
        self,
        packet_id: RegistrationId,
        offset: int,
        piece: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> int | Receipt:
        if offset and self.cutting:
            raise problems.CarrierUnreachable(cause="cut")
        if self.meeting is not None and offset == (SIZE // 5 if packet_id == "row-000" else 0):
            self.meeting.wait(20)
        there = offset + SIZE // 5
        return self.submit(packet_id, b"", sha256) if there >= SIZE else there


SIZE: Final = 1_000_000


def in_pieces(rows: int) -> tuple[SmallOutbox, InPieces, Round]:
    """Return the same with packets so large that they go in pieces."""
    machine, outbox = Machine(), SmallOutbox()
    for number in range(rows):
        row = outbox.put(f"row-{number:03d}", machine.wall + timedelta(microseconds=number))
        outbox.rows[row.id] = replace(row, size=SIZE, sha256="same")
    machine.wait(1)
    carrier = InPieces(machine)
    return outbox, carrier, Round(outbox, carrier, machine.clocks, TWO, dice(3))


def test_a_second_packet_joins_once_the_carrier_has_answered_about_the_first() -> None:
    outbox, carrier, sending = in_pieces(2)
    carrier.meeting = threading.Barrier(2)
    sending.run()
    assert len(outbox.in_state(RowState.ACCEPTED)) == 2


def test_what_went_on_and_was_cut_comes_back_soon_however_often_it_was_cut() -> None:
    outbox, carrier, sending = in_pieces(1)
    carrier.cutting = True
    (row,) = outbox.rows
    for _ in range(12):
        sending.run()
        assert outbox.rows[row].next_at - carrier.machine.wall <= timedelta(seconds=2)
        assert not sending.link.broken
        carrier.machine.wait(2)
    assert outbox.rows[row].attempts == 12
    carrier.cutting = False
    sending.run()
    assert outbox.in_state(RowState.ACCEPTED) == [row]


def test_a_bug_met_while_sending_comes_out_where_rounds_are_run() -> None:
    _, carrier, sending = world(3, TWO)

    def broken(_: RegistrationId) -> None:
        raise ZeroDivisionError

    carrier.weather = broken
    with pytest.raises(ZeroDivisionError):
        sending.run()
