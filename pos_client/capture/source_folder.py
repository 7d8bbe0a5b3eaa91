"""A folder of pictures in place of a camera: each is held before it for a while."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from pos_client.capture.camera_problems import NoPictures
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.pace import Pace
from pos_client.capture.vision import cv2

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
_FPS: Final = 30.0
#: No shop picture is larger; what claims to be is not decoded.
_LARGEST_FILE: Final = 64 * 1024 * 1024


class FolderSource:
    """Shows the pictures of a folder in the order of their names, each for `hold_s` seconds.

    Files that are no pictures are passed over. It ends with None after the last one, and starts
    again when it is read after `close`.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        *,
        hold_s: float = 3.0,
        make_pace: Callable[[float], Pace] | None = None,
    ) -> None:
        self.name = "folder"
        self._folder = folder
        self._clock = clock
        self._repeats = max(1, round(hold_s * _FPS))
        self._closing = threading.Event()
        self._make_pace = make_pace or (lambda fps: Pace(fps, wait=self._closing.wait))
        self._lock = threading.Lock()
        self._pace: Pace | None = None
        self._left: list[Path] = []
        self._shown: Pixels | None = None
        self._turn = -1

    def read(self) -> Frame | None:
        """Return the picture whose turn it is, or None after the last one.

        Raises:
            NoPictures: the folder is not there or holds no picture.
        """
        with self._lock:
            if self._pace is None:
                self._pace = self._started()
            number = self._pace.next_due()
            while self._turn < number // self._repeats:
                self._shown = self._next_picture()
                self._turn += 1
            if self._shown is None:
                return None
            return Frame(self._shown.copy(), self.name, self._clock(), number)

    def close(self) -> None:
        """Forget the picture in memory; safe to call twice."""
        self._closing.set()
        with self._lock:
            self._pace = None
            self._shown = None

    def _started(self) -> Pace:
        try:
            found = sorted(p for p in self._folder.iterdir() if p.suffix.lower() in PICTURES)
        except OSError as err:
            raise NoPictures from err
        self._left = found
        self._shown = self._next_picture()
        if self._shown is None:
            raise NoPictures
        self._turn = 0
        self._closing.clear()
        return self._make_pace(_FPS)

    def _next_picture(self) -> Pixels | None:
        while self._left:
            picture = _decoded(self._left.pop(0))
            if picture is not None:
                return picture
        return None


def _decoded(path: Path) -> Pixels | None:
    """Read one picture upright, or None where the file is not one."""
    # By way of bytes: OpenCV on Windows cannot open a path with Chinese letters.
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return None
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:
        return None
    if data.size == 0:
        return None
    try:
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if picture is None else np.asarray(picture, np.uint8)
