"""The form fills a few rows a turn of the loop, and the keyboard does not wait for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_client.model.field import FieldName
from pos_client.ui.pages.identity import IdentityPane
from pos_client.ui.widgets.field_shown import FieldShown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_client.ui.words import Words

NAMES = [FieldName(name) for name in ("name", "sex", "birth_date", "address", "id_number")]


@pytest.fixture
def pane(qtbot: QtBot, words: Words) -> IdentityPane:
    pane = IdentityPane()
    qtbot.addWidget(pane)
    pane.resize(700, 600)
    pane.show()
    return pane


def fill(pane: IdentityPane) -> None:
    required = {"address", "id_number"}
    pane.show_fields(None, [FieldShown(n, n.title(), required=n in required) for n in NAMES])


def filled(pane: IdentityPane) -> list[FieldName]:
    return [name for name in NAMES if not pane._rows[name].isHidden()]


def test_the_first_turn_fills_no_row_and_the_next_turns_all(
    qtbot: QtBot, pane: IdentityPane
) -> None:
    fill(pane)
    assert filled(pane) == []
    qtbot.waitUntil(lambda: filled(pane) == NAMES)


def test_going_to_the_first_open_field_fills_that_row_alone(
    qtbot: QtBot, pane: IdentityPane
) -> None:
    fill(pane)
    assert pane.open_count == 2
    assert pane.go_to_first_open()
    assert filled(pane) == ["address"]
    qtbot.waitUntil(lambda: filled(pane) == NAMES)


def test_whoever_asks_for_the_rows_finds_all_of_them_filled(pane: IdentityPane) -> None:
    fill(pane)
    assert list(pane.rows) == NAMES
    assert filled(pane) == NAMES
