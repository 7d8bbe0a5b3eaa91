"""The first character of a name is mended by the list of surnames, and stays in doubt."""

from __future__ import annotations

import pytest

from pos_client.capture.surnames import surnames, with_surname
from pos_client.capture.values import Value
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE, Box, Letter
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
PORTRAIT = CARD.side(Side.PORTRAIT)


def name_read(text: str, rivals: tuple[tuple[str, float], ...], sure: float = 0.9) -> Value:
    letters = (Letter(text[0], sure, rivals), *(Letter(each, 0.99) for each in text[1:]))
    return Value(text, text, sure, Box(0, 0, 90, 30), letters=letters)


def mended(name: Value, people: str = "汉") -> Value:
    assert PORTRAIT is not None
    values = {"name": name, "ethnicity": Value(people, people, 0.99, Box(0, 0, 9, 9))}
    return with_surname(PORTRAIT, values)["name"]


def test_a_character_that_begins_no_name_gives_way_to_one_that_does() -> None:
    name = mended(name_read("新样本", (("薪", 0.05), ("靳", 0.02))))
    assert name.text == "靳样本"
    assert name.confidence < SURE
    assert name.alternatives == ("新样本",)
    assert name.letters[0].others[0] == ("新", 0.9)


@pytest.mark.parametrize(
    ("text", "rivals", "people"),
    [
        ("王样本", (("玉", 0.2),), "汉"),  # it is a surname
        ("新样本", (("靳", 0.001),), "汉"),  # what would be one was not seen
        ("新样本", (("薪", 0.3),), "汉"),  # the other one is none either
        ("才样", (("孙", 0.3),), "藏"),  # names of this people have no surname
        ("努尔样·本", (("奴", 0.3), ("王", 0.2)), "汉"),  # a transcribed one
    ],
)
def test_other_names_stay_as_they_were_read(
    text: str, rivals: tuple[tuple[str, float], ...], people: str
) -> None:
    name = name_read(text, rivals)
    assert mended(name, people) == name


def test_names_of_two_characters_are_known() -> None:
    assert {"欧阳", "王", "靳"} <= surnames()
