"""Says something to a screen reader, politely and not too often."""

import time
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

#: A voice that is interrupted all the time says nothing.
PAUSE_S: Final = 2.0


class Announcer:
    """Speaks for one widget, at most every two seconds, and never the same sentence twice."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._said = ""
        self._at = float("-inf")

    def say(self, sentence: str) -> bool:
        """Announce a sentence; False where it was too soon or already said."""
        now = time.monotonic()
        if not sentence or sentence == self._said or now - self._at < PAUSE_S:
            return False
        self._said, self._at = sentence, now
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, sentence))
        return True
