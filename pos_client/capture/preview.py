"""Makes the picture on the screen from a camera frame: small, plain bytes, with its outline."""

from typing import Final

import numpy as np

from pos_client.capture.camera_problems import CameraInUse, CameraLost
from pos_client.capture.frame import Frame
from pos_client.capture.guidance import Guidance
from pos_client.capture.quality import corners
from pos_client.capture.vision import cv2
from pos_client.model.document import Quad
from pos_client.model.problems import Problem
from pos_client.model.view import Phase, View

#: What the window needs; a larger picture would be copied and made smaller thirty times a second
#: by the one thread that must not be late. Reading uses the whole frame.
_WIDEST: Final = 960
_HIGHEST: Final = 540
#: Above this scale four neighbours tell what a pixel of the small picture shows.
_HALF: Final = 0.5
_DARK_SIZE: Final = (640, 360)
_CAMERA_NOT_FOUND: Final = "DEV01"
_CAMERA_IN_USE: Final = "DEV02"
_CAMERA_UNPLUGGED: Final = "DEV06"


def view_of(frame: Frame, guidance: Guidance, outline: Quad | None, waiting_s: float) -> View:
    """Make the view of a frame; `outline` comes in pixels of the frame and goes in the view's."""
    height, width = frame.pixels.shape[:2]
    scale = min(1.0, _WIDEST / width, _HIGHEST / height)
    pixels = frame.pixels
    if scale < 1.0:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        # The mean of areas is seven times as slow wherever they are not whole pixels.
        how = cv2.INTER_LINEAR if scale > _HALF else cv2.INTER_AREA
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    return View(
        width=pixels.shape[1],
        height=pixels.shape[0],
        bgrx=cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA).tobytes(),
        phase=guidance.phase,
        outline=None if outline is None else _scaled(outline, scale),
        hint=guidance.hint,
        steady=guidance.steady,
        waiting_s=waiting_s,
    )


def no_camera(fault: Problem, waiting_s: float) -> View:
    """Make the dark view of a camera that gives no picture; its hint is a rule of the DEV group."""
    width, height = _DARK_SIZE
    return View(
        width=width,
        height=height,
        bgrx=bytes(width * height * 4),
        phase=Phase.NO_CAMERA,
        hint=_hint(fault),
        waiting_s=waiting_s,
    )


def _hint(fault: Problem) -> str:
    if isinstance(fault, CameraInUse):
        return _CAMERA_IN_USE
    return _CAMERA_UNPLUGGED if isinstance(fault, CameraLost) else _CAMERA_NOT_FOUND


def _scaled(quad: Quad, scale: float) -> Quad:
    return Quad(*((x * scale, y * scale) for x, y in corners(quad)))
