"""Says where captions should stand in a picture, once it is known roughly where a document lies."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pos_client.capture import geometry
from pos_client.capture.anchors import Kind, matches
from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats
from pos_client.capture.lines import ReadLine, direction, facing, section
from pos_client.model.declaration import BoxMm

#: A caption is looked for this far around its expected place, in millimetres.
_AROUND_MM: Final = 4.0
_LEAST_PART: Final = 0.05
#: A number that reaches over so much of the width tells where a document lies well enough to read
#: it, where so many captions will then tell it better.
_SPANNED: Final = 0.4
_MANY_CAPTIONS: Final = 4
#: Where little speaks for a kind, no more lines than these are read; what leans is something else.
_MOST_LINES: Final = 14
_SAME_WAY: Final = 0.9


def near_captions(
    kind: Kind,
    view: Floats,
    boxes: Sequence[TextLine],
    lines: Sequence[ReadLine],
    others: Sequence[Kind],
) -> list[TextLine]:
    """The parts of boxes where captions are expected and have not been read, in reading order."""
    back = np.linalg.inv(view)
    known = [line.line.middle for line in lines]
    unit = _along(kind, view)
    captions = {
        (anchor.text, anchor.box): anchor.box
        for each in (kind, *others)
        for anchor in each.side.anchors
    }
    near: list[TextLine] = []
    for box in boxes:
        if _is_known(box, known):
            continue
        upright = facing(box, unit)
        flat = geometry.move(back, upright.quad)
        spans = [
            (box_mm[0] - _AROUND_MM, box_mm[0] + box_mm[2] + _AROUND_MM)
            for box_mm in captions.values()
            if _reaches(flat, box_mm)
        ]
        if spans:
            low, high = min(span[0] for span in spans), max(span[1] for span in spans)
            near.append(_between(upright, flat, low, high))
    return near


def unread_print(
    kind: Kind, view: Floats, boxes: Sequence[TextLine], lines: Sequence[ReadLine]
) -> list[TextLine]:
    """The longest boxes along a document that were not read, wherever its kind has captions.

    One caption is enough to find a kind, and many cards carry it: `Date of Expiry`, 有效期限. Where
    its others are not there, what else is printed has its say.
    """
    known = [line.line.middle for line in lines]
    unit = _along(kind, view)
    upright = [facing(box, unit) for box in boxes if not _is_known(box, known)]
    level = [box for box in upright if float(direction(box) @ unit) > _SAME_WAY]
    return sorted(level, key=lambda box: -box.length)[:_MOST_LINES]


def _is_known(box: TextLine, known: Sequence[Floats]) -> bool:
    """Tell whether a box lies where the middle of a line that was read is."""
    return any(float(np.linalg.norm(box.middle - each)) < box.height / 2 for each in known)


def is_spanned(kind: Kind, lines: Sequence[ReadLine]) -> bool:
    """Tell whether a number was read that reaches over most of a page with many captions."""
    if len(kind.side.anchors) < _MANY_CAPTIONS:
        return False
    spans = (
        float(np.ptp(match.millimetres[:, 0])) for match in matches(kind, lines) if match.is_number
    )
    return max(spans, default=0.0) > _SPANNED * kind.size_mm[0]


def _along(kind: Kind, view: Floats) -> Floats:
    """Unit vector of the document's reading direction in the picture."""
    x, y = kind.size_mm[0] / 2, kind.size_mm[1] / 2
    ends = geometry.move(view, np.array([(x, y), (x + 1, y)]))
    return np.asarray((ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0]))


def _reaches(flat: Floats, box: BoxMm) -> bool:
    """Tell whether a box (4 x 2, millimetres) comes near the middle of a caption."""
    low, high = flat.min(axis=0) - _AROUND_MM, flat.max(axis=0) + _AROUND_MM
    spot = np.array((box[0] + box[2] / 2, box[1] + box[3] / 2))
    return bool((low <= spot).all() and (spot <= high).all())


def _between(line: TextLine, flat: Floats, low: float, high: float) -> TextLine:
    """The part of a line from `low` to `high` millimetres across the document."""
    left, right = float(flat[[0, 3], 0].mean()), float(flat[[1, 2], 0].mean())
    width = max(right - left, 1e-6)
    one, other = max(0.0, (low - left) / width), min(1.0, (high - left) / width)
    if other - one < _LEAST_PART:
        return line
    return section(line, one, other)
