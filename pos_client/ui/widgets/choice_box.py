"""A list that drops down, with an arrow that says so in either theme."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from pos_client.ui.look.dress import tokens_now
from pos_client.ui.look.icons import paint_icon

_ARROW_PX: Final = 16.0


class ChoiceBox(QComboBox):
    """Enter and the arrow keys choose; a scanner's Enter chooses nothing new."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the box, and the arrow over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = tokens_now()
        where = QRectF(
            self.width() - _ARROW_PX - 10, (self.height() - _ARROW_PX) / 2, _ARROW_PX, _ARROW_PX
        )
        paint_icon(painter, "down", where, tokens.text if self.isEnabled() else tokens.off)
        painter.end()
