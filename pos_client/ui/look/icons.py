"""Small drawings in the colour of their place; each state has a shape of its own."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos_client import resources
from pos_client.ui.look.tokens import Tone

#: The shape that says a tone without its colour.
TONE_ICON: Final = {
    Tone.PLAIN: "dot",
    Tone.INFO: "info",
    Tone.OK: "check",
    Tone.WARN: "triangle",
    Tone.STOP: "octagon",
    Tone.CALM: "dot",
}


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    svg = resources.path(f"icons/{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, where: QRectF, colour: str) -> None:
    """Draw the icon `name` into `where` in `colour` (`#RRGGBB`)."""
    _drawing(name, colour).render(painter, where)


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of `size` logical pixels for a screen of `ratio`."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return picture


@lru_cache(maxsize=512)
def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Return the icon for a button, sharp at one and at two pixels a point."""
    both = QIcon(pixmap(name, colour, size))
    both.addPixmap(pixmap(name, colour, size, 2.0))
    return both
