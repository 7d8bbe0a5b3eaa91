"""The Qt binding itself: an event that reaches Python must leave Python whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from pytestqt.qtbot import QtBot

    from pos_client.ui.port import CounterDesk
    from tests.fakes.desk import FakeDesk

EVENTS = 200


def _promise(desk: FakeDesk) -> CounterDesk:
    """Hold the fake desk to what the screens are promised; the type checker reads this."""
    return desk


class _Sized(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.seen += 1


def test_events_do_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 takes a reference to None away at each event under Python 3.11.

    After some thousand events the interpreter stops with "deallocating None". 6.11.3 does not.
    """
    widget = _Sized()
    qtbot.addWidget(widget)
    widget.show()
    before = sys.getrefcount(None)
    for step in range(EVENTS):
        widget.resize(100 + step, 100)
    lost = before - sys.getrefcount(None)
    assert widget.seen >= EVENTS
    assert lost < EVENTS // 2, "this PySide6 would end the client after some minutes of work"
