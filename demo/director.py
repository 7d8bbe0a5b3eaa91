"""Plays a script on the real window: does one thing, waits until it shows, does the next."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY_MS: Final = 20


@dataclass(frozen=True, slots=True)
class Until:
    """Wait for `seen`; `what` says in words what was waited for, `seconds` how long at most."""

    what: str
    seen: Callable[[], bool]
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Give a person time to look; nothing is waited for."""

    seconds: float


Script = Generator[Until | Pause, None, None]


class NotSeen(Exception):
    """What the script waited for never showed on the window."""


class Director(QObject):
    """Runs a script on the window's own event loop, so that it sees what a person would see."""

    #: The script ended; None, or what went wrong.
    ended = Signal(object)

    def __init__(
        self, script: Script, parent: QObject | None = None, *, patience: float = 1.0
    ) -> None:
        """Play `script`; `patience` is how many times longer than it says to wait at most."""
        super().__init__(parent)
        self._script = script
        self._patience = patience
        self._waiting: Until | Pause | None = None
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin at the next turn of the event loop."""
        self._timer.start()

    def _look(self) -> None:
        if self._waiting is not None and not self._over(self._waiting):
            return
        try:
            self._waiting = next(self._script)
        except StopIteration:
            self._end(None)
        except Exception as error:  # noqa: BLE001 - whatever the script met is the demo's result
            self._end(error)
        else:
            self._since = time.monotonic()

    def _over(self, waiting: Until | Pause) -> bool:
        passed = time.monotonic() - self._since
        if isinstance(waiting, Pause):
            return passed >= waiting.seconds
        if waiting.seen():
            return True
        if passed > waiting.seconds * self._patience:
            self._end(NotSeen(f"{waiting.what} (waited {waiting.seconds:.0f} s)"))
        return False

    def _end(self, trouble: Exception | None) -> None:
        self._timer.stop()
        self._script.close()
        self.ended.emit(trouble)
