"""The only door between the window and slow work: plain functions go out, outcomes come back."""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from pos_client.model.problems import Problem

T = TypeVar("T")


class Lane(StrEnum):
    """Which work may wait for which. Work on one lane is done one after another, in order."""

    DESK = "desk"
    CAMERA = "camera"
    ASIDE = "aside"


#: Threads a lane has. Drafts and drawers are changed by one thread only; looking through the
#: camera can take minutes and must not hold them up; what is done aside keeps no order.
WORKERS: Final = {Lane.DESK: 1, Lane.CAMERA: 1, Lane.ASIDE: 2}


class Background(QObject):
    """Runs work off the UI thread; calls back on it, exactly once, with result or problem."""

    _settled = Signal(object)

    def __init__(self, on_bug: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._open = True
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane, pool in self._pools.items():
            pool.setMaxThreadCount(WORKERS[lane])
        self._settled.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None],
        *,
        lane: Lane = Lane.DESK,
    ) -> None:
        """Start `work`; later call `then(result)` or `failed(problem)` on the UI thread.

        `work` sees no widget. A bug in it goes to `on_bug` instead of either.
        """

        def job() -> None:
            try:
                result = work()
            except Problem as problem:
                trouble = problem
                self._settled.emit(lambda: failed(trouble))
            except Exception as error:  # noqa: BLE001 - the one net for bugs in background work
                bug = error
                self._settled.emit(lambda: self._on_bug(bug))
            else:
                self._settled.emit(lambda: then(result))

        self._pools[lane].start(job)

    def drain(self, msecs: int = 5000) -> bool:
        """Wait for running work; True when all of it ended in time. Outcomes still arrive."""
        return all(pool.waitForDone(msecs) for pool in self._pools.values())

    def close(self, msecs: int = 5000) -> bool:
        """Forget what has not started, wait for the rest, and drop the outcomes: for shutdown."""
        self._open = False
        for pool in self._pools.values():
            pool.clear()
        return self.drain(msecs)

    @Slot(object)
    def _call(self, outcome: Callable[[], None]) -> None:
        if self._open:
            outcome()


class Mailbox(QObject):
    """Holds the newest value only: a slow window skips camera pictures, it never piles them up."""

    #: A value was put; take it with `newest`. Sent once, however many values came since.
    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guard = threading.Lock()
        self._value: object | None = None

    def put(self, value: object) -> None:
        """Leave a value, from any thread. Never waits for the window."""
        with self._guard:
            first = self._value is None
            self._value = value
        if first:
            self.arrived.emit()

    def newest(self) -> object | None:
        """Take the newest value out, or None where it was already taken."""
        with self._guard:
            value, self._value = self._value, None
        return value
