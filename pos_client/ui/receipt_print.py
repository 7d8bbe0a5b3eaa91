"""Puts the customer's receipt on paper: an 80 mm strip or an A4 page, as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLineF,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.ui.look.fonts import text_font
from pos_client.ui.problems import ReceiptNotWritten
from pos_client.ui.receipt_page import ReceiptWords, Sheet

#: Dark modules of a code, row by row, quiet zone included.
QrMatrix = Sequence[Sequence[bool]]

_DPI: Final = 300
_MM: Final = _DPI / 25.4
_BAND_MM: Final = 9.0
_STRIPE_MM: Final = 1.2


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper, in millimetres and points. `height_mm` None: as long as the text."""

    width_mm: float
    height_mm: float | None
    margin_mm: float
    text_pt: float
    small_pt: float
    qr_mm: float


#: The rolls of counter printers: 80 mm wide, 72 mm of it printable.
STRIP: Final = Paper(80, None, 4, 9.5, 8.5, 32)
A4: Final = Paper(210, 297, 24, 12, 10.5, 38)


def print_receipt(
    receipt: CustomerReceipt, folder: Path, language: str, qr: QrMatrix, *, a4: bool
) -> Path:
    """Write the receipt as PDF into `folder` and return its path.

    The file is named for the registration id and never for the customer. May run in the background.

    Raises:
        ReceiptNotWritten: the file could not be written. The registration is not touched by it.
    """
    paper = A4 if a4 else STRIP
    words = ReceiptWords(language)
    sheet = words.sheet(receipt, small_pt=paper.small_pt, text_pt=paper.text_pt)
    pdf = _pdf(sheet, paper, qr, title=receipt.id)
    copy = f"-copy{receipt.copy}" if receipt.copy else ""
    path = folder / f"receipt-{receipt.id}-{'a4' if a4 else '80mm'}{copy}.pdf"
    half_done = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half_done.write_bytes(pdf)
        half_done.replace(path)
    except OSError as err:
        raise ReceiptNotWritten from err
    return path


def qr_image(qr: QrMatrix, scale: int = 8) -> QImage:
    """Return the code as a black and white picture of `scale` pixels a module."""
    side = len(qr)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    black = QColor("black")
    for y, line in enumerate(qr):
        for x, dark in enumerate(line):
            if dark:
                image.setPixelColor(x, y, black)
    return image.scaled(side * scale, side * scale)


def _pdf(sheet: Sheet, paper: Paper, qr: QrMatrix, *, title: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("pos-client")
    document = _document(sheet, paper, qr, writer)
    height = paper.height_mm or _strip_height(document, sheet, paper)
    size = QPageSize(QSizeF(paper.width_mm, height), QPageSize.Unit.Millimeter)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    top = _training_band(painter, sheet, paper, 0.0)
    painter.translate(paper.margin_mm * _MM, (paper.margin_mm + top) * _MM)
    document.drawContents(painter)
    if top:
        painter.resetTransform()
        _training_band(painter, sheet, paper, height - _BAND_MM)
    painter.end()
    return bytes(data.data())


def _document(sheet: Sheet, paper: Paper, qr: QrMatrix, writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    # Sizes in points must be those of the paper, not of the screen.
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(text_font())
    document.setDocumentMargin(0)
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl("qr"), qr_image(qr))
    # Widths in HTML count in ninety-sixths of an inch, whatever the paper's resolution.
    side = round(paper.qr_mm / 25.4 * 96)
    picture = f'<img src="qr" width="{side}" height="{side}">'
    document.setHtml(sheet.html.replace('<img src="qr">', picture))
    document.setTextWidth((paper.width_mm - 2 * paper.margin_mm) * _MM)
    return document


def _strip_height(document: QTextDocument, sheet: Sheet, paper: Paper) -> float:
    bands = 2 * _BAND_MM if sheet.training else 0.0
    return float(document.size().height()) / _MM + 2 * paper.margin_mm + bands


def _training_band(painter: QPainter, sheet: Sheet, paper: Paper, at_mm: float) -> float:
    """Draw a hatched band with a word on it; return the height it takes in millimetres."""
    if sheet.training is None:
        return 0.0
    band = QRectF(0, at_mm * _MM, paper.width_mm * _MM, _BAND_MM * _MM)
    _hatch(painter, band)
    font = text_font(bold=True)
    font.setPointSizeF(paper.text_pt)
    painter.setFont(font)
    words = painter.boundingRect(band, int(Qt.AlignmentFlag.AlignCenter), sheet.training)
    painter.fillRect(words.adjusted(-2 * _MM, 0, 2 * _MM, 0), QColor("white"))
    painter.drawText(band, int(Qt.AlignmentFlag.AlignCenter), sheet.training)
    return _BAND_MM


def _hatch(painter: QPainter, band: QRectF) -> None:
    """Fill a band with broad slanting stripes; thermal printers make grey of fine ones."""
    painter.save()
    painter.setClipRect(band)
    painter.setPen(QPen(QColor("black"), _STRIPE_MM * _MM))
    step, height = 2.5 * _STRIPE_MM * _MM, band.height()
    for number in range(-1, round((band.width() + height) / step) + 1):
        x = band.left() + number * step
        painter.drawLine(QLineF(x - height, band.bottom(), x, band.top()))
    painter.restore()
