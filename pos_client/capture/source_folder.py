"""A folder of pictures in place of a camera: each is held before it for a while."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.capture.bounded import Decoder
from pos_client.capture.camera_problems import NoPictures
from pos_client.capture.files import read_picture
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.pace import Pace
from pos_client.capture.problems import PictureUnreadable

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif"})
_FPS: Final = 30.0


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
        self._decoder = Decoder()

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
            self._decoder.close()

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
            try:
                return read_picture(self._left.pop(0), self._decoder.decode).pixels
            except PictureUnreadable:
                continue
        return None
