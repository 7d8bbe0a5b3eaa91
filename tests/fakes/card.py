"""A drawn identity card for window tests: schematic, invented, marked as a specimen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter

from pos_client.model.document import DocumentImage, Quality, Side
from pos_client.model.field import Box, Field, FieldCheck, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from pos_client.model.document import DocumentKind

WIDTH: Final = 1000
HEIGHT: Final = 630

#: name: (value, what is printed, box on the straightened picture, confidence)
PORTRAIT: Final = {
    "name": ("样本", "样本", (172, 92, 180, 58), 0.98),
    "sex": ("女", "女", (172, 172, 60, 52), 0.99),
    "ethnicity": ("汉", "汉", (380, 172, 60, 52), 0.97),
    "birth_date": ("1949-12-31", "1949 年 12 月 31 日", (172, 248, 360, 52), 0.99),
    "address": (
        "北京市朝阳区样本路1号院样本楼2单元303室",
        "北京市朝阳区样本路1号\n院样本楼2单元303室",
        (172, 326, 450, 104),
        0.71,
    ),
    "id_number": ("11010519491231002X", "11010519491231002X", (330, 520, 560, 56), 0.99),
}
EMBLEM: Final = {
    "authority": ("样本市公安局朝阳分局", "样本市公安局朝阳分局", (400, 440, 430, 54), 0.96),
    "valid_from": ("2016-05-06", "2016.05.06-长期", (400, 524, 200, 52), 0.97),
    "valid_until": ("long-term", "", (604, 524, 120, 52), 0.97),
}
#: The specimen of ICAO 9303 part 4.
DATA: Final = {
    "surname": ("ERIKSSON", "ERIKSSON", (330, 120, 300, 48), 0.99),
    "given_names": ("ANNA MARIA", "ANNA MARIA", (330, 190, 300, 48), 0.99),
    "document_number": ("L898902C3", "L898902C3", (700, 120, 260, 48), 0.99),
    "birth_date": ("1974-08-12", "12 AUG 1974", (330, 260, 300, 48), 0.99),
    "valid_until": ("2012-04-15", "15 APR 2012", (330, 330, 300, 48), 0.99),
}
MRZ: Final = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
_PRINTED: Final = {Side.PORTRAIT: PORTRAIT, Side.EMBLEM: EMBLEM, Side.DATA: DATA}
_WIDE: Final = {"valid_from": 330}


def draw(side: Side) -> bytes:
    """Return one side of the specimen card as JPEG bytes, 1000 x 630 pixels."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    image.fill(QColor("#DDE8EE" if side is Side.PORTRAIT else "#E9E4D6"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setPen(QColor("#1A1A1A"))
    font = QFont(["Noto Sans CJK SC"])
    for name, (_, printed, (x, y, width, height), _) in _PRINTED[side].items():
        lines = printed.count("\n") + 1
        font.setPixelSize(round(height / lines * 0.66))
        painter.setFont(font)
        where = QRect(x, y, _WIDE.get(name, width), height)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), printed)
    font.setPixelSize(64)
    painter.setFont(font)
    painter.setPen(QColor(163, 20, 29, 90))
    painter.drawText(QRect(0, 0, WIDTH, 90), int(Qt.AlignmentFlag.AlignCenter), "样本 SPECIMEN")
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(90)
    assert writer.write(image), writer.errorString()
    return bytes(data.data())


def picture(side: Side, taken: datetime) -> DocumentImage:
    """Return the specimen side as the capture stage would hand it over."""
    jpeg = draw(side)
    return DocumentImage(
        jpeg=Private(jpeg),
        sha256=hashlib.sha256(jpeg).hexdigest(),
        width=WIDTH,
        height=HEIGHT,
        camera="drawn specimen",
        captured_at=taken,
        quality=Quality(sharpness=410.0, brightness=180.0, glare=0.0, coverage=0.74, tilt_deg=3.0),
    )


def fields(side: Side) -> tuple[Field, ...]:
    """Return the fields of the specimen side; the address is doubtful, with an alternative."""
    found = []
    for name, (value, printed, (x, y, width, height), confidence) in _PRINTED[side].items():
        checks = (FieldCheck("NUM02", passed=True),) if name == "id_number" else ()
        other = (Private(value.replace("样本楼", "洋本楼")),) if name == "address" else ()
        found.append(
            Field(
                name=FieldName(name),
                value=Private(value),
                raw=Private(printed or value),
                source=Source.MRZ if side is Side.DATA else Source.OCR,
                confidence=confidence,
                box=Box(x, y, width, height),
                checks=checks,
                alternatives=other,
            )
        )
    return tuple(found)


def reading(side: Side, document: DocumentKind, taken: datetime) -> Reading:
    """Return the whole side as it is read from a good picture."""
    return Reading(
        verdict=Verdict.DOUBT if side is Side.PORTRAIT else Verdict.READ,
        document=document,
        side=side,
        fields=fields(side),
        mrz=tuple(Private(line) for line in MRZ) if side is Side.DATA else (),
        image=picture(side, taken),
        ms=640,
    )
