"""Draws passports, cards and visas of nowhere in particular, with their machine-readable lines."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from specimens import mrz
from specimens.faces import draw_face
from specimens.fonts import CHINESE, OCR_B, SANS, SANS_BOLD, SERIF_BOLD, Face
from specimens.paint import INK, Colour, Pen, Sheet, px, security_paper, text_width
from specimens.specimen import Image, Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

    from specimens.persons import Traveller

MRZ_PITCH_MM: Final = 2.54
"""OCR-B size I: ten characters to the inch (ICAO 9303-3, 4.2)."""
_MRZ_LINE_MM: Final = 6.35
_MONTHS: Final = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_CAPTION: Final[Colour] = (92, 84, 104)
_PURPLE: Final[Colour] = (70, 50, 92)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one kind of document looks like; places are millimetres."""

    kind: str
    size: tuple[float, float]
    title: str
    number_caption: str
    lines: Callable[[Traveller], tuple[str, ...]]
    photo: tuple[float, float, float, float]
    text_left: float
    text_top: float
    row: float
    mrz_left: float
    corner_mm: float


_PASSPORT: Final = _Plan(
    kind="xx.passport",
    size=(125.0, 88.0),
    title="PASSPORT  PASSEPORT",
    number_caption="Passport No. / No du passeport",
    lines=mrz.td3,
    photo=(6.0, 16.0, 33.0, 42.0),
    text_left=44.0,
    text_top=14.0,
    row=8.0,
    mrz_left=6.6,
    corner_mm=3.18,
)
_TD1: Final = _Plan(
    kind="xx.id_td1",
    size=(85.6, 54.0),
    title="IDENTITY CARD  CARTE D'IDENTITE",
    number_caption="Document No.",
    lines=mrz.td1,
    photo=(65.0, 8.0, 16.5, 20.6),
    text_left=5.0,
    text_top=7.8,
    row=5.7,
    mrz_left=4.7,
    corner_mm=3.18,
)
_TD2: Final = _Plan(
    kind="xx.id_td2",
    size=(105.0, 74.0),
    title="IDENTITY CARD  CARTE D'IDENTITE",
    number_caption="Document No.",
    lines=mrz.td2,
    photo=(6.0, 12.0, 28.0, 35.0),
    text_left=38.0,
    text_top=11.5,
    row=7.3,
    mrz_left=6.8,
    corner_mm=3.0,
)
_VISA_A: Final = _Plan(
    kind="xx.visa_a",
    size=(120.0, 80.0),
    title="VISA",
    number_caption="Visa No. / No de visa",
    lines=mrz.mrv_a,
    photo=(6.0, 13.0, 29.0, 36.0),
    text_left=40.0,
    text_top=12.5,
    row=7.4,
    mrz_left=4.2,
    corner_mm=1.0,
)
_VISA_B: Final = _Plan(
    kind="xx.visa_b",
    size=(105.0, 74.0),
    title="VISA",
    number_caption="Visa No. / No de visa",
    lines=mrz.mrv_b,
    photo=(6.0, 12.0, 28.0, 35.0),
    text_left=38.0,
    text_top=11.5,
    row=7.3,
    mrz_left=6.8,
    corner_mm=1.0,
)


def draw_passport(traveller: Traveller, *, seed: int) -> Specimen:
    """Draw a passport's data page, TD3 (125 x 88 mm).

    Raises:
        FontMissing: a needed type face is not installed.
    """
    return _draw(_PASSPORT, traveller, seed)


def draw_td1(traveller: Traveller, *, seed: int) -> Specimen:
    """Draw an identity card of bank-card size with three lines, TD1.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    return _draw(_TD1, traveller, seed)


def draw_td2(traveller: Traveller, *, seed: int) -> Specimen:
    """Draw a larger identity card with two lines, TD2 (105 x 74 mm).

    Raises:
        FontMissing: a needed type face is not installed.
    """
    return _draw(_TD2, traveller, seed)


def draw_visa_a(traveller: Traveller, *, seed: int) -> Specimen:
    """Draw a full-page visa, MRV-A (120 x 80 mm).

    Raises:
        FontMissing: a needed type face is not installed.
    """
    return _draw(_VISA_A, traveller, seed)


def draw_visa_b(traveller: Traveller, *, seed: int) -> Specimen:
    """Draw a smaller visa, MRV-B (105 x 74 mm).

    Raises:
        FontMissing: a needed type face is not installed.
    """
    return _draw(_VISA_B, traveller, seed)


def truth_of(traveller: Traveller, name: str) -> dict[str, str]:
    """What a perfect reader gives back; names as the lines carry them, cut where they are cut."""
    surname, _, given = name.rstrip("<").partition("<<")
    truth = {
        "document_number": traveller.document_number,
        "surname": surname.replace("<", " "),
        "given_names": given.replace("<", " "),
        "nationality": traveller.nationality,
        "issuing_state": traveller.issuing_state,
        "birth_date": traveller.birth_date,
        "sex": traveller.sex,
        "expiry_date": traveller.expiry_date,
    }
    truth["optional_data"] = traveller.optional_data
    return {name: value for name, value in truth.items() if value}


def _draw(plan: _Plan, traveller: Traveller, seed: int) -> Specimen:
    rng = random.Random(f"{plan.kind} {seed}")
    sheet = Sheet(security_paper(*plan.size, rng.randrange(5)))
    face = rng.choice(CHINESE)
    lines = plan.lines(traveller)
    _title(sheet, plan, traveller, rng)
    _photo(sheet, plan, seed)
    _printed_fields(sheet, plan, traveller, face)
    _mrz_zone(sheet, plan, lines, rng)
    name = lines[2] if len(lines) == 3 else lines[0][5:]
    truth = truth_of(traveller, name)
    return Specimen(plan.kind, "data", sheet.finished(), truth, lines, plan.corner_mm)


def _title(sheet: Sheet, plan: _Plan, traveller: Traveller, rng: random.Random) -> None:
    size = plan.size[0] / 30
    pen = Pen(rng.choice((SANS_BOLD, SERIF_BOLD)), size, _PURPLE)
    width = sheet.text((plan.text_left, 3.2), plan.title, pen)
    state = "UTOPIA" if traveller.issuing_state == "UTO" else traveller.issuing_state
    if plan.text_left + width < plan.size[0] - 22:
        sheet.text((plan.size[0] - 18, 3.2), state, pen)
    sheet.specimen_corner((plan.mrz_left, 1.2 if plan.text_left > 20 else 0.7))


def _photo(sheet: Sheet, plan: _Plan, seed: int) -> None:
    left, top, width, height = plan.photo
    picture, _ = draw_face(px(width), px(height), seed, ground=228)
    sheet.paste(picture, (left, top))


def _printed_fields(sheet: Sheet, plan: _Plan, traveller: Traveller, face: Face) -> None:
    """Write the eye-readable zone: captions small, values under them."""
    size = plan.row * 0.4
    issued = date.fromisoformat(traveller.expiry_date) - timedelta(days=3652)
    birth = traveller.birth_date
    pairs: tuple[tuple[tuple[str, str], ...], ...] = (
        ((plan.number_caption, traveller.document_number), ("Nationality", traveller.nationality)),
        (("Surname / Nom", traveller.surname),),
        (("Given names / Prenoms", traveller.given_names),),
        (("Date of birth", printed_date(birth)), ("Sex", traveller.sex)),
        (
            ("Date of issue", printed_date(issued.isoformat())),
            ("Date of expiry", printed_date(traveller.expiry_date)),
        ),
    )
    room = (plan.photo[0] if plan.text_left < 20 else plan.size[0]) - plan.text_left - 3
    rows = pairs[:4] if plan.kind == "xx.id_td1" else pairs
    for number, row in enumerate(rows):
        for column, (caption, value) in enumerate(row):
            x = plan.text_left + column * room * 0.58
            y = plan.text_top + number * plan.row
            sheet.text((x, y), caption, Pen(SANS, plan.row * 0.25, _CAPTION))
            pen = Pen(face, _fitting(value, face, size, room * (0.56 if len(row) > 1 else 1)), INK)
            sheet.text((x, y + plan.row * 0.33), value, pen)


def _fitting(words: str, face: Face, size: float, room: float) -> float:
    """A size at which the words fit the room."""
    width = text_width(words, Pen(face, size, INK))
    return size if width <= room else size * room / width


def printed_date(iso: str) -> str:
    """The date as the eye-readable zone shows it: ``12 AUG 1974``, ``XX`` for what is unknown."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    return f"{day or 'XX'} {_MONTHS[int(month) - 1] if month else 'XX'} {year}"


def _mrz_zone(sheet: Sheet, plan: _Plan, lines: tuple[str, ...], rng: random.Random) -> None:
    """Write the lines in OCR-B on a paler band at the lower edge."""
    width, height = plan.size
    pitch = _MRZ_LINE_MM if len(lines) == 2 else 5.6
    top = height - 6.2 - pitch * len(lines) + (pitch - 3.5)
    band = height - top + 2.6
    sheet.paste(_pale_band(width, band), (0, height - band), _band_mask(width, band))
    dark = rng.randint(16, 44)
    pen = Pen(OCR_B, MRZ_PITCH_MM / 0.723, (dark, dark, dark), bold=rng.uniform(0.0, 0.06))
    left = plan.mrz_left + rng.uniform(-0.8, 0.8)
    for number, line in enumerate(lines):
        sheet.spaced((left, top + number * pitch), line, pen, MRZ_PITCH_MM)


def _pale_band(width: float, height: float) -> Image:
    return np.full((px(height), px(width), 3), 244, np.uint8)


def _band_mask(width: float, height: float) -> Image:
    return np.full((px(height), px(width)), 150, np.uint8)
