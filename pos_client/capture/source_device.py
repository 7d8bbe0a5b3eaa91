"""A webcam: opened by name or number, asked for the best picture, let go at once when told."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from pos_client.capture.camera_problems import CameraInUse, CameraLost, CameraNotFound
from pos_client.capture.cameras import BACKENDS, Camera, plugged_in
from pos_client.capture.frame import Frame
from pos_client.capture.negotiate import Device, negotiate
from pos_client.capture.vision import cv2
from pos_client.model.camera_check import CameraMode

log = logging.getLogger(__name__)

_OPEN_WITHIN_S: Final = 6.0
_BAD_PICTURES: Final = 8
_BETWEEN_TRIES_S: Final = 0.03
_CHANNELS: Final = 3


Opener = Callable[[int, int], Device]
_Open = tuple[Device, CameraMode]


class DeviceSource:
    """A webcam, opened at the first `read` and again at the first one after `close` or a loss.

    Args:
        wanted: the camera's name, or its number.
        clock: gives the time a picture was taken.
        opener: opens camera number `index` of a backend; blocks for as long as the driver does.
        cameras: lists what is plugged in.
        open_within_s: how long one `read` waits for the driver. A slower one goes on opening, and a
            later `read` finds the camera open.
    """

    def __init__(
        self,
        wanted: str | int,
        clock: Callable[[], datetime],
        *,
        opener: Opener | None = None,
        cameras: Callable[[], Sequence[Camera]] = plugged_in,
        open_within_s: float = _OPEN_WITHIN_S,
    ) -> None:
        self.name = wanted if isinstance(wanted, str) else f"camera {wanted}"
        self._wanted = wanted
        self._clock = clock
        self._opener = opener or _open
        self._cameras = cameras
        self._open_within_s = open_within_s
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._device: Device | None = None
        self._opening: _Opening | None = None
        self._number = 0
        #: What was agreed with the driver; None while the camera is not open.
        self.mode: CameraMode | None = None

    def read(self) -> Frame | None:
        """Return the next picture.

        Raises:
            CameraNotFound: no such camera is plugged in.
            CameraInUse: it is there but does not open.
            CameraLost: it was open and stopped answering.
        """
        with self._lock:
            if self._device is None:
                self._closing.clear()
                self._device, self.mode = self._opened()
                self._number = 0
            for _ in range(_BAD_PICTURES):
                complete, pixels = self._device.read()
                if complete and pixels is not None and pixels.ndim == _CHANNELS:
                    self._number += 1
                    now = self._clock()
                    return Frame(np.asarray(pixels, np.uint8), self.name, now, self._number - 1)
                if self._closing.wait(_BETWEEN_TRIES_S):
                    break
            self._device.release()
            self._device, self.mode = None, None
            raise CameraLost(camera=self.name)

    def close(self) -> None:
        """Release the camera; safe to call twice. A `read` that is under way ends first."""
        self._closing.set()
        with self._lock:
            if self._opening is not None:
                self._opening.give_up()
                self._opening = None
            if self._device is not None:
                self._device.release()
                self._device, self.mode = None, None

    def _opened(self) -> _Open:
        if self._opening is None:
            listed = self._cameras()
            chosen = self._chosen(listed)
            known = any(camera.index == chosen[0].index for camera in listed)
            self._opening = _Opening(self._opener, chosen, known=known)
        opening = self._opening
        try:
            opened = opening.wait(self._open_within_s)
        except queue.Empty:
            # Some drivers take half a minute. The next `read` asks whether this one is done.
            raise CameraInUse(camera=self.name) from None
        self._opening = None
        if opened is None:
            raise (CameraInUse if opening.known else CameraNotFound)(camera=self.name)
        return opened

    def _chosen(self, listed: Sequence[Camera]) -> list[Camera]:
        """Return what may be meant, best first.

        A number is tried even when nothing is listed: some drivers list no camera but open it.
        """
        if isinstance(self._wanted, int):
            same = [camera for camera in listed if camera.index == self._wanted]
            return same or [Camera(self.name, self._wanted, backend) for backend in BACKENDS]
        name = self._wanted.casefold()
        exact = [camera for camera in listed if camera.name.casefold() == name]
        alike = [camera for camera in listed if name in camera.name.casefold()]
        if not exact and not alike:
            raise CameraNotFound(camera=self.name)
        return exact or alike


class _Opening:
    """A camera that is being opened in a thread of its own, for as long as its driver takes."""

    def __init__(self, opener: Opener, chosen: Sequence[Camera], *, known: bool) -> None:
        self.known = known
        self._opened: queue.SimpleQueue[_Open | None] = queue.SimpleQueue()
        self._decided = threading.Lock()  # whoever gets it first decides: delivered, or given up
        threading.Thread(
            target=self._run, args=(opener, chosen), name="camera opens", daemon=True
        ).start()

    def wait(self, seconds: float) -> _Open | None:
        """Return the open device and its mode, None where it does not open. Or queue.Empty."""
        return self._opened.get(timeout=seconds)

    def give_up(self) -> None:
        """Let the camera go as soon as it is open."""
        if not self._decided.acquire(blocking=False):
            opened = self._opened.get()
            if opened is not None:
                opened[0].release()

    def _run(self, opener: Opener, chosen: Sequence[Camera]) -> None:
        opened = _first_open(opener, chosen)
        if self._decided.acquire(blocking=False):
            self._opened.put(opened)
        elif opened is not None:
            opened[0].release()


def _first_open(opener: Opener, chosen: Sequence[Camera]) -> _Open | None:
    for camera in chosen:
        device = opener(camera.index, camera.backend)
        mode = negotiate(device) if device.isOpened() else None
        if mode is not None:
            log.info("camera open", extra={"mode": str(mode)})
            return device, mode
        device.release()
    return None


def _open(index: int, backend: int) -> Device:
    return cv2.VideoCapture(index, backend)
