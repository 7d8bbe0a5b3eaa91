"""What is known about the line to the carrier: for the strip, and for when to try again."""

import random
from dataclasses import dataclass, replace
from datetime import datetime

from pos_client.carrier.problems import ApprovalPending, CarrierBusy, TillRefused
from pos_client.model.problems import Problem
from pos_client.model.status import LinkState
from pos_client.sync.policy import Policy


@dataclass(frozen=True, slots=True)
class LinkView:
    """What the strip shows. `clock_offset_s` is local minus carrier time, None before contact."""

    state: LinkState = LinkState.UNKNOWN
    last_contact: datetime | None = None
    clock_offset_s: float | None = None
    cause: str | None = None


class Link:
    """Counts faults in a row and says when the line may be tried. Waits run on monotonic seconds.

    Written by the sender's thread alone; `view` may be read from any.
    """

    def __init__(self, policy: Policy, rng: random.Random) -> None:
        self.view = LinkView()
        self._policy = policy
        self._rng = rng
        self._faults = self._busy = 0
        self._closed_until = float("-inf")
        self._strained_until = float("-inf")

    def met(self, now: datetime) -> bool:
        """The carrier answered as itself; True where the line had been given up before."""
        was_broken = self.broken
        self._faults = self._busy = 0
        self._closed_until = float("-inf")
        self.view = replace(self.view, state=LinkState.ONLINE, last_contact=now, cause=None)
        return was_broken

    def compared(self, offset_s: float) -> None:
        """The clocks were compared."""
        self.view = replace(self.view, clock_offset_s=offset_s)

    def missed(self, problem: Problem, monotonic: float) -> None:
        """The carrier did not answer, or not as itself."""
        self._faults += 1
        if isinstance(problem, TillRefused):
            pending = isinstance(problem, ApprovalPending)
            pause = self._policy.approval_s if pending else self._policy.refused_s
            self._closed_until = monotonic + pause * self._rng.uniform(0.5, 1.0)
            self.view = replace(self.view, state=LinkState.REFUSED, cause=problem.code)
            return
        self.view = replace(self.view, state=LinkState.OFFLINE, cause=problem.code)
        if isinstance(problem, CarrierBusy):
            self._strained_until = monotonic + self._policy.strained_s
            # It is there, and says when to come: how long it was away before does not count.
            self._busy += 1
            wait = self._policy.wait_s(self._busy, self._rng, problem.retry_after_s)
        elif self.broken:
            wait = self._policy.wait_s(self._faults - self._policy.break_after + 1, self._rng)
        else:
            return
        self._closed_until = monotonic + wait

    @property
    def broken(self) -> bool:
        """True after so many faults in a row that one attempt at a time is enough."""
        return self._faults >= self._policy.break_after

    @property
    def good(self) -> bool:
        """True while the carrier answers as itself: the last thing that happened was no fault."""
        return self._faults == 0 and self.view.state is LinkState.ONLINE

    def strained(self, monotonic: float) -> bool:
        """Say whether the carrier was busy lately: what can wait is not asked then."""
        return monotonic < self._strained_until

    def closed_for(self, monotonic: float) -> float:
        """Return for how many seconds nothing shall be tried, 0.0 where the line is open."""
        return max(0.0, self._closed_until - monotonic)

    def reopen(self) -> None:
        """Somebody wants it now: try at once. The count of faults stays."""
        self._closed_until = self._strained_until = float("-inf")
