"""The sides of the document as they were captured: a frozen picture slides into its slot."""

from typing import Final

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import Side
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Pane, text_label
from pos_client.ui.widgets.icon_label import IconLabel
from pos_client.ui.words import text_in

#: Long enough to be followed by the eye, short enough not to be waited for.
SLIDE_MS: Final = 260
SLOT_HEIGHT_PX: Final = 96
#: Nobody reads a picture in flight; a small one flies without a jerk.
FLYING_PX: Final = 400


class SidePicture(QWidget):
    """One captured side, as large as there is room, its shape kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setMinimumHeight(SLOT_HEIGHT_PX - 40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        if image is not self._image:
            self._image = image
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for little; the layout gives what there is."""
        return QSize(120, SLOT_HEIGHT_PX - 36)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture in the middle."""
        if self._image is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(QRect(QPoint(left, top), size), self._image)


class SideSlot(QFrame):
    """A side's name, whether it is there, and its picture."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.side = side
        self.setObjectName(f"slot-{side.value}")
        set_role(self, "card")
        self._icon = IconLabel(18)
        self._title = text_label(wraps=False)
        self.picture = SidePicture()
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.picture, 1)

    def show_side(self, title: str, image: QImage | None, *, wanted: bool) -> None:
        """Show how the side stands."""
        if image is not None:
            self._icon.show_icon(Tone.OK, "check")
        else:
            self._icon.show_icon(Tone.INFO if wanted else Tone.CALM, "eye" if wanted else "ring")
        self._title.setText(title)
        self.picture.show_image(image)
        self.setAccessibleName(title)


class SideSlots(Pane):
    """One slot for each side of the document."""

    def __init__(self) -> None:
        super().__init__()
        self.slots: dict[Side, SideSlot] = {}
        self._pictures = True
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._shown: tuple[DocumentDeclaration | None, dict[Side, QImage], frozenset[Side]] = (
            None,
            {},
            frozenset(),
        )

    def show_sides(
        self,
        declaration: DocumentDeclaration | None,
        images: dict[Side, QImage],
        wanted: frozenset[Side],
    ) -> None:
        """Show what is there of the document, and which side is being looked for."""
        self._shown = (declaration, images, wanted)
        sides = [each.side for each in declaration.sides] if declaration else []
        if sides != list(self.slots):
            self._make(sides)
        self.word()

    def stand(self, *, upright: bool) -> None:
        """Put the slots one below the other where the camera leaves them the room."""
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def show_pictures(self, *, shown: bool) -> None:
        """Show the small pictures, or only whether each side is there."""
        self._pictures = shown
        for slot in self.slots.values():
            slot.picture.setVisible(shown)

    def word(self) -> None:
        """Name the sides in the window's language."""
        declaration, images, wanted = self._shown
        for each in declaration.sides if declaration else ():
            image = images.get(each.side)
            self.slots[each.side].show_side(
                text_in(each.title), image, wanted=each.side in wanted and image is None
            )

    def slide_in(self, side: Side, image: QImage, start: QRect) -> None:
        """Let the picture fly from `start` (in the window's pixels) into its slot."""
        slot = self.slots.get(side)
        window = self.window()
        if slot is None or not self.isVisible():
            return
        flying = QLabel(window)
        flying.setObjectName("flying")
        flying.setScaledContents(True)
        flying.setPixmap(QPixmap.fromImage(image.scaledToWidth(FLYING_PX)))
        flying.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        flying.setGeometry(start)
        flying.show()
        end = QRect(slot.picture.mapTo(window, QPoint(0, 0)), slot.picture.size())
        flight = QPropertyAnimation(flying, b"geometry", flying)
        flight.setDuration(SLIDE_MS)
        flight.setStartValue(start)
        flight.setEndValue(end)
        flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
        flight.finished.connect(flying.deleteLater)
        flight.start()

    def _make(self, sides: list[Side]) -> None:
        for slot in self.slots.values():
            self._row.removeWidget(slot)
            slot.hide()
            slot.deleteLater()
        self.slots = {side: SideSlot(side) for side in sides}
        for slot in self.slots.values():
            slot.picture.setVisible(self._pictures)
            self._row.addWidget(slot, 1)
