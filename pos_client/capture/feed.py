"""Keeps a camera's newest picture at hand, whether the camera is slow, gone, or back again."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pos_client.capture.camera_problems import CameraLost
from pos_client.capture.frame import Frame, FrameSource
from pos_client.model.problems import Problem

#: Seconds between two tries to open a camera that is not there.
RETRY_S: Final = 0.7
_LINGER_S: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """What came last: a frame, or the Problem that keeps frames away. `count` tells two apart."""

    count: int
    frame: Frame | None
    fault: Problem | None


class Feed:
    """Reads a source in a thread of its own; nobody who looks ever waits for a camera.

    The thread starts with `want`, goes on for `linger_s` after the last one, so that the second
    side follows without the camera being opened anew, and then lets the camera go.

    Args:
        source: read, closed and read again by the feed's thread only.
        bell: rung whenever something arrives.
        monotonic: a clock that never runs backwards, seconds.
        retry_s: time between two tries to open a camera that is not there.
        linger_s: time the camera stays open after the last `want`.
    """

    def __init__(
        self,
        source: FrameSource,
        bell: threading.Condition,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        retry_s: float = RETRY_S,
        linger_s: float = _LINGER_S,
    ) -> None:
        self._source = source
        self._bell = bell
        self._monotonic = monotonic
        self._retry_s = retry_s
        self._linger_s = linger_s
        self._newest = Arrival(0, None, None)
        self._until = 0.0
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._bug: BaseException | None = None

    def want(self) -> None:
        """Keep the camera open, or open it."""
        with self._bell:
            self._until = self._monotonic() + self._linger_s
            if self._thread is None or self._stop.is_set():
                self._stop = threading.Event()
                self._newest = Arrival(self._newest.count, None, None)
                self._thread = threading.Thread(
                    target=self._run, args=(self._stop,), name="camera", daemon=True
                )
                self._thread.start()

    def news(self, count: int) -> bool:
        """Say whether something came after arrival `count`."""
        return self._newest.count != count or self._bug is not None

    def newest(self) -> Arrival:
        """Return what came last; it never waits."""
        bug, self._bug = self._bug, None
        if bug is not None:
            raise bug
        return self._newest

    def release(self, timeout_s: float = 0.12) -> bool:
        """Let the camera go; False where the driver holds it for longer than `timeout_s`."""
        with self._bell:
            thread, self._thread = self._thread, None
            self._stop.set()
        if thread is None:
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def _run(self, stop: threading.Event) -> None:
        try:
            while self._wanted(stop):
                self._step(stop)
        except BaseException as bug:  # noqa: BLE001 - raised again in the thread that looks
            self._bug = bug
        finally:
            self._source.close()
            with self._bell:
                self._bell.notify_all()

    def _wanted(self, stop: threading.Event) -> bool:
        with self._bell:
            if stop.is_set():
                return False
            if self._monotonic() < self._until:
                return True
            self._thread = None
            stop.set()
            return False

    def _step(self, stop: threading.Event) -> None:
        frame, fault = self._read()
        with self._bell:
            if not stop.is_set():
                self._newest = Arrival(self._newest.count + 1, frame, fault)
                self._bell.notify_all()
        if fault is not None:
            stop.wait(self._retry_s)

    def _read(self) -> tuple[Frame | None, Problem | None]:
        try:
            frame = self._source.read()
        except Problem as problem:
            return None, problem
        if frame is None:
            # What has ended begins anew once it is read after being closed.
            self._source.close()
            return None, CameraLost(camera=self._source.name)
        return frame, None
