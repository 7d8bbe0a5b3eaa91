"""How fast the line is, how much of a packet goes in one piece, and how long the rest will take."""

import threading
from dataclasses import dataclass
from typing import Final

from pos_client.model.registration import RegistrationId

#: Between the smallest piece worth a request of its own and what the carrier takes at once.
SMALLEST: Final = 16 * 1024
LARGEST: Final = 1024 * 1024
_UNMEASURED: Final = 512 * 1024
#: Seconds that a piece may take. A cut line costs one piece, a piece costs a wait for its answer:
#: the span halves with each cut and grows slowly while nothing is cut. Below a second the waits
#: cost more than the cuts: on a long way two pieces abreast no longer fill the line.
_LONGEST_SPAN_S: Final = 4.0
_SHORTEST_SPAN_S: Final = 1.0
_GROWS: Final = 1.05
#: How much the newest measurement weighs.
_WEIGHT: Final = 0.3
#: What is too small, or came too fast, says nothing about the line.
_TELLING: Final = 16 * 1024
_TELLING_S: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one packet is, in bytes; `sent` counts what the carrier said it has, and more."""

    sent: int
    size: int


class Pace:
    """Measures uploads and remembers how far each is. Several threads may tell it."""

    def __init__(self, lanes: int = 1) -> None:
        """Take the number of uploads that may share the line."""
        self._lanes = lanes
        self._rate: float | None = None
        self._guess = float(_UNMEASURED)
        self._cuts = 0
        self._span_s = _LONGEST_SPAN_S
        self._under_way: dict[RegistrationId, Progress] = {}
        self._lock = threading.Lock()

    @property
    def rate(self) -> float | None:
        """Bytes a second that one upload gets; None before the first was measured."""
        return self._rate

    @property
    def throughput(self) -> float | None:
        """Bytes a second that the line carries for us."""
        return None if self._rate is None else self._rate * self._lanes

    @property
    def piece(self) -> int:
        """How many bytes to send in one request: all pieces under way together fit the span."""
        if self._rate is None:
            return int(self._guess)
        return int(min(max(self._rate * self._span_s, SMALLEST), LARGEST))

    def eta_s(self, waiting_bytes: int) -> float | None:
        """Return in how many seconds so many bytes will be gone, None where nobody can say."""
        throughput = self.throughput
        return waiting_bytes / throughput if throughput else None

    def measured(self, size: int, seconds: float) -> None:
        """Take note of a request that was answered."""
        if size < _TELLING or seconds < _TELLING_S:
            return
        seen = size / seconds
        with self._lock:
            old = self._rate
            self._rate = seen if old is None else old + _WEIGHT * (seen - old)
            self._span_s = min(_LONGEST_SPAN_S, self._span_s * _GROWS)
            self._cuts = 0

    def cut(self) -> None:
        """Take note of a line that broke in the middle."""
        with self._lock:
            self._span_s = max(_SHORTEST_SPAN_S, self._span_s / 2)
            self._cuts += 1
            if self._cuts > self._lanes:
                # Nothing came through between two cuts: the line is not what it was taken for.
                self._guess = max(float(SMALLEST), self._guess / 2)
                self._rate = None if self._rate is None else max(1.0, self._rate / 2)

    def at(self, registration: RegistrationId, sent: int, size: int) -> None:
        """Take note of how far a packet is."""
        with self._lock:
            self._under_way[registration] = Progress(sent, size)

    def ended(self, registration: RegistrationId) -> None:
        """Forget a packet: its upload ended, whichever way."""
        with self._lock:
            self._under_way.pop(registration, None)

    def progress(self) -> dict[RegistrationId, Progress]:
        """Return what is under way now."""
        with self._lock:
            return dict(self._under_way)
