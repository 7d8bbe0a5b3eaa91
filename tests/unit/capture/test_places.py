"""Places in addresses are mended by the list of districts, and stay in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_client.capture.places import beginnings, with_places
from pos_client.capture.values import Value
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE, Box, Letter
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
PORTRAIT, EMBLEM = CARD.side(Side.PORTRAIT), CARD.side(Side.EMBLEM)


def value(text: str, *, unsure: str = "", instead: str = "") -> Value:
    """A value whose characters in `unsure` were hardly read; `instead` is the second choice."""
    letters = tuple(
        Letter(each, 0.5, ((instead, 0.2),) if instead else ())
        if each in unsure
        else Letter(each, 0.99)
        for each in text
    )
    return Value(text, text, 0.5 if unsure else 0.95, Box(0, 0, 300, 30), letters=letters)


@pytest.mark.parametrize(
    ("seen", "unsure", "instead", "meant"),
    [
        ("山东省临沂市临滩县样本镇1号", "滩", "沭", "山东省临沂市临沭县样本镇1号"),
        ("山东省临滩县样本镇1号", "滩", "", "山东省临沭县样本镇1号"),
        ("山东省临沭县样木镇1号", "木", "本", "山东省临沭县样木镇1号"),
    ],
)
def test_a_place_is_mended_where_the_reader_was_not_sure(
    seen: str, unsure: str, instead: str, meant: str
) -> None:
    assert PORTRAIT is not None
    values = {
        "address": value(seen, unsure=unsure, instead=instead),
        "id_number": value("371329189001010012"),
    }
    address = with_places(PORTRAIT, values)["address"]
    assert address.text == meant
    assert address.confidence < SURE


def test_what_was_clearly_read_is_left_alone_whatever_the_number_says() -> None:
    assert PORTRAIT is not None
    values = {"address": value("湖南省永顺县样本路1号"), "id_number": value("371329189001010012")}
    assert with_places(PORTRAIT, values)["address"] == values["address"]


def test_an_office_is_mended_too() -> None:
    assert EMBLEM is not None
    values = {"authority": value("临滩县公安局", unsure="滩", instead="沭")}
    assert with_places(EMBLEM, values)["authority"].text == "临沭县公安局"


def test_autonomous_regions_are_printed_short_or_long() -> None:
    ways = beginnings("150102")
    for land in ("内蒙古", "内蒙古自治区"):
        assert any(each.startswith(f"{land}呼和浩特市") for each in ways)


def test_an_office_that_does_not_end_as_offices_do_was_not_read_to_its_end() -> None:
    assert EMBLEM is not None
    values = {"authority": value("临沭县公安")}
    assert with_places(EMBLEM, values)["authority"].confidence < SURE


def test_the_number_below_is_no_part_of_the_address() -> None:
    assert PORTRAIT is not None
    number = "371329189001010012"
    values = {"address": value(f"湖南省永顺县样本路1号{number}"), "id_number": value(number)}
    address = with_places(PORTRAIT, values)["address"]
    assert address.text == "湖南省永顺县样本路1号"
    assert address.confidence < SURE


def test_characters_that_glare_took_out_of_a_place_are_put_back_and_left_to_a_person() -> None:
    assert PORTRAIT is not None
    seen = replace(value("山东省临沂市沭县样本镇1号"), confidence=0.5)
    values = {"address": seen, "id_number": value("371329189001010012")}
    address = with_places(PORTRAIT, values)["address"]
    assert address.text == "山东省临沂市临沭县样本镇1号"
    assert address.confidence < SURE


@pytest.mark.parametrize("seen", ["太原市小店分局", "太原市公安局小店分"])
def test_an_office_that_was_read_in_parts_is_completed_and_left_to_a_person(seen: str) -> None:
    assert EMBLEM is not None
    values = {"authority": replace(value(seen), confidence=0.5)}
    authority = with_places(EMBLEM, values)["authority"]
    assert authority.text == "太原市公安局小店分局"
    assert authority.confidence < SURE


def test_what_may_stand_before_the_first_character_is_not_guessed() -> None:
    assert EMBLEM is not None
    seen = replace(value("保安族东乡族撒拉族自治县公安局"), confidence=0.5)
    assert with_places(EMBLEM, {"authority": seen})["authority"].text == seen.text


def test_an_office_one_character_off_a_known_one_is_doubted_however_clear_it_looks() -> None:
    assert EMBLEM is not None
    seen = replace(value("阜阳市公安局颖东分局"), confidence=0.999)
    assert with_places(EMBLEM, {"authority": seen})["authority"].confidence < SURE
    known = replace(value("阜阳市公安局颍东分局"), confidence=0.999)
    assert with_places(EMBLEM, {"authority": known})["authority"].confidence > SURE


def test_an_address_one_character_off_the_numbers_district_is_doubted_unless_it_is_another() -> (
    None
):
    assert PORTRAIT is not None
    number = value("341203189001010018")
    sure = {
        place: with_places(
            PORTRAIT,
            {
                "address": replace(value(f"安徽省阜阳市{place}区样本路1号"), confidence=0.999),
                "id_number": number,
            },
        )["address"].confidence
        for place in ("颍东", "颖东", "颍泉")
    }
    assert sure["颖东"] < SURE < min(sure["颍东"], sure["颍泉"])


def test_who_lives_elsewhere_has_the_place_mended_too() -> None:
    assert PORTRAIT is not None
    values = {
        "address": value("河北省黄驿市样本镇1号", unsure="驿", instead="骅"),
        "id_number": value("371329189001010012"),
    }
    address = with_places(PORTRAIT, values)["address"]
    assert address.text == "河北省黄骅市样本镇1号"
    assert address.confidence < SURE


def test_a_place_that_nothing_is_like_stays_as_it_was_read() -> None:
    assert PORTRAIT is not None
    values = {
        "address": value("河北省某某市样本镇1号", unsure="某"),
        "id_number": value("371329189001010012"),
    }
    assert with_places(PORTRAIT, values)["address"].text == "河北省某某市样本镇1号"


def test_a_line_of_the_ground_before_a_place_or_an_office_is_no_part_of_it() -> None:
    assert PORTRAIT is not None
    assert EMBLEM is not None
    address = with_places(PORTRAIT, {"address": value("一北京市样本区样本街1号")})["address"]
    assert (address.text, len(address.letters)) == ("北京市样本区样本街1号", 11)
    assert address.confidence < SURE
    assert with_places(EMBLEM, {"authority": value("一")})["authority"].text == ""
