"""Which cameras are plugged in, by the names that people know them by."""

import sys
from dataclasses import dataclass
from typing import Final

from cv2_enumerate_cameras import enumerate_cameras

from pos_client.capture.vision import cv2

#: Where to look for cameras, best first. Only these: asking "any" lists the same camera twice.
BACKENDS: Final[tuple[int, ...]] = {
    "win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW),
    "linux": (cv2.CAP_V4L2,),
    "darwin": (cv2.CAP_AVFOUNDATION,),
}.get(sys.platform, (cv2.CAP_ANY,))


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera that is plugged in: `index` is its place in the list of `backend`."""

    name: str
    index: int
    backend: int


def plugged_in() -> tuple[Camera, ...]:
    """List the cameras as each backend knows them, the best backend first.

    Of several cameras with one name all but the first get a number behind it.
    """
    cameras: list[Camera] = []
    for backend in BACKENDS:
        found = sorted(enumerate_cameras(backend), key=lambda camera: camera.index)
        cameras += _told_apart([(info.name or "Camera", info.index) for info in found], backend)
    return tuple(cameras)


def camera_names() -> tuple[str, ...]:
    """Return the names of the cameras that are plugged in now."""
    return tuple(dict.fromkeys(camera.name for camera in plugged_in()))


def _told_apart(found: list[tuple[str, int]], backend: int) -> list[Camera]:
    """Two cameras of one make, or two nodes of one camera, must be different choices."""
    cameras: list[Camera] = []
    seen: dict[str, int] = {}
    for name, index in found:
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        cameras.append(Camera(shown, index, backend))
    return cameras
