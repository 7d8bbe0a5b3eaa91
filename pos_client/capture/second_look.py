"""Two doubtful readings of the same side made into one: of each field, the better of the two."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Final

from pos_client.model.field import Field, grade
from pos_client.model.reading import Reading, Verdict

#: So much of what two readings have in common must be equal before they count as one card.
_ALIKE: Final = 0.5
#: A number of a person or a card has at least so many digits.
_LEAST_DIGITS: Final = 8


def same_card(one: Reading, other: Reading) -> bool:
    """Say whether two readings can only come from the same side of the same card.

    Two values that both pass their checks and differ are two cards, whatever else is alike.
    """
    if one.document != other.document or one.side != other.side:
        return False
    pairs = [(a, b) for a in one.fields if (b := other.field(a.name)) is not None]
    if any(a.checked and b.checked and a.value != b.value for a, b in pairs):
        return False
    if any(a.value == b.value and (_is_number(a) or (a.checked and b.checked)) for a, b in pairs):
        return True
    # What one of them did not make out is no difference between two cards.
    seen = [(a, b) for a, b in pairs if a.value.reveal() and b.value.reveal()]
    alike = sum(a.value == b.value for a, b in seen)
    return bool(seen) and alike >= _ALIKE * len(seen)


def _is_number(field: Field) -> bool:
    """Tell a number that two people do not have: long, and no day, which many share."""
    text = field.value.reveal()
    return text.isalnum() and sum(map(str.isdigit, text)) >= _LEAST_DIGITS


def better_of(one: Reading, other: Reading) -> Reading:
    """Return the reading that leaves less to a person."""
    return max((one, other), key=_worth)


def merged(one: Reading, other: Reading) -> Reading:
    """Take of each field the better reading; of two different cards, or MRZs, take one whole.

    A merged reading stays in doubt: only the reader itself can say that nothing is missing.
    """
    base = better_of(one, other)
    if base.verdict is Verdict.READ or not same_card(one, other) or one.mrz != other.mrz:
        return base
    rest = other if base is one else one
    kept = tuple(_better_field(field, rest.field(field.name)) for field in base.fields)
    missed = tuple(field for field in rest.fields if base.field(field.name) is None)
    return replace(base, fields=kept + missed, ms=one.ms + other.ms)


def all_merged(readings: Sequence[Reading]) -> Reading:
    """Merge any number of readings, one after the other."""
    return reduce(merged, readings)


def _better_field(here: Field, there: Field | None) -> Field:
    """Return the better of two readings of one field, at its place in the kept picture."""
    if there is None or _rank(there) <= _rank(here):
        return here
    return replace(there, box=here.box if here.box is not None else there.box)


def _rank(field: Field) -> tuple[bool, int, float]:
    return (not field.doubtful, grade(field), field.confidence)


def _worth(reading: Reading) -> tuple[int, int, float]:
    order = (Verdict.UNREADABLE, Verdict.DOUBT, Verdict.READ)
    sure = sum(not field.doubtful for field in reading.fields)
    return (order.index(reading.verdict), sure, sum(field.confidence for field in reading.fields))
