"""SIM cards, phone numbers and handsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.numbers import luhn, sim
from pos_client.model.numbers.sim import IccidFault

PATTERNS = (r"1(3[4-9]|5[0-27-9]|8[2-478])[0-9]{8}", r"10647[0-9]{8}")


@pytest.mark.parametrize(
    ("iccid", "reason"),
    [
        ("8986011012311709830S", None),
        ("8986000000000000002", None),
        ("89860070310112094320", None),
        ("898600A0310112094320", None),
        ("8986000000000000003", IccidFault.CHECK_DIGIT),
        ("8986011012311709831S", IccidFault.CHECK_DIGIT),
        ("898600000000000000", IccidFault.LENGTH),
        ("898600000000000000000", IccidFault.LENGTH),
        ("1986000000000000002", IccidFault.CHARSET),
        ("89860000000000000-2", IccidFault.CHARSET),
    ],
)
def test_card_numbers_with_and_without_letters(iccid: str, reason: IccidFault | None) -> None:
    assert sim.iccid_fault(iccid) is reason


def test_a_card_number_may_come_grouped_and_in_small_letters() -> None:
    assert sim.normalise_iccid("8986 0110 1231 1709 830s") == "8986011012311709830S"


@given(st.text(alphabet="0123456789", min_size=1, max_size=19), st.integers(0, 18))
def test_luhn_catches_every_single_wrong_digit(body: str, place: int) -> None:
    whole = next(body + digit for digit in "0123456789" if luhn.holds(body + digit))
    place %= len(whole)
    for wrong in "0123456789":
        broken = whole[:place] + wrong + whole[place + 1 :]
        assert luhn.holds(broken) == (broken == whole)


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("138 0000 8000", "13800008000"),
        ("+86 138-0000-8000", "13800008000"),
        ("0086 13800008000", "13800008000"),
        ("\uff11\uff13\uff1800008000", "13800008000"),
        ("86138000080", "86138000080"),
        ("8613800008000", "13800008000"),
        ("86 138 0000 8000", "13800008000"),
        ("(86)13800008000", "13800008000"),
        ("(+86) 138 0000 8000", "13800008000"),
        ("\uff08+86\uff09138\u00b70000\u00b78000", "13800008000"),
        ("138.0000.8000", "13800008000"),
        ("8600000000000", "8600000000000"),
        ("1064712345678", "1064712345678"),
    ],
)
def test_phone_numbers_are_stored_bare(typed: str, bare: str) -> None:
    assert sim.normalise_msisdn(typed) == bare


def test_only_the_carriers_patterns_decide_and_cover_the_whole_number() -> None:
    assert sim.msisdn_fits("13800008000", PATTERNS)
    assert sim.msisdn_fits("1064712345678", PATTERNS)
    assert not sim.msisdn_fits("138000080001", PATTERNS)
    assert not sim.msisdn_fits("13000008000", PATTERNS)


def test_a_handset_number_has_fifteen_digits() -> None:
    assert not sim.imei_holds("4901542032375")
    assert not sim.imei_holds("49015420323751X")


@given(st.text())
def test_no_text_crashes_a_check(text: str) -> None:
    sim.iccid_fault(sim.normalise_iccid(text))
    sim.msisdn_fits(sim.normalise_msisdn(text), PATTERNS)
    sim.imei_holds(text)
