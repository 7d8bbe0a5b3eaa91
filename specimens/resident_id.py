"""Draws the two sides of a schematic resident ID card: the measured places, never a true copy."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import cv2
import numpy as np

from specimens.faces import draw_face
from specimens.fonts import (
    CHINESE,
    OCR_B,
    SANS,
    SANS_BOLD,
    SERIF_BOLD,
    face_that_draws,
)
from specimens.paint import (
    BLUE,
    INK,
    RED,
    Colour,
    Pen,
    Sheet,
    px,
    security_paper,
    text_width,
    wrapped,
)
from specimens.resident_id_rows import BILINGUAL, PLAIN, SCRIPTS, Rows, Script
from specimens.specimen import LONG_TERM, Image, Specimen

if TYPE_CHECKING:
    from specimens.persons import Person

KIND: Final = "cn.resident_id.2"
WIDTH_MM: Final = 85.6
HEIGHT_MM: Final = 54.0

Layout = Literal["plain", "bilingual"]


_VALUES_LEFT: Final = 15.5
_NAME_WIDTH: Final = 38.0
_ADDRESS_WIDTH: Final = 31.4
_WIDEST_ADDRESS: Final = 38.4
_ADDRESS_LINES: Final = 3


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
    rows = BILINGUAL if layout == "bilingual" else PLAIN
    pen = Pen(rng.choice((*CHINESE, SANS)), rows.value, _ink(rng))
    _portrait(sheet, person, seed, rng)
    _captions(sheet, person, rows, Pen(rng.choice((SANS, SANS_BOLD)), rows.caption, _blue(rng)))
    if layout == "bilingual":
        _second_captions(sheet, rows, _script(person, rng))
    _name(sheet, person.name, rows, pen)
    _small_values(sheet, person, rows, pen)
    _address(sheet, person.address, rows, pen)
    number = Pen(OCR_B, 3.55, pen.colour, bold=0.07)
    sheet.spaced((30.0, rows.number - 0.65), person.id_number, number, rng.uniform(2.58, 2.72))
    sheet.specimen_corner((69.5, 50.9))
    truth = {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date,
        "address": person.address,
        "id_number": person.id_number,
    }
    truth = {name: value for name, value in truth.items() if value}
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
    rows = BILINGUAL if layout == "bilingual" else PLAIN
    face = rng.choice((*CHINESE, SANS))
    title = rng.choice((SERIF_BOLD, SANS_BOLD))
    sheet.paste(*_emblem_at(6.4, 5.6))
    sheet.spaced((30.4, 6.3), "中华人民共和国", Pen(title, 4.9, INK), 6.5)
    sheet.spaced((26.6, 14.8), "居民身份证", Pen(title, 7.2, INK), 11.2)
    caption = Pen(SANS, rows.caption, INK, bold=0.02)
    sheet.spaced((20.5, rows.authority), "签发机关", caption, 2.85)
    sheet.spaced((20.5, rows.validity), "有效期限", caption, 2.85)
    if layout == "bilingual":
        script = _script(person, rng)
        for words, row in ((script.authority, rows.authority), (script.validity, rows.validity)):
            sheet.text((20.5, row - 1.95), words, Pen(script.face, 1.6, INK))
    ink = _ink(rng)
    pen = Pen(face_that_draws(person.authority, face), 2.9, ink)
    sheet.text((34.8, rows.authority - 0.25), person.authority, pen)
    pen = Pen(rng.choice((SANS, face)), 2.9, ink)
    sheet.text((34.8, rows.validity - 0.25), printed_validity(person), pen)
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
    return (dark, dark, dark + rng.randint(0, 8))


def _blue(rng: random.Random) -> Colour:
    red, green, blue = BLUE
    return (red + rng.randint(-22, 18), green + rng.randint(-22, 14), blue + rng.randint(-16, 24))


def _script(person: Person, rng: random.Random) -> Script:
    return SCRIPTS.get(person.ethnicity) or rng.choice(tuple(SCRIPTS.values()))


def _captions(sheet: Sheet, person: Person, rows: Rows, pen: Pen) -> None:
    if person.ethnicity:
        sheet.spaced((26.0, rows.sex), "民族", pen, rows.caption_pitch)
    for words, x, y in (
        ("姓名", 6.9, rows.name),
        ("性别", 6.9, rows.sex),
        ("出生", 7.0, rows.birth),
        ("住址", 6.9, rows.address),
    ):
        sheet.spaced((x, y), words, pen, rows.caption_pitch)
    for words, x in (("年", 25.6), ("月", 34.5), ("日", 43.4)):
        sheet.text((x, rows.birth), words, pen)
    sheet.spaced((6.9, rows.number), "公民身份号码", pen, 2.7)


def _second_captions(sheet: Sheet, rows: Rows, script: Script) -> None:
    pen = Pen(script.face, 1.6, BLUE)
    for words, x, y in (
        (script.name, 6.9, rows.name),
        (script.sex, 6.9, rows.sex),
        (script.ethnicity, 26.0, rows.sex),
        (script.birth, 6.9, rows.birth),
        (script.address, 6.9, rows.address),
        (script.number, 6.9, rows.number),
    ):
        sheet.text((x, y - 1.95), words, pen)
    sheet.text((_VALUES_LEFT, rows.name - 3.1), script.sample, Pen(script.face, 2.1, INK))


def _name(sheet: Sheet, name: str, rows: Rows, pen: Pen) -> None:
    """Write the name on one line, or in smaller type on two, broken after its dot."""
    pen = replace(pen, face=face_that_draws(name, pen.face), size=rows.value + 0.25)
    if text_width(name, pen) <= _NAME_WIDTH:
        sheet.text((_VALUES_LEFT, rows.name - 0.5), name, pen)
        return
    pen = replace(pen, size=2.65)
    first = name[: name.index("·") + 1] if "·" in name[:13] else name[:12]
    sheet.text((_VALUES_LEFT, rows.name - 2.3), first, pen)
    sheet.text((_VALUES_LEFT, rows.name + 0.9), name[len(first) :], pen)


def _small_values(sheet: Sheet, person: Person, rows: Rows, pen: Pen) -> None:
    sheet.text((_VALUES_LEFT, rows.sex - 0.3), person.sex, pen)
    sheet.text((33.4, rows.sex - 0.3), person.ethnicity, pen)
    parts = (str(int(part)) for part in person.birth_date.split("-"))
    for words, middle in zip(parts, (20.0, 31.6, 40.6), strict=True):
        sheet.text((middle - text_width(words, pen) / 2, rows.birth - 0.3), words, pen)


def _address(sheet: Sheet, address: str, rows: Rows, pen: Pen) -> None:
    pen = replace(pen, face=face_that_draws(address, pen.face))
    lines = wrapped(address, pen, _ADDRESS_WIDTH)
    if len(lines) > _ADDRESS_LINES:
        lines = wrapped(address, pen, _WIDEST_ADDRESS)
    for line, words in enumerate(lines):
        sheet.text((_VALUES_LEFT, rows.address - 0.3 + line * rows.line_pitch), words, pen)


def _portrait(sheet: Sheet, person: Person, seed: int, rng: random.Random) -> None:
    """Draw the face, with its white ground or cut out of it."""
    child = int(person.valid_from[:4]) - int(person.birth_date[:4]) < 16
    picture, mask = draw_face(px(23.0), px(29.4), seed, child=child)
    if rng.random() < 0.5:
        mask = np.full_like(mask, 255)
    sheet.paste(picture, (54.9 + rng.uniform(-0.4, 0.6), 9.6 + rng.uniform(-0.4, 0.6)), mask)


def _emblem_at(left: float, top: float) -> tuple[Image, tuple[float, float], Image]:
    picture, mask = _emblem()
    return picture, (left, top), mask


@lru_cache(maxsize=1)
def _emblem() -> tuple[Image, Image]:
    """A red disc with the character 样, where the national emblem is that we do not copy."""
    side = px(15.0)
    sheet = Sheet(np.full((side, side, 3), RED, np.uint8))
    sheet.text((3.9, 3.9), "样", Pen(SERIF_BOLD, 7.2, (246, 214, 120)))
    picture = np.ascontiguousarray(sheet.finished()[:, :, ::-1])
    half = side // 2
    for radius in (6.6, 5.6):
        cv2.circle(picture, (half, half), px(radius), (238, 196, 96), 4, cv2.LINE_AA)
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (half, half), half - 2, 255, -1, cv2.LINE_AA)
    return picture, mask
