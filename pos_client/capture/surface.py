"""How well the print on a card can be seen: how fine, how sharp, under what light, behind what."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture import geometry
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.gate import CLIPPED
from pos_client.capture.locate import Located
from pos_client.capture.vision import cv2
from pos_client.model.declaration import BoxMm

#: Light and fingers are looked for on a small flat picture of the card: pixels per millimetre of
#: it, and how much of the table around the card is kept, millimetres.
_FLAT_PX: Final = 3
_AROUND_MM: Final = 4
#: Print is dark: where nothing dark lies within this many pixels, none is left to be seen.
_STROKE_PX: Final = 5
#: The share of the surface that is brighter than dark print and darker than a highlight.
_PAPER_PERCENT: Final = 75
_MOSTLY_PERCENT: Final = 40
#: The beginning of a value: this share of its place, at least so many millimetres of it. All of its
#: print is lost where no more than a speck of it is left.
_BEGINNING: Final = 0.25
_LEAST_BEGINNING_MM: Final = 4.0
_ALL_LOST: Final = 0.97
#: Machine-readable lines stand in the lowest strip of a document (ICAO 9303-3, section 4.2).
_MRZ_MM: Final = 23.2
_MRZ_MARGIN_MM: Final = 4.0
#: The blur is measured on this many lines of print, the longest first, and so many pixels of each.
_LINES: Final = 3
_LINE_PX: Final = 480
#: Steps of softening between which the strongest edges are compared, pixels.
_SOFT: Final = 0.7
_SOFTER: Final = 1.4
_STRONGEST: Final = 0.06
_EVERY: Final = 5
#: A blur that cannot be told from none, and one that is as good as blind, pixels.
_LEAST_BLUR: Final = 0.2
_MOST_BLUR: Final = 9.0
#: Something lies across the edge: as far from the card's own colour as this, and this much nearer
#: to what lies beside it outside. Colours are CIE Lab.
_FOREIGN: Final = 20.0
_GOES_ON: Final = 0.6
_SAME_THING: Final = 26.0
#: It is at least as wide as a thumb and no wider than a hand, millimetres: where a whole edge looks
#: foreign, the card was not found exactly enough.
_LEAST_WIDE_MM: Final = 5
_MOST_WIDE_MM: Final = 32
#: How far from the edge its inside and its outside are looked at, millimetres inwards.
_BANDS_MM: Final = ((0.8, 2.6), (-1.0, -2.8))
#: Rounded corners say nothing about edges, millimetres.
_CORNER_MM: Final = 4


@dataclass(frozen=True, slots=True)
class Surface:
    """What can be seen of a card's print.

    Attributes:
        px_per_mm: pixels of the frame for one millimetre of the card, where it is furthest away.
        blur_mm: sigma of the blur over the print, in millimetres on the card.
        smear: the blur along the worse direction as a multiple of that along the better one.
        paper: how bright unprinted card is, 0 to 255.
        clipped: share 0 to 1 of the card that is too bright to hold any print.
        glare: the same for the field that has most of it, leaving out what is too bright anyway.
        hidden: share 0 to 1 of a field's place that is covered by something which comes in over
            the edge, for the field that has most of it.
    """

    px_per_mm: float
    blur_mm: float
    smear: float
    paper: float
    clipped: float
    glare: float
    hidden: float


def see_surface(pixels: Pixels, placed: Located) -> Surface:
    """Look at the card where it was found; `pixels` is that frame or one in which it lies alike."""
    size_mm, view, boxes = _laid_out(placed)
    px_per_mm = _scale(placed, size_mm)
    blur_px, smear = _blur(pixels, placed)
    flat = _flat(pixels, view, size_mm)
    grey = np.asarray(cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY), np.uint8)
    inside = _inside(grey, size_mm)
    paper = float(np.percentile(inside, _PAPER_PERCENT))
    darkest = cv2.erode(grey, np.ones((_STROKE_PX, _STROKE_PX), np.uint8))
    blind = np.asarray(darkest >= CLIPPED, np.uint8)
    clipped = float(np.mean(_inside(blind, size_mm)))
    # Where most of the card is too bright, that is the light's fault and not a reflection's: unless
    # a value has lost its beginning, for black ink outlives any light but a reflection.
    lit = float(np.percentile(inside, _MOSTLY_PERCENT))
    if lit >= CLIPPED:
        boxes_lost = [_share(blind, box) for box in _beginnings(placed)]
        glare = max((share for share in boxes_lost if share >= _ALL_LOST), default=0.0)
    else:
        glare = max((_share(blind, box) for box in boxes), default=0.0)
    return Surface(
        px_per_mm=px_per_mm,
        blur_mm=blur_px / max(px_per_mm, 0.1),
        smear=smear,
        paper=paper,
        clipped=clipped,
        glare=glare,
        hidden=0.0 if is_guess(placed) else _hidden(flat, size_mm, boxes),
    )


def is_guess(placed: Located) -> bool:
    """Say whether the place was guessed from one machine-readable row: too roughly for edges."""
    return placed.found is not None and placed.found.seed is not None and placed.found.rows is None


def _laid_out(placed: Located) -> tuple[tuple[float, float], Floats, list[BoxMm]]:
    """Size, view and places of fields; for print of no known kind the whole of it is one field."""
    found = placed.found
    if found is None:
        corners = geometry.corners_of(placed.quad).astype(np.float32)
        width, height = 85.6, 54.0
        flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        view = np.asarray(cv2.getPerspectiveTransform(flat, corners), np.float64)
        return (width, height), view, [(0.0, 0.0, width, height)]
    size_mm = found.kind.size_mm
    boxes = [each.box for each in found.kind.side.fields if each.box is not None]
    if found.kind.document.mrz is not None:
        width, height = size_mm
        boxes.append((_MRZ_MARGIN_MM, height - _MRZ_MM, width - 2 * _MRZ_MARGIN_MM, _MRZ_MM - 4))
    return size_mm, found.view, boxes


def _beginnings(placed: Located) -> list[BoxMm]:
    """Return where the values begin that every document of this kind has; none for a guess."""
    found = placed.found
    if found is None or is_guess(placed):
        return []
    places = [each.box for each in found.kind.side.fields if each.box is not None and each.required]
    return [
        (left, top, min(width, max(width * _BEGINNING, _LEAST_BEGINNING_MM)), height)
        for left, top, width, height in places
    ]


def _scale(placed: Located, size_mm: tuple[float, float]) -> float:
    corners = geometry.corners_of(placed.quad)
    edges = [float(np.linalg.norm(corners[(at + 1) % 4] - corners[at])) for at in range(4)]
    return min(min(edges[0], edges[2]) / size_mm[0], min(edges[1], edges[3]) / size_mm[1])


# -- sharpness --------------------------------------------------------------------------------
def _blur(pixels: Pixels, placed: Located) -> tuple[float, float]:
    """Return the blur of the print in pixels, and how much it is smeared in one direction.

    The strongest edges are softened once more: the sharper they were, the more they lose. That
    needs no comparison with other frames and no knowledge of what is printed.
    """
    sums = np.zeros(4)
    for part in _print_of(pixels, placed):
        grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY).astype(np.float32)
        soft = cv2.GaussianBlur(grey, (0, 0), _SOFT)
        softer = cv2.GaussianBlur(soft, (0, 0), _SOFTER)
        for at, way in enumerate(((1, 0), (0, 1))):
            edges = np.abs(cv2.Sobel(soft, cv2.CV_32F, *way, ksize=1))
            bound = np.quantile(edges.ravel()[::_EVERY], 1 - _STRONGEST)
            strong = edges >= max(bound, 1e-3)
            sums[at] += float(edges[strong].sum())
            sums[at + 2] += float(
                np.abs(cv2.Sobel(softer, cv2.CV_32F, *way, ksize=1))[strong].sum()
            )
    across, down = (_sigma(sums[at], sums[at + 2]) for at in (0, 1))
    worse, better = max(across, down), min(across, down)
    return worse, worse / better


def _sigma(before: float, after: float) -> float:
    if after <= 0 or before <= after:
        return _MOST_BLUR
    squared = _SOFTER**2 / ((before / after) ** 2 - 1) - _SOFT**2
    return min(_MOST_BLUR, math.sqrt(max(_LEAST_BLUR**2, squared)))


def _print_of(pixels: Pixels, placed: Located) -> Sequence[Pixels]:
    """Cut out some lines of print, or the middle of the card where no lines are known."""
    height, width = pixels.shape[:2]
    found = placed.found
    quads = [geometry.corners_of(placed.quad)]
    if found is not None and found.boxes:
        quads = [box.quad for box in sorted(found.boxes, key=lambda box: -box.length)[:_LINES]]
    parts = []
    for quad in quads:
        (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
        spare_x = max(0.0, (right - left - _LINE_PX) / 2)
        spare_y = max(0.0, (bottom - top - _LINE_PX) / 2)
        x = slice(max(0, int(left + spare_x)), min(width, int(right - spare_x) + 1))
        y = slice(max(0, int(top + spare_y)), min(height, int(bottom - spare_y) + 1))
        part = pixels[y, x]
        if min(part.shape[:2]) > 2 * _STROKE_PX:
            parts.append(part)
    return parts


# -- light and fingers ------------------------------------------------------------------------
def _flat(pixels: Pixels, view: Floats, size_mm: tuple[float, float]) -> Pixels:
    """Lay card and surroundings flat, _FLAT_PX pixels to the millimetre."""
    width, height = (round((each + 2 * _AROUND_MM) * _FLAT_PX) for each in size_mm)
    to_px = np.diag([_FLAT_PX, _FLAT_PX, 1.0]) @ np.array(
        [[1, 0, _AROUND_MM], [0, 1, _AROUND_MM], [0, 0, 1.0]]
    )
    flat = cv2.warpPerspective(
        pixels, to_px @ np.linalg.inv(view), (width, height), flags=cv2.INTER_LINEAR
    )
    return np.asarray(flat, np.uint8)


def _inside(flat: Pixels, size_mm: tuple[float, float]) -> Pixels:
    return flat[_span(0, size_mm[1]), _span(0, size_mm[0])]


def _span(low_mm: float, high_mm: float) -> slice:
    return slice(
        max(0, round((low_mm + _AROUND_MM) * _FLAT_PX)),
        max(1, round((high_mm + _AROUND_MM) * _FLAT_PX)),
    )


def _share(mask: Pixels, box: BoxMm) -> float:
    left, top, width, height = box
    part = mask[_span(top, top + height), _span(left, left + width)]
    return float(np.mean(part)) if part.size else 0.0


def _hidden(flat: Pixels, size_mm: tuple[float, float], boxes: Sequence[BoxMm]) -> float:
    """Return how much of a field is behind something that comes in over the card's edge."""
    lab = cv2.cvtColor(cv2.blur(flat, (3, 3)), cv2.COLOR_BGR2Lab).astype(np.float32)
    edges = [_edge(lab, size_mm, way) for way in range(4)]
    own = np.median(np.concatenate([inside for _, inside, _ in edges]), axis=0)
    # Where the card was found a few millimetres beside its place, its edges show the table.
    card = lab[_span(0, size_mm[1]), _span(0, size_mm[0])]
    paper = np.median(card.reshape(-1, 3), axis=0)
    foreign = np.zeros(lab.shape[:2], np.uint8)
    for places, inside, outside in edges:
        away = np.linalg.norm(inside - own, axis=1)
        goes_on = np.linalg.norm(inside - outside, axis=1) < _GOES_ON * away
        strange = np.linalg.norm(inside - paper, axis=1) > _FOREIGN
        for run in _runs((away > _FOREIGN) & strange & goes_on):
            colour = np.median(inside[run], axis=0)
            like = np.linalg.norm(lab - colour, axis=2) < _SAME_THING
            like &= np.linalg.norm(lab - paper, axis=2) > _FOREIGN / 2
            like &= np.linalg.norm(lab - own, axis=2) > _FOREIGN / 2
            foreign |= _joined_to(like, places[run])
    # The nail and shadow on a thumb are parts of it.
    kernel = np.ones((_STROKE_PX, _STROKE_PX), np.uint8)
    whole = cv2.morphologyEx(foreign, cv2.MORPH_CLOSE, kernel, iterations=2)
    thick = cv2.morphologyEx(np.asarray(whole, np.uint8), cv2.MORPH_OPEN, kernel, iterations=2)
    return max((_share(np.asarray(thick, np.uint8), box) for box in boxes), default=0.0)


def _edge(
    lab: Floats, size_mm: tuple[float, float], way: int
) -> tuple[list[tuple[int, int]], Floats, Floats]:
    """Return each millimetre of one edge: its place, and the colours just inside and outside."""
    width, height = size_mm
    lying = way in {0, 2}
    edge = (0.0, width, height, 0.0)[way]
    sign = -1 if way in {1, 2} else 1
    first, last = _CORNER_MM, int((width if lying else height) - _CORNER_MM)
    start = (first + _AROUND_MM) * _FLAT_PX
    ahead = slice(start, start + (last - first) * _FLAT_PX)
    bands = []
    for near, far in _BANDS_MM:
        across = _span(*sorted((edge + sign * near, edge + sign * far)))
        band = lab[across, ahead].mean(axis=0) if lying else lab[ahead, across].mean(axis=1)
        bands.append(band.reshape(-1, _FLAT_PX, 3).mean(axis=1))
    deep = round((edge + sign * sum(_BANDS_MM[0]) / 2 + _AROUND_MM) * _FLAT_PX)
    along = [start + at * _FLAT_PX + _FLAT_PX // 2 for at in range(last - first)]
    places = [(deep, each) if lying else (each, deep) for each in along]
    return places, bands[0], bands[1]


def _runs(flags: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> list[slice]:
    """Return the stretches that are true for a thumb's width or some more."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [
        slice(int(low), int(high))
        for low, high in zip(edges[::2], edges[1::2], strict=True)
        if _LEAST_WIDE_MM <= high - low <= _MOST_WIDE_MM
    ]


def _joined_to(
    like: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]", places: Sequence[tuple[int, int]]
) -> Pixels:
    """Return the connected parts of `like` that reach one of the places."""
    _, labels = cv2.connectedComponents(like.astype(np.uint8))
    wanted = {int(labels[y, x]) for y, x in places} - {0}
    return np.isin(labels, list(wanted)).astype(np.uint8)
