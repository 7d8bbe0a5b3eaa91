"""Says what is being done, once it takes long enough to be wondered about."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from pos_client.ui.widgets.announce import Announcer

#: Anything quicker than this needs no word.
PATIENCE_MS: Final = 300


class Busy(QWidget):
    """A line of text over a progress bar; takes its place only while it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = QLabel()
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._appear)
        self._announcer = Announcer(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self._what)
        column.addWidget(self._bar)
        self.hide()

    def start(self, what: str) -> None:
        """Say what begins now: `Reading the card`. It appears after 300 ms."""
        self._what.setText(what)
        self.setAccessibleName(what)
        self._bar.setRange(0, 0)
        if self.isHidden():
            self._timer.start()

    def progress(self, done: int, total: int) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def stop(self) -> None:
        """It is done."""
        self._timer.stop()
        self.hide()

    def _appear(self) -> None:
        self.show()
        self._announcer.say(self._what.text())
