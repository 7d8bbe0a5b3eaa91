"""Reads the number of a SIM card from the digits under its bars, where the bars are past scanning.

Bars prove themselves; digits do not. So they count only where they are long enough, begin like a
SIM card's, are clear one by one, and pass the check digit.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import numpy as np

from pos_client.capture.barcode import IccidScan
from pos_client.capture.ctc import Char
from pos_client.capture.engine import TextEngine
from pos_client.capture.frame import Floats, Frame
from pos_client.capture.lines import ReadLine, read_either_way, read_lines, section
from pos_client.model.document import Quad
from pos_client.model.numbers.sim import iccid_fault
from pos_client.model.private import Private

#: The frame is searched with its longer side at this many pixels: the digits are small.
_SEARCH_PX: Final = 1280
#: No more lines than this are read: a holder has a dozen, a table full of print hundreds.
_MOST_LINES: Final = 16
#: A line of 19 digits is at least this many times as long as it is high.
_LEAST_LENGTH: Final = 7.0
#: Every digit has to be this clear, and all of them together.
_CLEAR: Final = 0.8
_ALL_CLEAR: Final = 0.6
#: A line that begins with fewer digits is none; a line is read with so much of it on either side.
_LEAST_DIGITS: Final = 8
_BESIDE: Final = 0.06
_NUMBER: Final = re.compile(r"(?<![0-9])89[0-9]{17,18}(?![0-9])")


def printed_iccid(engine: TextEngine, frame: Frame) -> IccidScan | None:
    """Read one number from the digits of a frame; None where there is none, or where there are two.

    It takes as long as reading a card; the bars are tried first.
    """
    boxes = engine.find_lines(frame.pixels, _SEARCH_PX)
    long = [box for box in boxes if box.length > _LEAST_LENGTH * box.height]
    found: dict[str, IccidScan] = {}
    for box in sorted(long, key=lambda each: -each.length / each.height)[:_MOST_LINES]:
        whole, start, _ = read_either_way(engine, frame.pixels, box)
        if sum(char.text.isdigit() for char in start.chars) < _LEAST_DIGITS:
            continue
        # The beginning alone may lack the last digit, and the rest pass its check by chance.
        line = read_lines(engine, frame.pixels, [section(whole, -_BESIDE, 1 + _BESIDE)])[0]
        for number, chars in _numbers(line):
            found[number] = IccidScan(Private(number), _around(line, chars), checked=True)
    return next(iter(found.values())) if len(found) == 1 else None


def _numbers(line: ReadLine) -> Iterator[tuple[str, tuple[Char, ...]]]:
    """The numbers of SIM cards on a line that are clear and pass their check digit."""
    plain = "".join(unicodedata.normalize("NFKC", char.text)[:1] or "?" for char in line.chars)
    for found in _NUMBER.finditer(plain):
        chars = line.chars[found.start() : found.end()]
        certain = [char.probability for char in chars]
        clear = min(certain) > _CLEAR and float(np.prod(certain)) > _ALL_CLEAR
        if clear and iccid_fault(found.group()) is None:
            yield found.group(), chars


def _around(line: ReadLine, chars: tuple[Char, ...]) -> Quad:
    quad: Floats = line.line.quad
    shares = [
        (chars[0].first) / len(line.seen.probabilities),
        (chars[-1].end) / len(line.seen.probabilities),
    ]
    upper = [quad[0] * (1 - share) + quad[1] * share for share in shares]
    lower = [quad[3] * (1 - share) + quad[2] * share for share in shares]
    points = (upper[0], upper[1], lower[1], lower[0])
    return Quad(*((float(x), float(y)) for x, y in points))
