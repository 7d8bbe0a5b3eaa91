"""Of the codes on a SIM card's holder, only the card's own number is taken for it."""

from __future__ import annotations

import pytest

from pos_client.model.scan import iccids_in

CARD = "89860070310112094320"


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        f" {CARD}\r\n",
        "8986 0070 3101 1209 4320",
        f"ICCID:{CARD}",
        f"ICCID{CARD}",
        f"iccid={CARD};pin=0000",
        f"https://example.org/sim?n={CARD}&x=1",
        f"490154203237518,{CARD}",
    ],
)
def test_the_number_is_found_in_whatever_carries_it(text: str) -> None:
    assert iccids_in(text) == (CARD,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "89086030202200000022000012345678",  # an EID begins with 89 as well, and has 32 digits
        "490154203237518",  # an IMEI
        "6901234567892",  # a shop's own code
        "460001234567890",  # an IMSI
        CARD + "12",
        "1" + CARD,
        "898600",
    ],
)
def test_other_numbers_are_not_taken_for_it(text: str) -> None:
    assert iccids_in(text) == ()


def test_letters_as_chinese_cards_have_them_are_kept() -> None:
    assert iccids_in("8986011012311709830S") == ("8986011012311709830S",)


def test_a_number_with_a_wrong_check_digit_is_given_for_the_policy_to_weigh() -> None:
    assert iccids_in("89860070310112094321") == ("89860070310112094321",)


def test_two_cards_in_one_code_are_both_told() -> None:
    assert iccids_in(f"{CARD};8986000000000000002") == (CARD, "8986000000000000002")
