"""Values that hold what belongs elsewhere are never sure, however surely they were read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from pos_client.capture.strays import Strays
from pos_client.capture.values import Value
from pos_client.documents import load_documents
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import SURE, Box
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD

if TYPE_CHECKING:
    from pos_client.model.declaration import SideDeclaration

DOCUMENTS: Final = load_documents(folder("documents"))
STRAYS: Final = Strays(DOCUMENTS)
TODAY: Final = date(2026, 11, 25)
PAN: Final = DocumentKind("in.pan")
KTP: Final = DocumentKind("id.ktp")
RESIDENCE: Final = DocumentKind("cn.pr_2023")


def side_of(code: DocumentKind, side: Side = Side.PORTRAIT) -> SideDeclaration:
    found = next(each for each in DOCUMENTS if each.code == code).side(side)
    assert found is not None
    return found


def sure(text: str) -> Value:
    return Value(text, text, 1.0, Box(0, 0, 9, 9))


def doubted(code: DocumentKind, side: Side = Side.PORTRAIT, **texts: str) -> dict[str, Value]:
    values = {name: sure(text) for name, text in texts.items()}
    return STRAYS.doubted(side_of(code, side), values, TODAY)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Father's Name EXAMPLE KUMAR", "EXAMPLE KUMAR"),
        ("PRENOMS ADA EXAMPLE SEXE", "ADA EXAMPLE"),
        ("ADA EXAMPLE / Sexe", "ADA EXAMPLE"),
    ],
)
def test_a_caption_before_or_behind_a_name_is_cut_off_and_leaves_a_doubt(
    read: str, name: str
) -> None:
    value = doubted(PAN, father_name=read)["father_name"]
    assert value.text == name
    assert value.confidence < SURE


@pytest.mark.parametrize("text", ["h/Nationality", "Nationality", "KAZ PeriodofValidity Sex/Sexe"])
def test_a_caption_for_a_value_leaves_a_doubt(text: str) -> None:
    assert doubted(RESIDENCE, nationality=text)["nationality"].confidence < SURE


def test_a_name_is_no_caption() -> None:
    values = doubted(PAN, name="NAMUNA KUMAR", father_name="SPECIMEN KUMAR")
    assert all(each.confidence == 1.0 for each in values.values())


@pytest.mark.parametrize(
    "address",
    [
        "1990年3月7日北京市东城区样本大街100号",
        "2026.10.01-2026.12.31",
        "北京市东城区样本大街110101189003071234",
    ],
)
def test_an_address_with_a_day_or_a_number_of_the_card_leaves_a_doubt(address: str) -> None:
    values = doubted(ID_CARD, address=address, id_number="110101189003071234")
    assert values["address"].confidence < SURE
    assert values["id_number"].confidence == 1.0


def test_an_address_in_a_street_that_is_called_like_a_caption_is_one() -> None:
    assert doubted(ID_CARD, address="广西南宁市青秀区民族大道8号")["address"].confidence == 1.0


def test_a_village_may_end_like_a_caption_of_its_country() -> None:
    village = "RT 001/002 KEL. TANPA NAMA"
    assert doubted(KTP, Side.DATA, address=village)["address"] == sure(village)


def test_nobody_is_born_in_the_future() -> None:
    assert doubted(ID_CARD, birth_date="2030-12-31")["birth_date"].confidence < SURE
    assert doubted(ID_CARD, birth_date="2020-12-31")["birth_date"].confidence == 1.0


def test_an_office_may_be_named_with_the_state_before_it() -> None:
    office = "中华人民共和国国家移民管理局"
    value = doubted(RESIDENCE, Side.EMBLEM, authority=office)["authority"]
    assert (value.text, value.confidence) == (office, 1.0)
