"""What a machine-readable zone says once its rows are read: lines, values, how sure each one is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

import numpy as np

from pos_client.capture.cells import CellKind, Cells, fit_cells
from pos_client.capture.ctc import text_of
from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Floats
from pos_client.capture.geometry import move
from pos_client.capture.lines import ReadLine
from pos_client.capture.mrz_mend import mended, state_shares
from pos_client.capture.mrz_rows import LOOK_LIKE_FILLER, folded_text, proper
from pos_client.model.field import SURE, Box
from pos_client.model.numbers import mrz
from pos_client.model.numbers.mrz import FILLER, SHAPES, Kind, Mrz, MrzFault, MrzFormat, Part
from pos_client.model.reading import Repair

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_FILLERS: Final = LOOK_LIKE_FILLER.replace(FILLER, "")
_SMALL: Final = {each: each.lower() for each in _LETTERS}
_TO_DIGIT: Final = {"0": "OoQD", "1": "Il|", "2": "Zz", "5": "Ss", "6": "Gb", "8": "B", "9": "gq"}
_TO_LETTER: Final = {"O": "o0", "I": "1l|", "Z": "z2", "S": "s5", "G": "g6", "B": "8", "Q": "q"}
_FILLED: Final = {FILLER: _FILLERS}

_CELLS: Final = {
    Kind.ANY: CellKind(_LETTERS + _DIGITS + FILLER, {**_SMALL, **_FILLED}, FILLER),
    Kind.LETTERS: CellKind(_LETTERS + FILLER, {**_SMALL, **_TO_LETTER, **_FILLED}, FILLER),
    Kind.DIGITS: CellKind(_DIGITS, _TO_DIGIT),
    Kind.DATE: CellKind(_DIGITS + FILLER, {**_TO_DIGIT, **_FILLED}),
    Kind.CHECK: CellKind(_DIGITS + FILLER, {**_TO_DIGIT, **_FILLED}),
    # A letter and a letter or filler by the book (9303-5, 4.2.2); some states have a digit there.
    Kind.CODE: CellKind(_LETTERS + "12" + FILLER, {**_SMALL, **_FILLED}, FILLER),
    Kind.SEX: CellKind("MFX" + FILLER, {"M": "mHN", "F": "fPE", "X": "x", **_FILLED}),
}
#: Two of these together can slip past a check digit (6 and G even alone: their values differ by
#: ten), so below this certainty a person looks at the number.
_BLIND: Final = frozenset("0OQD1I2Z5S6G8B")
_BLIND_SURE: Final = 0.98
#: In thin cuts of OCR-B these look alike at any certainty. Where letters and digits stand side by
#: side and no check digit tells (optional data of visas), a person does.
_ROUND: Final = frozenset("0OQD")
_REPAIRED: Final = 0.75
_CHANCE: Final = 10
#: Values that no check digit covers, or that it may miss: sure of these, sure of the zone.
_TOLD: Final = ("surname", "issuing_state", "nationality", "document_number")
#: Each has a check digit of its own. Where fewer than two hold, or all but not the one over
#: everything, the rows may have been cut into other places than they were printed in.
OWN_DIGITS: Final = {MrzFault.DOCUMENT_NUMBER, MrzFault.BIRTH_DATE, MrzFault.EXPIRY_DATE}
_BORNE_OUT: Final = 2
_ASTRAY: Final = 0.5
_DATES: Final = frozenset({"birth_date", "expiry_date"})
#: What the first row of each format begins with (ICAO 9303-4 to -7). No digit covers names: a row
#: that begins otherwise has lost its beginning.
FIRST_LETTERS: Final = {
    MrzFormat.TD1: "ACIP",
    MrzFormat.TD2: "ACIP",
    MrzFormat.TD3: "P",
    MrzFormat.MRVA: "V",
    MrzFormat.MRVB: "V",
}


@dataclass(frozen=True, slots=True, eq=False)
class ZoneReading:
    """The lines with each character's confidence and place.

    `mended` names the values that were not all seen: mended under a check digit, or covered.
    """

    zone: Mrz
    confidences: tuple[tuple[float, ...], ...]
    rows: tuple[TextLine, ...]
    places: tuple[Floats, ...]
    mended: frozenset[str]
    strays: int
    states: dict[str, float]
    repairs: tuple[Repair, ...] = ()

    @property
    def worth(self) -> float:
        """The better of two readings has fewer broken digits, fewer strays, clearer characters."""
        clear = sum(sum(line) / len(line) for line in self.confidences) / len(self.confidences)
        return clear - 0.2 * len(self.zone.faults) - 0.1 * min(self.strays, 5) + 2.0

    @property
    def complete(self) -> bool:
        """All check digits hold as read, and every character has its place."""
        return not (self.zone.faults or self.mended or self.strays)

    @property
    def settled(self) -> bool:
        """Nothing left to ask a second time."""
        return self.complete and all(self.confidence(name) >= SURE for name in _TOLD)

    @property
    def borne_out(self) -> bool:
        """The check digits show that every value stands where it was looked for.

        Of a passport's rows whose first eight characters are covered, the expiry date stands where
        cards have the birth date, and its digit holds.
        """
        faults = set(self.zone.faults)
        return faults != {MrzFault.COMPOSITE} and len(OWN_DIGITS - faults) >= _BORNE_OUT

    def moved(self, view: Floats) -> "ZoneReading":
        """The same zone with its rows taken through a 3 x 3 view."""
        rows = (TextLine(move(view, row.quad), row.score) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def confidence(self, name: str) -> float:
        """Confidence of one value: all its characters, and its check digit where it has one."""
        part = _part(self.zone.format, name)
        end = part.end - self._trailing(part)
        certain = math.prod(self.confidences[part.line][part.start : end])
        headless = part.line == 0 and self.zone.lines[0][0] not in FIRST_LETTERS[self.zone.format]
        if headless or not self.borne_out or (name in _DATES and self._is_no_day(name)):
            return min(certain, _ASTRAY)
        if name in self.states:
            return self.states[name]
        if name in self.mended or self.strays > 1:
            return min(certain, _REPAIRED)
        if self._blind(part, end):
            return min(certain, _REPAIRED)
        covered = {str(span.fault) for span in SHAPES[self.zone.format].checks}
        if name in covered and MrzFault(name) not in self.zone.faults:
            return 1 - (1 - certain) / _CHANCE
        return certain

    def _is_no_day(self, name: str) -> bool:
        """Tell whether a date is neither a day nor left open (ICAO 9303-3, 4.8)."""
        text = self.zone.values[name]
        return text == _part(self.zone.format, name).of(self.zone.lines) and text != FILLER * 6

    def _blind(self, part: Part, end: int) -> bool:
        """Tell whether a character stands here that might be its double unnoticed."""
        if part.kind is not Kind.ANY:
            return False
        text = part.of(self.zone.lines)[: end - part.start]
        sure = self.confidences[part.line][part.start : end]
        if self._unchecked(part) and _ROUND & set(text) and _is_mixed(text):
            return True
        return any(
            each in _BLIND and share < _BLIND_SURE for each, share in zip(text, sure, strict=True)
        )

    def _unchecked(self, part: Part) -> bool:
        """Tell whether no check digit covers a part, not even the composite one."""
        return not any(
            line == part.line and start <= part.start < end
            for span in SHAPES[self.zone.format].checks
            for line, start, end in span.covers
        )

    def box(self, name: str) -> Box:
        """Where one value stands, in pixels of the straightened document."""
        part = _part(self.zone.format, name)
        end = max(part.start + 1, part.end - self._trailing(part))
        row, places = self.rows[part.line], self.places[part.line]
        pitch = (places[-1] - places[0]) / (len(places) - 1)
        left, right = places[part.start] - pitch * 0.6, places[end - 1] + pitch * 0.6
        points = np.array(
            [
                row.quad[side] * (1 - share) + row.quad[other] * share
                for share in (left, right)
                for side, other in ((0, 1), (3, 2))
            ]
        )
        low, high = points.min(axis=0), points.max(axis=0)
        x, y = max(0, round(low[0])), max(0, round(low[1]))
        return Box(x, y, round(high[0]) - x, round(high[1]) - y)

    def _trailing(self, part: Part) -> int:
        text = part.of(self.zone.lines)
        return len(text) - len(text.rstrip(FILLER))


@dataclass(frozen=True, slots=True, eq=False)
class MrzRows:
    """The rows of a zone, top down, cut off at their first and last characters, and what they say.

    `lines` are the rows as read.
    """

    lines: tuple[ReadLine, ...]
    reading: ZoneReading

    @property
    def format(self) -> MrzFormat:
        """The format that the rows turned out to have."""
        return self.reading.zone.format


def _part(form: MrzFormat, name: str) -> Part:
    wanted = "names" if name in {"surname", "given_names"} else name
    return SHAPES[form].part(wanted)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Rows cut into the places of a format; `cells` None where one is too short to hold them."""

    form: MrzFormat
    lines: tuple[ReadLine, ...]
    cells: tuple[Cells, ...] | None
    strays: int = 0

    @property
    def fit(self) -> float:
        """How well they fill the places, before anything is mended; 0 is perfect."""
        if self.cells is None:
            return -math.inf
        return sum(each.fit for each in self.cells) / len(self.cells) - 0.1 * self.strays


def fitted(form: MrzFormat, lines: Sequence[ReadLine]) -> Fitted:
    """Cut read rows into the places of a format."""
    cells: list[Cells] = []
    for line, kinds in zip(lines, kinds_of(form), strict=True):
        found = fit_cells(line.seen, kinds)
        if found is None:
            return Fitted(form, tuple(lines), None)
        cells.append(found)
    strays = sum(_strays(line, each.text) for line, each in zip(lines, cells, strict=True))
    return Fitted(form, tuple(lines), tuple(cells), strays)


def decode(form: MrzFormat, lines: Sequence[ReadLine], today: date) -> ZoneReading | None:
    """Turn read rows into a zone; None where a row is too short to hold its characters."""
    return zone_of(fitted(form, lines), today)


def zone_of(rows: Fitted, today: date) -> ZoneReading | None:
    """Turn rows that were cut into places into a zone; None where they hold none."""
    form, lines, cells = rows.form, rows.lines, rows.cells
    if cells is None:
        return None
    best = mended(form, cells)
    texts = best.lines
    zone = mrz.parse(texts, today)
    if zone is None or zone.format is not form:
        return None
    confidences = tuple(
        tuple(each.confidence(text)) for each, text in zip(cells, texts, strict=True)
    )
    return ZoneReading(
        zone=zone,
        confidences=confidences,
        rows=tuple(line.line for line in lines),
        places=tuple(each.places for each in cells),
        mended=best.values | _hidden(form, cells),
        repairs=best.repairs,
        strays=rows.strays,
        states=state_shares(form, cells, texts),
    )


def _hidden(form: MrzFormat, cells: Sequence[Cells]) -> frozenset[str]:
    """Name the values of which something is covered, by a sticker or a thumb."""
    return frozenset(
        value
        for part in SHAPES[form].parts
        if any(cells[part.line].hidden[part.start : part.end])
        for value in part.values
    )


def _is_mixed(text: str) -> bool:
    return any(each.isdigit() for each in text) and any(each.isalpha() for each in text)


def _strays(line: ReadLine, text: str) -> int:
    """How many letters and digits the cells have more or less than were seen."""
    seen = folded_text(text_of(proper(line))).replace(FILLER, "")
    return abs(len(seen) - len(text.replace(FILLER, "")))


@cache
def kinds_of(form: MrzFormat) -> list[list[CellKind]]:
    """What each place of each line of a format may hold; not to be changed."""
    shape = SHAPES[form]
    kinds = [[_CELLS[Kind.ANY]] * shape.length for _ in range(shape.lines)]
    for part in shape.parts:
        kinds[part.line][part.start : part.end] = [_CELLS[part.kind]] * (part.end - part.start)
    return kinds
