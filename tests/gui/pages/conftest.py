"""A real window over a desk in memory, and a hand that presses its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pos_client.model.status import TillState
from pos_client.ui.background import Background
from pos_client.ui.look.dress import Theme, apply_look
from pos_client.ui.main_window import MainWindow
from pos_client.ui.pages.page import PageName
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.words import Words
from tests.fakes.desk import NOON, PIN, FakeDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_client.model.document import Side

Key = Qt.Key


@dataclass
class Hand:
    """Works the window as a clerk does: keys go to the window, and what is awaited is seen."""

    window: MainWindow
    desk: FakeDesk
    qtbot: QtBot
    bugs: list[Exception]

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key, wherever the keyboard is."""
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Type as a person does: what was typed is seen before the next key comes."""
        for letter in text:
            before = self.text()
            QTest.keyClick(self.window.windowHandle(), _key(letter))
            self.until(lambda seen=before: self.text() != seen)  # type: ignore[misc]

    def scan(self, text: str) -> None:
        """Type as a scanner does: a key each 5 ms, and Enter; the window may be busy meanwhile."""
        keys = [(_key(letter), letter) for letter in text]
        for place, (key, letter) in enumerate([*keys, (Key.Key_Return, "\r")]):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(1_000_000 + 5 * place)
                QCoreApplication.postEvent(self.window.windowHandle(), event)
        self.heard()

    def heard(self) -> None:
        """Wait until the window has dealt with every key so far."""
        done: list[bool] = []
        # Longer than a key may be held back.
        QTimer.singleShot(60, lambda: done.append(True))
        self.until(lambda: bool(done))

    def text(self) -> str:
        """Return what stands where the keyboard is."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit):
            return widget.text()
        plain = getattr(widget, "toPlainText", None)
        return str(plain()) if plain is not None else ""

    def focus(self) -> str:
        """Return the name of the widget that has the keyboard."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait until something shows."""
        self.qtbot.waitUntil(seen, timeout=5000)

    def at(self, page: PageName) -> None:
        """Wait until a page is open."""
        self.until(lambda: self.window.page is page)

    def sign_in(self) -> None:
        """Sign in with number and PIN."""
        self.at(PageName.SIGN_IN)
        self.until(lambda: self.focus() == "operator-number")
        self.type("0007")
        self.press(Key.Key_Return)
        self.until(lambda: self.focus() == "pin")
        self.type(PIN)
        self.press(Key.Key_Return)
        self.at(PageName.HOME)

    def begin(self, *sides: Side) -> None:
        """Start a registration and lay down sides of the specimen card."""
        self.desk.lay_down(*sides)
        self.press(Key.Key_F2)
        self.at(PageName.REGISTRATION)

    def find(self, name: str) -> QWidget:
        """Return a widget by its name."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), name
        return found


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """Return a hand on an open window; the till is locked."""
    yield from _hand(qtbot, qapp, tmp_path, FakeDesk())


@pytest.fixture
def open_hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """Return a hand on a window where somebody is signed in."""
    for ready in _hand(qtbot, qapp, tmp_path, FakeDesk(till=TillState.OPEN)):
        ready.at(PageName.HOME)
        yield ready


@pytest.fixture
def new_hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """Return a hand on a till that was never set up."""
    yield from _hand(qtbot, qapp, tmp_path, FakeDesk(till=TillState.NEW))


def _hand(qtbot: QtBot, qapp: QApplication, folder: Path, desk: FakeDesk) -> Iterator[Hand]:
    apply_look(qapp, Theme.LIGHT)
    bugs: list[Exception] = []
    background = Background(bugs.append)
    words = Words(qapp)
    window = MainWindow(desk, background, words, Surroundings(lambda: NOON, folder / "receipts"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.start()
    yield Hand(window, desk, qtbot, bugs)
    window.close()
    words.speak("en")
    assert bugs == []


def _key(letter: str) -> Qt.Key:
    """Return the key that writes a digit or a small letter."""
    return Qt.Key(ord(letter.upper()))
