"""Listens to the keyboard for the whole window: what a scanner types never reaches a button."""

import time
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pos_client.model.private import Private
from pos_client.model.wedge import GAP_S, Wedge
from pos_client.ui.at_keyboard import AtKeyboard

_SHORTCUT: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ENDS: Final = {
    Qt.Key.Key_Return: "\r",
    Qt.Key.Key_Enter: "\r",
    Qt.Key.Key_Tab: "\t",
}
#: A scanner presses Shift for each capital; that writes nothing and ends nothing.
_MODIFIERS: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock}
)


@dataclass(slots=True, eq=False)
class _Held:
    """A key that may belong to a scan: the widget it was for, its press and perhaps release."""

    target: QWidget
    key: int
    events: list[QKeyEvent] = field(default_factory=list)


class ScannerEar(AtKeyboard):
    """Tells scans from typing by their speed, before the widget with the keyboard sees them."""

    #: Somebody pressed a key.
    heard = Signal()
    #: A scanner typed this, and then Enter or Tab.
    scanned = Signal(Private)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wedge: Wedge[_Held] = Wedge()
        self._waiting: list[_Held] = []
        self._replaying = False
        self._last = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(GAP_S * 1000) + 1)
        # A busy window hears keys late: those that have come by now are heard first.
        self._timer.timeout.connect(lambda: QTimer.singleShot(0, self._overdue))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hold a key back for as long as it may be part of a scan."""
        kind = event.type()
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease} or self._replaying:
            return False
        if not isinstance(event, QKeyEvent) or event.key() in _MODIFIERS:
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._release(event)
        self.heard.emit()
        return self._press(watched, event)

    def _press(self, target: QObject, event: QKeyEvent) -> bool:
        if not isinstance(target, QWidget):
            return False
        held = _Held(target, event.key(), [_copy(event)])
        self._waiting.append(held)
        self._last = (_time_of(event), time.monotonic())
        outcome = self._wedge.press(
            _text(event), held, self._last[0], repeated=event.isAutoRepeat()
        )
        passes = outcome.released == (held,)
        if passes:
            self._waiting.clear()
            return False
        self._let_go(outcome.released)
        if outcome.scan is not None:
            self._waiting.clear()
            self.scanned.emit(outcome.scan)
        self._timer.start()
        return True

    def _release(self, event: QKeyEvent) -> bool:
        for held in self._waiting:
            if held.key == event.key():
                held.events.append(_copy(event))
                return True
        return False

    def _overdue(self) -> None:
        if self._timer.isActive():
            return
        pressed, heard = self._last
        now = pressed + time.monotonic() - heard
        self._let_go(self._wedge.overdue(now).released)
        if self._waiting:
            self._timer.start()

    def _let_go(self, released: tuple[_Held, ...]) -> None:
        for held in released:
            if held in self._waiting:
                self._waiting.remove(held)
            for event in held.events:
                self._replay(held.target, event)

    def _replay(self, target: QWidget, event: QKeyEvent) -> None:
        if not isValid(target):
            return
        self._replaying = True
        try:
            QCoreApplication.sendEvent(target, event)
        finally:
            self._replaying = False


def _time_of(event: QKeyEvent) -> float:
    """Return when the key was pressed, in seconds, however late the window came to hear it."""
    return event.timestamp() / 1000 if event.timestamp() else time.monotonic()


def _text(event: QKeyEvent) -> str:
    """Return what the key writes: one character, a line end, or nothing."""
    if event.key() in _ENDS:
        return _ENDS[Qt.Key(event.key())]
    if event.modifiers() & _SHORTCUT or not event.text().isprintable():
        return ""
    return event.text()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
