"""Which districts of China there are and were: what the first six digits of a number stand for.

Districts come and go, a number keeps its old one for life, and a person must not be turned away
because a table is older than a card: whatever is said here is a warning, never a refusal.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from pos_client import resources

_LENGTH: Final = 6
#: Numbers were given to everybody, young and old, from this year on.
_FIRST_NUMBERS: Final = 1984


class Standing(StrEnum):
    """What the table says about a code."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Period:
    """A code under one name: the first and last year in which it was given; None is open."""

    name: str
    first: int | None
    last: int | None


def standing(code: str, birth_year: int | None = None) -> Standing:
    """Say what is known of the six digits with which a number begins.

    `ABOLISHED` says that the code was gone before its holder was born. That a district is younger
    than the holder says nothing: most people were adults when numbers were first given.
    """
    found = periods(code)
    if not found:
        return Standing.UNKNOWN
    last = found[-1].last
    gone = last is not None and birth_year is not None and last < max(birth_year, _FIRST_NUMBERS)
    return Standing.ABOLISHED if gone else Standing.KNOWN


def periods(code: str) -> tuple[Period, ...]:
    """Return what a code of six digits was called when, oldest first; empty where it is unknown."""
    return _table().get(code[:_LENGTH], ())


def load() -> None:
    """Read the table now, while nobody waits for it; otherwise the first question does."""
    _table()


def place(code: str) -> str:
    """Return the latest names of province, prefecture and district in Chinese, as one text."""
    names = (periods(code[:length].ljust(_LENGTH, "0")) for length in (2, 4, _LENGTH))
    parts = dict.fromkeys(found[-1].name for found in names if found)
    return "".join(part for part in parts if part not in {"市辖区", "县"})


@cache
def _table() -> dict[str, tuple[Period, ...]]:
    table: dict[str, tuple[Period, ...]] = {}
    with resources.path("regions/cn_regions.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        at = {title: place for place, title in enumerate(next(rows))}
        code, name, first, last = (at[each] for each in ("code", "name", "first", "last"))
        for row in rows:
            period = Period(row[name], _year(row[first]), _year(row[last]))
            table[row[code]] = (*table.get(row[code], ()), period)
    return table


def _year(text: str) -> int | None:
    return int(text) if text else None
