"""Has rows of a zone read by a second reader, and weighs where the two agree and where not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pos_client.capture.cells import Cells, fit_cells
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Pixels
from pos_client.capture.lines import read_lines, section
from pos_client.capture.mrz_rows import edged
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
#: OCR-B is set so wide that at this share of its width it is read as well, and sooner. A row is cut
#: so many distances of its characters high: of 83 zones that left 70 in no doubt, as found 65.
_NARROW: Final = 0.6
_TALL: Final = 1.6


def weighed(engine: TextEngine, flat: Pixels, reading: ZoneReading, today: date) -> ZoneReading:
    """Return the reading with each character's confidence as two readers together see it.

    Names are always asked about, for no check digit covers them; other rows in doubt. Where the
    first reader is in doubt about a letter of a name and the second is sure of another one, that
    one is taken, and stays in doubt. Without a reader of our own both would be the same, and
    nobody is asked.
    """
    if engine.read_codes([]) is None:
        return reading
    asked = [
        (at, span)
        for at in range(len(reading.rows))
        if _is_question(reading, at)
        for span in _spans(reading.zone.lines[at])
    ]
    parts = [_cut_out(reading, at, span) for at, span in asked]
    lines = read_lines(engine, flat, parts, narrow=_NARROW)
    kinds = kinds_of(reading.zone.format)
    confidences = list(reading.confidences)
    texts, repairs = list(reading.zone.lines), list(reading.repairs)
    for (at, span), line in zip(asked, lines, strict=True):
        other = fit_cells(line.seen, kinds[at][span])
        if other is not None:
            for repair in _better_letters(reading, at, span, other):
                place = repair.place - 1
                texts[at] = texts[at][:place] + repair.taken.reveal() + texts[at][place + 1 :]
                repairs.append(repair)
            confidences[at] = _together(reading.zone.lines[at], confidences[at], span, other)
    zone = mrz.parse(tuple(texts), today) or reading.zone
    return replace(reading, zone=zone, confidences=tuple(confidences), repairs=tuple(repairs))


def _better_letters(reading: ZoneReading, row: int, span: slice, other: Cells) -> Iterator[Repair]:
    """Letters of names that the second reader is surer of than the first of its own."""
    names = SHAPES[reading.zone.format].part("names")
    if row != names.line:
        return
    text, sure = reading.zone.lines[row], reading.confidences[row]
    for at, shares in enumerate(other.shares, start=span.start):
        top = int(shares.argmax())
        letter = other.symbols[top]
        if FILLER in {letter, text[at]} or letter == text[at] or sure[at] > _UNSURE:
            continue
        if names.start <= at < names.end and float(shares[top]) > _SURE_OTHERWISE:
            why = RepairReason.SECOND_READER
            yield Repair(row + 1, at + 1, Private(text[at]), Private(letter), why)


def _is_question(reading: ZoneReading, row: int) -> bool:
    names = SHAPES[reading.zone.format].part("names")
    if row == names.line or not reading.complete:
        return row == names.line  # in doubt anyway: only the names are still of use
    seen = zip(reading.zone.lines[row], reading.confidences[row], strict=True)
    return any(sure < _CLEAR for character, sure in seen if character != FILLER)


def _spans(text: str) -> list[slice]:
    """The characters of a row that are worth a question: the fillers at its end are not.

    In two parts, where there are enough for both: each core reads one.
    """
    end = min(len(text), max(_LEAST_CELLS, len(text.rstrip(FILLER)) + _FILLERS_ASKED))
    if end < 2 * _LEAST_CELLS:
        return [slice(0, end)]
    return [slice(0, end // 2), slice(end // 2, end)]


def _cut_out(reading: ZoneReading, row: int, span: slice) -> TextLine:
    """The part of a row that holds some of its characters."""
    places = reading.places[row]
    pitch = float(places[-1] - places[0]) / (len(places) - 1) * reading.rows[row].length
    line = edged(reading.rows[row], _TALL * pitch / reading.rows[row].height)

    def before(at: int) -> float:
        return float(places[at - 1] + places[at]) / 2 if 0 < at < len(places) else float(at > 0)

    return section(line, before(span.start), before(span.stop))


def _together(text: str, sure: Sequence[float], span: slice, other: Cells) -> tuple[float, ...]:
    seen = enumerate(zip(sure[span], text[span], strict=True))
    weighed_ones = (_weigh(mine, other, at, letter) for at, (mine, letter) in seen)
    return (*sure[: span.start], *weighed_ones, *sure[span.stop :])


def _weigh(mine: float, other: Cells, at: int, character: str) -> float:
    top = int(other.shares[at].argmax())
    if other.symbols[top] == character:
        return 1 - (1 - mine) * _AGREED
    if float(other.shares[at, top]) > _SURE_OTHERWISE:
        return min(mine, _DISPUTED)
    return mine
