"""A piece cut out of the photographed document: what is really printed, beside what was read."""

from math import sqrt
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.model.document import DocumentImage
from pos_client.model.field import Field

#: Height of one printed line beside the value, in logical pixels, and where it is to be compared.
LINE_PX: Final = 34
LARGE_LINE_PX: Final = 40
MOST_LINES: Final = 3


class PrintedSide:
    """The picture of one side, decoded once; made in the background, used in the window."""

    def __init__(self, image: DocumentImage) -> None:
        self._picture = QImage.fromData(image.jpeg.reveal())

    def whole(self) -> QImage:
        """Return the whole side."""
        return self._picture

    def cut(self, field: Field) -> QImage | None:
        """Return the piece where `field` was read, a little larger; None for typed values."""
        if field.box is None or self._picture.isNull():
            return None
        box = field.box
        around = max(4, min(box.width, box.height) // 6)
        piece = QRect(box.x, box.y, box.width, box.height)
        piece.adjust(-around, -around, around, around)
        return self._picture.copy(piece.intersected(self._picture.rect()))


def printed_lines(field: Field) -> int:
    """Guess from the shape of its box on how many lines a value is printed, 1 to 3."""
    text = field.raw.reveal()
    if field.box is None or not text:
        return 1
    # Chinese characters are about as wide as high, Latin ones half of it.
    width_per_line_height = sum(0.5 if letter.isascii() else 0.9 for letter in text)
    lines = sqrt(width_per_line_height * field.box.height / max(1, field.box.width))
    return min(MOST_LINES, max(1, round(lines)))


class PrintCrop(QWidget):
    """Shows a cut-out as high as the text beside it, so that the eye compares two lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece: QImage | None = None
        self._lines = 1
        self._line_px = LINE_PX
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_piece(self, piece: QImage | None, lines: int, spoken: str, *, large: bool) -> None:
        """Show a cut-out of `lines` printed lines; `spoken` says what it is."""
        self._piece = piece if piece is not None and not piece.isNull() else None
        self._lines = lines
        self._line_px = LARGE_LINE_PX if large else LINE_PX
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    @property
    def empty(self) -> bool:
        """True where there is no print to compare with."""
        return self._piece is None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size at which a printed line has the height of a line here."""
        if self._piece is None:
            return QSize(0, 0)
        height = self._line_px * self._lines
        return QSize(round(self._piece.width() * height / self._piece.height()), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Allow to be drawn smaller where the room is narrow."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the cut-out with its aspect kept, at the left."""
        if self._piece is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._piece.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, (self.height() - size.height()) / 2, size.width(), size.height())
        rounded = QPainterPath()
        rounded.addRoundedRect(where, 4, 4)
        painter.setClipPath(rounded)
        painter.drawImage(where, self._piece)
