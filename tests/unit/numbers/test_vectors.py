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
    in_cards,
    kr_rrn,
    luhn,
    mrz,
    sim,
    uscc,
    verhoeff,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text(encoding="utf-8")
)

UPPER_TD3: Final = "P<UTO".ljust(44, "<")
UPPER_TD2: Final = "I<UTO".ljust(36, "<")
NAMES_TD1: Final = "<" * 30

SCHEMES: Final[dict[str, Callable[..., bool]]] = {
    "cn_id18": lambda number: cn_id.fault(number) is None,
    "cn_pr18": lambda number: cn_permanent_residence.fault(number) is None,
    "cn_pr15": lambda number: cn_permanent_residence.fault(number) is None,
    "mrz_field": lambda text, digit: icao.check_digit(text) == digit,
    "mrz_td3": lambda line: not mrz.faults_of((UPPER_TD3, line)),
    "mrz_td2": lambda line: not mrz.faults_of((UPPER_TD2, line)),
    "mrz_td1": lambda upper, lower: not mrz.faults_of((upper, lower, NAMES_TD1)),
    "uscc": lambda code: uscc.fault(code) is None,
    "verhoeff": verhoeff.holds,
    "aadhaar": lambda number: in_cards.aadhaar_fault(number) is None,
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
