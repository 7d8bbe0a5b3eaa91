"""Has rows of a zone read by a second reader, and weighs where the two agree and where not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pos_client.capture.cells import Cells, fit_cells
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Pixels
from pos_client.capture.lines import read_lines, section
from pos_client.capture.mrz_zone import ZoneReading, kinds_of
from pos_client.model.numbers import mrz
from pos_client.model.numbers.mrz import FILLER, SHAPES
from pos_client.model.private import Private
from pos_client.model.reading import Repair, RepairReason

#: How much of a doubt is left where both readers see the same character.
_AGREED: Final = 0.25
#: What a character is worth at most that the second reader, sure of it, sees otherwise.
_DISPUTED: Final = 0.5
_SURE_OTHERWISE: Final = 0.8
#: A letter of a name that the first reader sees with no more than this may be another one.
_UNSURE: Final = 0.75
#: A row whose characters are all above this needs no second look where check digits cover it.
_CLEAR: Final = 0.95
#: Of the fillers that end a row so many are asked about, in case a name goes on; fewer cells than
#: the other figure cannot be told apart evenly.
_FILLERS_ASKED: Final = 3
_LEAST_CELLS: Final = 12


def weighed(engine: TextEngine, flat: Pixels, reading: ZoneReading, today: date) -> ZoneReading:
    """Return the reading with each character's confidence as two readers together see it.

    Names are always asked about, for no check digit covers them; other rows in doubt. Where the
    first reader is in doubt about a letter of a name and the second is sure of another one, that
    one is taken, and stays in doubt. Without a reader of our own both would be the same, and
    nobody is asked.
    """
    if engine.read_codes([]) is None:
        return reading
    asked = [at for at in range(len(reading.rows)) if _is_question(reading, at)]
    ends = [_end(reading.zone.lines[at]) for at in asked]
    parts = [_beginning(reading, at, end) for at, end in zip(asked, ends, strict=True)]
    lines = read_lines(engine, flat, parts)
    kinds = kinds_of(reading.zone.format)
    confidences = list(reading.confidences)
    texts, repairs = list(reading.zone.lines), list(reading.repairs)
    for at, end, line in zip(asked, ends, lines, strict=True):
        other = fit_cells(line.seen, kinds[at][:end])
        if other is not None:
            for repair in _better_letters(reading, at, other):
                place = repair.place - 1
                texts[at] = texts[at][:place] + repair.taken.reveal() + texts[at][place + 1 :]
                repairs.append(repair)
            confidences[at] = _together(reading.zone.lines[at], confidences[at], other)
    zone = mrz.parse(tuple(texts), today) or reading.zone
    return replace(reading, zone=zone, confidences=tuple(confidences), repairs=tuple(repairs))


def _better_letters(reading: ZoneReading, row: int, other: Cells) -> Iterator[Repair]:
    """Letters of names that the second reader is surer of than the first of its own."""
    names = next(part for part in SHAPES[reading.zone.format].parts if part.name == "names")
    if row != names.line:
        return
    text, sure = reading.zone.lines[row], reading.confidences[row]
    for at in range(names.start, min(names.end, len(other.shares))):
        top = int(other.shares[at].argmax())
        letter = other.symbols[top]
        if FILLER in {letter, text[at]} or letter == text[at] or sure[at] > _UNSURE:
            continue
        if float(other.shares[at, top]) > _SURE_OTHERWISE:
            why = RepairReason.SECOND_READER
            yield Repair(row + 1, at + 1, Private(text[at]), Private(letter), why)


def _is_question(reading: ZoneReading, row: int) -> bool:
    names = next(part for part in SHAPES[reading.zone.format].parts if part.name == "names")
    if row == names.line or not reading.complete:
        return row == names.line  # in doubt anyway: only the names are still of use
    seen = zip(reading.zone.lines[row], reading.confidences[row], strict=True)
    return any(sure < _CLEAR for character, sure in seen if character != FILLER)


def _end(text: str) -> int:
    """How many characters of a row are worth a question: the fillers at its end are not."""
    return min(len(text), max(_LEAST_CELLS, len(text.rstrip(FILLER)) + _FILLERS_ASKED))


def _beginning(reading: ZoneReading, row: int, end: int) -> TextLine:
    """The part of a row that holds its first `end` characters."""
    places, line = reading.places[row], reading.rows[row]
    share = 1.0 if end >= len(places) else float(places[end - 1] + places[end]) / 2
    return section(line, 0.0, share)


def _together(text: str, sure: Sequence[float], other: Cells) -> tuple[float, ...]:
    asked = len(other.shares)
    weighed_ones = (_weigh(mine, other, at, text[at]) for at, mine in enumerate(sure[:asked]))
    return (*weighed_ones, *sure[asked:])


def _weigh(mine: float, other: Cells, at: int, character: str) -> float:
    top = int(other.shares[at].argmax())
    if other.symbols[top] == character:
        return 1 - (1 - mine) * _AGREED
    if float(other.shares[at, top]) > _SURE_OTHERWISE:
        return min(mine, _DISPUTED)
    return mine
