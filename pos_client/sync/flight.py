"""A few packets under way at the same time, so that the line works while answers are awaited."""

import threading
from collections.abc import Callable
from enum import Enum, auto
from queue import SimpleQueue

from pos_client.sync.ports import Leased
from pos_client.sync.step import Answer


class Heard(Enum):
    """What is heard of a packet while it is under way."""

    #: The carrier answers, and it is ready for this packet.
    ANSWERS = auto()
    #: It took a piece: what was sent so far is safe there.
    GOES_ON = auto()


class Flight:
    """Sends up to `lanes` packets abreast. Used by one thread; only the sending is done aside.

    With one lane nothing is done aside at all.
    """

    def __init__(self, ask: Callable[[Leased], Answer], lanes: int) -> None:
        """Take what sends one packet and returns what came of it."""
        self.lanes = lanes
        self.under_way = 0
        self._ask = ask
        self._landed: SimpleQueue[Answer | BaseException | Heard] = SimpleQueue()

    def depart(self, leased: Leased) -> None:
        """Send a packet; its answer comes out of `land`."""
        self.under_way += 1
        if self.lanes == 1:
            self._fly(leased)
            return
        threading.Thread(target=self._fly, args=(leased,), name="upload", daemon=True).start()

    def report(self, heard: Heard) -> None:
        """Tell `land` of a packet that is under way. From any thread."""
        self._landed.put(heard)

    def land(self) -> Answer | Heard:
        """Wait for the next answer, or the next that is heard, of whichever packet it is.

        Raises:
            Exception: a bug met on the way.
        """
        landed = self._landed.get()
        if isinstance(landed, Heard):
            return landed
        self.under_way -= 1
        if isinstance(landed, BaseException):
            raise landed
        return landed

    def _fly(self, leased: Leased) -> None:
        try:
            self._landed.put(self._ask(leased))
        except Exception as bug:  # noqa: BLE001 - raised again by `land`, on the thread that waits
            self._landed.put(bug)
