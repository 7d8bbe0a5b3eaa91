"""Agrees with a camera's driver on the best picture that comes fast enough to be lived with."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pos_client.capture.vision import cv2
from pos_client.model.camera_check import CameraMode

_FPS: Final = 30
#: A preview slower than this lags behind the hand that holds the card.
_FAST_ENOUGH: Final = 18.0
#: A driver that changes its mode gives some old or broken pictures first.
_FIRST_PICTURES: Final = 5
_TIMED_PICTURES: Final = 8
_TIMED_S: Final = 0.6
_CHANNELS: Final = 3
_LETTERS: Final = 4


class Device(Protocol):
    """As much of `cv2.VideoCapture` as is used here."""

    def isOpened(self) -> bool: ...  # noqa: D102, N802 - OpenCV's own name
    def read(self) -> tuple[bool, Any]: ...  # noqa: D102 - as OpenCV documents it
    def set(self, propId: int, value: float) -> bool: ...  # noqa: D102, N803 - OpenCV's own name
    def get(self, propId: int) -> float: ...  # noqa: D102, N803 - OpenCV's own name
    def release(self) -> None: ...  # noqa: D102 - as OpenCV documents it


@dataclass(frozen=True, slots=True)
class _Wish:
    """A picture to be asked for. Without `form` the driver chooses how it is packed."""

    width: int
    height: int
    form: str


#: Best first. Packed pictures come first of each size: unpacked ones do not fit through USB 2.
_WISHES: Final = (
    _Wish(1920, 1080, "MJPG"),
    _Wish(1280, 720, "MJPG"),
    _Wish(1280, 720, ""),
    _Wish(640, 480, ""),
)


def negotiate(
    device: Device, *, monotonic: Callable[[], float] = time.monotonic
) -> CameraMode | None:
    """Set the device to the largest picture that comes fast enough; None where none comes.

    Where nothing is fast enough the fastest is taken: more light may make it faster.
    """
    _let_it_adjust(device)
    tried: list[tuple[_Wish, CameraMode]] = []
    for wish in _WISHES:
        mode = _agreed(device, wish, monotonic)
        if mode is not None:
            tried.append((wish, mode))
            if mode.fps >= _FAST_ENOUGH and mode.width >= wish.width:
                return mode
    if not tried:
        return None
    # Of equals the last one: it is what the driver is set to.
    wish, best = max(reversed(tried), key=lambda each: _worth(each[1]))
    return best if wish is tried[-1][0] else _agreed(device, wish, monotonic) or best


def _worth(mode: CameraMode) -> tuple[float, int]:
    """Order modes: of those that are fast enough the largest, else the fastest."""
    return min(mode.fps, _FAST_ENOUGH), mode.width


def _let_it_adjust(device: Device) -> None:
    """Let exposure, white balance and focus follow the light; drivers ignore what they lack."""
    # Video for Linux counts its menu of exposure modes: 3 is "by aperture", which is automatic.
    automatic = 3 if sys.platform == "linux" else 1
    device.set(cv2.CAP_PROP_AUTO_EXPOSURE, automatic)
    device.set(cv2.CAP_PROP_AUTO_WB, 1)
    device.set(cv2.CAP_PROP_AUTOFOCUS, 1)


def _agreed(device: Device, wish: _Wish, monotonic: Callable[[], float]) -> CameraMode | None:
    """Ask for a picture, look what comes, and how fast."""
    # The order matters to several drivers: first the form, then the size, then the speed.
    if wish.form:
        device.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*wish.form))
    device.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
    device.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
    device.set(cv2.CAP_PROP_FPS, _FPS)
    device.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    size = None
    for _ in range(_FIRST_PICTURES):
        complete, pixels = device.read()
        if complete and pixels is not None and pixels.ndim == _CHANNELS:
            size = pixels.shape[1], pixels.shape[0]
            break
    if size is None:
        return None
    fps = _pace(device, monotonic)
    return CameraMode(*size, form=_form(device), fps=fps)


def _pace(device: Device, monotonic: Callable[[], float]) -> float:
    began = at = monotonic()
    count = 0
    while count < _TIMED_PICTURES and at - began < _TIMED_S:
        complete, _ = device.read()
        count += complete
        at = monotonic()
        if not complete:
            break
    # A driver may have had pictures in store; no webcam is faster than twice what was asked for.
    return min(2.0 * _FPS, count / (at - began)) if at > began else 2.0 * _FPS


def _form(device: Device) -> str:
    code = int(device.get(cv2.CAP_PROP_FOURCC))
    letters = bytes(code >> 8 * at & 0xFF for at in range(_LETTERS)) if code > 0 else b""
    text = letters.decode("ascii", errors="replace").strip("\0 ")
    return text if text.isalnum() else ""
