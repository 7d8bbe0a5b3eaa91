"""Rows tell where a page lies whose number alone was read."""

from __future__ import annotations

import numpy as np
import pytest

from pos_client.capture.anchors import Kind
from pos_client.capture.lines import ReadLine
from pos_client.capture.row_places import view_by_rows
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD
from tests.fakes.text_engine import box, seen

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
PORTRAIT, EMBLEM = CARD.side(Side.PORTRAIT), CARD.side(Side.EMBLEM)
PX_PER_MM = 15.0
NUMBER_MM, ROWS_MM = 46.4, (10.8, 17.2, 23.6)


def lines(*middles_mm: float) -> list[ReadLine]:
    def line(middle: float) -> ReadLine:
        quad = box(300, (middle - 2) * PX_PER_MM, 900, (middle + 2) * PX_PER_MM)
        return ReadLine(quad, seen("样本"), ())

    return [line(each) for each in middles_mm]


def drawn_out(share: float) -> list[float]:
    return [NUMBER_MM - (NUMBER_MM - each) * share for each in ROWS_MM]


@pytest.mark.parametrize("share", [0.95, 1.0, 1.07])
def test_rows_that_all_stand_further_off_show_by_how_much(share: float) -> None:
    assert PORTRAIT is not None
    view = view_by_rows(Kind(CARD, PORTRAIT), lines(*drawn_out(share), NUMBER_MM, 34.0), PX_PER_MM)
    assert view is not None
    for row, wanted in zip(ROWS_MM, drawn_out(share), strict=True):
        _, y, w = view @ np.array((20.0, row, 1.0))
        assert y / w == pytest.approx(wanted * PX_PER_MM, abs=0.2 * PX_PER_MM)


def test_one_row_may_be_missing_and_no_more() -> None:
    assert PORTRAIT is not None
    kind = Kind(CARD, PORTRAIT)
    _, second, third = drawn_out(1.06)
    assert view_by_rows(kind, lines(second, third, NUMBER_MM), PX_PER_MM) is not None
    assert view_by_rows(kind, lines(third, NUMBER_MM), PX_PER_MM) is None
    assert view_by_rows(kind, lines(second, third), PX_PER_MM) is None


def test_a_side_without_a_number_is_not_placed_so() -> None:
    assert EMBLEM is not None
    assert view_by_rows(Kind(CARD, EMBLEM), lines(39.8, 46.3), PX_PER_MM) is None
