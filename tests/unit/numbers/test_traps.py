"""Citizen numbers at which other libraries trip: none of them may turn a real person away."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client import regions
from pos_client.model.numbers import cn_id, cn_permanent_residence, cn_residence
from pos_client.model.numbers.cn_id import IdFault
from pos_client.regions import Standing

TODAY: Final = date(2026, 11, 25)


def number_of(region: str, born: str, sequence: str = "002") -> str:
    body = f"{region}{born}{sequence}"
    return body + cn_id.check_character(body)


@pytest.mark.parametrize("place", ["810000", "820000", "830000"])
def test_people_of_hong_kong_macau_and_taiwan_are_people(place: str) -> None:
    number = number_of(place, "19940823")
    assert cn_id.fault(number, today=TODAY) is None
    assert regions.standing(place, 1994) is Standing.KNOWN
    places = cn_residence.TAIWAN if place == "830000" else cn_residence.HK_MACAU
    assert cn_residence.fault(number, places, today=TODAY) is None


@pytest.mark.parametrize("code", ["330109", "110226", "412723", "110103", "420683", "659012"])
def test_codes_that_others_do_not_know_are_known(code: str) -> None:
    assert cn_id.fault(number_of(code, "19650412"), today=TODAY) is None
    assert regions.standing(code, 1965) is Standing.KNOWN


def test_a_district_founded_in_2021_is_known_and_crashes_nobody() -> None:
    assert cn_id.fault(number_of("330114", "20220101"), today=TODAY) is None
    assert regions.standing("330114", 2022) is Standing.KNOWN
    assert regions.place("330114") == "浙江省杭州市钱塘区"


def test_the_standards_own_example_born_in_1880_passes() -> None:
    assert cn_id.fault("440524188001010014", today=TODAY) is None
    assert regions.standing("440524", 1880) is Standing.KNOWN


def test_a_birth_date_in_the_future_is_refused() -> None:
    assert cn_id.fault(number_of("110105", "20991231"), today=TODAY) is IdFault.FUTURE


def test_foreigners_with_permanent_residence_have_numbers_of_their_own() -> None:
    assert cn_permanent_residence.fault("911398199012310021", today=TODAY) is None
    assert cn_id.fault("911398199012310021", today=TODAY) is IdFault.CHARSET


def test_fifteen_digits_are_recognised_refused_and_can_be_converted_for_old_lists() -> None:
    old = "110105491231002"
    assert cn_id.fault(old) is IdFault.FIRST_GENERATION
    assert cn_id.from_first_generation(old) == "11010519491231002X"
    assert cn_id.birth_date(cn_id.from_first_generation("110105950101998")).year == 1895
    for wrong in ("11010549123100", "110105499931002", "11010519491231002X"):
        with pytest.raises(ValueError, match=r"15 digits|no birth date"):
            cn_id.from_first_generation(wrong)


@pytest.mark.parametrize(
    ("code", "born", "expected"),
    [
        ("110103", 1950, Standing.KNOWN),
        ("110103", 2010, Standing.KNOWN),
        ("110103", 2011, Standing.ABOLISHED),
        ("412723", 1999, Standing.KNOWN),
        ("412723", 2001, Standing.ABOLISHED),
        ("330114", 1950, Standing.KNOWN),
        ("110199", 1990, Standing.UNKNOWN),
        ("999999", 1990, Standing.UNKNOWN),
        ("", 1990, Standing.UNKNOWN),
        ("110105", None, Standing.KNOWN),
    ],
)
def test_a_code_may_be_older_than_its_district_but_not_younger(
    code: str, born: int | None, expected: Standing
) -> None:
    assert regions.standing(code, born) is expected


def test_the_table_is_whole() -> None:
    years = range(1980, 2027)
    table = regions._table()
    assert len(table) > 7000
    for code, periods in table.items():
        assert code.isdigit()
        assert len(code) == 6
        for period in periods:
            assert period.name
            assert period.first is None or period.first in years
            assert period.last is None or period.last in years
            assert not (period.first and period.last) or period.first <= period.last


@given(st.text(max_size=8), st.none() | st.integers(1800, 2030))
def test_no_code_crashes_the_table(code: str, year: int | None) -> None:
    assert regions.standing(code, year) in Standing
    regions.place(code)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 995))
def test_a_converted_number_keeps_place_birth_and_sequence(born: date, sequence: int) -> None:
    old = f"110105{born:%y%m%d}{sequence:03}"
    new = cn_id.from_first_generation(old)
    assert cn_id.fault(new) is None
    assert cn_id.birth_date(new) == born
    assert (new[:6], new[14:17]) == (old[:6], old[12:])
