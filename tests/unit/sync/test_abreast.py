"""Two packets share a good line; a line that is not known to be good gets one."""

import threading
from datetime import timedelta

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


def test_a_bug_met_while_sending_comes_out_where_rounds_are_run() -> None:
    _, carrier, sending = world(3, TWO)

    def broken(_: RegistrationId) -> None:
        raise ZeroDivisionError

    carrier.weather = broken
    with pytest.raises(ZeroDivisionError):
        sending.run()
