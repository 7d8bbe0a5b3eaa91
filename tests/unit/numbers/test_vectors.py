"""Every published check vector comes out as it should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from pos_client.model.numbers import (
    cn_id,
    cn_permanent_residence,
    icao,
    kr_rrn,
    luhn,
    sim,
    uscc,
    verhoeff,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text(encoding="utf-8")
)

#: Slices of a line and the place of their check digit (ICAO 9303-4, -5, -6), places from 1.
Spans = tuple[tuple[tuple[int, int], ...], int]
TD3: Final[tuple[Spans, ...]] = (
    (((1, 9),), 10),
    (((14, 19),), 20),
    (((22, 27),), 28),
    (((29, 42),), 43),
    (((1, 10), (14, 20), (22, 43)), 44),
)
TD2: Final[tuple[Spans, ...]] = (
    (((1, 9),), 10),
    (((14, 19),), 20),
    (((22, 27),), 28),
    (((1, 10), (14, 20), (22, 35)), 36),
)


def checks(line: str, spans: tuple[Spans, ...]) -> bool:
    def one(parts: tuple[tuple[int, int], ...], place: int) -> bool:
        text = "".join(line[first - 1 : last] for first, last in parts)
        wanted = line[place - 1]
        return icao.check_digit(text) == wanted or (wanted == "<" and not text.strip("<"))

    return all(one(parts, place) for parts, place in spans)


def td1(upper: str, lower: str) -> bool:
    number, check = upper[5:14], upper[14]
    if check == "<":
        # A long number goes on in the optional field; the filler in place 15 is not counted.
        rest = upper[15:].partition("<")[0]
        number, check = number + rest[:-1], rest[-1]
    composite = upper[5:30] + lower[:7] + lower[8:15] + lower[18:29]
    return (
        icao.check_digit(number) == check
        and icao.check_digit(lower[:6]) == lower[6]
        and icao.check_digit(lower[8:14]) == lower[14]
        and icao.check_digit(composite) == lower[29]
    )


SCHEMES: Final[dict[str, Callable[..., bool]]] = {
    "cn_id18": lambda number: cn_id.fault(number) is None,
    "cn_pr18": lambda number: cn_permanent_residence.fault(number) is None,
    "cn_pr15": lambda number: cn_permanent_residence.fault(number) is None,
    "mrz_field": lambda text, digit: icao.check_digit(text) == digit,
    "mrz_td3": lambda line: checks(line, TD3),
    "mrz_td2": lambda line: checks(line, TD2),
    "mrz_td1": td1,
    "uscc": lambda code: uscc.fault(code) is None,
    "verhoeff": verhoeff.holds,
    "aadhaar": verhoeff.aadhaar_holds,
    "kr_rrn": kr_rrn.check_digit_holds,
    "imei": sim.imei_holds,
    "luhn": luhn.holds,
    "iccid": lambda iccid: sim.iccid_fault(iccid) is None,
}


def test_there_are_37_vectors() -> None:
    assert len(VECTORS) == 37


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['scheme']}-{'-'.join(v['input'])}")
def test_a_vector_comes_out_as_published(vector: dict[str, Any]) -> None:
    assert SCHEMES[vector["scheme"]](*vector["input"]) is vector["valid"]
