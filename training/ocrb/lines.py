"""Draws one line as a poor camera would show it, with the place of every letter."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.ocrb import paper, texts
from training.ocrb.camera import seen_by_camera
from training.ocrb.faces import ALPHABET, CAP_PX, ROOM_PX, Glyphs

HEIGHT: Final = 32
#: Letters this much of a pitch from the middle of a step belong to it; further off than the second
#: figure nothing stands there; between the two nobody is asked.
_AT: Final = 0.24
_OFF: Final = 0.40
IGNORED: Final = -100

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """A picture (32 x width, values about zero), its text, and the class of each step."""

    picture: Floats
    text: str
    steps: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Row:
    """Ink of one row at the size of the store; the middles of its letters and its pitch there."""

    ink: Floats
    text: str
    middles: list[float]
    pitch: float


def draw(
    rng: Generator, faces: list[tuple[float, Glyphs]], store: list[Floats], width: int
) -> Line:
    """Draw a line that fills `width` pixels, or begins and ends inside it."""
    weights = np.array([weight for weight, _ in faces])
    glyphs = faces[int(rng.choice(len(faces), p=weights / weights.sum()))][1]
    cap = HEIGHT * float(rng.uniform(0.38, 0.82))
    stretch = float(np.clip(rng.normal(1.0, 0.09), 0.78, 1.3))
    pitch = max(9.8, glyphs.pitch * cap / CAP_PX * stretch)
    stretch = pitch / (glyphs.pitch * cap / CAP_PX)
    scale = CAP_PX / cap
    # The row is composed at the size of the store: long enough for the width that will be shown.
    room = width * scale / stretch
    row = _compose(rng, glyphs, texts.text(rng), room)
    sheet, baseline = _sheet(rng, glyphs, row, round(HEIGHT * scale * 1.6))
    # From the store's size to the picture: stretch, shear, lean, a little perspective, any offset.
    top = (HEIGHT - cap) / 2 + float(rng.normal(0, 0.09)) * (HEIGHT - cap + 3)
    lean = float(rng.normal(0, 0.05))
    slope = float(rng.normal(0, 0.010)) if rng.random() < 0.7 else 0.0
    grow = float(rng.normal(0, 0.035)) if rng.random() < 0.4 else 0.0
    middle = width / 2
    shape = np.array(
        [
            [stretch / scale, lean / scale, -lean * baseline / scale],
            [slope / scale, 1 / scale, top + cap - baseline / scale - slope * middle],
            [grow * stretch / scale / width, 0, 1 - grow / 2],
        ]
    )
    # What the camera resolves: capitals of so many pixels, in the frame it delivered.
    small = float(np.exp(rng.uniform(np.log(7.5), np.log(34))))
    factor = min(1.6, small / cap)
    size = max(24, round(width * factor)), max(8, round(HEIGHT * factor))
    view = np.diag([size[0] / width, size[1] / HEIGHT, 1.0]) @ shape
    soft = scale / factor
    if soft > 1.2:  # as a lens and the cells of a sensor average
        sheet = np.asarray(cv2.GaussianBlur(sheet, (0, 0), 0.38 * soft), np.float32)
    ink = np.asarray(cv2.warpPerspective(sheet, view, size, flags=cv2.INTER_LINEAR), np.float32)
    shown = seen_by_camera(rng, ink, paper.cut(rng, store, size[1], size[0]), small)
    how = cv2.INTER_AREA if factor > 1 else cv2.INTER_CUBIC
    picture = np.asarray(cv2.resize(shown, (width, HEIGHT), interpolation=how), np.float32)
    places = _places(shape, row, baseline)
    return Line(normal(picture), *_labels(row.text, places, width, pitch))


def normal(picture: Floats) -> Floats:
    """Bring a grey picture to mean 0 and spread 1, as the reader does before it looks."""
    spread = max(float(picture.std()), 4.0)
    return np.asarray((picture - picture.mean()) / spread, np.float32)


def _compose(rng: Generator, glyphs: Glyphs, text: str, room: float) -> _Row:
    """Set letters side by side, from some place in the text, until the room is used up."""
    even = rng.random() < 0.9 or glyphs.advances["I"] == glyphs.advances["W"]
    widest = max(glyphs.advances.values())
    pitch = max(glyphs.pitch, widest * 0.82) if even else glyphs.pitch
    jitter = float(rng.choice((0.0, 0.0, 0.015, 0.03)))
    begins = rng.random() < 0.45
    lead = rng.uniform(0.1, 2.5) if begins else rng.uniform(-0.35, 0.6)
    start = 0 if begins else int(rng.integers(0, max(1, len(text) - 8)))
    ink = np.zeros((CAP_PX + 2 * ROOM_PX, round(room) + 2), np.float32)
    at, middles, shown = lead * pitch, [], ""
    for letter in text[start:]:
        advance = pitch if even else glyphs.advances[letter] * 1.04
        if at + advance > room + 0.45 * pitch:
            break
        place = at + (advance - glyphs.advances[letter]) / 2 + rng.normal(0, jitter) * pitch
        _stamp(ink, glyphs.masks[letter], round(place + glyphs.lefts[letter]))
        middles.append(at + advance / 2)
        shown += letter
        at += advance
    return _Row(ink, shown, middles, pitch)


def _stamp(ink: Floats, mask: NDArray[np.uint8], left: int) -> None:
    first, end = max(0, left), min(ink.shape[1], left + mask.shape[1])
    if first < end:
        part = mask[:, first - left : end - left].astype(np.float32)
        np.maximum(ink[:, first:end], part / 255, out=ink[:, first:end])


def _sheet(rng: Generator, glyphs: Glyphs, row: _Row, height: int) -> tuple[Floats, float]:
    """The row with thinner or fatter strokes, and now and then remnants of rows next to it."""
    ink = _pressed(rng, row.ink)
    tall = max(height, ink.shape[0]) + 28
    sheet = np.zeros((tall, ink.shape[1]), np.float32)
    first = (tall - ink.shape[0]) // 2
    sheet[first : first + ink.shape[0]] = ink
    gap = rng.uniform(1.55, 2.6) * CAP_PX
    for side in (-1, 1):
        if rng.random() < 0.4:
            other = _compose(rng, glyphs, texts.text(rng), ink.shape[1] - 2).ink
            at = first + round(side * gap)
            low, high = max(0, at), min(tall, at + other.shape[0])
            if low < high:
                part = other[low - at : high - at]
                np.maximum(sheet[low:high], part, out=sheet[low:high])
    return sheet, float(first + ROOM_PX + CAP_PX)


def _pressed(rng: Generator, ink: Floats) -> Floats:
    """Strokes as another cut of the face, or more or less ink, would leave them."""
    kind = rng.random()
    if kind < 0.30:
        side = int(rng.integers(2, 4))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        fatter = cv2.dilate(ink, kernel)
        ink = np.asarray(cv2.addWeighted(ink, 0.3, fatter, 0.7, 0), np.float32)
    elif kind < 0.50:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2, 2))
        thinner = cv2.erode(ink, kernel)
        share = float(rng.uniform(0.2, 0.75))
        ink = np.asarray(cv2.addWeighted(ink, 1 - share, thinner, share, 0), np.float32)
    if rng.random() < 0.12:  # ink that did not hold everywhere
        grain = rng.normal(0, 1, (ink.shape[0] // 5 + 1, ink.shape[1] // 5 + 1))
        holes = cv2.resize(grain.astype(np.float32), (ink.shape[1], ink.shape[0]))
        ink = ink * np.clip(1.4 - np.asarray(holes) * rng.uniform(0.2, 0.6), 0.1, 1)
    return np.asarray(ink, np.float32)


def _places(shape: NDArray[np.float64], row: _Row, baseline: float) -> list[float]:
    """Where the middles of the letters come to lie in the picture."""
    points = np.array([(x, baseline - CAP_PX / 2, 1.0) for x in row.middles]).reshape(-1, 3)
    moved = points @ shape.T
    return [float(x / w) for x, _, w in moved]


def _labels(
    text: str, places: list[float], width: int, pitch: float
) -> tuple[str, NDArray[np.int64]]:
    """The text that can be seen, and the class of each step: 0 for none, or not asked about."""
    steps = np.zeros(width // 4, np.int64)
    centres = (np.arange(len(steps)) + 0.5) * 4
    seen = ""
    for letter, place in zip(text, places, strict=True):
        far = np.abs(centres - place)
        if not 0.35 * pitch < place < width - 0.35 * pitch:
            steps[far < 0.55 * pitch] = IGNORED  # cut off: who could tell
            continue
        near = far < max(_AT * pitch, 2.01)
        steps[(far < _OFF * pitch) & ~near] = IGNORED
        steps[near] = ALPHABET.index(letter) + 1
        seen += letter
    return seen, steps
