"""The slow second reader is asked where its answer can settle a doubt, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client.capture.second_opinion import with_second_opinion
from pos_client.capture.values import Value
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE, Box
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
FLAT = np.full((810, 1284, 3), 220, np.uint8)


class Second:
    """Reads the same thing everywhere, and counts."""

    name = "second"

    def __init__(self, text: str) -> None:
        self._text = text
        self.asked = 0

    def read_line(self, crop: Pixels, characters: str) -> str | None:
        self.asked += 1
        return self._text


def name_after(second: Second, sure: float) -> Value:
    side = CARD.side(Side.PORTRAIT)
    assert side is not None
    name = Value("样本", "样本", sure, Box(225, 130, 120, 60))
    return with_second_opinion(second, FLAT, side, {"name": name})["name"]


@pytest.mark.parametrize(("sure", "asked"), [(0.3, 0), (0.6, 0), (0.7, 1), (0.88, 1), (0.95, 0)])
def test_it_is_asked_where_agreeing_would_settle_it(sure: float, asked: int) -> None:
    second = Second("样本")
    value = name_after(second, sure)
    assert second.asked == asked
    assert (value.confidence >= SURE) is (sure >= SURE or bool(asked))


def test_it_is_not_asked_where_something_stays_in_doubt_whatever_it_says() -> None:
    side = CARD.side(Side.PORTRAIT)
    assert side is not None
    second = Second("样本")
    values = {
        "name": Value("样本", "样本", 0.88, Box(225, 130, 120, 60)),
        "address": Value("样本路", "样本路", 0.4, Box(225, 417, 480, 60)),
    }
    assert with_second_opinion(second, FLAT, side, values) == values
    assert second.asked == 0


def test_another_reading_is_offered_beside_the_first_and_settles_nothing() -> None:
    value = name_after(Second("样木"), 0.8)
    assert value.text == "样本"
    assert value.alternatives == ("样木",)
    assert value.confidence < SURE
