"""Company codes, Aadhaar and Korean numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.numbers import in_cards, kr_rrn, uscc, verhoeff
from pos_client.model.numbers.uscc import UsccFault


@given(st.text(alphabet="0123456789", min_size=1, max_size=12), st.integers(0, 11))
def test_verhoeff_catches_wrong_digits_and_swaps(body: str, place: int) -> None:
    whole = next(body + digit for digit in "0123456789" if verhoeff.holds(body + digit))
    place %= len(whole) - 1
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert verhoeff.holds(swapped) == (swapped == whole)
    for wrong in "0123456789":
        broken = whole[:place] + wrong + whole[place + 1 :]
        assert verhoeff.holds(broken) == (broken == whole)


def test_company_codes_say_why_they_fail() -> None:
    assert uscc.fault("91350100M000100Y4") is UsccFault.LENGTH
    assert uscc.fault("91350100M000100Y4Z") is UsccFault.CHARSET
    assert uscc.fault("91350100M000100Y44") is UsccFault.CHECKSUM


def test_a_company_code_whose_remainder_is_zero_ends_in_zero() -> None:
    found = [
        code for code in (f"91350100M0{at:06}Y0" for at in range(400)) if uscc.fault(code) is None
    ]
    assert found


def test_aadhaar_never_starts_with_zero_or_one() -> None:
    assert in_cards.aadhaar_fault("034123412346") is not None
    assert in_cards.aadhaar_fault("23412341234") is not None


def test_a_korean_number_of_wrong_shape_does_not_check() -> None:
    assert not kr_rrn.check_digit_holds("971013901990")
    assert not kr_rrn.check_digit_holds("9710139019903")


@given(st.text())
def test_no_text_crashes_a_check(text: str) -> None:
    uscc.fault(text)
    verhoeff.holds(text)
    in_cards.aadhaar_fault(text)
    kr_rrn.check_digit_holds(text)
