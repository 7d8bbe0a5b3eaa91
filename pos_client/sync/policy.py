"""When to try again: pure arithmetic, no clock and no network."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: Doublings after which a wait is at its longest for any sensible setting; keeps 2**n small.
_MOST_DOUBLINGS: Final = 30


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the till is. All in seconds, but `break_after`: faults in a row, and `lanes`.

    `first_s` and `longest_s` bound the wait between attempts, `longest_retry_after_s` what a
    carrier may ask for. `start_spread_s` spreads thousands of tills that start together.
    After `break_after` faults in a row only one attempt at a time finds out whether the line is
    back. `refused_s` is the pause after the carrier refused the till, `approval_s`
    the one while it has yet to approve it. `poll_s` is the time between
    two questions for decisions after something happened; each question without news doubles it, up
    to `poll_longest_s`: ten thousand tills would keep a carrier busy with nothing. `strained_s` is
    how long after a carrier was busy nothing is asked that can wait. `purge_s` is the time between
    two purges, `tick_s` between two looks for due rows, `clock_s` between two comparisons of
    clocks, `grace_s` how long a packet outlives its receipt, `held_s` how long one waits at most
    for a line that is not paid by volume. Up to `lanes` packets are under way at
    a time while the line is good.
    """

    first_s: float = 2.0
    longest_s: float = 300.0
    longest_retry_after_s: float = 3600.0
    start_spread_s: float = 120.0
    break_after: int = 5
    refused_s: float = 300.0
    approval_s: float = 20.0
    poll_s: float = 30.0
    poll_longest_s: float = 300.0
    strained_s: float = 300.0
    purge_s: float = 600.0
    tick_s: float = 5.0
    clock_s: float = 900.0
    grace_s: float = 7 * 86_400.0
    held_s: float = 4 * 3600.0
    lanes: int = 1

    def wait_s(
        self, attempts: int, rng: random.Random, retry_after_s: float | None = None
    ) -> float:
        """Return how long to wait after `attempts` failed ones: full jitter over a doubling span.

        What the carrier asked for is a floor, up to `longest_retry_after_s`; the jitter comes on
        top and is as wide as the floor, so that those who were sent away together do not come back
        together.
        """
        doublings = min(max(attempts - 1, 0), _MOST_DOUBLINGS)
        floor = min(max(retry_after_s or 0.0, 0.0), self.longest_retry_after_s)
        span = max(floor, self.first_s * 2**doublings)
        return floor + rng.uniform(0.0, min(self.longest_s, span))

    def poll_wait_s(self, quiet: int, rng: random.Random) -> float:
        """Return how long to wait after `quiet` questions in a row that brought no decision."""
        span = min(self.poll_longest_s, self.poll_s * 2.0 ** min(quiet, _MOST_DOUBLINGS))
        return span * rng.uniform(0.7, 1.0)

    def next_try(self, attempts: int, now: datetime, rng: random.Random) -> datetime:
        """Return when a row is due again after `attempts` failed attempts."""
        return now + timedelta(seconds=self.wait_s(attempts, rng))

    def not_before(self, now: datetime, retry_after_s: float | None) -> datetime:
        """Return the time that the carrier asked us to wait for, as far as we agree to."""
        asked = min(max(retry_after_s or 0.0, 0.0), self.longest_retry_after_s)
        return now + timedelta(seconds=asked)

    @property
    def grace(self) -> timedelta:
        """How long a packet outlives its receipt."""
        return timedelta(seconds=self.grace_s)
