"""Reads the number of a SIM card from the digits under its bars, where the bars are past scanning.

Bars prove themselves; digits do not. So they count only where they are long enough, begin like a
SIM card's, are clear one by one, and pass the check digit.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from pos_client.capture.barcode import IccidScan, find_iccids, the_one
from pos_client.capture.ctc import Char
from pos_client.capture.digit_blocks import blocks
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Frame
from pos_client.capture.lines import ReadLine, cut, read_either_way, read_lines, section
from pos_client.model.document import Quad
from pos_client.model.numbers.sim import begins_like_eid, iccid_fault
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
#: Digits less clear than this do not tell another card either.
_LEGIBLE: Final = 0.5
#: A line that begins with fewer digits is none; a line is read with so much of it on either side.
_LEAST_DIGITS: Final = 8
_BESIDE: Final = 0.06
_NUMBER: Final = re.compile(r"(?<![0-9])89[0-9]{17}(?:[0-9]|F(?![A-Za-z]))?(?![0-9])")
#: What may be the beginning of another card's number: longer than a PUK, or with a letter in it.
_BEGINNING: Final = re.compile(
    r"(?<![0-9])(?P<digits>89[0-9]{4}"
    r"(?:[0-9]{3,14}|(?=[0-9A-Z]{11,14}(?![0-9]))[0-9]*[A-Z][0-9]*))(?![0-9])"
)
#: Behind their name fewer digits will do: the rest may be covered.
_LABELLED: Final = re.compile(r"CCID[^0-9A-Za-z]{0,2}(?P<digits>89[0-9]{4,18})(?![0-9])")
#: A number of so many places may be the beginning of one of 20.
_SHORTER: Final = 19
#: The rim above and below a line's print as a share of its height, and how much the colour of one
#: paper varies from one digit to the next, grey levels.
_RIM: Final = 0.1
_SAME_PAPER: Final = 30.0
#: Two readings less alike than this are not the same number, one of them misread.
_ALIKE: Final = 0.8
#: Signs that part groups of digits.
_JOINTS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015._\u00b7"


@dataclass(frozen=True, slots=True)
class Printed:
    """The numbers that are printed in a frame.

    `sure`: those that count. `beginnings`: digits that begin like a card's number, and are not
    clear or not all there: they prove nothing, but that there is another card.
    """

    sure: tuple[IccidScan, ...] = ()
    beginnings: tuple[Private[str], ...] = ()

    def beside(self, bars: Iterable[IccidScan] = ()) -> IccidScan | None:
        """Return the one number of a frame with these bars and this print; None in any doubt."""
        one = the_one((*bars, *self.sure))
        if one is None or self.several(bars):
            return None
        return one if one.proven or one.iccid in self.beginnings else None

    def several(self, bars: Iterable[IccidScan] = ()) -> bool:
        """Say whether bars and print name more than one card."""
        found = (*bars, *self.sure)
        one = the_one(found)
        if one is None:
            return bool(found)
        return any(not _alike(one, each.reveal()) for each in self.beginnings)


def sim_number(engine: TextEngine, frame: Frame) -> IccidScan | None:
    """Say which SIM card's number a frame shows, by its bars and by its print.

    None where there is none, or where there are two: one in bars and one in print are two as well.
    """
    bars = find_iccids(frame)
    if bars and the_one(bars) is None:
        return None
    return printed_iccids(engine, frame).beside(bars)


def printed_iccids(engine: TextEngine, frame: Frame) -> Printed:
    """Read the numbers of SIM cards from the digits of a frame.

    It takes as long as reading a card; the bars are tried first.
    """
    boxes = engine.find_lines(frame.pixels, _SEARCH_PX)
    long = [box for box in boxes if box.length > _LEAST_LENGTH * box.height]
    sure: dict[str, IccidScan] = {}
    beginnings: list[str] = []
    for box in sorted(long, key=lambda each: -each.length / each.height)[:_MOST_LINES]:
        line = _read(engine, frame, box)
        if line is None:
            continue
        for number, chars in _numbers(line.chars):
            if len(number) == _SHORTER and not _paper_follows(frame, line, chars):
                continue
            sure[number] = IccidScan(Private(number), _around(line, chars), checked=True)
        beginnings += _beginnings(line.chars)
    if not sure:
        for block in blocks(engine, frame.pixels, boxes):
            for number, _ in _numbers(block.chars):
                sure[number] = IccidScan(Private(number), block.quad, checked=True)
    known = tuple(sure.values())
    rest = tuple(Private(each) for each in beginnings if each not in sure)
    return Printed(known, rest)


def _read(engine: TextEngine, frame: Frame, box: TextLine) -> ReadLine | None:
    whole, start, _ = read_either_way(engine, frame.pixels, box)
    if sum(char.text.isdigit() for char in start.chars) < _LEAST_DIGITS:
        return None
    # The beginning alone may lack the last digit, and the rest pass its check by chance.
    return read_lines(engine, frame.pixels, [section(whole, -_BESIDE, 1 + _BESIDE)])[0]


def _numbers(chars: tuple[Char, ...]) -> Iterator[tuple[str, tuple[Char, ...]]]:
    """The numbers of SIM cards on a line that are clear and pass their check digit."""
    plain, kept = _plain(chars)
    for found in _NUMBER.finditer(plain):
        own = kept[found.start() : found.end()]
        certain = [char.probability for char in own]
        clear = min(certain) > _CLEAR and float(np.prod(certain)) > _ALL_CLEAR
        number = found.group()
        if clear and iccid_fault(number) is None and not begins_like_eid(number):
            yield number, own


def _paper_follows(frame: Frame, line: ReadLine, chars: tuple[Char, ...]) -> bool:
    """Say whether the paper goes on behind the last digit of 19.

    Where a thumb or an edge begins instead, it may hide the twentieth: 19 of 20 digits pass the
    check in one of ten cases. Looked at are the rims above and below the print, which bear no ink.
    """
    picture = cut(frame.pixels, line.line.quad).astype(np.float32)
    height, width = picture.shape[:2]
    step = width / len(line.seen.probabilities)
    start, end = chars[0].first * step, chars[-1].end * step
    pitch = (end - start) / len(chars)
    rim = max(1, round(_RIM * height))
    rims = np.concatenate([picture[:rim], picture[-rim:]]).mean(axis=0)
    before = rims[max(0, round(end - 3 * pitch)) : round(end)]
    # The reader ends a digit half a digit early.
    after = rims[round(end + pitch / 2) : round(end + 3 * pitch / 2)]
    if not len(after):
        return False
    return float(np.abs(before.mean(axis=0) - after.mean(axis=0)).max()) < _SAME_PAPER


def _beginnings(chars: tuple[Char, ...]) -> list[str]:
    plain, kept = _plain(chars)
    found = (*_BEGINNING.finditer(plain), *_LABELLED.finditer(plain))
    return [
        each["digits"]
        for each in found
        if not begins_like_eid(each["digits"])
        and min(char.probability for char in kept[each.start() : each.end()]) > _LEGIBLE
    ]


def _plain(chars: tuple[Char, ...]) -> tuple[str, tuple[Char, ...]]:
    """What a line says, one sign for a character, without those that join groups of digits."""
    said = [(unicodedata.normalize("NFKC", char.text)[:1] or "?", char) for char in chars]
    kept = [(sign, char) for sign, char in said if sign not in _JOINTS]
    return "".join(sign for sign, _ in kept), tuple(char for _, char in kept)


def _alike(one: IccidScan, digits: str) -> bool:
    """Say whether digits may be the number that was found, some of them misread or missing."""
    number = one.iccid.reveal()
    return SequenceMatcher(None, number[: len(digits)], digits, autojunk=False).ratio() >= _ALIKE


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
