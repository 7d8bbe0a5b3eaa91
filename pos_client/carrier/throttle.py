"""Leaves a part of the shop's line to others: sends no more bytes a second than allowed."""

import threading
from collections.abc import Callable
from typing import Final

#: Saved-up allowance is spent at most this long, so that a pause is not followed by a burst.
_BURST_S: Final = 0.25


class Throttle:
    """Shared by all uploads of a till. None means as fast as it goes."""

    def __init__(
        self,
        bytes_s: int | None,
        monotonic: Callable[[], float],
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Take the allowance and the clock it runs by."""
        self.bytes_s = bytes_s
        self._monotonic = monotonic
        self._wait = wait or threading.Event().wait
        self._free_at = monotonic()
        self._lock = threading.Lock()

    def take(self, size: int) -> None:
        """Wait until so many bytes may go."""
        if self.bytes_s is None or not size:
            return
        with self._lock:
            now = self._monotonic()
            begins = max(self._free_at, now - _BURST_S)
            self._free_at = begins + size / self.bytes_s
        if begins > now:
            self._wait(begins - now)
