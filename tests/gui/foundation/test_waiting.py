"""The waiting list: states in words, filters, paging, and what can be done about a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.model.packet import PacketDamaged
from pos_client.model.row import RowState
from pos_client.model.status import TillState
from pos_client.ui.models.rows_table import GROUPS, STATE_SIGN, Column, Group
from pos_client.ui.pages import waiting
from pos_client.ui.pages.waiting import WaitingPage
from tests.fakes.desk import NOON, FakeDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_client.ui.background import Background
    from pos_client.ui.words import Words


@pytest.fixture
def desk() -> FakeDesk:
    full = FakeDesk(till=TillState.OPEN)
    full.fill_outbox()
    return full


@pytest.fixture
def page(qtbot: QtBot, words: Words, desk: FakeDesk, background: Background) -> WaitingPage:
    widget = WaitingPage(desk, background, lambda: NOON)
    qtbot.addWidget(widget)
    widget.resize(1280, 720)
    widget.show()
    qtbot.waitUntil(lambda: widget.table.rowCount() == len(desk.outbox))
    return widget


def text(page: WaitingPage, row: int, column: Column) -> str:
    return str(page.table.index(row, column).data())


def test_every_state_has_a_group_a_sign_and_words() -> None:
    assert set(STATE_SIGN) == set(RowState)
    grouped = [state for group in Group if group is not Group.ALL for state in GROUPS[group]]
    assert sorted(grouped) == sorted(RowState)


def test_a_row_tells_state_masked_labels_age_and_next_try(page: WaitingPage) -> None:
    shown = [text(page, 0, column) for column in Column]
    assert shown[:-1] == [
        "Waiting",
        "张*丰",
        "138****8000",
        "4 min",
        "412 kB",
        "0",
        "in 3 min",
    ]
    causes = {text(page, row, Column.CAUSE) for row in range(page.table.rowCount())}
    assert "A sealed packet is damaged" in causes
    assert "Needs correction: PHOTO_UNCLEAR" in causes


def test_the_list_follows_the_language(page: WaitingPage, words: Words) -> None:
    words.speak("zh_CN")
    assert text(page, 0, Column.STATE) == "待上传"
    header = page.table.headerData(0, Qt.Orientation.Horizontal)
    assert header == "状态"


def test_filters_narrow_the_list_by_key(qtbot: QtBot, page: WaitingPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_3)
    shown = {text(page, row, Column.STATE) for row in range(page.table.rowCount())}
    assert shown == {"Returned", "Not accepted"}
    QTest.keyClick(page, Qt.Key.Key_1)
    assert page.table.rowCount() == len(RowState)


def test_a_row_can_be_tried_again_and_stays_selected(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk
) -> None:
    stuck = next(row for row in desk.outbox if row.state is RowState.QUARANTINED)
    page.view.selectRow(page.table.place_of(stuck.id))
    assert page.try_again.isEnabled()
    with qtbot.waitSignal(page.queue_touched):
        page.try_again.trigger()
    qtbot.waitUntil(lambda: text(page, page.table.place_of(stuck.id), Column.STATE) == "Waiting")
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.id == stuck.id


def test_only_rows_that_wait_can_be_tried_again(page: WaitingPage, desk: FakeDesk) -> None:
    for row in desk.outbox:
        page.view.selectRow(page.table.place_of(row.id))
        can = row.state in {RowState.QUEUED, RowState.QUARANTINED}
        assert page.try_again.isEnabled() is can, row.state


def test_a_receipt_is_printed_again(qtbot: QtBot, page: WaitingPage, desk: FakeDesk) -> None:
    page.view.selectRow(0)
    with qtbot.waitSignal(page.print_again_chosen) as told:
        page.print_again.trigger()
    assert told.args == [desk.outbox[0].id]


def test_f5_sends_what_is_due(qtbot: QtBot, page: WaitingPage, desk: FakeDesk) -> None:
    with qtbot.waitSignal(page.queue_touched):
        page.send_now.trigger()
    assert "sync_now" in desk.said


def test_a_problem_is_shown_and_the_list_stays(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk
) -> None:
    desk.trouble["sync_now"] = PacketDamaged(reason="cut")
    page.send_now.trigger()
    qtbot.waitUntil(lambda: page.problem_box.problem is not None)
    assert page.table.rowCount() == len(RowState)


def test_an_empty_list_says_so(qtbot: QtBot, words: Words, background: Background) -> None:
    page = WaitingPage(FakeDesk(till=TillState.OPEN), background, lambda: NOON)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.view.isVisible())
    assert page._empty.headline == "Nothing here"
    assert not page.try_again.isEnabled()
    assert not page.print_again.isEnabled()


def test_a_long_list_is_fetched_page_by_page(
    qtbot: QtBot, words: Words, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PAGE", 4)
    desk = FakeDesk(till=TillState.OPEN)
    desk.fill_outbox((RowState.QUEUED,) * 11)
    page = WaitingPage(desk, background, lambda: NOON)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.table.rowCount() == 11)
    ages = [page.table.row(place) for place in range(11)]
    created = [row.created_at for row in ages if row is not None]
    assert created == sorted(created, reverse=True)


def test_no_cell_holds_more_than_the_masked_labels(page: WaitingPage) -> None:
    for row in range(page.table.rowCount()):
        assert "*" in text(page, row, Column.NAME)
        assert "****" in text(page, row, Column.NUMBER)
