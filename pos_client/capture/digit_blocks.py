"""Finds a number that is printed over two or more short lines, as on the SIM itself, and joins it.

Lines count as one number only where nothing else can be meant: they stand close above each other,
are equally high, and hold digits alone, but for a label in front of the first.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.ctc import Char
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import ReadLine, direction, read_lines, section, turned
from pos_client.model.document import Quad

#: Such a line is at least this many times as long as it is high, and no more of them are read.
_LEAST_LENGTH: Final = 1.8
_MOST_LINES: Final = 14
#: Lines of one number run the same way (cosine), are as high as each other within this factor,
#: and stand so many heights apart.
_SAME_WAY: Final = 0.985
_AS_HIGH: Final = 1.45
_APART: Final = (0.55, 2.6)
#: How far a line is read beyond its ends, in heights.
_BESIDE: Final = 0.5
#: The first line may have a label before its digits; those after it have none.
_FIRST: Final = re.compile(r"[^0-9]*(89[0-9]{2,16})")
_NEXT: Final = re.compile(r"[0-9]{1,16}F?")
_MOST_DIGITS: Final = 20


@dataclass(frozen=True, slots=True)
class Block:
    """The characters of a number over several lines, and where they stand."""

    chars: tuple[Char, ...]
    quad: Quad


def blocks(engine: TextEngine, pixels: Pixels, boxes: Sequence[TextLine]) -> Iterator[Block]:
    """Read what may be numbers over several lines; `boxes` are all the lines of a picture."""
    short = [box for box in boxes if box.length > _LEAST_LENGTH * box.height]
    stacked = [box for box in short if any(_neighbours(box, other) for other in short)]
    stacked.sort(key=lambda box: -box.length)
    ways = _read_both_ways(engine, pixels, stacked[:_MOST_LINES])
    for lines, others in (ways, ways[::-1]):
        on_their_heads = dict(zip(lines, others, strict=True))
        for first in lines:
            begun = _FIRST.fullmatch(_text(first))
            chain = _below(first, lines) if begun is not None else []
            # A few digits alone may stand on their head: 898609 reads 609868.
            wrong = sum(on_their_heads[line].weight for line in chain)
            if begun is None or len(chain) == 1 or sum(line.weight for line in chain) < wrong:
                continue
            label = len(_text(first)) - len(begun.group(1))
            chars = [sign for line in chain for sign in _signs(line)][label:]
            if len(chars) <= _MOST_DIGITS:
                yield Block(tuple(chars), _around(chain))


def _read_both_ways(
    engine: TextEngine, pixels: Pixels, boxes: Sequence[TextLine]
) -> tuple[list[ReadLine], list[ReadLine]]:
    """Read all lines running the one way, and all running the other."""
    if not boxes:
        return [], []
    along = direction(boxes[0])
    one_way = [box if float(direction(box) @ along) > 0 else turned(box) for box in boxes]
    lines = [_widened(box) for ways in (one_way, map(turned, one_way)) for box in ways]
    read = read_lines(engine, pixels, lines)
    return read[: len(boxes)], read[len(boxes) :]


def _widened(box: TextLine) -> TextLine:
    more = _BESIDE * box.height / max(box.length, 1e-6)
    return section(box, -more, 1 + more)


def _below(first: ReadLine, lines: Sequence[ReadLine]) -> list[ReadLine]:
    """The first line and all lines of digits below it, each close under the one before."""
    chain = [first]
    while True:
        last = chain[-1].line
        under = [
            line
            for line in lines
            if line not in chain
            and _neighbours(last, line.line)
            and float((line.line.middle - last.middle) @ _down(last)) > 0
        ]
        under.sort(key=lambda line: float((line.line.middle - last.middle) @ _down(last)))
        if not under or _NEXT.fullmatch(_text(under[0])) is None:
            return chain
        chain.append(under[0])


def _neighbours(one: TextLine, other: TextLine) -> bool:
    """Say whether two lines can be lines of one number."""
    if one is other or not 1 / _AS_HIGH < one.height / max(other.height, 1e-6) < _AS_HIGH:
        return False
    along = direction(one)
    if abs(float(along @ direction(other))) < _SAME_WAY:
        return False
    away = other.middle - one.middle
    apart = abs(float(away @ _down(one))) / one.height
    beside = abs(float(away @ along))
    return _APART[0] < apart < _APART[1] and beside < max(one.length, other.length) / 2


def _signs(line: ReadLine) -> tuple[Char, ...]:
    return tuple(char for char in line.chars if unicodedata.normalize("NFKC", char.text) != "-")


def _text(line: ReadLine) -> str:
    return "".join(unicodedata.normalize("NFKC", char.text)[:1] or "?" for char in _signs(line))


def _down(line: TextLine) -> Floats:
    """Unit vector across a line, towards the one below it."""
    along = direction(line)
    return np.array((-along[1], along[0]))


def _around(chain: Sequence[ReadLine]) -> Quad:
    first, last = chain[0].line.quad, chain[-1].line.quad
    points = (first[0], first[1], last[2], last[3])
    return Quad(*((float(x), float(y)) for x, y in points))
