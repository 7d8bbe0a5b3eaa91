"""A video file in place of a camera, played in real time."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from pos_client.capture.camera_problems import NoPictures
from pos_client.capture.frame import Frame
from pos_client.capture.pace import Pace
from pos_client.capture.vision import cv2

_USUAL_FPS: Final = 25.0
_FASTEST_FPS: Final = 120.0


class VideoSource:
    """Plays a file at its own speed; pictures that nobody fetched in time are dropped.

    It opens at the first `read`, ends with None, and starts again when it is read after `close`.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        *,
        make_pace: Callable[[float], Pace] | None = None,
    ) -> None:
        self.name = "video"
        self._path = path
        self._clock = clock
        self._closing = threading.Event()
        self._make_pace = make_pace or (lambda fps: Pace(fps, wait=self._closing.wait))
        self._lock = threading.Lock()
        self._video: cv2.VideoCapture | None = None
        self._pace = self._make_pace(_USUAL_FPS)
        self._next = 0

    def read(self) -> Frame | None:
        """Return the picture that is due now, or None at the end of the file.

        Raises:
            NoPictures: the file cannot be played.
        """
        with self._lock:
            if self._video is None:
                self._video = self._opened()
            due = self._pace.next_due()
            while self._next < due:
                if not self._video.grab():
                    return None
                self._next += 1
            complete, pixels = self._video.read()
            if not complete:
                return None
            self._next += 1
            return Frame(np.asarray(pixels, np.uint8), self.name, self._clock(), due)

    def close(self) -> None:
        """Release the file; safe to call twice."""
        self._closing.set()
        with self._lock:
            if self._video is not None:
                self._video.release()
                self._video = None

    def _opened(self) -> "cv2.VideoCapture":
        video = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        if not video.isOpened():
            video.release()
            raise NoPictures
        fps = video.get(cv2.CAP_PROP_FPS)
        self._closing.clear()
        self._pace = self._make_pace(fps if 1 <= fps <= _FASTEST_FPS else _USUAL_FPS)
        self._next = 0
        return video
