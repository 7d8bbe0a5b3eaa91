"""A camera that films what it is told to: scripted scenes for the demo, training and tests."""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

import numpy as np

from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.pace import Pace

#: Makes the pictures of one scene, height x width x 3 uint8 BGR, from its beginning.
Scene = Callable[[], Iterable[Pixels]]

_FPS: Final = 30.0


def empty_desk(width: int = 1280, height: int = 720) -> Pixels:
    """Return a plain grey desk with a soft fall of light, as seen when nothing lies there."""
    across = np.linspace(0.92, 1.0, width)
    down = np.linspace(1.0, 0.88, height)
    grey = (150 * down[:, None] * across[None, :]).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


class SyntheticSource:
    """Plays scenes in real time and shows an empty desk before, between and after them.

    `show` may be called from any thread; a new scene takes the place of the one that is playing.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        empty: Pixels | None = None,
        fps: float = _FPS,
        name: str = "synthetic",
        make_pace: Callable[[float], Pace] | None = None,
    ) -> None:
        self.name = name
        self._clock = clock
        self._empty = empty_desk() if empty is None else empty
        self._fps = fps
        self._closing = threading.Event()
        self._make_pace = make_pace or (lambda fps: Pace(fps, wait=self._closing.wait))
        self._pace: Pace | None = None
        self._lock = threading.Lock()
        self._scene: Iterator[Pixels] | None = None
        self._number = 0
        self._over = threading.Event()
        self._over.set()

    def show(self, scene: Scene) -> None:
        """Put a scene under the camera, from its first picture on."""
        with self._lock:
            self._scene = iter(scene())
            self._over.clear()

    def clear(self) -> None:
        """Take away whatever lies under the camera."""
        with self._lock:
            self._scene = None
            self._over.set()

    def wait_until_over(self, timeout_s: float) -> bool:
        """Wait until the scene has played to its end; False when that took too long."""
        return self._over.wait(timeout_s)

    def read(self) -> Frame:
        """Return the picture that is due now: of the scene, or of the empty desk."""
        pace = self._pace
        if pace is None:
            self._closing.clear()
            self._pace = pace = self._make_pace(self._fps)
            self._number = 0
        pace.next_due()
        frame = Frame(self._picture(), self.name, self._clock(), self._number)
        self._number += 1
        return frame

    def close(self) -> None:
        """Stop filming; the scene stays where it is, and `read` goes on. Safe to call twice."""
        self._closing.set()
        self._pace = None

    def _picture(self) -> Pixels:
        with self._lock:
            scene = self._scene
        if scene is None:
            return self._empty
        picture = next(scene, None)
        if picture is not None:
            return picture
        with self._lock:
            if self._scene is scene:
                self._scene = None
                self._over.set()
        return self._empty
