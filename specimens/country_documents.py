"""Draws the machine-readable documents of many countries, each with its places and colours."""

from __future__ import annotations

import colorsys
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from specimens import mrz
from specimens.countries import SIZES_MM, Layout
from specimens.faces import draw_face
from specimens.fonts import CHINESE, OCR_B, OCR_B_SHARP, SANS, SANS_BOLD
from specimens.mrz_documents import MRZ_PITCH_MM, printed_date, truth_of
from specimens.paint import INK, Colour, Pen, Sheet, px, security_paper
from specimens.persons import TODAY, Traveller, invent_traveller
from specimens.specimen import Image, Specimen

if TYPE_CHECKING:
    from collections.abc import Callable

_KINDS: Final = {
    "td1": "xx.id_td1",
    "td2": "xx.id_td2",
    "td3": "xx.passport",
    "mrv_a": "xx.visa_a",
    "mrv_b": "xx.visa_b",
}
_LINES: Final[dict[str, Callable[[Traveller, str], tuple[str, ...]]]] = {
    "td1": mrz.td1,
    "td2": mrz.td2,
    "td3": mrz.td3,
    "mrv_a": mrz.mrv_a,
    "mrv_b": mrz.mrv_b,
}
_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_CAPTION: Final[Colour] = (92, 84, 104)


def draw_country(layout: Layout, *, seed: int) -> Specimen:
    """Draw a document of this layout for an invented holder.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    rng = random.Random(f"country {layout.name} {seed}")
    holder = _holder(layout, rng, seed)
    lines = _LINES[layout.shape](holder, layout.code)
    width, height = SIZES_MM[layout.shape]
    sheet = Sheet(_coloured(security_paper(width, height, rng.randrange(5)), layout, rng))
    _upper_part(sheet, layout, holder, rng, seed)
    _zone(sheet, layout, lines, rng)
    image = sheet.finished()
    if rng.random() < 0.15:
        _stamp(image, layout, rng)
    name = lines[2] if len(lines) == 3 else lines[0][5:]
    truth = truth_of(holder, name)
    return Specimen(_KINDS[layout.shape], "data", image, truth, lines, 3.0)


def _holder(layout: Layout, rng: random.Random, seed: int) -> Traveller:
    holder = replace(
        invent_traveller(seed),
        document_number=_filled_in(layout.number, rng),
        optional_data=_filled_in(layout.optional, rng),
        issuing_state=layout.state,
        nationality="XXA" if layout.name == "Stateless" else layout.state,
    )
    if layout.unknown_birth:
        year = TODAY.year - rng.randint(20, 80)
        holder = replace(holder, birth_date=str(year) if rng.random() < 0.5 else f"{year}-07")
    if layout.one_name or rng.random() < 0.04:
        holder = replace(holder, given_names="")
    return holder


def _filled_in(pattern: str, rng: random.Random) -> str:
    pools = {"L": _LETTERS, "N": _DIGITS, "A": "CFGHJKLMNPRTVWXYZ" + _DIGITS}
    return "".join(rng.choice(pools.get(each, each)) for each in pattern)


def _coloured(paper: Image, layout: Layout, rng: random.Random) -> Image:
    """Tint the ground and draw coloured waves over it, as strong as the layout says."""
    height, width = paper.shape[:2]
    tint = np.array(_rgb(layout.hue, 0.18 + 0.25 * layout.ground, 0.97), np.float32)
    other = np.array(_rgb(layout.hue + rng.randint(60, 160), 0.15, 0.95), np.float32)
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    ground = paper.astype(np.float32) / 255 * (tint * (1 - across) + other * across)
    waves = np.clip(ground, 0, 255).astype(np.uint8)
    x = np.arange(0, width + 6, 6, dtype=np.float32)
    colour = _rgb(layout.hue + rng.randint(-40, 40), 0.35 + 0.4 * layout.ground, 0.78)
    step = rng.uniform(0.7, 1.8)
    for row in range(round(height / px(step)) + 12):
        y = (row - 6) * px(step) + px(rng.uniform(1, 4)) * np.sin(
            x / px(rng.uniform(4, 14)) + row * rng.choice((0.2, 0.5, 0.9))
        )
        points = (np.stack([x, y], axis=1) * 8).astype(np.int32)
        cv2.polylines(waves, [points], False, colour, rng.choice((1, 2, 3)), cv2.LINE_AA, 3)
    share = 0.25 + 0.6 * layout.ground
    mixed = ground * (1 - share) + waves.astype(np.float32) * share
    return np.clip(mixed, 0, 255).astype(np.uint8)


def _rgb(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 360 / 360, min(1, saturation), value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _upper_part(
    sheet: Sheet, layout: Layout, holder: Traveller, rng: random.Random, seed: int
) -> None:
    """Title, face and the values for the eye, somewhere above the lines."""
    width, height = SIZES_MM[layout.shape]
    room = height - layout.rise_mm - layout.row_mm * (2 if layout.shape == "td1" else 1) - 4
    unit = width / 30
    sheet.text((4, 1.5), layout.title, Pen(SANS_BOLD, unit, _rgb(layout.hue + 180, 0.6, 0.4)))
    sheet.specimen_corner((width - 20, 1.2))
    tall = min(room - unit - 5, width * 0.34)
    wide = tall * 0.78
    right = rng.random() < 0.3
    if tall > 8:
        picture, _ = draw_face(px(wide), px(tall), seed, ground=228)
        sheet.paste(picture, (width - wide - 5 if right else 5, unit + 4))
    left = 6 if right else wide + 10
    face = rng.choice(CHINESE)
    issued = date.fromisoformat(holder.expiry_date) - timedelta(days=3652)
    values = (
        ("Surname / Nom", holder.surname),
        ("Given names / Prenoms", holder.given_names),
        ("No.", holder.document_number),
        ("Date of birth", printed_date(holder.birth_date)),
        ("Date of issue", printed_date(issued.isoformat())),
        ("Date of expiry", printed_date(holder.expiry_date)),
    )
    row = max(4.6, (room - unit - 4) / len(values))
    for at, (caption, value) in enumerate(values):
        y = unit + 4 + at * row
        if y + row * 0.9 > room:
            break
        sheet.text((left, y), caption, Pen(SANS, row * 0.25, _CAPTION))
        sheet.text((left, y + row * 0.32), value, Pen(face, row * 0.4, INK))


def _zone(sheet: Sheet, layout: Layout, lines: tuple[str, ...], rng: random.Random) -> None:
    """The lines, in one of two cuts of OCR-B, on a pale band or straight on the ground."""
    width, height = SIZES_MM[layout.shape]
    row = 4.4 if layout.shape == "td1" else layout.row_mm
    rise = min(layout.rise_mm, 6.4) if layout.shape == "td1" else layout.rise_mm
    top = height - rise - row * (len(lines) - 1)
    if layout.band:
        band = height - top + 4.2
        pale = np.full((px(band), px(width), 3), rng.randint(238, 252), np.uint8)
        cover = np.full((px(band), px(width)), rng.randint(120, 230), np.uint8)
        sheet.paste(pale, (0, height - band), cover)
    dark = rng.randint(8, 62)
    face = OCR_B_SHARP if rng.random() < 0.7 else OCR_B
    size = MRZ_PITCH_MM / 0.723 * rng.uniform(0.94, 1.04)
    pen = Pen(face, size, (dark, dark, dark + rng.randint(0, 14)), bold=rng.uniform(0.0, 0.09))
    left = min(layout.left_mm + rng.uniform(-1.2, 1.6), width - 2.0 - MRZ_PITCH_MM * len(lines[0]))
    left = max(left, 1.6)
    for number, line in enumerate(lines):
        sheet.spaced((left, top + number * row - size / 2), line, pen, MRZ_PITCH_MM)


def _stamp(image: Image, layout: Layout, rng: random.Random) -> None:
    """A round office stamp that reaches over the lines, in a colour that the camera sees grey."""
    height, width = image.shape[:2]
    centre = rng.randint(width // 5, width * 4 // 5), rng.randint(height * 3 // 5, height)
    over = np.zeros((height, width), np.uint8)
    for radius, thick in ((px(13), px(0.7)), (px(10.5), px(0.35))):
        cv2.circle(over, centre, radius, 255, thick, cv2.LINE_AA)
    for at in range(-2, 3):
        start = (centre[0] - px(6), centre[1] + at * px(2.2))
        cv2.line(over, start, (centre[0] + px(6), start[1]), 255, px(0.4), cv2.LINE_AA)
    ink = np.array(_rgb(layout.hue + 200, 0.7, 0.6)[::-1], np.float32)
    share = (over.astype(np.float32) / 255 * rng.uniform(0.3, 0.6))[:, :, None]
    image[:] = (image * (1 - share) + np.minimum(image, ink) * share).astype(np.uint8)
