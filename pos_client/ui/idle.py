"""Notices that nobody has touched the till for a while."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Counts from the last key or click; looks at no key and no position."""

    #: Nobody touched anything for the given time.
    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)

    def watch(self, window: QWindow) -> None:
        """Notice what reaches this window from outside."""
        window.installEventFilter(self)

    def start(self, msecs: int) -> None:
        """Count from now."""
        self._timer.start(msecs)

    def stop(self) -> None:
        """Count no longer: nobody is signed in."""
        self._timer.stop()

    def touch(self) -> None:
        """Count anew: somebody is there."""
        if self._timer.isActive():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count anew at each touch."""
        if event.type() in _TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)
