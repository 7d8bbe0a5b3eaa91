"""Plays pictures at the speed at which a camera would deliver them."""

import threading
import time
from collections.abc import Callable


class Pace:
    """Waits until the next picture is due, and says how many were due in the meantime.

    Args:
        fps: pictures per second.
        monotonic: a clock that never runs backwards, seconds.
        wait: waits for some seconds; returns True when it was told to end early.
    """

    def __init__(
        self,
        fps: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._interval_s = 1.0 / fps
        self._monotonic = monotonic
        self._wait = wait if wait is not None else threading.Event().wait
        self._start = monotonic()
        self._shown = 0

    def next_due(self) -> int:
        """Wait for the next picture and return its number since the start; skip late ones."""
        elapsed = self._monotonic() - self._start
        due = max(self._shown, int(elapsed / self._interval_s))
        early_s = due * self._interval_s - elapsed
        if early_s > 0:
            self._wait(early_s)
        self._shown = due + 1
        return due
