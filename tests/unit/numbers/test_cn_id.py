"""The citizen number: what it catches, what it says, and what it forgives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.numbers import cn_id, cn_permanent_residence
from pos_client.model.numbers.cn_id import IdFault, Sex

STANDARD_WOMAN = "11010519491231002X"
STANDARD_MAN = "440524188001010014"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    region = draw(st.integers(100000, 899999))
    born = draw(st.dates(date(1800, 1, 1), date(2025, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + cn_id.check_character(body)


@given(numbers())
def test_every_number_that_adds_up_is_accepted_whatever_its_region(number: str) -> None:
    assert cn_id.fault(number) is None


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_character_is_caught(number: str, place: int, wrong: str) -> None:
    broken = number[:place] + wrong + number[place + 1 :]
    assert (cn_id.fault(broken) is None) == (broken == number)


@given(numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(number: str, place: int) -> None:
    broken = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (cn_id.fault(broken) is None) == (broken == number)


@given(st.text())
def test_no_text_crashes_the_check(text: str) -> None:
    cn_id.fault(cn_id.normalise(text))
    cn_permanent_residence.fault(cn_id.normalise(text))


def test_sex_birth_date_and_region_are_read_from_the_standards_own_examples() -> None:
    assert cn_id.birth_date(STANDARD_WOMAN) == date(1949, 12, 31)
    assert cn_id.sex(STANDARD_WOMAN) is Sex.FEMALE
    assert cn_id.region(STANDARD_WOMAN) == "110105"
    assert cn_id.birth_date(STANDARD_MAN) == date(1880, 1, 1)
    assert cn_id.sex(STANDARD_MAN) is Sex.MALE


@pytest.mark.parametrize("ten", ["x", "X", "\uff38", "\u0445", "\u0425", "\u03a7", "×", "\u2169"])
def test_every_look_alike_of_x_is_taken_for_x(ten: str) -> None:
    assert cn_id.normalise(STANDARD_WOMAN[:17] + ten) == STANDARD_WOMAN


@pytest.mark.parametrize(
    "typed",
    ["110105 19491231 002x", "110105-19491231-002X", "\uff11\uff11\uff10105 19491231 002X\u200b"],
)
def test_separators_and_full_width_digits_are_forgiven(typed: str) -> None:
    assert cn_id.normalise(typed) == STANDARD_WOMAN


def made(region_and_date: str, sequence: str = "001") -> str:
    body = region_and_date + sequence
    return body + cn_id.check_character(body)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("11010519491231002", IdFault.LENGTH),
        ("", IdFault.LENGTH),
        ("11010519491231002XX", IdFault.LENGTH),
        ("110105491231002", IdFault.FIRST_GENERATION),
        ("1101051949123100OX", IdFault.CHARSET),
        ("0" + STANDARD_WOMAN[1:], IdFault.CHARSET),
        ("110105194912310021", IdFault.CHECKSUM),
        (made("11010519490231"), IdFault.DATE),
        (made("11010500000101"), IdFault.DATE),
        (made("11010517991231"), IdFault.DATE),
        (made("11010520260101"), IdFault.FUTURE),
    ],
)
def test_each_fault_has_its_own_reason(number: str, reason: IdFault) -> None:
    assert cn_id.fault(number, today=date(2025, 12, 31)) is reason


def test_a_birth_today_is_no_birth_in_the_future() -> None:
    assert cn_id.fault(made("11010520251231"), today=date(2025, 12, 31)) is None


def test_digits_of_other_scripts_are_no_digits_until_normalised() -> None:
    arabic = "".join(chr(0x0660 + int(digit)) for digit in STANDARD_MAN)
    assert cn_id.fault(arabic) is IdFault.CHARSET


def test_an_impossible_birthday_on_a_2017_card_is_seen() -> None:
    assert cn_permanent_residence.fault("KAZ110090133104") in {IdFault.CHECKSUM, IdFault.DATE}


def test_wrong_shapes_of_permanent_residence_numbers_are_told_apart() -> None:
    assert cn_permanent_residence.fault("KAZ11009012310") is IdFault.LENGTH
    assert cn_permanent_residence.fault("KA1110090123105") is IdFault.CHARSET
    assert cn_permanent_residence.fault("811398199012310021") is IdFault.CHARSET
