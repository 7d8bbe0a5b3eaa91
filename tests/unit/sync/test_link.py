"""What the strip is told about the line."""

from pos_client.carrier import problems
from pos_client.model.status import LinkState
from pos_client.sync.link import Link, LinkView
from pos_client.sync.policy import Policy
from tests.fakes.small_outbox import NOON, dice


def test_before_the_first_contact_nothing_is_claimed() -> None:
    link = Link(Policy(), dice(1))
    assert link.view == LinkView(LinkState.UNKNOWN, None, None, None)
    assert link.closed_for(0.0) == 0.0


def test_the_last_contact_stays_known_while_the_line_is_dead() -> None:
    link = Link(Policy(), dice(1))
    link.met(NOON)
    link.compared(2.5)
    link.missed(problems.CaptivePortal(cause="http_200"), 0.0)
    assert link.view == LinkView(LinkState.OFFLINE, NOON, 2.5, "C102")
    link.met(NOON)
    assert link.view == LinkView(LinkState.ONLINE, NOON, 2.5, None)


def test_a_few_faults_close_nothing_many_close_for_longer_and_longer() -> None:
    policy = Policy(break_after=3)
    link = Link(policy, dice(1))
    dead = problems.CarrierUnreachable(cause="timeout")
    link.missed(dead, 0.0)
    link.missed(dead, 0.0)
    assert link.closed_for(0.0) == 0.0
    waits = []
    for _ in range(40):
        link.missed(dead, 0.0)
        waits.append(link.closed_for(0.0))
    assert waits[0] <= policy.first_s
    assert policy.longest_s / 2 < max(waits) <= policy.longest_s


def test_hurry_opens_the_line_for_one_attempt_and_one_fault_closes_it_again() -> None:
    link = Link(Policy(break_after=1), dice(1))
    dead = problems.CarrierUnreachable(cause="timeout")
    for _ in range(9):
        link.missed(dead, 0.0)
    link.reopen()
    assert link.closed_for(0.0) == 0.0
    link.missed(dead, 0.0)
    assert link.closed_for(0.0) > 0.0
