"""Below the waiting list: what happened to a registration, what is next, and the way to mend it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_client.model.row import RowState
from pos_client.model.status import TillState
from pos_client.ui.models.rows_table import Group
from pos_client.ui.pages.waiting import WaitingPage
from tests.fakes.desk import NOON, FakeDesk

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_client.model.draft import Draft
    from pos_client.model.registration import RegistrationId
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


def choose(page: WaitingPage, desk: FakeDesk, state: RowState) -> RegistrationId:
    row = next(each for each in desk.outbox if each.state is state)
    page.view.selectRow(page.table.place_of(row.id))
    return row.id


def test_every_state_says_what_happens_next(page: WaitingPage, desk: FakeDesk) -> None:
    told = set()
    for state in RowState:
        choose(page, desk, state)
        assert page.story.future
        told.add(page.story.future)
    assert len(told) == len(RowState)


def test_the_past_comes_with_its_times(qtbot: QtBot, page: WaitingPage, desk: FakeDesk) -> None:
    choose(page, desk, RowState.ACCEPTED)
    qtbot.waitUntil(lambda: "Accepted by the carrier" in page.story.past, timeout=20_000)
    assert len(page.story.past.splitlines()) == 4


def test_what_came_back_names_what_to_mend_and_is_corrected_from_here(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk, words: Words
) -> None:
    place = next(n for n, row in enumerate(desk.outbox) if row.state is RowState.RETURNED)
    row = desk.outbox[place]
    desk.outbox[place] = replace(row, reason="side_unreadable", about="portrait")
    page.refresh()
    qtbot.waitUntil(lambda: not page._loading, timeout=20_000)
    returned = choose(page, desk, RowState.RETURNED)
    assert "The picture cannot be read (the portrait side)" in page.story.future
    words.speak("zh_CN")
    assert "图片无法辨认" in page.story.future
    assert page.correct.isEnabled()
    begun: list[Draft] = []
    page.correction_begun.connect(begun.append)
    page.correct.trigger()
    qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
    assert begun[0].supersedes == returned


def test_only_what_came_back_can_be_corrected(page: WaitingPage, desk: FakeDesk) -> None:
    choose(page, desk, RowState.ACCEPTED)
    assert not page.correct.isEnabled()


def test_an_upload_under_way_shows_how_far_it_is(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk
) -> None:
    place = next(n for n, row in enumerate(desk.outbox) if row.state is RowState.SENDING)
    row = desk.outbox[place]
    desk.outbox[place] = replace(row, sent=row.size // 2)
    page.refresh()
    qtbot.waitUntil(lambda: not page._loading, timeout=20_000)
    choose(page, desk, RowState.SENDING)
    assert page.story.progress.isVisible()
    assert 49 <= page.story.progress.value() <= 50


def test_a_stick_is_written_and_read_and_said_so(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk, tmp_path: Path
) -> None:
    file = tmp_path / "out.posbundle"
    with qtbot.waitSignal(page.sticks.done, timeout=20_000):
        page.sticks.write(file)
    assert file.exists()
    with qtbot.waitSignal(page.sticks.done, timeout=20_000) as told:
        page.sticks.read(file)
    assert "closed by" in told.args[0]
    assert not page.printed.isHidden()


def test_the_keys_of_the_page_work_after_the_list_was_empty_for_a_moment(
    qtbot: QtBot, page: WaitingPage, desk: FakeDesk
) -> None:
    page.activateWindow()
    page.view.setFocus()
    returned = [row for row in desk.outbox if row.state is RowState.RETURNED]
    desk.outbox = [row for row in desk.outbox if row.state is not RowState.RETURNED]
    desk.outbox = [row for row in desk.outbox if row.state is not RowState.REFUSED]
    page.refresh()
    qtbot.waitUntil(lambda: not page._loading, timeout=20_000)
    page.show_group(Group.RETURNED)
    assert page.view.isHidden()
    focused = page.focusWidget()
    assert focused is not None
    desk.outbox = [*desk.outbox, *returned]
    page.refresh()
    qtbot.waitUntil(lambda: not page.view.isHidden(), timeout=20_000)
    assert page.focusWidget() is page.view
