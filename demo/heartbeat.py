"""Listens to the window's event loop: a tick every 10 ms, and how late each one came."""

import time
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS: Final = 10
LATE_MS: Final = 50.0


@dataclass(frozen=True, slots=True)
class Pulse:
    """`ticks` heard, the share within 50 ms of the one before, and the worst gap in ms."""

    ticks: int
    in_time: float
    worst_ms: float


class Heartbeat(QObject):
    """Counts only between `listen` and `rest`, so that a figure belongs to one thing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gaps: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._tick)

    def listen(self) -> None:
        """Begin or go on listening."""
        self._last = time.perf_counter()
        self._timer.start()

    def rest(self) -> None:
        """Stop listening for now."""
        self._timer.stop()
        self._last = None

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self._gaps.append((now - self._last) * 1000)
        self._last = now

    def pulse(self) -> Pulse:
        """Return the figures of everything heard so far."""
        if not self._gaps:
            return Pulse(0, 1.0, 0.0)
        in_time = sum(gap <= LATE_MS for gap in self._gaps) / len(self._gaps)
        return Pulse(len(self._gaps), in_time, max(self._gaps))
