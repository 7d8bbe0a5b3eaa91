"""The camera picture with an oval for a face, and one hint at a time to the person in it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from pos_client.model.view import Phase, View
from pos_client.ui.widgets.camera_view import OUTLINE, CameraView

#: Height of the oval as a share of the picture's, and its width as a share of its height.
_HIGH: Final = 0.66
_WIDE: Final = 0.76
#: A little above the middle: shoulders take more room than hair.
_MIDDLE: Final = 0.47


class FaceView(CameraView):
    """Shows the person; where to be is an oval, and its colour says how it stands."""

    subject_icon = "person"

    def draw_guide(self, size: QSize, ratio: float) -> QPixmap:
        """Darken what is outside the oval."""
        drawn = QPixmap(size * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        whole = QRectF(0, 0, size.width(), size.height())
        outside = QPainterPath()
        outside.addRect(whole)
        outside.addEllipse(oval(whole))
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside, QColor(0, 0, 0, 110))
        _outline(painter, oval(whole), "#FFFFFF", 2.0)
        painter.end()
        return drawn

    def draw_found(self, painter: QPainter, frame: QRectF, view: View) -> None:
        """Colour the oval by how it stands."""
        colour = OUTLINE.get(view.phase)
        if colour is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            _outline(painter, oval(frame), colour, 5.0)

    def phase_words(self) -> str:
        """Return what is said where there is no hint."""
        phase = self.view.phase if self.view is not None else None
        if phase is None:
            return self.aimed_at or self.tr("Starting the camera")
        return {
            Phase.SEARCH: self.tr("Look at the camera, face in the oval"),
            Phase.FOUND: self.tr("Look at the camera, face in the oval"),
            Phase.ADJUST: self.tr("Look at the camera, face in the oval"),
            Phase.STEADY: self.tr("Hold still"),
            Phase.CAPTURED: self.tr("Thank you. That is all"),
            Phase.NO_CAMERA: self.tr("No camera. Plug one in, or choose another way"),
        }[phase]

    def spoken_name(self) -> str:
        """Return what a screen reader calls this view, with its sentence as `{state}`."""
        return self.tr("Camera at the customer, {state}")


def oval(frame: QRectF) -> QRectF:
    """Return the oval's box in a picture that fills `frame`."""
    high = frame.height() * _HIGH
    box = QRectF(0, 0, high * _WIDE, high)
    box.moveCenter(frame.center())
    box.moveTop(frame.top() + frame.height() * _MIDDLE - high / 2)
    return box


def _outline(painter: QPainter, box: QRectF, colour: str, thickness: float) -> None:
    # Dark below light: to be seen over any picture.
    for shade, width in ((QColor(0, 0, 0, 160), thickness + 3.0), (QColor(colour), thickness)):
        painter.setPen(QPen(shade, width))
        painter.drawEllipse(box)
