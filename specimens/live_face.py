"""Puts a drawn face before an imaginary camera: looking at it, turning its head, coming closer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from specimens.faces import draw_face

if TYPE_CHECKING:
    from specimens.specimen import Image

FRAME_SIZE: Final = (1280, 720)
MARK: Final = "SPECIMEN"
_HIGH: Final = 640
_RATIO: Final = 26 / 32  # of a passport photo
_WALL: Final = (168, 172, 170)
#: Where the head of a drawn figure is: its middle, its half width and half height, as shares.
_HEAD_AT: Final = 0.44
_HEAD_WIDE: Final = 0.25
_HEAD_HIGH: Final = 0.255
#: How far the nose stands out, in half widths of the head.
_NOSE: Final = 0.42
#: Degrees of a turn of 1.
MOST_DEG: Final = 28.0


def stand(
    seed: int,
    *,
    turn: float = 0.0,
    near: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    size: tuple[int, int] = FRAME_SIZE,
) -> Image:
    """Show a drawn person before a plain wall, marked SPECIMEN.

    Args:
        seed: whose face; that of `draw_face`.
        turn: the head, -1 to 1 as far as it goes, positive to the person's own left.
        near: size of the figure; 1 fills most of the height.
        shift: from the middle, in shares of the frame.
        size: width and height of the frame.
    """
    frame = np.full((size[1], size[0], 3), _WALL, np.uint8)
    high = round(_HIGH * near * size[1] / FRAME_SIZE[1])
    figure = _turned(_figure(seed, high), turn)
    left = round(size[0] * (0.5 + shift[0]) - figure.shape[1] / 2)
    top = round(size[1] * (0.53 + shift[1]) - figure.shape[0] / 2)
    _put(frame, figure, left, top)
    cv2.putText(
        frame,
        MARK,
        (24, size[1] - 24),
        cv2.FONT_HERSHEY_SIMPLEX,
        size[1] / 720 * 1.4,
        (40, 40, 170),
        3,
        cv2.LINE_AA,
    )
    return frame


def hold_up(seed: int, degrees: float, *, size: tuple[int, int] = FRAME_SIZE) -> Image:
    """Show a flat picture of a drawn face, turned about its upright axis like a photo in a hand."""
    frame = np.full((size[1], size[0], 3), _WALL, np.uint8)
    figure = _figure(seed, _HIGH)
    half_wide, half_high = figure.shape[1] / 2, figure.shape[0] / 2
    angle = np.deg2rad(degrees)
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        away = 1 + x * half_wide * np.sin(angle) / 1300
        corners.append(
            (
                size[0] / 2 + x * half_wide * np.cos(angle) / away,
                size[1] * 0.53 + y * half_high / away,
            )
        )
    flat = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * (
        figure.shape[1],
        figure.shape[0],
    )
    lean = cv2.getPerspectiveTransform(flat.astype(np.float32), np.array(corners, np.float32))
    cv2.warpPerspective(figure, lean, size, frame, borderMode=cv2.BORDER_TRANSPARENT)
    return frame


def _figure(seed: int, high: int) -> Image:
    # Drawn at one size, so that line widths do not depend on how near somebody stands.
    picture, _ = draw_face(round(_HIGH * _RATIO), _HIGH, seed, ground=172)
    drawn = np.ascontiguousarray(picture[:, :, ::-1])
    size = (round(high * _RATIO), high)
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8)


def _turned(figure: Image, turn: float) -> Image:
    """Turn the head as a ball with a nose on it; hair, neck and shoulders stay where they are."""
    if not turn:
        return figure
    height, width = figure.shape[:2]
    angle = np.deg2rad(turn * MOST_DEG)
    across = np.arange(width, dtype=np.float32)[None, :].repeat(height, axis=0)
    down = np.arange(height, dtype=np.float32)[:, None].repeat(width, axis=1)
    x = (across - width / 2) / (width * _HEAD_WIDE)
    y = (down - height * _HEAD_AT) / (height * _HEAD_HIGH)
    # On the ball at this height: how wide it is, and how far round it a point lies.
    wide = np.sqrt(np.clip(1 - y * y, 0.0, None))
    nose = np.exp(-(((x - np.sin(angle)) / 0.3) ** 2) - ((y - 0.24) / 0.22) ** 2)
    on_ball = np.clip((x - _NOSE * np.sin(angle) * nose) / np.maximum(wide, 1e-3), -1.0, 1.0)
    before = np.sin(np.clip(np.arcsin(on_ball) - angle, -np.pi / 2, np.pi / 2)) * wide
    inside = np.clip((1 - x * x - y * y) * 6, 0.0, 1.0)
    source = across + (before - x) * inside * width * _HEAD_WIDE
    return np.asarray(
        cv2.remap(
            figure,
            source.astype(np.float32),
            down,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


def _put(frame: Image, figure: Image, left: int, top: int) -> None:
    """Lay a figure into a frame; what is outside is cut off."""
    height, width = frame.shape[:2]
    x, y = max(0, left), max(0, top)
    x_end, y_end = min(width, left + figure.shape[1]), min(height, top + figure.shape[0])
    if x < x_end and y < y_end:
        frame[y:y_end, x:x_end] = figure[y - top : y_end - top, x - left : x_end - left]
