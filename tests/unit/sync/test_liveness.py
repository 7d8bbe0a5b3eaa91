"""After any sequence of faults, with no user action, the queue drains; and nothing goes twice."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.carrier import problems
from pos_client.model.problems import Problem
from pos_client.model.row import RowState
from pos_client.sync.policy import Policy
from pos_client.sync.round import Round
from tests.fakes.scripted_carrier import LOST_ANSWER, Fate, ScriptedCarrier
from tests.fakes.small_outbox import Machine, SmallOutbox, dice


def busy() -> Problem:
    return problems.CarrierBusy(retry_after_s=5000.0)


FATES: list[Fate] = [
    None,
    LOST_ANSWER,
    busy,
    problems.CarrierBusy,
    problems.ClockDiffers,
    lambda: problems.CarrierUnreachable(cause="timeout"),
    lambda: problems.CaptivePortal(cause="http_200"),
    lambda: problems.TlsNotTrusted(reason="wrong_host"),
    lambda: problems.TillRefused(reason="device_unknown"),
    lambda: problems.ReceiptForged(reason="signature"),
    lambda: problems.NotAReceipt(reason="keys"),
    lambda: problems.ReplyDamaged(reason="too_long"),
]

scripts = st.lists(st.sampled_from(FATES), max_size=60)
jumps = st.lists(st.integers(-20 * 8766, 20 * 8766), max_size=5)


@settings(max_examples=200)
@given(script=scripts, jumps=jumps, rows=st.integers(1, 15), seed=st.integers(0, 2**32))
def test_the_queue_drains_by_itself_whatever_happened(
    script: list[Fate], jumps: list[int], rows: int, seed: int
) -> None:
    rng = dice(seed)
    machine, outbox = Machine(), SmallOutbox()
    for number in range(rows):
        outbox.put(f"row-{number}", machine.wall)
    carrier = ScriptedCarrier(machine, script)
    sync = Round(outbox, carrier, machine.clocks, Policy(), rng)
    hops = {rng.randrange(1, 400): timedelta(hours=hours) for hours in jumps}
    rounds = 0
    while len(outbox.in_state(RowState.ACCEPTED)) < rows:
        rounds += 1
        assert rounds < 3000, "the queue does not drain"
        if rounds in hops:
            machine.jump(hops[rounds])
        wait = sync.run()
        assert 0.0 <= wait <= 3600.0 + 300.0
        machine.wait(max(wait, 0.001))
    assert carrier.held.keys() == outbox.rows.keys()
    assert len(carrier.feed) == rows


@given(hours=st.integers(-20 * 8766, 20 * 8766), seed=st.integers(0, 2**32))
def test_a_clock_that_jumps_does_not_freeze_what_waits(hours: int, seed: int) -> None:
    machine, outbox = Machine(), SmallOutbox()
    outbox.put("row", machine.wall)
    carrier = ScriptedCarrier(machine, [busy])
    sync = Round(outbox, carrier, machine.clocks, Policy(), dice(seed))
    machine.wait(sync.run())
    machine.jump(timedelta(hours=hours))
    began = machine.seconds
    while outbox.in_state(RowState.QUEUED):
        machine.wait(max(sync.run(), 0.001))
    assert machine.seconds - began <= 2 * 3600.0 + 310.0
