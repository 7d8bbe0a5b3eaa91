"""Which provinces there are: the first two digits of a citizen number.

Only provinces are listed. Districts come and go, a number keeps its old one for life, and a
person must not be turned away because a table is older than a card (rule NUM05 only warns).
"""

import csv
from functools import cache
from typing import Final

from pos_client import resources

_PREFIX_LENGTH: Final = 2


def known(region: str) -> bool:
    """Say whether the six digits of a number start with a province in the list."""
    return region[:_PREFIX_LENGTH] in _provinces()


@cache
def _provinces() -> frozenset[str]:
    with resources.path("regions/cn_regions.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["prefix"] for row in csv.DictReader(file))
