"""Lines of text cut out of a picture and read, each character with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pos_client.capture import ctc
from pos_client.capture.engine import Posterior, TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.geometry import move
from pos_client.capture.vision import cv2

#: Crops are cut no longer than this; longer lines are made smaller, which bounds the time.
_LONGEST_PX: Final = 2400
_LEAST_PX: Final = 4.0
#: A line read the wrong way up gives few and doubtful characters.
_CLEAR: Final = 1.5
#: What a filler of a machine-readable row looks like the wrong way up, and how many are no chance.
_FILLER_ON_ITS_HEAD: Final = ">"
_FILLERS: Final = 4
#: Length of a line's head in heights of the line.
_HEAD: Final = 13.0


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line with its corners in reading order (top left first), and what it says."""

    line: TextLine
    seen: Posterior
    chars: tuple[ctc.Char, ...]

    @property
    def text(self) -> str:
        """All characters, without blanks."""
        return ctc.text_of(self.chars)

    @property
    def weight(self) -> float:
        """How much readable text this is: the sum of the characters' excess over chance."""
        return sum(max(0.0, each.probability - 0.5) * 2 for each in self.chars)

    def share_at(self, step: float) -> float:
        """Return how far along the line a step lies, 0 to 1."""
        return (step + 0.5) / len(self.seen.probabilities)

    def point(self, char: ctc.Char) -> Floats:
        """Return the middle of a character in pixels of the picture."""
        return self.point_at(self.share_at((char.first + char.end - 1) / 2))

    def point_at(self, share: float) -> Floats:
        """Return the point at half height, `share` 0 to 1 along the line, in pixels."""
        quad = self.line.quad
        upper = quad[0] * (1 - share) + quad[1] * share
        lower = quad[3] * (1 - share) + quad[2] * share
        return np.asarray((upper + lower) / 2)


def cut(pixels: Pixels, quad: Floats, narrow: float = 1.0) -> Pixels:
    """Cut out a quadrilateral (4 x 2 pixels, top left first) as an upright picture.

    It becomes as wide as it is times `narrow`.
    """
    width = max(_LEAST_PX, _edge(quad[0], quad[1], quad[3], quad[2]) * narrow)
    height = max(_LEAST_PX, _edge(quad[0], quad[3], quad[1], quad[2]))
    shrink = min(1.0, _LONGEST_PX / width)
    size = max(4, round(width * shrink)), max(4, round(height * shrink))
    frame = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    view = cv2.getPerspectiveTransform(quad.astype(np.float32), frame)
    picture = cv2.warpPerspective(
        pixels, view, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(picture, np.uint8)


def _edge(a: Floats, b: Floats, c: Floats, d: Floats) -> float:
    return float(np.linalg.norm(b - a) + np.linalg.norm(d - c)) / 2


def turned(line: TextLine) -> TextLine:
    """The same line read from its other end."""
    return TextLine(np.roll(line.quad, -2, axis=0), line.score)


def facing(line: TextLine, along: Floats) -> TextLine:
    """The same box with the edge first that points most nearly along the unit vector `along`."""
    edges = np.roll(line.quad, -1, axis=0) - line.quad
    lengths = np.maximum(np.linalg.norm(edges, axis=1), 1e-6)
    return TextLine(
        np.roll(line.quad, -int((edges @ along / lengths).argmax()), axis=0), line.score
    )


def direction(line: TextLine) -> Floats:
    """Unit vector along the line's first edge."""
    edge = line.quad[1] - line.quad[0]
    return np.asarray(edge / max(float(np.linalg.norm(edge)), 1e-6))


def find_on_its_side(engine: TextEngine, pixels: Pixels, longest_px: int) -> list[TextLine]:
    """Find lines in a picture turned by a quarter; the corners are those in the picture as it is.

    The network saw far more lying lines than standing ones: faint small print of a document held
    upright is found better this way.
    """
    lying = np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    height = pixels.shape[0]
    found = engine.find_lines(lying, longest_px)
    return [
        TextLine(np.stack([each.quad[:, 1], height - each.quad[:, 0]], axis=1), each.score)
        for each in found
    ]


def read_lines(
    engine: TextEngine, pixels: Pixels, lines: Sequence[TextLine], *, narrow: float = 1.0
) -> list[ReadLine]:
    """Read lines whose corners are in reading order, made narrower where asked for."""
    return read_cuts(engine, [cut(pixels, line.quad, narrow) for line in lines], lines)


def read_cuts(
    engine: TextEngine, cuts: Sequence[Pixels], lines: Sequence[TextLine]
) -> list[ReadLine]:
    """Read lines that were cut out already, one picture each."""
    seen = engine.recognise(cuts)
    return [ReadLine(line, each, ctc.greedy(each)) for line, each in zip(lines, seen, strict=True)]


def read_codes(engine: TextEngine, pixels: Pixels, lines: Sequence[TextLine]) -> list[ReadLine]:
    """Read lines of a machine-readable zone or of a number, with the reader made for them."""
    seen = engine.read_codes([cut(pixels, line.quad) for line in lines])
    if seen is None:
        return read_lines(engine, pixels, lines)
    return [
        ReadLine(line, each, ctc.greedy_even(each)) for line, each in zip(lines, seen, strict=True)
    ]


def part(line: ReadLine, first: int, end: int) -> ReadLine:
    """The part of a line between two steps, its quad and characters with it."""
    steps = len(line.seen.probabilities)
    seen = line.seen.part(first, end)
    chars = tuple(
        replace(each, first=max(first, each.first) - first, end=min(end, each.end) - first)
        for each in line.chars
        if each.first < end and each.end > first
    )
    return ReadLine(section(line.line, first / steps, end / steps), seen, chars)


def section(line: TextLine, low: float, high: float) -> TextLine:
    """The part of a line from `low` to `high`, both 0 to 1 along it."""
    quad = line.quad
    corners = [
        quad[0] * (1 - low) + quad[1] * low,
        quad[0] * (1 - high) + quad[1] * high,
        quad[3] * (1 - high) + quad[2] * high,
        quad[3] * (1 - low) + quad[2] * low,
    ]
    return TextLine(np.array(corners), line.score)


def moved(line: ReadLine, view: Floats) -> ReadLine:
    """The same line with its corners taken through a 3 x 3 view."""
    return ReadLine(TextLine(move(view, line.line.quad), line.line.score), line.seen, line.chars)


def head(line: TextLine) -> TextLine:
    """The beginning of a long line: enough to tell what it is and which way up."""
    return section(line, 0.0, min(1.0, _HEAD * line.height / max(line.length, 1e-6)))


def read_either_way(
    engine: TextEngine, pixels: Pixels, line: TextLine
) -> tuple[TextLine, ReadLine, bool]:
    """Read the head of a line that may stand on its head.

    Returns:
        The whole line in reading order, its head as read, and whether the answer is clear.
    """
    ways = (line, turned(line))
    one, other = read_lines(engine, pixels, [head(each) for each in ways])
    for_one, for_other = _worth(one), _worth(other)
    if for_other > for_one:
        return ways[1], other, for_other > _CLEAR * for_one + 1
    return ways[0], one, for_one > _CLEAR * for_other + 1


def _worth(line: ReadLine) -> float:
    """How much readable text this is; the fillers of a passport's row on their head are none."""
    if line.text.count(_FILLER_ON_ITS_HEAD) >= _FILLERS:
        return 0.0
    return line.weight
