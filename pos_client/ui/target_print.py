"""Puts the camera target on paper: an A4 page with a card to be cut out or held up as it is."""

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from pos_client.model.camera_check import TARGET_MM, Target
from pos_client.ui.look.fonts import text_font
from pos_client.ui.problems import TargetNotWritten

_DPI: Final = 600
_MM: Final = _DPI / 25.4
_PAGE_MM: Final = 210
_CARD_AT: Final = ((_PAGE_MM - TARGET_MM[0]) / 2, 96.0)
_RULER_MM: Final = 100
#: A capital letter is this share of its font's size.
_CAPITAL: Final = 0.72

_WORDS: Final = {
    "en": (
        "Camera check",
        (
            "1. Print this page at 100 %, unscaled, on white paper. "
            "The line below must be 100 mm long.\n"
            "2. Cut the card out along its frame, or hold the whole page.\n"
            "3. Hold it where customers' cards are held, in the light of every day, and start the "
            "camera check (Ctrl+M)."
        ),
        "100 mm",
        (
            "The finest lines that still stand apart tell how much the camera sees. "
            "The lines of text are for your own eyes."
        ),
    ),
    "zh_CN": (
        "摄像头检查",
        (
            "1. 按 100% 比例打印在白纸上，不要缩放。下面的线段应为 100 毫米。\n"
            "2. 沿边框剪下卡片，或直接举起整页。\n"
            "3. 放在平时拍摄证件的位置和光线下，开始摄像头检查（Ctrl+M）。"
        ),
        "100 毫米",
        "能分辨的最细线条说明摄像头看得有多清楚；文字行供您目视对照。",
    ),
}


def print_target(target: Target, file: Path, language: str) -> Path:
    """Write the page as PDF and return its path; may run in the background.

    Raises:
        TargetNotWritten: the file could not be written.
    """
    pdf = _pdf(target, _WORDS.get(language, _WORDS["en"]))
    half_done = file.with_suffix(".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half_done.write_bytes(pdf)
        half_done.replace(file)
    except OSError as err:
        with contextlib.suppress(OSError):
            half_done.unlink(missing_ok=True)
        raise TargetNotWritten from err
    return file


def print_target_without_window(target: Target, file: Path, language: str) -> Path:
    """Do the same from a terminal, where no window has started Qt yet. Raises as above."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    try:
        return print_target(target, file, language)
    finally:
        del app


def _pdf(target: Target, words: tuple[str, str, str, str]) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(words[0])
    writer.setCreator("pos-client")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    painter = QPainter(writer)
    paint_page(painter, target, words)
    painter.end()
    return bytes(data.data())


def paint_page(painter: QPainter, target: Target, words: tuple[str, str, str, str]) -> None:
    """Paint the page at 600 dots to the inch."""
    painter.scale(_MM, _MM)
    title, steps, ruler, foot = words
    _text(painter, (22, 20, 166, 14), title, 8.0, bold=True)
    _text(painter, (22, 34, 166, 38), steps, 3.9)
    _ruler(painter, 78.0, ruler)
    painter.translate(*_CARD_AT)
    _card(painter, target)
    painter.translate(-_CARD_AT[0], -_CARD_AT[1])
    _text(painter, (22, _CARD_AT[1] + TARGET_MM[1] + 10, 166, 20), foot, 3.9)


def _card(painter: QPainter, target: Target) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for each in target.patches:
        painter.setBrush(QColor(*each.rgb))
        painter.drawRect(QRectF(each.left, each.top, each.width, each.height))
    for sample in target.samples:
        _line(painter, sample.left, sample.baseline, sample.text, sample.height / _CAPITAL)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Outside of the card: a line along its edge would be taken for its own.
    painter.setPen(QPen(QColor("#9AA4AE"), 0.2, Qt.PenStyle.DashLine))
    painter.drawRect(QRectF(-0.6, -0.6, TARGET_MM[0] + 1.2, TARGET_MM[1] + 1.2))


def _ruler(painter: QPainter, top: float, words: str) -> None:
    left = (_PAGE_MM - _RULER_MM) / 2
    painter.setPen(QPen(QColor("black"), 0.25))
    painter.drawLine(QPointF(left, top), QPointF(left + _RULER_MM, top))
    for at in range(0, _RULER_MM + 1, 10):
        painter.drawLine(QPointF(left + at, top - 1.5), QPointF(left + at, top + 1.5))
    _text(painter, (left, top + 2.5, _RULER_MM, 6), words, 3.4, centred=True)


def _text(
    painter: QPainter,
    box: tuple[float, float, float, float],
    words: str,
    height_mm: float,
    *,
    bold: bool = False,
    centred: bool = False,
) -> None:
    """Write words into a box; the painter counts in millimetres, fonts in its small pixels."""
    painter.save()
    painter.scale(1 / _MM, 1 / _MM)
    painter.setFont(text_font(round(height_mm * _MM), bold=bold))
    painter.setPen(QColor("black"))
    flags = int(Qt.TextFlag.TextWordWrap)
    flags |= int(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
    painter.drawText(QRectF(*(each * _MM for each in box)), flags, words)
    painter.restore()


def _line(painter: QPainter, left: float, baseline: float, words: str, size_mm: float) -> None:
    painter.save()
    painter.scale(1 / _MM, 1 / _MM)
    painter.setFont(text_font(round(size_mm * _MM)))
    painter.setPen(QColor("black"))
    painter.drawText(round(left * _MM), round(baseline * _MM), words)
    painter.restore()
