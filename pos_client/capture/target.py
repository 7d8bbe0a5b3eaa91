"""The printed target: where its marks, line pairs, greys and colours stand on a card's surface."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.vision import cv2
from pos_client.model.camera_check import TARGET_MM, Patch, Sample, Target

#: The four corner marks by their numbers, clockwise from the top left; they say where the card is.
MARK_MM: Final = 9.0
_DICTIONARY: Final = cv2.aruco.DICT_4X4_50
_MODULES: Final = 6
_EDGE_MM: Final = 2.0
#: Line pairs to the millimetre. A camera that parts 3 of them reads the smallest print on cards.
LINE_PAIRS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
_GROUP_MM: Final = (8.0, 5.0)
_GROUPS_LEFT: Final = 12.5
_GROUPS_TOP: Final = (4.0, 10.5)
#: Greys from black to white.
GREYS: Final = (0, 40, 80, 120, 160, 200, 230, 255)
_GREYS_AT: Final = (12.8, 40.5)
_GREY_MM: Final = (7.5, 9.5)
COLOURS: Final = ((200, 30, 40), (20, 140, 60), (30, 60, 170), (230, 190, 20), (128, 128, 128))
_COLOURS_AT: Final = (4.0, 18.0)
_COLOUR_MM: Final = (5.5, 4.2)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of line pairs: its place, and whether its lines stand upright."""

    pairs: float
    left: float
    top: float
    upright: bool


def groups() -> tuple[Group, ...]:
    """Return all groups of line pairs: the upper row upright, the lower row lying."""
    width = _GROUP_MM[0] + 0.7
    return tuple(
        Group(pairs, _GROUPS_LEFT + at * width, top, upright)
        for top, upright in zip(_GROUPS_TOP, (True, False), strict=True)
        for at, pairs in enumerate(LINE_PAIRS)
    )


def group_box(group: Group) -> tuple[float, float, float, float]:
    """Return left, top, width, height of a group, a little inside of its lines."""
    return group.left + 0.4, group.top + 0.4, _GROUP_MM[0] - 0.8, _GROUP_MM[1] - 0.8


def grey_boxes() -> tuple[tuple[float, float, float, float], ...]:
    """Return the inside of each grey, from black to white."""
    left, top = _GREYS_AT
    width, height = _GREY_MM
    return tuple(
        (left + at * width + 1.2, top + 1.2, width - 2.4, height - 2.4) for at in range(len(GREYS))
    )


def colour_boxes() -> tuple[tuple[float, float, float, float], ...]:
    """Return the inside of each colour, from top to bottom."""
    left, top = _COLOURS_AT
    width, height = _COLOUR_MM
    return tuple(
        (left + 0.8, top + at * height + 0.8, width - 1.6, height - 1.6)
        for at in range(len(COLOURS))
    )


def target() -> Target:
    """Return everything that is printed."""
    patches = [*_marks(), *_lines()]
    for at, grey in enumerate(GREYS):
        left, top = _GREYS_AT[0] + at * _GREY_MM[0], _GREYS_AT[1]
        patches.append(Patch(left, top, *_GREY_MM, rgb=(grey, grey, grey)))
    for at, rgb in enumerate(COLOURS):
        patches.append(Patch(_COLOURS_AT[0], _COLOURS_AT[1] + at * _COLOUR_MM[1], *_COLOUR_MM, rgb))
    words = "样本 SPECIMEN 0123456789"
    samples = [
        Sample(12.8, baseline, height, words)
        for baseline, height in ((21.5, 2.7), (26.0, 2.2), (29.8, 1.8), (33.2, 1.4), (36.2, 1.1))
    ]
    return Target(tuple(patches), tuple(samples))


def mark_corners() -> dict[int, "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"]:
    """Return the corners of each corner mark, 4 x 2 millimetres, clockwise from its top left."""
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * MARK_MM
    return {number: square + place for number, place in enumerate(_mark_places())}


def find_marks(
    grey: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None":
    """Return the view of the target in a grey picture, millimetres to pixels (3 x 3), or None.

    Three marks are enough: a thumb may lie on the fourth.
    """
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(_DICTIONARY))
    corners, numbers, _ = detector.detectMarkers(grey)
    known = mark_corners()
    seen = {
        int(number): quad.reshape(4, 2)
        # The binding says there are always numbers; without a mark in sight there are none.
        for number, quad in zip(np.ravel(numbers if len(corners) else []), corners, strict=True)
        if int(number) in known
    }
    if len(seen) < len(known) - 1:
        return None
    flat = np.concatenate([known[number] for number in seen]).astype(np.float32)
    there = np.concatenate(list(seen.values())).astype(np.float32)
    view, _ = cv2.findHomography(flat, there, 0)
    return np.asarray(view, np.float64)


def _mark_places() -> tuple[tuple[float, float], ...]:
    right, bottom = (each - _EDGE_MM - MARK_MM for each in TARGET_MM)
    return ((_EDGE_MM, _EDGE_MM), (right, _EDGE_MM), (right, bottom), (_EDGE_MM, bottom))


def _marks() -> list[Patch]:
    dictionary = cv2.aruco.getPredefinedDictionary(_DICTIONARY)
    module = MARK_MM / _MODULES
    patches = []
    for number, (left, top) in enumerate(_mark_places()):
        bits = cv2.aruco.generateImageMarker(dictionary, number, _MODULES) == 0
        patches += [
            Patch(left + column * module, top + row * module, module, module)
            for row in range(_MODULES)
            for column in range(_MODULES)
            if bits[row, column]
        ]
    return patches


def _lines() -> list[Patch]:
    patches = []
    width, height = _GROUP_MM
    for group in groups():
        pitch = 1 / group.pairs
        room = width if group.upright else height
        for at in range(int(room * group.pairs)):
            if group.upright:
                patches.append(Patch(group.left + at * pitch, group.top, pitch / 2, height))
            else:
                patches.append(Patch(group.left, group.top + at * pitch, width, pitch / 2))
    return patches
