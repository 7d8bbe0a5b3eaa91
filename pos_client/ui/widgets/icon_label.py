"""A small icon that takes its colour from what it says, in either theme."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui.look.dress import tokens_now
from pos_client.ui.look.icons import TONE_ICON, paint_icon
from pos_client.ui.look.tokens import Tone


class IconLabel(QWidget):
    """Paints one icon. It is never alone: a word stands beside it, so it has no spoken name."""

    def __init__(self, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = size
        self._tone = Tone.PLAIN
        self._name = TONE_ICON[Tone.PLAIN]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, tone: Tone, name: str | None = None) -> None:
        """Show the icon `name` (the tone's own shape where None) in the tone's colour."""
        self._tone = tone
        self._name = name or TONE_ICON[tone]
        self.update()

    @property
    def icon_name(self) -> str:
        """The shape that is shown."""
        return self._name

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Take the square of the icon."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon in the colour of the theme in use."""
        painter = QPainter(self)
        colour = tokens_now().tone(self._tone)[0]
        paint_icon(painter, self._name, QRectF(0, 0, self._side, self._side), colour)
