"""Draws the two sides of a schematic resident ID card, after measured places but never a true copy."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import cv2
import numpy as np

from specimens.faces import draw_face
from specimens.fonts import (
    CHINESE,
    KOREAN,
    OCR_B,
    SANS,
    SANS_BOLD,
    SERIF_BOLD,
    Face,
    face_that_draws,
)
from specimens.paint import BLUE, INK, RED, Colour, Sheet, px, security_paper, text_width
from specimens.specimen import LONG_TERM, Image, Specimen

if TYPE_CHECKING:
    from specimens.persons import Person

KIND: Final = "cn.resident_id.2"
WIDTH_MM: Final = 85.6
HEIGHT_MM: Final = 54.0
ADDRESS_CHARACTERS: Final = 11
"""Characters to a line of the address."""

Layout = Literal["plain", "bilingual"]


@dataclass(frozen=True, slots=True)
class _Script:
    """Captions of a second script, drawn above the Chinese ones."""

    face: Face
    name: str
    sex: str
    ethnicity: str
    birth: str
    address: str
    number: str
    authority: str
    validity: str


_SECOND_SCRIPTS: Final = (
    _Script(KOREAN, "성명", "성별", "민족", "출생", "주소", "공민신분번호", "발급기관", "유효기한"),
    _Script(
        SANS,
        "Mingzcoh",
        "Singqbied",
        "Minzcuz",
        "Seng",
        "Dieg",
        "Hauhmaj Gunghminz Sonhfwn",
        "Gihgvanh",
        "Geizhanh",
    ),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Heights of the rows in millimetres, and the sizes of captions and values."""

    name: float
    sex: float
    birth: float
    address: float
    number: float
    caption: float
    value: float
    pitch: float


_PLAIN: Final = _Rows(9.6, 15.9, 22.1, 28.4, 44.7, 2.35, 2.95, 4.6)
_BILINGUAL: Final = _Rows(9.9, 16.6, 23.3, 29.9, 46.0, 1.95, 2.6, 4.0)


def draw_portrait_side(person: Person, *, seed: int, layout: Layout = "plain") -> Specimen:
    """Draw the side with the face, name, sex, ethnicity, birth, address and number.

    Args:
        person: whose card it is.
        seed: chooses paper, type faces, ink, small shifts and the face.
        layout: ``bilingual`` puts a second script above each caption and moves the rows down.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    rng = random.Random(f"portrait {seed}")
    sheet = Sheet(security_paper(WIDTH_MM, HEIGHT_MM, rng.randrange(6)))
    rows = _BILINGUAL if layout == "bilingual" else _PLAIN
    face = rng.choice((*CHINESE, SANS))
    ink = _ink(rng)
    _portrait(sheet, person, seed, rng)
    _captions(sheet, rows, rng)
    if layout == "bilingual":
        _second_captions(sheet, rows, rng.choice(_SECOND_SCRIPTS))
    _name(sheet, person.name, rows, face, ink)
    _small_values(sheet, person, rows, face, ink)
    _address(sheet, person.address, rows, face, ink)
    pitch = rng.uniform(2.58, 2.72)
    sheet.spaced((30.0, rows.number - 0.45), person.id_number, OCR_B, 3.55, ink, pitch, bold=0.07)
    sheet.specimen_corner((69.5, 50.9))
    truth = {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date,
        "address": person.address,
        "id_number": person.id_number,
    }
    return Specimen(KIND, "portrait", sheet.finished(), truth)


def draw_emblem_side(person: Person, *, seed: int, layout: Layout = "plain") -> Specimen:
    """Draw the side with the (schematic) emblem, the issuing authority and the validity.

    Args:
        person: whose card it is.
        seed: chooses paper, type faces and ink.
        layout: ``bilingual`` puts a second script above each caption.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    rng = random.Random(f"emblem {seed}")
    sheet = Sheet(security_paper(WIDTH_MM, HEIGHT_MM, 6 + rng.randrange(6)))
    ink = _ink(rng)
    face = rng.choice((*CHINESE, SANS))
    title_face = rng.choice((SERIF_BOLD, SANS_BOLD))
    picture, mask = _emblem()
    sheet.paste(picture, (6.4, 5.6), mask)
    sheet.spaced((30.4, 6.3), "中华人民共和国", title_face, 4.9, INK, 6.5)
    sheet.spaced((26.6, 14.8), "居民身份证", title_face, 7.2, INK, 11.2)
    down = 0.8 if layout == "bilingual" else 0.0
    size = 1.95 if layout == "bilingual" else 2.45
    sheet.spaced((20.5, 38.6 + down), "签发机关", SANS, size, INK, 2.85, bold=0.02)
    sheet.spaced((20.5, 45.1 + down), "有效期限", SANS, size, INK, 2.85, bold=0.02)
    if layout == "bilingual":
        script = rng.choice(_SECOND_SCRIPTS)
        for words, y in ((script.authority, 38.6), (script.validity, 45.1)):
            sheet.text((20.5, y - 1.3), words, script.face, 1.6, INK)
    sheet.text(
        (34.8, 38.35 + down), person.authority, face_that_draws(person.authority, face), 2.9, ink
    )
    sheet.text((34.8, 44.85 + down), printed_validity(person), rng.choice((SANS, face)), 2.9, ink)
    sheet.specimen_corner((69.5, 50.9))
    truth = {
        "authority": person.authority,
        "valid_from": person.valid_from,
        "valid_until": person.valid_until,
    }
    return Specimen(KIND, "emblem", sheet.finished(), truth)


def printed_validity(person: Person) -> str:
    """The term as the card prints it: ``2016.05.04-2036.05.04`` or ``2016.05.04-长期``."""
    until = "长期" if person.valid_until == LONG_TERM else person.valid_until.replace("-", ".")
    return f"{person.valid_from.replace('-', '.')}-{until}"


def _ink(rng: random.Random) -> Colour:
    dark = rng.randint(18, 52)
    return (dark, dark, min(60, dark + rng.randint(0, 8)))


def _captions(sheet: Sheet, rows: _Rows, rng: random.Random) -> None:
    face = rng.choice((SANS, SANS_BOLD))
    blue = (
        BLUE[0] + rng.randint(-22, 18),
        BLUE[1] + rng.randint(-22, 14),
        BLUE[2] + rng.randint(-16, 24),
    )
    gap = 1.35 if rows is _PLAIN else 1.6
    for words, x, y in (
        ("姓名", 6.9, rows.name),
        ("性别", 6.9, rows.sex),
        ("民族", 26.0, rows.sex),
        ("出生", 7.0, rows.birth),
        ("住址", 6.9, rows.address),
    ):
        sheet.spaced((x, y + 0.2), words, face, rows.caption, blue, rows.caption + gap)
    for words, x in (("年", 25.6), ("月", 34.5), ("日", 43.4)):
        sheet.text((x, rows.birth + 0.2), words, face, rows.caption, blue)
    sheet.spaced((6.9, rows.number + 0.2), "公民身份号码", face, rows.caption, blue, 2.7)


def _second_captions(sheet: Sheet, rows: _Rows, script: _Script) -> None:
    for words, x, y in (
        (script.name, 6.9, rows.name),
        (script.sex, 6.9, rows.sex),
        (script.ethnicity, 26.0, rows.sex),
        (script.birth, 6.9, rows.birth),
        (script.address, 6.9, rows.address),
        (script.number, 6.9, rows.number),
    ):
        sheet.text((x, y - 1.75), words, script.face, 1.6, BLUE)


def _name(sheet: Sheet, name: str, rows: _Rows, face: Face, ink: Colour) -> None:
    face = face_that_draws(name, face)
    size = rows.value + 0.25
    if text_width(name, face, size) <= 38:
        sheet.text((15.5, rows.name - 0.3), name, face, size, ink)
        return
    size = 2.65
    first = name[: name.index("·") + 1] if "·" in name[:13] else name[:12]
    sheet.text((15.5, rows.name - 2.1), first, face, size, ink)
    sheet.text((15.5, rows.name + 1.1), name[len(first) :], face, size, ink)


def _small_values(sheet: Sheet, person: Person, rows: _Rows, face: Face, ink: Colour) -> None:
    size = rows.value
    year, month, day = (str(int(part)) for part in person.birth_date.split("-"))
    sheet.text((15.5, rows.sex - 0.1), person.sex, face, size, ink)
    sheet.text((33.4, rows.sex - 0.1), person.ethnicity, face, size, ink)
    digits = face if face in CHINESE else SANS
    for words, middle in ((year, 20.0), (month, 31.6), (day, 40.6)):
        left = middle - text_width(words, digits, size) / 2
        sheet.text((left, rows.birth - 0.1), words, digits, size, ink)


def _address(sheet: Sheet, address: str, rows: _Rows, face: Face, ink: Colour) -> None:
    face = face_that_draws(address, face)
    for line, words in enumerate(wrapped(address, face, rows.value, 31.4)):
        sheet.text((15.5, rows.address - 0.1 + line * rows.pitch), words, face, rows.value, ink)


def wrapped(words: str, face: Face, size: float, width: float) -> list[str]:
    """Break words into lines no wider than ``width`` millimetres; Chinese breaks anywhere."""
    lines = [""]
    for character in words:
        if text_width(lines[-1] + character, face, size) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _portrait(sheet: Sheet, person: Person, seed: int, rng: random.Random) -> None:
    child = int(person.valid_from[:4]) - int(person.birth_date[:4]) < 16
    picture, mask = draw_face(px(23.0), px(29.4), seed, child=child)
    if rng.random() < 0.5:
        mask = np.full_like(mask, 255)
    sheet.paste(picture, (54.9 + rng.uniform(-0.4, 0.6), 9.6 + rng.uniform(-0.4, 0.6)), mask)


@lru_cache(maxsize=1)
def _emblem() -> tuple[Image, Image]:
    """A red disc with the character 样, in the place of the national emblem that we do not copy."""
    side = px(15.0)
    sheet = Sheet(np.full((side, side, 3), RED, np.uint8))
    sheet.text((3.9, 3.9), "样", SERIF_BOLD, 7.2, (246, 214, 120))
    picture = np.ascontiguousarray(sheet.finished()[:, :, ::-1])
    half = side // 2
    for radius in (6.6, 5.6):
        cv2.circle(picture, (half, half), px(radius), (238, 196, 96), 4, cv2.LINE_AA)
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (half, half), half - 2, 255, -1, cv2.LINE_AA)
    return picture, mask
