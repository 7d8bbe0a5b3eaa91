"""Mends machine-readable lines under their check digits and the list of states."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pos_client.capture.cells import Cells, rivals, valid_texts
from pos_client.capture.mrz_rows import folded_text
from pos_client.model.numbers import mrz
from pos_client.model.numbers.mrz import FILLER, SHAPES, CheckSpan, MrzFault, MrzFormat, Part
from pos_client.model.numbers.mrz_states import STATES
from pos_client.model.private import Private
from pos_client.model.reading import Repair, RepairReason

#: Characters that the engine takes for each other in OCR-B, however sure it sounds.
_DOUBLES: Final = {
    "0": "OQD",
    "O": "0QD",
    "D": "0O",
    "Q": "0O",
    "1": "IL",
    "I": "1L",
    "L": "1",
    "2": "Z",
    "Z": "2",
    "5": "S",
    "S": "58",
    "6": "G",
    "G": "6",
    "8": "BS",
    "B": "8",
}
#: A mended run may be less likely than what was seen by this much (natural logarithm). Of specimens
#: that are published, one in ten has a check digit that is wrong as printed: what is seen clearly
#: stands. In 80 hard frames mending for 9 instead mended nothing more.
_REPAIR_COST: Final = 2.5
#: Look-alikes (O for 0) cost little to tell apart; a repair this cheap is no repair.
_CHEAP: Final = 1.5
_STATE_COST: Final = 3.5
_STATE_PARTS: Final = frozenset(("issuing_state", "nationality"))
_TOO_WIDE: Final = re.compile(r"(?<=[A-Z])<{3,}(?=[A-Z])")
#: Where all states together are less likely than this, the print is none of them.
_LIKELY_STATE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mended:
    """The likeliest lines, what was changed for them, and the values that hold only therefore."""

    lines: tuple[str, ...]
    values: frozenset[str]
    repairs: tuple[Repair, ...]


def mended(form: MrzFormat, cells: Sequence[Cells]) -> Mended:
    """Choose the likeliest lines under the check digits and the list of states."""
    fitted = tuple(each.text for each in cells)
    repairs = [*_forced(cells)]
    changed: set[str] = set()
    lines = _with_states(form, fitted, cells)
    repairs += _changes(fitted, lines, RepairReason.STATE)
    closed = _closed_up(form, lines)
    if closed != lines:
        repairs += _changes(lines, closed, RepairReason.FILLERS)
        lines = closed
        changed.update(("surname", "given_names"))
    for span in SHAPES[form].checks:
        if mrz.holds(form, span, lines):
            continue
        places = [(line, at) for line, start, end in span.covers for at in range(start, end)]
        if span.fault is MrzFault.COMPOSITE:
            places = [place for place in places if not _covered(form, place)]
        better = _repaired(form, lines, cells, [*places, span.digit], span)
        if better is not None:
            repairs += _changes(lines, better[0], RepairReason.CHECK_DIGIT)
            if better[1] > _CHEAP:
                changed.update(_touched(form, lines, better[0]))
            lines = better[0]
    return Mended(lines, frozenset(changed), tuple(repairs))


def _touched(form: MrzFormat, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """Name the values that are not what they were."""
    for part in SHAPES[form].parts:
        if part.of(before) != part.of(after):
            yield from part.values


def _changes(before: Sequence[str], after: Sequence[str], why: RepairReason) -> Iterator[Repair]:
    for row, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        for place, (seen, taken) in enumerate(zip(old, new, strict=True), start=1):
            if seen != taken:
                yield Repair(row, place, Private(seen), Private(taken), why)


def _forced(cells: Sequence[Cells]) -> Iterator[Repair]:
    """What was seen and may not stand where it was seen; a filler that fades is no news."""
    for row, line in enumerate(cells, start=1):
        for place, (seen, taken) in enumerate(zip(line.seen, line.text, strict=True), start=1):
            plain = folded_text(seen)
            if plain and plain != taken:
                yield Repair(row, place, Private(plain), Private(taken), RepairReason.ALPHABET)


def _closed_up(form: MrzFormat, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Between names stand one or two fillers; a third one was taken from those at the end."""
    part = SHAPES[form].part("names")
    names = part.of(lines)
    closed = _TOO_WIDE.sub(FILLER * 2, names).ljust(len(names), FILLER)
    return _put(lines, [(part.line, at) for at in range(part.start, part.end)], closed)


def state_shares(
    form: MrzFormat, cells: Sequence[Cells], lines: tuple[str, ...]
) -> dict[str, float]:
    """How sure each state is among all states there are: UTO has no rival in UIO, for none is."""
    shares: dict[str, float] = {}
    for part in SHAPES[form].parts:
        if part.name not in _STATE_PARTS or part.of(lines).rstrip(FILLER) not in STATES:
            continue
        line = cells[part.line]
        columns = [
            {symbol: float(line.shares[at, index]) for index, symbol in enumerate(line.symbols)}
            for at in range(part.start, part.end)
        ]
        likely = {
            state: math.prod(
                column[each] for column, each in zip(columns, state.ljust(3, FILLER), strict=True)
            )
            for state in STATES
        }
        total = sum(likely.values())
        mine = likely[part.of(lines).rstrip(FILLER)]
        shares[part.name] = mine / total * min(1.0, total / _LIKELY_STATE)
    return shares


def _covered(form: MrzFormat, place: tuple[int, int]) -> bool:
    """Tell whether a check digit of its own covers this place, or is this place."""
    return any(
        span.digit == place or any(ln == place[0] and a <= place[1] < b for ln, a, b in span.covers)
        for span in SHAPES[form].checks
        if span.fault is not MrzFault.COMPOSITE
    )


def _with_states(
    form: MrzFormat, lines: tuple[str, ...], cells: Sequence[Cells]
) -> tuple[str, ...]:
    for part in SHAPES[form].parts:
        if part.name in _STATE_PARTS:
            lines = _with_state(lines, part, cells[part.line])
    return lines


def _with_state(lines: tuple[str, ...], part: Part, cells: Cells) -> tuple[str, ...]:
    seen = part.of(lines)
    if seen.rstrip(FILLER) in STATES:
        return lines
    options = rivals(cells)[part.start : part.end]
    found = valid_texts(options, lambda text: text.rstrip(FILLER) in STATES, limit=120, wanted=1)
    if not found or found[0][0] > _STATE_COST:
        return lines
    return _put(lines, [(part.line, at) for at in range(part.start, part.end)], found[0][1])


def _repaired(
    form: MrzFormat,
    lines: tuple[str, ...],
    cells: Sequence[Cells],
    places: Sequence[tuple[int, int]],
    span: CheckSpan,
) -> tuple[tuple[str, ...], float] | None:
    """The likeliest change of these places that makes one check digit hold."""
    all_options = [rivals(each, _DOUBLES) for each in cells]
    options = [_relative(all_options[line][at], lines[line][at]) for line, at in places]
    found = valid_texts(
        options,
        lambda text: mrz.holds(form, span, _put(lines, places, text)),
        limit=400,
        wanted=1,
    )
    if not found or found[0][0] > _REPAIR_COST:
        return None
    return _put(lines, places, found[0][1]), found[0][0]


def _relative(options: list[tuple[float, str]], now: str) -> list[tuple[float, str]]:
    """Options with the present character first."""
    return [(0.0, now), *((cost + 1e-6, text) for cost, text in options if text != now)]


def _put(lines: tuple[str, ...], places: Sequence[tuple[int, int]], text: str) -> tuple[str, ...]:
    changed = [list(line) for line in lines]
    for (line, at), each in zip(places, text, strict=True):
        changed[line][at] = each
    return tuple("".join(line) for line in changed)
