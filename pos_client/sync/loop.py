"""Keeps sending for as long as the program runs. It waits, wakes and stops; it decides nothing."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

log = logging.getLogger(__name__)

#: After a bug of ours the loop goes on, but not at once.
_AFTER_A_BUG_S: Final = 30.0
_LOOK_S: Final = 0.2


class Work(Protocol):
    """What is done again and again; `sync.round.Round` is it."""

    def run(self) -> float:
        """Do a round and return for how many seconds to wait."""
        ...

    def hurry(self) -> None:
        """Let the next round try at once."""
        ...

    def stop(self) -> None:
        """Let a running round end soon."""
        ...


def wait_for(wake: threading.Event, seconds: float) -> None:
    """Wait until `wake` is set or the time is over."""
    wake.wait(seconds)


class Loop:
    """Runs rounds on a thread of its own until `stop`."""

    def __init__(
        self,
        work: Work,
        wait: Callable[[threading.Event, float], None] = wait_for,
        on_stop: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare; `on_stop` cuts a request that is under way, so that the program ends at once."""
        self._work = work
        self._wait = wait
        self._on_stop = on_stop
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self.run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin with a first round."""
        self._thread.start()

    def wake(self) -> None:
        """There is something new to send, or somebody wants it now. From any thread."""
        self._work.hurry()
        self._wake.set()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """End the loop and wait for it; True where it ended in time. From any other thread."""
        self._stopped.set()
        self._work.stop()
        self._wake.set()
        # More than once: a request may begin between two looks.
        for _ in range(max(1, int(timeout_s / _LOOK_S))):
            self._on_stop()
            if self._thread.ident is not None:
                self._thread.join(_LOOK_S)
            if not self._thread.is_alive():
                return True
        return False

    def run(self) -> None:
        """Do rounds until stopped."""
        while not self._stopped.is_set():
            self._pause(self._round())

    def _round(self) -> float:
        try:
            return self._work.run()
        except Exception:
            log.exception("a round of sending failed")
            return _AFTER_A_BUG_S

    def _pause(self, seconds: float) -> None:
        self._wait(self._wake, seconds)
        self._wake.clear()
