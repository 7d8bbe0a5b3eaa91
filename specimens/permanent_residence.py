"""Draws schematic permanent resident cards of foreigners: the 2017 number and the 2023 number."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specimens.check_digits import mrz_check, resident_id_check
from specimens.faces import draw_face
from specimens.fonts import OCR_B, SANS, SANS_BOLD, SERIF
from specimens.paint import BLUE, INK, Pen, Sheet, px, security_paper, text_width
from specimens.resident_id import HEIGHT_MM, WIDTH_MM
from specimens.specimen import Specimen

if TYPE_CHECKING:
    from datetime import date

_ROOM_MM: Final = 46.0


@dataclass(frozen=True, slots=True)
class Resident:
    """A foreigner with permanent residence; ``nationality`` is the three-letter code, dates ISO."""

    name: str
    chinese_name: str
    sex: str
    nationality: str
    birth_date: str
    number: str
    valid_from: str
    valid_until: str


def number_2017(nationality: str, place: str, birth: date, sequence: int) -> str:
    """Fifteen places: nationality, four digits of place, birth, sequence, check digit 7-3-1."""
    body = f"{nationality}{place}{birth:%y%m%d}{sequence}"
    return body + mrz_check(body)


def number_2023(province: str, country: str, birth: date, sequence: int) -> str:
    """Eighteen places: 9, province, numeric country, birth, sequence, check as a resident's."""
    body = f"9{province}{country}{birth:%Y%m%d}{sequence:03d}"
    return body + resident_id_check(body)


def draw_permanent_residence(resident: Resident, *, seed: int) -> Specimen:
    """Draw the side with face, names and number; the number's length tells the version.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    rng = random.Random(f"residence {seed}")
    sheet = Sheet(security_paper(WIDTH_MM, HEIGHT_MM, rng.randrange(6)))
    sheet.text((12.0, 3.0), "外国人永久居留身份证（样本）", Pen(SANS_BOLD, 3.1, INK))
    title = "FOREIGN PERMANENT RESIDENT ID CARD (SPECIMEN)"
    sheet.text((12.0, 6.7), title, Pen(SANS, 1.8, INK))
    picture, mask = draw_face(px(20.0), px(25.6), seed)
    sheet.paste(picture, (60.5, 11.5), mask)
    pen = Pen(rng.choice((SANS, SERIF, SANS_BOLD)), 2.5, INK)
    for row, (caption, value) in enumerate(_rows(resident)):
        _row(sheet, 10.4 + row * 5.6, caption, value, pen)
    sheet.text((5.5, 46.6), "证件号码 / ID No.", Pen(SANS, 1.7, BLUE))
    sheet.spaced((27.0, 45.6), resident.number, Pen(OCR_B, 3.4, INK, bold=0.05), 2.6)
    sheet.specimen_corner((69.5, 50.9))
    kind = "cn.pr_2023" if len(resident.number) == 18 else "cn.pr_2017"
    truth = {
        "name": resident.name,
        "name_zh": resident.chinese_name,
        "sex": resident.sex,
        "nationality": resident.nationality,
        "birth_date": resident.birth_date,
        "id_number": resident.number,
        "valid_from": resident.valid_from,
        "valid_until": resident.valid_until,
    }
    truth = {name: value for name, value in truth.items() if value}
    return Specimen(kind, "portrait", sheet.finished(), truth)


def _rows(resident: Resident) -> tuple[tuple[str, str], ...]:
    first, last = (day.replace("-", ".") for day in (resident.valid_from, resident.valid_until))
    return (
        ("姓名 / Name", resident.name),
        ("中文姓名 / Chinese name", resident.chinese_name),
        ("性别 / Sex", {"F": "女 / F", "M": "男 / M"}[resident.sex]),
        ("出生日期 / Date of birth", resident.birth_date.replace("-", ".")),
        ("国籍 / Nationality", resident.nationality),
        ("有效期限 / Period of validity", f"{first}-{last}"),
    )


def _row(sheet: Sheet, top: float, caption: str, value: str, pen: Pen) -> None:
    """A small caption and the value under it, smaller where it is long."""
    sheet.text((5.5, top), caption, Pen(SANS, 1.5, BLUE))
    width = text_width(value, pen)
    fitting = pen if width <= _ROOM_MM else replace(pen, size=pen.size * _ROOM_MM / width)
    sheet.text((5.5, top + 1.9), value, fitting)
