"""The window's front door: real desk, real window, and one net for what we did wrong."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pos_client.app import Counter
from pos_client.settings import Settings
from pos_client.ui.pages.page import PageName
from tests.fakes.counter import open_counter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    desk = open_counter(tmp_path / "till", lambda: NOON)
    opened = Counter(qapp, desk, Settings(home=tmp_path / "till"), tmp_path / "receipts")
    opened.show()
    yield opened
    opened.close()
    opened.words.fall_silent()


def test_a_new_till_opens_with_its_first_set_up(qtbot: QtBot, counter: Counter) -> None:
    qtbot.waitUntil(lambda: counter.window.page is PageName.SET_UP)
    assert counter.window.isVisible()


@pytest.mark.logs_warning("ERROR pos_client.app: bug in the background")
def test_a_bug_in_the_background_is_said_on_the_page_and_the_window_goes_on(
    qtbot: QtBot, counter: Counter
) -> None:
    qtbot.waitUntil(lambda: counter.window.page is PageName.SET_UP)
    counter.background.run(lambda: 1 // 0, lambda _: None, lambda _: None)
    box = counter.window.book.set_up.problem_box
    qtbot.waitUntil(lambda: not box.isHidden())
    assert box.problem is not None
    assert box.problem.code == "S149"


@pytest.mark.logs_warning("ERROR pos_client.app: bug in the window")
def test_a_bug_in_the_window_is_said_on_the_page_too(qtbot: QtBot, counter: Counter) -> None:
    qtbot.waitUntil(lambda: counter.window.page is PageName.SET_UP)
    sys.excepthook(ValueError, ValueError("x"), None)
    assert not counter.window.book.set_up.problem_box.isHidden()


def test_closing_gives_the_excepthook_back(qapp: QApplication, tmp_path: Path) -> None:
    before = sys.excepthook
    opened = Counter(
        qapp,
        open_counter(tmp_path / "till", lambda: NOON),
        Settings(home=tmp_path / "till"),
        tmp_path / "receipts",
    )
    opened.show()
    opened.close()
    opened.words.fall_silent()
    assert sys.excepthook is before
