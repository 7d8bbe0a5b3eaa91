"""A round: nobody waits behind a bad packet, and one refusal is enough to stop asking."""

from datetime import timedelta

import pytest

from pos_client.carrier import problems
from pos_client.carrier.api import Told
from pos_client.model.problems import Problem, Retry
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from pos_client.sync.policy import Policy
from pos_client.sync.round import Round
from pos_client.sync.step import Delivery, Step
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import Machine, SmallOutbox, dice


class World:
    """A round with everything around it."""

    def __init__(self, rows: int = 0, policy: Policy | None = None) -> None:
        self.machine = Machine()
        self.outbox = SmallOutbox()
        for number in range(rows):
            self.outbox.put(f"row-{number:04d}", self.machine.wall + timedelta(microseconds=number))
        self.machine.wait(1)
        self.carrier = ScriptedCarrier(self.machine)
        self.told: list[Delivery] = []
        self.round = Round(
            self.outbox,
            self.carrier,
            self.machine.clocks,
            policy or Policy(start_spread_s=0.0),
            dice(4),
            self.told.append,
        )

    def run_for(self, seconds: float) -> None:
        """Do rounds as the loop would, for so long."""
        until = self.machine.seconds + seconds
        while self.machine.seconds < until:
            self.machine.wait(max(self.round.run(), 0.01))


def unreachable(_: RegistrationId) -> Problem:
    return problems.CarrierUnreachable(cause="timeout")


def test_a_backlog_drains_in_one_pass_and_in_its_order() -> None:
    world = World(rows=70)
    world.round.run()
    assert world.outbox.in_state(RowState.ACCEPTED) == sorted(world.outbox.rows)
    assert world.carrier.uploads == sorted(world.outbox.rows)


def test_nobody_waits_behind_a_packet_that_never_gets_through() -> None:
    world = World(rows=20)
    world.carrier.weather = lambda row: unreachable(row) if row == "row-0000" else None
    world.round.run()
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 19
    assert world.outbox.in_state(RowState.QUEUED) == ["row-0000"]


def test_a_final_no_does_not_stop_the_others() -> None:
    world = World(rows=3)
    world.carrier.weather = lambda row: problems.PacketConflict() if row == "row-0001" else None
    world.round.run()
    assert world.outbox.in_state(RowState.QUARANTINED) == ["row-0001"]
    assert world.round.link.view.state is LinkState.ONLINE


def test_a_refused_till_stops_at_the_first_of_a_thousand_with_one_message() -> None:
    world = World(rows=1000)
    world.carrier.weather = lambda _: problems.TillRefused(reason="device_revoked")
    wait = world.round.run()
    assert (len(world.carrier.uploads), world.carrier.questions) == (1, 0)
    assert [delivery.step for delivery in world.told] == [Step.PAUSED]
    assert world.round.link.view.state is LinkState.REFUSED
    assert world.round.link.view.cause == "C105"
    assert 150.0 <= wait <= 300.0


def test_a_till_that_is_accepted_again_goes_on_by_itself() -> None:
    world = World(rows=10)
    world.carrier.weather = lambda _: problems.TillRefused(reason="not_approved")
    world.run_for(3600)
    world.carrier.weather = lambda _: None
    world.run_for(301)
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 10


def test_a_dead_line_is_found_out_with_a_few_attempts_not_with_the_whole_queue() -> None:
    world = World(rows=1000)
    world.carrier.weather = unreachable
    world.round.run()
    assert len(world.carrier.uploads) == 5
    assert world.round.link.view.state is LinkState.OFFLINE
    before = len(world.carrier.uploads)
    world.run_for(3600)
    assert len(world.carrier.uploads) - before < 60


def test_a_line_that_comes_back_is_found_by_itself_within_the_longest_wait() -> None:
    world = World(rows=50)
    world.carrier.weather = unreachable
    world.run_for(7200)
    world.carrier.weather = lambda _: None
    world.run_for(2 * 300 + 10)
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 50


def test_a_busy_carrier_hears_nothing_until_the_time_it_named() -> None:
    world = World(rows=50)
    world.carrier.weather = lambda _: problems.CarrierBusy(retry_after_s=60.0)
    wait = world.round.run()
    assert (len(world.carrier.uploads), world.carrier.questions) == (1, 0)
    assert wait >= 60.0


def test_what_waited_for_the_line_goes_at_once_when_the_line_is_back() -> None:
    world = World(rows=50)
    world.carrier.weather = unreachable
    world.run_for(7200)
    world.carrier.weather = lambda _: None
    while len(world.outbox.in_state(RowState.ACCEPTED)) == 0:
        world.machine.wait(max(world.round.run(), 0.01))
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 50


def test_a_carrier_that_was_busy_is_asked_nothing_that_can_wait() -> None:
    world = World(rows=3)
    busy = iter([problems.CarrierBusy(retry_after_s=10.0)])
    world.carrier.weather = lambda _: next(busy, None)
    world.run_for(60)
    assert world.outbox.in_state(RowState.QUEUED) == []
    assert world.carrier.questions == 0
    world.run_for(400)
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 3


def test_somebody_in_a_hurry_is_tried_for_at_once() -> None:
    world = World(rows=50)
    world.carrier.weather = unreachable
    world.run_for(1000)
    world.carrier.weather = lambda _: None
    world.outbox.put("fresh", world.machine.wall)
    world.round.hurry()
    world.round.run()
    assert "fresh" in world.outbox.in_state(RowState.ACCEPTED)


def test_a_till_that_starts_with_a_queue_waits_its_turn_but_is_online_at_once() -> None:
    world = World(rows=3, policy=Policy(start_spread_s=120.0))
    world.round.run()
    assert world.carrier.uploads == []
    assert world.round.link.view.state is LinkState.ONLINE
    world.run_for(121)
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 3


def test_a_fresh_registration_ends_the_wait_of_the_start() -> None:
    world = World(rows=3, policy=Policy(start_spread_s=120.0))
    world.round.hurry()
    world.round.run()
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 3


def test_decisions_are_fetched_page_by_page_to_the_end() -> None:
    world = World(rows=25)
    world.carrier.page = 4
    world.round.run()
    assert world.outbox.feed_cursor() == 25
    assert len(world.outbox.in_state(RowState.ACCEPTED)) == 25


def test_with_nothing_to_do_the_carrier_is_asked_for_news_ever_more_rarely() -> None:
    world = World()
    world.run_for(600)
    assert 4 <= world.carrier.questions <= 7
    world.run_for(3600)
    assert 16 <= world.carrier.questions <= 7 + 4 + 18
    assert world.round.link.view.state is LinkState.ONLINE


def test_the_clocks_are_compared_and_a_refused_time_is_put_right() -> None:
    world = World(rows=2)
    world.carrier.offset = timedelta(hours=9)

    def until_measured(_: RegistrationId) -> Problem | None:
        return None if world.round.link.view.clock_offset_s else problems.ClockDiffers()

    submit = world.carrier.submit

    def strict(
        packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        del told
        problem = until_measured(packet_id)
        if problem is not None:
            raise problem
        return submit(packet_id, data, sha256)

    world.carrier.submit = strict  # type: ignore[method-assign]  # a carrier that insists
    world.run_for(30)
    assert world.outbox.in_state(RowState.ACCEPTED) == ["row-0000", "row-0001"]
    offset = world.round.link.view.clock_offset_s
    assert offset is not None
    assert abs(offset - 9 * 3600) < 1


def test_a_clock_that_cannot_be_put_right_is_no_hammer() -> None:
    world = World(rows=100)
    submit = world.carrier.submit

    def never(
        packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        del told
        submit(packet_id, data, sha256)
        raise problems.ClockDiffers

    world.carrier.submit = never  # type: ignore[method-assign]  # a carrier that never agrees
    world.run_for(60)
    assert len(world.carrier.uploads) <= 13


@pytest.mark.logs_warning("round ended early: P199")
def test_what_the_outbox_could_not_write_down_is_written_at_the_next_round() -> None:
    class DiskFull(Problem):
        code = "P199"
        retry = Retry.LATER

    class FullOnce(SmallOutbox):
        full = True

        def acknowledge(self, receipt: Receipt) -> None:
            if self.full:
                self.full = False
                raise DiskFull
            super().acknowledge(receipt)

    world = World()
    outbox = FullOnce()
    outbox.put("row-0000")
    world.round._outbox = outbox
    world.round.run()
    assert outbox.in_state(RowState.SENDING) == ["row-0000"]
    world.round.run()
    assert outbox.in_state(RowState.ACCEPTED) == ["row-0000"]
    assert world.carrier.uploads == ["row-0000"]


def test_packets_are_purged_even_while_the_line_is_dead() -> None:
    world = World(rows=3)
    world.carrier.weather = unreachable
    world.run_for(3600)
    assert 5 <= world.outbox.purges <= 8


def test_hanging_up_ourselves_says_nothing_about_the_line() -> None:
    world = World(rows=1)
    world.round.run()

    def cut(_: RegistrationId) -> Problem:
        world.round.stop()
        return unreachable(_)

    world.outbox.put("fresh", world.machine.wall)
    world.carrier.weather = cut
    world.round.run()
    assert world.round.link.view.state is LinkState.ONLINE
    assert world.outbox.in_state(RowState.QUEUED) == ["fresh"]


def test_a_stopped_round_ends_after_the_row_in_hand() -> None:
    world = World(rows=100)
    world.round._tell = lambda _: world.round.stop()
    world.round.run()
    assert len(world.carrier.uploads) == 1
