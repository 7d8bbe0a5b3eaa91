"""A link whose sentence breaks into lines where it is longer than the row."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from pos_client.ui.look.dress import set_role

_LEAST_PX: Final = 160
_ROUND_PX: Final = 14
_ABOVE_PX: Final = 9
_GAP_PX: Final = 8
_FLAGS: Final = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
)


class LongLink(QPushButton):
    """Looks and works as a link button; a `QPushButton` itself would cut the sentence off."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAutoDefault(False)
        set_role(self, "link")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Say that a narrower link is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of the sentence in this width."""
        room = QRect(0, 0, self._text_rect(width, 1).width(), 10_000)
        lines = self.fontMetrics().boundingRect(room, _FLAGS, self.text())
        return max(lines.height(), self.iconSize().height()) + 2 * _ABOVE_PX

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Want the sentence in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Allow to be made narrower."""
        return QSize(_LEAST_PX, self.heightForWidth(max(self.width(), _LEAST_PX)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the button as its style does, and the sentence over it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        painter = QPainter(self)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        side = self.iconSize().height()
        self.icon().paint(painter, QRect(_ROUND_PX, (self.height() - side) // 2, side, side))
        text = self._text_rect(self.width(), self.height())
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(text, _FLAGS, self.text())

    def _text_rect(self, width: int, height: int) -> QRect:
        left = _ROUND_PX + self.iconSize().width() + _GAP_PX
        return QRect(left, 0, max(1, width - left - _ROUND_PX), height)

    def _beside(self) -> int:
        return 2 * _ROUND_PX + self.iconSize().width() + _GAP_PX
