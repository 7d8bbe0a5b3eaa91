"""Finds all rows of a machine-readable zone around one of them, and tells which format they are."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.lines import ReadLine, direction, facing, read_codes, turned
from pos_client.capture.mrz_closer import closer, same_row
from pos_client.capture.mrz_rows import (
    edged,
    length_of,
    looks_like_mrz,
    pitch_of,
    proper,
    rows_around,
    stretched,
    trimmed,
)
from pos_client.capture.mrz_zone import (
    FIRST_LETTERS,
    OWN_DIGITS,
    Fitted,
    MrzRows,
    fitted,
    zone_of,
)
from pos_client.model.numbers.mrz import SHAPES, MrzFormat

#: A row has so many characters, this clear, and this evenly spaced (shares of the pitch).
_LEAST_CHARS: Final = 12
_CLEAR: Final = 0.55
_UNEVEN: Final = 0.22
_SAME_PITCH: Final = 0.14
#: Rows that read this well need no second try with other edges.
_WELL: Final = 0.97
#: Edges to try: height of the crop against the box's, and its middle, in shares of the height.
_EDGES: Final = ((0.8, 0.0), (1.25, 0.0), (1.0, -0.14), (1.0, 0.14))
#: Distance of two rows in pitches: cards have them close, passports far apart (ICAO 9303-4, -5).
_STEPS: Final = (1.7, 1.95, 2.25, 2.5, 2.75)
#: How many characters a row may seem to have more or less than its format says.
_MISCOUNT: Final = 4.0
#: How many may be missing from it, under glare or a thumb.
_UNSEEN: Final = 12.0
#: What each such character costs, as against a broken check digit that costs 0.2.
_OFF: Final = 0.06
#: Where rows stay in doubt, so many characters may have been lost from their beginnings: with them
#: lost, a passport's 44 look like the 36 of a card.
_LOST: Final = 9.0
#: A row that goes on before its first character has more of them, clear ones in sum.
_MORE: Final = 1.5
#: So many formats are worth the search for characters that check digits want.
_TRIED: Final = 2
#: Two lines read the other way round are this much better when the first way was wrong.
_OTHER_WAY: Final = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    line: ReadLine
    pitch: float
    clear: float


def gather(
    engine: TextEngine,
    pixels: Pixels,
    boxes: Sequence[TextLine],
    whole: TextLine,
    seed: ReadLine,
    today: date,
) -> MrzRows | None:
    """Put the boxes around a line together to rows, and tell the format from what they hold.

    Args:
        engine: reads the rows.
        pixels: the picture, BGR.
        boxes: everything that looked like text in it.
        whole: the line around which to look, in reading order.
        seed: its head as read.
        today: decides the century of two-digit years.
    """
    pitch = pitch_of(seed)
    if pitch is None:
        return None
    if not seed.seen.crisp:  # the reader of codes has tried both ways and is sure of one
        whole = _right_way(engine, pixels, whole)
    best = _gathered(engine, pixels, rows_around(boxes, whole), pitch, today)
    if _worth(best) < _SETTLED:
        anew = closer(engine, pixels, whole, pitch)
        row = same_row(whole, anew)
        if row is not None:
            around = rows_around(anew, facing(row, direction(whole)))
            best = max(best, _gathered(engine, pixels, around, pitch, today), key=_worth)
    return best[1] if best is not None and _is_zone(best[1]) else None


def gather_at_once(
    engine: TextEngine, pixels: Pixels, boxes: Sequence[TextLine], row: ReadLine, today: date
) -> MrzRows | None:
    """Do the same around a row that was told already; None where the boxes alone leave a doubt."""
    pitch = pitch_of(row)
    if pitch is None:
        return None
    best = _gathered(engine, pixels, rows_around(boxes, row.line), pitch, today)
    if best is None or best[0] < _SETTLED or not best[1].reading.complete:
        return None  # a row that was cut too low reads as what check digits can mend to anything
    return best[1] if _is_zone(best[1]) and _is_whole(engine, pixels, best[1]) else None


def _is_whole(engine: TextEngine, pixels: Pixels, rows: MrzRows) -> bool:
    """Tell whether rows can be all there is: a piece of a long one looks like one of a card.

    Passports begin with P and visas with V (ICAO 9303-4 and -7, 4.2.2); of others nothing may stand
    before what was read.
    """
    if rows.format is MrzFormat.TD1:
        return True
    if rows.format in {MrzFormat.TD3, MrzFormat.MRVA}:
        return rows.reading.zone.values["document_code"][:1] in {"P", "V"}
    pitches = [pitch_of(line) or 0.0 for line in rows.lines]
    longer = [
        stretched(line.line, pitch, pixels, _LOST)
        for line, pitch in zip(rows.lines, pitches, strict=True)
    ]
    again = read_codes(engine, pixels, longer)
    return all(
        more.weight < line.weight + _MORE for line, more in zip(rows.lines, again, strict=True)
    )


def _gathered(
    engine: TextEngine, pixels: Pixels, around: Sequence[TextLine], pitch: float, today: date
) -> tuple[float, MrzRows] | None:
    """Read the rows of a zone; those that stay in doubt are looked for beyond their ends."""
    rows = _rows(engine, pixels, [stretched(row, pitch, pixels) for row in around])
    if not rows:
        return None
    best = _best(rows, today)
    if _worth(best) < _SETTLED:
        more = _alike(_completed(engine, pixels, rows))
        again = _best(more, today) if len(more) > len(rows) else None
        best = max(best, again, key=_worth)
    if _worth(best) < _SETTLED:
        along = direction(around[0])
        starts = [float(row.quad[0] @ along) / pitch for row in around]
        lost = [_LOST + start - min(starts) for start in starts]
        longer = [
            stretched(row, pitch, pixels, more) for row, more in zip(around, lost, strict=True)
        ]
        best = max(best, _best(_rows(engine, pixels, longer), today), key=_worth)
    return best


def _worth(found: tuple[float, MrzRows] | None) -> float:
    return found[0] if found else -math.inf


def _rows(engine: TextEngine, pixels: Pixels, boxes: Sequence[TextLine]) -> list[_Row]:
    found = (_read(engine, pixels, box) for box in boxes)
    return _alike([row for row in found if row is not None])


def _is_zone(rows: MrzRows) -> bool:
    """Rows full of fillers are a zone; others only where check digits and dates say so.

    Rows of a listing or a form have fillers too, but begin as no document does, and nothing holds.
    """
    zone = rows.reading.zone
    held = OWN_DIGITS - set(zone.faults)
    if not held and zone.values["document_code"][:1] not in _ANY_FIRST:
        return False
    if sum(looks_like_mrz(line) for line in rows.lines) > 1:
        return True
    dates = [zone.values["birth_date"], zone.values["expiry_date"]]
    return len(held) >= len(OWN_DIGITS) - 1 and all("-" in each for each in dates)


#: What the first row of any zone begins with.
_ANY_FIRST: Final = frozenset("".join(FIRST_LETTERS.values()))

#: A zone worth this much is complete: all its check digits hold.
_SETTLED: Final = 2.7


def _right_way(engine: TextEngine, pixels: Pixels, whole: TextLine) -> TextLine:
    one, other = read_codes(engine, pixels, [whole, turned(whole)])
    return turned(whole) if other.weight > _OTHER_WAY * one.weight + 1 else whole


def _read(engine: TextEngine, pixels: Pixels, row: TextLine) -> _Row | None:
    """Read a row, with other edges where it does not read well; None where it is none."""
    best = _weighed(read_codes(engine, pixels, [row])[0])
    if best is not None and best.clear < _WELL:
        tries = read_codes(engine, pixels, [edged(row, *edge) for edge in _EDGES])
        others = [each for each in map(_weighed, tries) if each is not None]
        best = max((best, *others), key=lambda each: each.clear)
    return best


def _weighed(line: ReadLine) -> _Row | None:
    """Tell how clear a row is; None where its characters are few, dim or unevenly spaced."""
    chars = proper(line)
    pitch = pitch_of(line)
    if len(chars) < _LEAST_CHARS or pitch is None:
        return None
    clear = sum(each.probability for each in chars) / len(chars)
    if clear < _CLEAR and not looks_like_mrz(line):
        return None
    middles = np.array([(each.first + each.end - 1) / 2 for each in chars])
    gaps = np.diff(middles)
    usual = float(np.median(gaps))
    single = gaps[(gaps > 0.5 * usual) & (gaps < 1.5 * usual)]
    if float(single.std()) > _UNEVEN * usual or len(single) < 0.8 * len(gaps):
        return None
    return _Row(line, pitch, clear)


def _alike(rows: Sequence[_Row]) -> list[_Row]:
    """Only rows that have the pitch of the clearest one, top down."""
    if not rows:
        return []
    model = max(rows, key=lambda each: each.clear * len(each.line.chars))
    down = _down(model.line.line)
    same = [row for row in rows if abs(row.pitch / model.pitch - 1) < _SAME_PITCH]
    return sorted(same, key=lambda each: float(each.line.line.middle @ down))


def _down(row: TextLine) -> Floats:
    along = direction(row)
    return np.array((-along[1], along[0]))


def _completed(engine: TextEngine, pixels: Pixels, rows: Sequence[_Row]) -> list[_Row]:
    """Look where further rows would stand that were not found as text."""
    model = max(rows, key=lambda each: each.clear * len(each.line.chars))
    down = _down(model.line.line)
    heights = [float(row.line.line.middle @ down) for row in rows]
    steps: Sequence[float] = _STEPS
    near = [b - a for a, b in pairwise(heights)]
    if near:
        steps = (min(near) / model.pitch,)
    more = list(rows)
    for end, side in ((rows[0], -1), (rows[-1], 1)):
        best: _Row | None = None
        for step in steps:
            moved = TextLine(end.line.line.quad + down * side * step * model.pitch, 0.5)
            row = _read(engine, pixels, moved) if _inside(moved, pixels) else None
            if row is not None and (best is None or row.clear > best.clear):
                best = row
        if best is not None:
            more.append(best)
    return more


def _inside(row: TextLine, pixels: Pixels) -> bool:
    height, width = pixels.shape[:2]
    x, y = row.middle
    return bool(0 < x < width and 0 < y < height)


def _best(rows: Sequence[_Row], today: date) -> tuple[float, MrzRows] | None:
    """Try the formats that the rows could be, likeliest first, until one holds."""
    ranked = [(each.fit - off, off, each) for off, each in _possible(rows)]
    ranked.sort(key=lambda each: -each[0])
    best: tuple[float, MrzRows] | None = None
    for _, off, places in ranked[:_TRIED]:
        zone = zone_of(places, today)
        if zone is not None and (best is None or zone.worth - off > best[0]):
            best = zone.worth - off, MrzRows(places.lines, zone)
        if _worth(best) >= _SETTLED:
            break
    return best


def _possible(
    rows: Sequence[_Row],
) -> Iterator[tuple[float, Fitted]]:
    """Give the formats that the rows could be, each with what their length says against it."""
    lengths = [length_of(row.line) for row in rows]
    for form, shape in SHAPES.items():
        for first in range(len(rows) - shape.lines + 1):
            group = rows[first : first + shape.lines]
            more = float(np.median(lengths[first : first + shape.lines])) - shape.length
            if not -_UNSEEN < more < _MISCOUNT:
                continue
            visa = proper(group[0].line)[0].text.upper() == "V"
            if shape.lines == 2 and visa != (form in {MrzFormat.MRVA, MrzFormat.MRVB}):  # noqa: PLR2004 - cards of three lines are no visas
                continue
            off = _OFF * max(0.0, abs(more) - 1.0)
            yield off, fitted(form, [trimmed(row.line, form) for row in group])
