"""Tells whose print is whose: lines that lie together make a sheet, and each sheet has its turn."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import numpy as np

from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats
from pos_client.capture.lines import direction

#: Lines of one sheet are as parallel as this, and this near each other in heights of a line.
_PARALLEL: Final = 0.985
_NEAR_HEIGHTS: Final = 3.2

#: A line, and the number of the sheet it lies on.
OnSheet = tuple[int, TextLine]


def in_turn(lines: Sequence[TextLine]) -> list[OnSheet]:
    """Order lines so that each sheet has its turn, its longest line first.

    A contract beside a card has more and longer lines than the card: taken by length alone, the
    card's own lines would come last.
    """
    sheets: dict[int, list[OnSheet]] = {}
    for sheet, line in zip(_sheets(lines), lines, strict=True):
        sheets.setdefault(sheet, []).append((sheet, line))
    for each in sheets.values():
        each.sort(key=lambda one: -one[1].length)
    # What stands alone is a sign or a label more often than a document.
    groups = sorted(sheets.values(), key=lambda each: (len(each) == 1, -each[0][1].length))
    return [one for turn in zip_longest(*groups) for one in turn if one is not None]


def _sheets(lines: Sequence[TextLine]) -> list[int]:
    """For each line the number of its sheet."""
    count = len(lines)
    if not count:
        return []
    ways = np.array([direction(line) for line in lines])
    heights = np.array([line.height for line in lines])
    parallel = np.abs(ways @ ways.T) > _PARALLEL
    near = _gaps(lines) < _NEAR_HEIGHTS * np.minimum(heights[:, None], heights[None])
    linked = parallel & near
    sheet = list(range(count))
    for at in range(count):
        if sheet[at] != at:
            continue
        # Spread from this line to all that hang together with it.
        open_ones = [at]
        while open_ones:
            here = open_ones.pop()
            for other in np.flatnonzero(linked[here]).tolist():
                if other > at and sheet[other] == other:
                    sheet[other] = at
                    open_ones.append(other)
    return sheet


def _gaps(lines: Sequence[TextLine]) -> Floats:
    """Distances between boxes, count x count pixels, as their ends and middles show them."""
    quads = np.array([line.quad for line in lines])
    ends = (quads[:, 0] + quads[:, 3]) / 2, (quads[:, 1] + quads[:, 2]) / 2
    spots = np.stack([ends[0], quads.mean(axis=1), ends[1]], axis=1)
    off = np.linalg.norm(spots[:, None, :, None] - spots[None, :, None, :], axis=-1)
    return np.asarray(off.min(axis=(2, 3)))
