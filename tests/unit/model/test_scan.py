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
        "SF" + CARD,
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


@pytest.mark.parametrize(
    "text",
    [
        "ICCID: 8986 0070 3101 1209 4320",
        "ICCID=8986-0070-3101-1209-4320",
        "ICCID: 8986 0070 3101 1209 4320\nMSISDN: 138 0000 8000\nPUK: 8900 1234",
        "ICCID 8986 0070 3101 1209 4320 PUK 1234 5678",
        f"{CARD} 12345678",
        f"CCID{CARD}",
        f"SN{CARD}",
        f"EID:89086030202200000022000012345678 ICCID:{CARD}",
    ],
)
def test_a_number_in_groups_is_found_beside_others(text: str) -> None:
    assert iccids_in(text) == (CARD,)


@pytest.mark.parametrize(
    "text",
    [
        "EID: 89049032000000000000 000000000066",
        "EID\n8904903200000000000\n0000000000066",
        "89049032 0000 0000 0000 0000 0000 0066",
    ],
)
def test_a_piece_of_a_chips_number_is_no_card(text: str) -> None:
    assert iccids_in(text) == ()


def test_a_card_of_north_america_has_a_nought_in_its_country() -> None:
    assert iccids_in("SIM: 8901 2600 0000 0000 0005") == ("89012600000000000005",)
