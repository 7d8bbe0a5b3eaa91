"""When to try again is arithmetic: bounded, spread out, and never frozen."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pos_client.sync.policy import Policy
from tests.fakes.small_outbox import dice

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@given(st.integers(-3, 10_000), st.integers(0, 2**32))
def test_a_wait_is_never_negative_and_never_longer_than_the_longest(
    attempts: int, seed: int
) -> None:
    policy = Policy()
    wait = policy.wait_s(attempts, dice(seed))
    assert 0.0 <= wait <= policy.longest_s
    assert wait <= policy.first_s * 2 ** min(max(attempts - 1, 0), 30)


def test_the_span_doubles_until_the_longest() -> None:
    policy, rng = Policy(), dice(1)
    longest = [max(policy.wait_s(n, rng) for _ in range(2000)) for n in range(1, 12)]
    for n, seen in enumerate(longest):
        span = min(300.0, 2.0 * 2**n)
        assert 0.97 * span < seen <= span


def test_the_jitter_is_full_so_that_a_thousand_tills_do_not_come_together() -> None:
    policy, rng = Policy(), dice(2)
    waits = [policy.wait_s(9, rng) for _ in range(10_000)]
    in_tenths = [sum(30 * i <= wait < 30 * (i + 1) for wait in waits) for i in range(10)]
    assert min(in_tenths) > 800
    assert max(in_tenths) < 1200


@given(st.floats(0, 1e12), st.integers(1, 50), st.integers(0, 2**32))
def test_what_the_carrier_asks_for_is_a_floor_up_to_an_hour(
    asked: float, attempts: int, seed: int
) -> None:
    policy = Policy()
    wait = policy.wait_s(attempts, dice(seed), asked)
    assert min(asked, 3600.0) <= wait <= min(asked, 3600.0) + policy.longest_s


def test_a_row_is_due_again_after_the_wait() -> None:
    policy = Policy()
    expected = policy.wait_s(4, dice(3))
    due = policy.next_try(4, NOON, dice(3))
    assert abs((due - NOON).total_seconds() - expected) < 1e-5
