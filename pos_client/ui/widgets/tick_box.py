"""A box to tick whose frame is seen in either theme."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from pos_client.ui.look.dress import tokens_now
from pos_client.ui.look.icons import paint_icon

_ROUND_PX: Final = 4.0


class TickBox(QCheckBox):
    """The style draws box and words; its pale box is painted over in the window's colours."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words, then the box: framed, and filled with a tick where it is ticked."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        tokens, ticked = tokens_now(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = tokens.border if self.isEnabled() else tokens.off
        painter.setPen(QPen(QColor(tokens.primary if ticked else frame), 1.5))
        painter.setBrush(QColor(tokens.primary if ticked else tokens.card))
        where = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(where, _ROUND_PX, _ROUND_PX)
        if ticked:
            paint_icon(painter, "check", where.adjusted(2, 2, -2, -2), tokens.on_primary)
        painter.end()
