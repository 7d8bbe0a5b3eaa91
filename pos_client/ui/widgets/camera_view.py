"""The camera picture with the found card's outline, a guide box and one hint at a time."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.model.view import Phase, View
from pos_client.ui.background import Mailbox
from pos_client.ui.look.fonts import text_font
from pos_client.ui.look.icons import paint_icon
from pos_client.ui.look.tokens import DARK, HINT_PX, PLATE_ALPHA, TITLE_PX, VALUE_PX
from pos_client.ui.widgets.announce import Announcer
from pos_client.ui.widgets.hint_hold import HintHold

#: Width to height of an ID-1 card (ISO/IEC 7810).
CARD_RATIO: Final = 85.60 / 53.98
#: The guide box is wide, or people hold the card too far away.
GUIDE_SHARE: Final = 0.80

#: The sentence is as large as leaves this much of the picture to the card.
_WORDS_PX: Final = (HINT_PX, TITLE_PX, VALUE_PX)
_WORDS_SHARE: Final = 0.22

_WHITE: Final = "#FFFFFF"
OUTLINE: Final = {
    Phase.FOUND: DARK.primary,
    Phase.ADJUST: DARK.warn,
    Phase.STEADY: DARK.ok,
    Phase.CAPTURED: DARK.ok,
}
_ICON: Final = {
    "CAP01": "closer",
    "CAP02": "farther",
    "CAP03": "flat",
    "CAP04": "card",
    "CAP05": "glare",
    "CAP06": "light",
    "CAP07": "glare",
    "CAP08": "hand",
    "CAP09": "flip",
    "CAP10": "flip",
    "CAP15": "farther",
    "CAP16": "closer",
    "CAP17": "hand",
    "CAP19": "hand",
    "FAC01": "eye",
    "FAC02": "person",
    "FAC04": "closer",
    "FAC13": "farther",
    "FAC14": "light",
    "FAC15": "hand",
    "FAC16": "undo",
    "FAC17": "next",
    "FAC18": "closer",
    "FAC19": "eye",
}
#: Hints after which somebody should be offered another way.
_WAYS_OUT: Final = frozenset({"CAP13", "CAP18"})
_PHASE_ICON: Final = {
    Phase.FOUND: "hand",
    Phase.ADJUST: "hand",
    Phase.STEADY: "hand",
    Phase.CAPTURED: "check",
    Phase.NO_CAMERA: "camera-off",
}


class CameraView(QWidget):
    """Shows the newest picture only; whoever sends them is never held up.

    `wording` gives the sentence of a hint code in the window's language. `post` may be called from
    any thread; `show_view` on the window's own.
    """

    #: The sign of what is looked for.
    subject_icon = "card"
    #: The clerk pressed Space or clicked: take the picture now.
    take_chosen = Signal()
    #: It has taken too long: another way should be offered.
    stuck = Signal()
    #: Whether there is a camera whose picture can be taken.
    sees = Signal(bool)

    def __init__(self, wording: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._view: View | None = None
        self._blind = False
        self._aim = self._aim_icon = ""
        self._hints = HintHold()
        self._guide = QPixmap()
        self._guide_of = QSize()
        self._mailbox = Mailbox(self)
        self._mailbox.arrived.connect(self._take_newest, Qt.ConnectionType.QueuedConnection)
        self._announcer = Announcer(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._name_it()

    def post(self, view: View) -> None:
        """Leave a picture from any thread; older ones that were not shown yet are dropped."""
        self._mailbox.put(view)

    def show_view(self, view: View) -> None:
        """Show a picture now."""
        self._view = view
        self._say_whether_it_sees(blind=view.phase is Phase.NO_CAMERA)
        if view.phase is Phase.NO_CAMERA and view.hint != self._hints.shown:
            # Nobody has to hold a card still for a camera that is gone.
            self._hints = HintHold()
        before = self._hints.shown
        self._hints.offer(view.hint, time.monotonic())
        if self._hints.shown != before and self._hints.shown in _WAYS_OUT:
            self.stuck.emit()
        self._name_it()
        self.update()

    def clear(self) -> None:
        """Forget the picture: nothing of a customer stays on the screen."""
        self._mailbox.newest()
        self._view = None
        self._say_whether_it_sees(blind=False)
        self._hints = HintHold()
        self._name_it()
        self.update()

    def aim(self, sentence: str, icon: str = "") -> None:
        """Say what to hold before the camera while nothing is found; empty for a document."""
        if sentence != self._aim:
            self._aim, self._aim_icon = sentence, icon
            self._name_it()
            self.update()

    @property
    def view(self) -> View | None:
        """The picture that is shown."""
        return self._view

    @property
    def sentence(self) -> str:
        """The one sentence over the picture: a hint where there is one, else the phase."""
        hint = self._hints.shown
        return self._wording(hint) if hint else self.phase_words()

    def draw_guide(self, size: QSize, ratio: float) -> QPixmap:
        """Draw what shows where to be, for a picture of `size` on a screen of `ratio`."""
        return guide(size, ratio)

    def draw_found(self, painter: QPainter, frame: QRectF, view: View) -> None:
        """Draw around what was found in the picture, which fills `frame`."""
        quad, colour = view.outline, OUTLINE.get(view.phase)
        if quad is None or colour is None:
            return
        scale = frame.width() / view.width
        corners = (quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left)
        points = [QPointF(frame.x() + x * scale, frame.y() + y * scale) for x, y in corners]
        # Four lines, not a polygon, whose joins take three times as long thirty times a second.
        edges = [QLineF(points[at - 1], points[at]) for at in range(4)]
        for shade, thickness in ((QColor(0, 0, 0, 160), 8.0), (QColor(colour), 4.0)):
            painter.setPen(QPen(shade, thickness))
            painter.drawLines(edges)

    @property
    def aimed_at(self) -> str:
        """What `aim` said."""
        return self._aim

    def phase_words(self) -> str:
        """Return what is said where there is no hint."""
        phase = self._view.phase if self._view is not None else None
        if phase is None:
            return self.tr("Starting the camera")
        return {
            Phase.SEARCH: self._aim or self.tr("Hold the card in front of the camera"),
            Phase.FOUND: self.tr("Card found"),
            Phase.ADJUST: self.tr("Card found"),
            Phase.STEADY: self.tr("Hold still"),
            Phase.CAPTURED: self.tr("Captured"),
            Phase.NO_CAMERA: self.tr("No camera. Plug one in, or type with F4"),
        }[phase]

    def spoken_name(self) -> str:
        """Return what a screen reader calls this view, with its sentence as `{state}`."""
        return self.tr("Card camera, {state}")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a picture of 640 by 400."""
        return QSize(640, 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the picture with Space."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            if not self._blind:
                self.take_chosen.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_it()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw picture, guide, outline, hint and ring, in this order."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#0B0E12"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect())
        if self._view is not None and self._view.bgrx:
            frame = self._draw_picture(painter, self._view)
        gone = self._view is not None and self._view.phase is Phase.NO_CAMERA
        if not gone:
            self._draw_guide(painter, frame)
        if self._view is not None:
            self.draw_found(painter, frame, self._view)
        free = self._draw_sentence(painter)
        if gone:
            self._draw_no_camera(painter, free)

    def _say_whether_it_sees(self, *, blind: bool) -> None:
        if blind is not self._blind:
            self._blind = blind
            self.sees.emit(not blind)

    def _take_newest(self) -> None:
        view = self._mailbox.newest()
        if isinstance(view, View):
            self.show_view(view)

    def _draw_picture(self, painter: QPainter, view: View) -> QRectF:
        image = QImage(
            view.bgrx, view.width, view.height, view.width * 4, QImage.Format.Format_RGB32
        )
        scale = min(self.width() / view.width, self.height() / view.height)
        width, height = view.width * scale, view.height * scale
        # What is left over goes below, where the sentence stands: it hides less of the card.
        frame = QRectF((self.width() - width) / 2, 0, width, height)
        painter.drawImage(frame, image)
        return frame

    def _draw_guide(self, painter: QPainter, frame: QRectF) -> None:
        # Drawn once for each size: the dashes took fourteen times as long as the picture.
        size = frame.size().toSize()
        if self._guide_of != size or self._guide.devicePixelRatio() != self.devicePixelRatio():
            self._guide_of, self._guide = size, self.draw_guide(size, self.devicePixelRatio())
        painter.drawPixmap(frame.topLeft(), self._guide)

    def _draw_no_camera(self, painter: QPainter, free: float) -> None:
        """Draw a large sign instead of a guide for cards that nobody can see.

        `free` is the height in pixels that the sentence below leaves.
        """
        side = min(self.width() * 0.3, self.height() * 0.3, free * 0.7)
        middle = QPointF(self.width() / 2, free / 2)
        where = QRectF(0, 0, side, side)
        where.moveCenter(middle)
        paint_icon(painter, "camera-off", where, DARK.muted)

    def _draw_sentence(self, painter: QPainter) -> float:
        """Draw the sentence at the foot; returns the height that is free above it, in pixels."""
        sentence = self.sentence
        if not sentence:
            return float(self.height())
        # Read from an arm's length; a long one must not cover the card that it speaks of.
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        for pixels in _WORDS_PX:
            font, side = text_font(pixels, bold=True), pixels * 1.25
            room = QRectF(0, 0, self.width() - 48.0 - side - 44, 400)
            text = QFontMetricsF(font).boundingRect(room, flags, sentence)
            if max(text.height(), side) + 22 <= self.height() * _WORDS_SHARE:
                break
        plate = QRectF(0, 0, text.width() + side + 44, max(text.height(), side) + 22)
        plate.moveCenter(QPointF(self.width() / 2, self.height() - plate.height() / 2 - 16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, PLATE_ALPHA))
        painter.drawRoundedRect(plate, 12, 12)
        mark = QRectF(plate.x() + 14, plate.center().y() - side / 2, side, side)
        self._draw_mark(painter, mark)
        painter.setFont(font)
        painter.setPen(QColor(_WHITE))
        painter.drawText(
            QRectF(mark.right() + 12, plate.y() + 11, text.width() + 2, plate.height() - 22),
            flags | int(Qt.AlignmentFlag.AlignVCenter),
            sentence,
        )
        return float(plate.top())

    def _draw_mark(self, painter: QPainter, where: QRectF) -> None:
        view, hint = self._view, self._hints.shown
        phase = view.phase if view is not None else Phase.SEARCH
        subject = self._aim_icon or self.subject_icon
        usual = subject if phase is Phase.SEARCH else _PHASE_ICON[phase]
        name = _ICON.get(hint, "info") if hint else usual
        if phase is Phase.NO_CAMERA:
            name = _PHASE_ICON[phase]
        steady = view.steady if view is not None else 0.0
        if steady <= 0 or phase is Phase.CAPTURED:
            paint_icon(painter, name, where, DARK.ok if phase is Phase.CAPTURED else _WHITE)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255, 90), 5))
        ring = where.adjusted(2, 2, -2, -2)
        painter.drawEllipse(ring)
        painter.setPen(QPen(QColor(DARK.ok), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, round(-360 * 16 * min(1.0, steady)))

    def _name_it(self) -> None:
        name = self.spoken_name().format(state=self.sentence)
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self._announcer.say(self.sentence)


def guide(size: QSize, ratio: float) -> QPixmap:
    """Draw the box into which a card belongs, for a picture of `size` on a screen of `ratio`."""
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    width = min(size.width() * GUIDE_SHARE, size.height() * 0.9 * CARD_RATIO)
    box = QRectF(0, 0, width, width / CARD_RATIO)
    box.moveCenter(QRectF(0, 0, size.width(), size.height()).center())
    radius = width * 3.18 / 85.60
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Two lines, dark and light: to be seen over any picture.
    for colour, thickness in ((QColor(0, 0, 0, 160), 5.0), (QColor(255, 255, 255, 220), 2.0)):
        painter.setPen(QPen(colour, thickness, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, radius, radius)
    painter.end()
    return drawn
