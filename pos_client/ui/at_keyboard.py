"""Stays with whatever has the keyboard, so that nothing else in the window is slowed down."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def application() -> QApplication:
    """Return the application; no window can be made without one."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - see above; anything else is a bug
    return app


class AtKeyboard(QObject):
    """Filters the events of the focused widget only; subclasses say in `eventFilter` which.

    A filter on the whole application would be called for every paint and move of every widget.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = application()
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._moved)
        self._moved(None, app.focusWidget())

    @Slot(QWidget, QWidget)
    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        if new is not None:
            new.installEventFilter(self)
