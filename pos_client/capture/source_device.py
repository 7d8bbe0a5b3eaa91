"""A webcam: opened by name or number, asked for the best picture, let go at once when told."""

import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

import numpy as np

from pos_client.capture.camera_problems import CameraInUse, CameraLost, CameraNotFound
from pos_client.capture.cameras import BACKENDS, Camera, plugged_in
from pos_client.capture.frame import Frame
from pos_client.capture.vision import cv2

#: Enough for 12 pixels a millimetre on a card that fills most of the picture; more costs frames.
WANTED_SIZE: Final = (1280, 720)
_WANTED_FPS: Final = 30
_OPEN_WITHIN_S: Final = 6.0
_BAD_PICTURES: Final = 8
_BETWEEN_TRIES_S: Final = 0.03
_CHANNELS: Final = 3


class Device(Protocol):
    """As much of `cv2.VideoCapture` as is used here."""

    def isOpened(self) -> bool: ...  # noqa: D102, N802 - OpenCV's own name
    def read(self) -> tuple[bool, Any]: ...  # noqa: D102 - as OpenCV documents it
    def set(self, propId: int, value: float) -> bool: ...  # noqa: D102, N803 - OpenCV's own name
    def release(self) -> None: ...  # noqa: D102 - as OpenCV documents it


Opener = Callable[[int, int], Device]


class DeviceSource:
    """A webcam, opened at the first `read` and again at the first one after `close` or a loss.

    Args:
        wanted: the camera's name, or its number.
        clock: gives the time a picture was taken.
        opener: opens camera number `index` of a backend; blocks for as long as the driver does.
        cameras: lists what is plugged in.
        open_within_s: how long the driver may take before the camera counts as held by another.
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
        self._number = 0

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
                self._device = self._opened()
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
            self._device = None
            raise CameraLost

    def close(self) -> None:
        """Release the camera; safe to call twice. A `read` that is under way ends first."""
        self._closing.set()
        with self._lock:
            if self._device is not None:
                self._device.release()
                self._device = None

    def _opened(self) -> Device:
        listed = self._cameras()
        chosen = self._chosen(listed)
        device = _within(self._open_within_s, lambda: _first_open(self._opener, chosen))
        if device is None:
            known = any(camera.index == chosen[0].index for camera in listed)
            raise CameraInUse(camera=self.name) if known else CameraNotFound(camera=self.name)
        return device

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


def _first_open(opener: Opener, chosen: Sequence[Camera]) -> Device | None:
    for camera in chosen:
        device = opener(camera.index, camera.backend)
        if device.isOpened():
            return device
        device.release()
    return None


def _within(seconds: float, opening: Callable[[], Device | None]) -> Device | None:
    """Wait for a driver no longer than `seconds`; a camera that opens later is let go at once."""
    opened: queue.SimpleQueue[Device | None] = queue.SimpleQueue()
    decided = threading.Lock()  # whoever gets it first decides: delivered, or given up

    def work() -> None:
        device = opening()
        if decided.acquire(blocking=False):
            opened.put(device)
        elif device is not None:
            device.release()

    threading.Thread(target=work, name="camera opens", daemon=True).start()
    try:
        return opened.get(timeout=seconds)
    except queue.Empty:
        return None if decided.acquire(blocking=False) else opened.get()


def _open(index: int, backend: int) -> Device:
    device = cv2.VideoCapture(index, backend)
    if device.isOpened():
        # The order matters to several drivers: first the format, then the size, then the speed.
        device.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        device.set(cv2.CAP_PROP_FRAME_WIDTH, WANTED_SIZE[0])
        device.set(cv2.CAP_PROP_FRAME_HEIGHT, WANTED_SIZE[1])
        device.set(cv2.CAP_PROP_FPS, _WANTED_FPS)
        device.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return device
