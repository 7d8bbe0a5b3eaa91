"""The real outbox, the real line and the real sandbox, with everything going wrong in between."""

import threading
import time
from collections.abc import Callable

from carrier_sandbox import Fault, Sandbox
from pos_client.carrier.api import Carrier
from pos_client.carrier.http import HttpCarrier
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from pos_client.outbox.outbox import Outbox
from pos_client.sync import ports
from pos_client.sync.loop import Loop
from pos_client.sync.policy import Policy
from pos_client.sync.round import Clocks, Round
from pos_client.sync.step import Delivery, Step
from tests.fakes.sandbox_till import SandboxTill, packed, real_now
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import Machine, SmallOutbox, dice

#: As the real policy, in fast motion.
FAST = Policy(
    start_spread_s=0.0,
    first_s=0.01,
    longest_s=0.1,
    longest_retry_after_s=0.1,
    refused_s=0.1,
    strained_s=0.05,
    poll_s=0.05,
    tick_s=0.02,
)


def sending(outbox: Outbox, carrier: HttpCarrier, told: list[Delivery]) -> Round:
    """Return a round over the real parts."""
    clocks = Clocks(real_now, time.monotonic)
    return Round(outbox, carrier, clocks, FAST, dice(5), told.append)


def test_the_real_parts_and_the_fakes_keep_the_same_promises(
    outbox: Outbox, carrier: HttpCarrier
) -> None:
    for each in (outbox, SmallOutbox()):
        starts_empty(each)
    for one in (carrier, ScriptedCarrier(Machine())):
        answers(one)


def starts_empty(outbox: ports.Outbox) -> None:
    assert outbox.lease(real_now()) is None
    assert outbox.feed_cursor() == 0


def answers(carrier: Carrier) -> None:
    assert carrier.decisions(0) == ()
    assert carrier.server_time().tzinfo is not None


def test_every_fault_in_turn_and_the_queue_drains_by_itself(
    sandbox: Sandbox, till: SandboxTill, outbox: Outbox, carrier: HttpCarrier
) -> None:
    ids = [outbox.put(packed(till)).id for _ in range(6)]
    sandbox.behaviour.slow_s = 0.1
    sandbox.behaviour.then(*Fault, *reversed(Fault))
    told: list[Delivery] = []
    work = sending(outbox, carrier, told)
    deadline = time.monotonic() + 60
    while outbox.figures().waiting or outbox.row(ids[-1]).state is not RowState.ACCEPTED:
        assert time.monotonic() < deadline, "the queue does not drain"
        work.run()
    assert sorted(sandbox.received()) == sorted(ids)
    assert [sandbox.copies(each) for each in ids] == [1] * 6
    assert {outbox.row(each).state for each in ids} == {RowState.ACCEPTED}
    assert sum(delivery.step is Step.DELIVERED for delivery in told) == 6
    assert sum(delivery.step is Step.POSTPONED for delivery in told) >= 15
    assert sandbox.alarms() == ()
    assert outbox.purge(real_now(), FAST.grace) == 0
    assert outbox.purge(real_now() + 2 * FAST.grace, FAST.grace) == 6


def test_an_outage_in_the_middle_and_the_loop_finishes_the_work(
    sandbox: Sandbox, till: SandboxTill, outbox: Outbox, carrier: HttpCarrier
) -> None:
    sandbox.stop()
    told: list[Delivery] = []
    work = sending(outbox, carrier, told)
    loop = Loop(work, on_stop=carrier.hang_up)
    ids = [outbox.put(packed(till)).id for _ in range(3)]
    loop.start()
    _until(lambda: work.link.view.state is LinkState.OFFLINE and len(told) > 3)
    assert outbox.figures().waiting == 3
    sandbox.start()
    _until(lambda: all(outbox.row(each).state is RowState.ACCEPTED for each in ids))
    assert loop.stop()
    assert work.link.view.state is LinkState.ONLINE
    assert sorted(sandbox.received()) == sorted(ids)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    breath = threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        breath.wait(0.01)
