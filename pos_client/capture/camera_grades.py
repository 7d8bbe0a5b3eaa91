"""Grades a camera from pictures of the printed target, and says in words what to change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.camera_problems import (
    CardTooSmall,
    ColoursOff,
    GreysRunTogether,
    PictureBright,
    PictureDark,
    PictureGrainy,
    PictureNotSharp,
    PicturesTooFew,
)
from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.target import (
    COLOURS,
    GREYS,
    LINE_PAIRS,
    colour_boxes,
    find_marks,
    grey_boxes,
    group_box,
    groups,
)
from pos_client.capture.vision import cv2
from pos_client.model.camera_check import (
    TARGET_MM,
    Aspect,
    CameraMode,
    CameraReport,
    Grade,
    Mark,
)
from pos_client.model.problems import Problem

#: So many pictures are measured, so that noise can be told from print.
WANTED_PICTURES: Final = 8
#: The target is laid flat at this many pixels to the millimetre: enough for the finest lines.
_FLAT_PX: Final = 16
#: Lines count as parted where this share of the contrast between black and white is left.
_PARTED: Final = 0.15
_WHITE: Final = -1
_GREY: Final = 3

#: For each aspect the bounds of good and of fair; `True` where more is better.
_BOUNDS: Final[dict[Aspect, tuple[float, float, bool]]] = {
    Aspect.RESOLUTION: (9.0, 6.5, True),
    Aspect.FOCUS: (2.5, 2.0, True),
    Aspect.NOISE: (4.0, 8.0, False),
    Aspect.COLOUR: (12.0, 24.0, False),
    Aspect.SPEED: (24.0, 12.0, True),
}
_UNITS: Final = {
    Aspect.RESOLUTION: "px/mm",
    Aspect.FOCUS: "lp/mm",
    Aspect.EXPOSURE: "",
    Aspect.NOISE: "",
    Aspect.COLOUR: "ΔE",
    Aspect.SPEED: "1/s",
}
#: What is the matter where an aspect is not good.
_PROBLEMS: Final[dict[Aspect, type[Problem]]] = {
    Aspect.RESOLUTION: CardTooSmall,
    Aspect.FOCUS: PictureNotSharp,
    Aspect.NOISE: PictureGrainy,
    Aspect.COLOUR: ColoursOff,
    Aspect.SPEED: PicturesTooFew,
}

#: Bounds of good and of fair: white that is too dark, the grey before white that is white as well,
#: and neighbouring greys that are too alike.
_DARK_WHITE: Final = (150.0, 100.0)
_BRIGHT_GREY: Final = (251.0, 253.5)
_LEAST_STEP: Final = (5.0, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """One picture of the target, laid flat (BGR), with its scale in pixels a millimetre."""

    flat: Pixels
    px_per_mm: float


def lay_flat(frame: Frame) -> Laid | None:
    """Find the target in a frame and lay it flat; None where it is not in sight."""
    view = find_marks(np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_BGR2GRAY), np.uint8))
    if view is None:
        return None
    size = (round(TARGET_MM[0] * _FLAT_PX), round(TARGET_MM[1] * _FLAT_PX))
    to_flat = np.diag([_FLAT_PX, _FLAT_PX, 1.0]) @ np.linalg.inv(view)
    flat = cv2.warpPerspective(frame.pixels, to_flat, size, flags=cv2.INTER_LINEAR)
    return Laid(np.asarray(flat, np.uint8), _scale(view))


def report(camera: str, mode: CameraMode, laid: Sequence[Laid], fps: float) -> CameraReport:
    """Grade a camera from some pictures of the target, the speed measured beside."""
    mean = np.mean([each.flat for each in laid], axis=0).astype(np.float32)
    grey = np.asarray(cv2.cvtColor(mean, cv2.COLOR_BGR2GRAY), np.float32)
    marks = (
        _mark(Aspect.RESOLUTION, float(np.median([each.px_per_mm for each in laid]))),
        _mark(Aspect.FOCUS, _parted(grey)),
        _exposure(grey),
        _mark(Aspect.NOISE, _noise(laid)),
        _mark(Aspect.COLOUR, _cast(mean)),
        _mark(Aspect.SPEED, fps),
    )
    return CameraReport(camera, mode, marks)


def _mark(aspect: Aspect, figure: float) -> Mark:
    good, fair, more_is_better = _BOUNDS[aspect]
    sign = 1 if more_is_better else -1
    if sign * figure >= sign * good:
        grade = Grade.GOOD
    else:
        grade = Grade.FAIR if sign * figure >= sign * fair else Grade.POOR
    problem = None if grade is Grade.GOOD else _PROBLEMS[aspect]()
    return Mark(aspect, grade, round(figure, 1), _UNITS[aspect], problem)


def _scale(view: Floats) -> float:
    width, height = TARGET_MM
    corners = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], np.float64)
    there = cv2.perspectiveTransform(corners, view)[0]
    edges = [float(np.linalg.norm(there[(at + 1) % 4] - there[at])) for at in range(4)]
    return min(min(edges[0], edges[2]) / width, min(edges[1], edges[3]) / height)


def _part(picture: Floats, box: tuple[float, float, float, float]) -> Floats:
    left, top, width, height = (round(each * _FLAT_PX) for each in box)
    return picture[top : top + height, left : left + width]


def _parted(grey: Floats) -> float:
    """Return the finest line pairs a millimetre that both directions still hold apart."""
    black, white = (float(_part(grey, grey_boxes()[at]).mean()) for at in (0, _WHITE))
    contrast = max(1.0, white - black)
    left = dict.fromkeys(LINE_PAIRS, 1.0)
    for group in groups():
        part = _part(grey, group_box(group))
        # Along the lines the mean takes the noise away; across them it keeps the lines.
        profile = part.mean(axis=0 if group.upright else 1)
        left[group.pairs] = min(left[group.pairs], _swing(profile, group.pairs) / contrast)
    parted = 0.0
    for pairs in LINE_PAIRS:
        if left[pairs] < _PARTED:
            break
        parted = pairs
    return parted


def _swing(profile: Floats, pairs: float) -> float:
    """Return the difference between dark and light at exactly this many pairs a millimetre.

    A wrong number of lines, as a coarse sensor makes of fine ones, does not count.
    """
    at = np.arange(len(profile)) / _FLAT_PX
    turn = np.exp(-2j * np.pi * pairs * at)
    window = np.hanning(len(profile))
    strength = abs(np.sum((profile - profile.mean()) * window * turn)) / window.sum()
    # Bars swing by pi / 4 of what their first harmonic does between its two extremes.
    return float(strength * 4 * np.pi / 4)


def _exposure(grey: Floats) -> Mark:
    levels = [float(_part(grey, box).mean()) for box in grey_boxes()]
    white = levels[_WHITE]
    steps = np.diff(levels[:-1])
    least = float(steps.min())
    figure, unit = round(white), ""
    for grade, dark, bright, step in (
        (Grade.POOR, _DARK_WHITE[1], _BRIGHT_GREY[1], _LEAST_STEP[1]),
        (Grade.FAIR, _DARK_WHITE[0], _BRIGHT_GREY[0], _LEAST_STEP[0]),
    ):
        if white < dark:
            return Mark(Aspect.EXPOSURE, grade, figure, unit, PictureDark())
        if levels[_WHITE - 1] > bright:
            return Mark(Aspect.EXPOSURE, grade, figure, unit, PictureBright())
        if least < step:
            return Mark(Aspect.EXPOSURE, grade, figure, unit, GreysRunTogether())
    return Mark(Aspect.EXPOSURE, Grade.GOOD, figure, unit)


def _noise(laid: Sequence[Laid]) -> float:
    """Return how much a grey pixel changes from one picture to the next, in grey levels."""
    box = grey_boxes()[len(GREYS) // 2]
    parts = np.stack([_part(each.flat.astype(np.float32), box) for each in laid])
    if len(parts) > 1:
        return float(parts.std(axis=0).mean())
    return float(parts[0].std(axis=(0, 1)).mean())


def _cast(mean: Floats) -> float:
    """Return how far the colours are from those printed, once brightness is taken out of it."""
    boxes = colour_boxes()
    seen = np.array([_part(mean, box).reshape(-1, 3).mean(axis=0) for box in boxes])
    printed = np.array([rgb[::-1] for rgb in COLOURS], np.float64)
    gain = float(seen[-1].mean()) / float(printed[-1].mean())
    flat = np.clip(seen / max(gain, 0.05), 0, 255)
    pair = np.stack([flat, printed]).astype(np.float32) / 255
    lab = cv2.cvtColor(pair, cv2.COLOR_BGR2Lab)
    return float(np.median(np.linalg.norm(lab[0, :, 1:] - lab[1, :, 1:], axis=1)))
