"""Shows where the keyboard is: a ring around the control, with a gap, never cut into it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos_client.ui.look.tokens import RING_PX

#: From the control's edge to the outer edge of the ring: the ring and a gap as wide.
REACH_PX = 2 * RING_PX


class FocusRing(QWidget):
    """The ring around one control; it stays with it, and lets the mouse through."""

    def __init__(self, around: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move along with the control."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._follow()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Accent), RING_PX))
        painter.setBrush(QColor(Qt.GlobalColor.transparent))
        half = RING_PX / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)

    def _follow(self) -> None:
        if not isValid(self._around):
            return
        reach = REACH_PX
        self.setGeometry(self._around.geometry().adjusted(-reach, -reach, reach, reach))
        self.setVisible(self._around.isVisible())
        self.raise_()


class FocusRings(QObject):
    """Puts a ring around whatever has the keyboard, in every window of the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._moved)

    @Slot(QWidget, QWidget)
    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        parent = new.parentWidget() if new is not None else None
        if new is not None and parent is not None and not new.isWindow():
            self._ring = FocusRing(new, parent)
