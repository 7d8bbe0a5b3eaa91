"""Feels once a second how the till stands, without ever holding up the window."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_client.model.problems import Problem
from pos_client.model.status import LinkState, Status
from pos_client.ui.background import Background, Lane
from pos_client.ui.port import CounterDesk

EVERY_MS: Final = 1000


class Pulse(QObject):
    """One look at a time; a slow one is waited for, never piled up."""

    #: How the till stands, and when.
    felt = Signal(Status, object)

    def __init__(
        self,
        desk: CounterDesk,
        background: Background,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._background, self._now = desk, background, now
        self._under_way = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.feel)
        self.link = LinkState.UNKNOWN

    def start(self) -> None:
        """Feel at once, and then each second."""
        self._timer.start()
        self.feel()

    def stop(self) -> None:
        """Feel no longer."""
        self._timer.stop()

    def feel(self) -> None:
        """Look now, unless a look is under way."""
        if not self._under_way:
            self._under_way = True
            self._background.run(self._desk.status, self._tell, self._missed, lane=Lane.ASIDE)

    def _tell(self, status: Status) -> None:
        self._under_way = False
        self.link = status.link
        self.felt.emit(status, self._now())

    def _missed(self, _: Problem) -> None:
        # Whoever works with the store will be told; the strip keeps what it last knew.
        self._under_way = False
