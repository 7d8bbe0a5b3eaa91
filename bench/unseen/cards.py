"""Draws resident cards on templates of its own: other places, sizes, colours, papers and type."""

import random
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from bench.unseen import type_faces
from bench.unseen.type_faces import Cut, drawable, font, there
from specimens.persons import Person
from specimens.resident_id import printed_validity
from specimens.specimen import Image, Specimen

KIND: Final = "cn.resident_id.2"
_WIDTH_MM, _HEIGHT_MM = 85.6, 54.0
_EDGE_MM: Final = 2.5
_PX_PER_MM: Final = 18.0
_COLOURS: Final = ((40, 100, 170), (70, 90, 140), (60, 60, 70))
_HELD_COLOURS: Final = (
    (20, 120, 160),
    (90, 110, 120),
    (30, 130, 190),
    (110, 70, 90),
    (50, 80, 150),
)


@dataclass(frozen=True, slots=True)
class _Pen:
    cut: Cut
    size: float
    colour: tuple[int, int, int]
    bold: float = 0.0


@dataclass(frozen=True, slots=True)
class _Template:
    """One way to lay out a card: sizes and shifts in millimetres."""

    ink: tuple[int, int, int]
    blue: tuple[int, int, int]
    values: Cut
    captions: Cut
    numbers: Cut
    title: Cut
    value: float
    caption: float
    off: tuple[float, float]
    bold: float
    rng: random.Random

    @property
    def caption_pen(self) -> _Pen:
        """What captions are written with."""
        return _Pen(self.captions, self.caption, self.blue)

    def jitter(self, by: float) -> float:
        """A chance shift."""
        return self.rng.uniform(-by, by)


def _template(rng: random.Random, text: str, *, held: bool) -> _Template:
    """Choose how a card looks; held-back ones have faces, shifts and colours of their own."""
    dark = rng.randint(12, 60)
    values, captions, numbers = (
        (type_faces.HELD_VALUES, type_faces.HELD_CAPTIONS, type_faces.HELD_NUMBERS)
        if held
        else (
            type_faces.PRACTICE_VALUES,
            type_faces.PRACTICE_CAPTIONS,
            type_faces.PRACTICE_NUMBERS,
        )
    )
    faces = [cut for cut in there(values) if drawable(cut, text)] or list(there(values)[-1:])
    off = (1.3, 1.0) if held else (0.9, 0.7)
    return _Template(
        ink=(dark, dark, dark + rng.randint(0, 12)),
        blue=rng.choice(_HELD_COLOURS if held else _COLOURS),
        values=rng.choice(faces),
        captions=rng.choice(there(captions)),
        numbers=rng.choice(there(numbers)),
        title=rng.choice(there(values)),
        value=rng.uniform(2.75, 3.35),
        caption=rng.uniform(2.1, 2.6),
        off=(rng.uniform(-off[0], off[0]), rng.uniform(-off[1], off[1])),
        bold=rng.choice((0.0, 0.0, 0.03, 0.06)),
        rng=rng,
    )


class _Sheet:
    def __init__(self, paper: Image) -> None:
        self.picture = Pillow.fromarray(paper)
        self._draw = ImageDraw.Draw(self.picture)

    def text(self, at: tuple[float, float], words: str, pen: _Pen, pitch: float = 0.0) -> float:
        """Write words with the middle of their height at `at[1]`; gives the right end, mm."""
        letters = font(pen.cut, round(pen.size * _PX_PER_MM))
        x, y = at[0] * _PX_PER_MM, at[1] * _PX_PER_MM
        spots = [(x + place * pitch * _PX_PER_MM, y) for place in range(len(words))]
        parts = list(zip(spots, words, strict=True)) if pitch else [((x, y), words)]
        for spot, part in parts:
            self._draw.text(
                spot,
                part,
                pen.colour,
                letters,
                "lm",
                stroke_width=pen.bold * _PX_PER_MM,
                stroke_fill=pen.colour,
            )
        if pitch:
            return at[0] + len(words) * pitch
        return float(x + letters.getlength(words)) / _PX_PER_MM

    def finished(self) -> Image:
        return np.ascontiguousarray(np.asarray(self.picture)[:, :, ::-1])


def draw_portrait(person: Person, seed: int, *, held: bool = True) -> Specimen:
    """Draw the side with the face."""
    rng = random.Random(f"unseen portrait {seed}")
    look = _template(rng, person.name + person.address + person.ethnicity, held=held)
    sheet = _Sheet(_paper(rng, held=held))
    _face(sheet, rng)
    dx, dy = look.off
    pitch = look.caption * rng.uniform(1.1, 1.6)
    left = 6.9 + dx
    rows = [each + dy for each in (11.0, 17.2, 23.4, 29.7, 46.3)]
    for words, row in zip(("姓名", "性别", "出生", "住址"), rows, strict=False):
        sheet.text((left, row), words, look.caption_pen, pitch)
    sheet.text((25.8 + dx, rows[1]), "民族", look.caption_pen, pitch)
    long_pitch = look.caption * rng.uniform(1.02, 1.16)
    sheet.text((left, rows[4]), "公民身份号码", look.caption_pen, long_pitch)
    # Values are printed in another pass than captions: they shift against them.
    vx, vy = dx + look.jitter(0.7), look.jitter(0.5)
    spread = look.value * rng.choice((1.0, 1.0, 1.0, 1.12))
    _write(
        sheet,
        look,
        (15.6 + vx, rows[0] + vy),
        person.name,
        size=look.value * rng.uniform(1.0, 1.18),
    )
    _write(sheet, look, (15.6 + vx, rows[1] + vy), person.sex)
    _write(sheet, look, (33.0 + vx, rows[1] + vy), person.ethnicity)
    _birth(sheet, look, person, (vx, rows[2], vy))
    per_line = max(8, int(rng.uniform(29.0, 37.5) / spread))
    lines = [person.address[at : at + per_line] for at in range(0, len(person.address), per_line)]
    step = min(look.value * rng.uniform(1.35, 1.65), 13.4 / len(lines))
    for at, words in enumerate(lines):
        _write(sheet, look, (15.6 + vx, rows[3] + vy + at * step), words, pitch=spread)
    number = look.jitter(0.6)
    sheet.text(
        (30.0 + dx + look.jitter(1.0), rows[4] + number),
        person.id_number,
        _Pen(look.numbers, rng.uniform(3.1, 3.7), look.ink, rng.choice((0.0, 0.05, 0.09))),
        rng.uniform(2.35, 2.7),
    )
    truth = {
        "name": person.name,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "birth_date": person.birth_date,
        "address": person.address,
        "id_number": person.id_number,
    }
    return Specimen(KIND, "portrait", _stamped(sheet, look), truth)


def _write(
    sheet: _Sheet,
    look: _Template,
    at: tuple[float, float],
    words: str,
    *,
    size: float = 0.0,
    pitch: float = 0.0,
) -> None:
    """Write a value; `pitch` spaces its Chinese characters."""
    end = at[0]
    for run in _runs(words):
        step = pitch if not run[0].isascii() else 0.0
        pen = _Pen(look.values, size or look.value, look.ink, look.bold)
        end = sheet.text((end, at[1]), run, pen, step)


def _runs(words: str) -> list[str]:
    """Stretches of Chinese and of digits and letters, which are spaced in their own way."""
    runs: list[str] = []
    for each in words:
        if runs and runs[-1][-1].isascii() == each.isascii():
            runs[-1] += each
        else:
            runs.append(each)
    return runs


def _birth(sheet: _Sheet, look: _Template, person: Person, at: tuple[float, float, float]) -> None:
    vx, row, vy = at
    year, month, day = (str(int(part)) for part in person.birth_date.split("-"))
    for words, x in (("年", 25.7), ("月", 34.6), ("日", 43.5)):
        sheet.text((x + look.off[0], row), words, look.caption_pen)
    _write(sheet, look, (16.2 + vx + look.jitter(0.5), row + vy), year)
    _write(sheet, look, (30.9 + vx - 0.8 * (len(month) - 1), row + vy), month)
    _write(sheet, look, (39.8 + vx - 0.8 * (len(day) - 1), row + vy), day)


def draw_emblem(person: Person, seed: int, *, held: bool = True) -> Specimen:
    """Draw the side with the emblem."""
    rng = random.Random(f"unseen emblem {seed}")
    look = _template(rng, person.authority, held=held)
    sheet = _Sheet(_paper(rng, held=held))
    dx, dy = look.off
    _emblem(sheet, look, (6.2 + dx, 5.4 + dy))
    large = _Pen(look.title, 5.0, look.ink, 0.08)
    sheet.text((30.0 + dx, 8.9 + dy), "中华人民共和国", large, 6.4)
    sheet.text((26.4 + dx, 18.3 + dy), "居民身份证", replace(large, size=7.4), 11.0)
    colour = rng.choice((look.ink, look.ink, look.blue))
    rows = (39.8 + dy, 46.3 + dy)
    pitch = look.caption * rng.uniform(1.08, 1.25)
    for words, row in zip(("签发机关", "有效期限"), rows, strict=True):
        sheet.text((20.4 + dx, row), words, replace(look.caption_pen, colour=colour), pitch)
    vx, vy = 34.6 + dx + look.jitter(0.8), look.jitter(0.5)
    pitch = look.value * rng.choice((1.0, 1.0, 1.1))
    # The longest names would run off the card: those are set narrower, as a printer would.
    room = (_WIDTH_MM - _EDGE_MM - vx) / len(person.authority)
    narrow = min(1.0, room / pitch)
    _write(
        sheet,
        look,
        (vx, rows[0] + vy),
        person.authority,
        size=look.value * narrow,
        pitch=pitch * narrow,
    )
    _write(sheet, look, (vx, rows[1] + vy), printed_validity(person))
    truth = {
        "authority": person.authority,
        "valid_from": person.valid_from,
        "valid_until": person.valid_until,
    }
    return Specimen(KIND, "emblem", _stamped(sheet, look), truth)


def _stamped(sheet: _Sheet, look: _Template) -> Image:
    sheet.text((68.0, 51.6), "样本 SPECIMEN", _Pen(look.captions, 1.8, (190, 60, 60)))
    soft = look.rng.choice((0.0, 0.0, 0.6, 0.9))
    if soft:
        sheet.picture = sheet.picture.filter(ImageFilter.GaussianBlur(soft))
    return sheet.finished()


def _paper(rng: random.Random, *, held: bool) -> Image:
    """One of a few papers, with fresh grain; RGB."""
    style = rng.randrange(10)
    noise = np.random.default_rng(rng.randrange(1 << 32))
    grain = noise.normal(0, rng.uniform(0.5, 3), _pattern(style, held=held).shape[:2])
    return np.asarray(np.clip(_pattern(style, held=held) + grain[:, :, None], 0, 255), np.uint8)


@lru_cache(maxsize=20)
def _pattern(style: int, *, held: bool) -> NDArray[np.float32]:
    """A gradient below rosettes of fine lines."""
    rng = random.Random(f"pattern {style} {held}")
    height, width = round(_HEIGHT_MM * _PX_PER_MM), round(_WIDTH_MM * _PX_PER_MM)
    noise = np.random.default_rng(rng.randrange(1 << 32))
    tones = noise.uniform(205, 250, (3, 4, 3)).astype(np.float32)
    paper = np.asarray(cv2.resize(tones, (width, height), interpolation=cv2.INTER_CUBIC))
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    strength = rng.uniform(4, 16)
    for _ in range(rng.randint(1, 4)):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        far, turn = np.hypot(across - x, down - y), np.arctan2(down - y, across - x)
        waves = np.sin(far / rng.uniform(5, 12) + rng.randint(3, 14) * turn)
        paper -= (strength * np.clip(waves, 0, 1) ** 4)[:, :, None] * noise.uniform(0.3, 1, 3)
    return np.asarray(paper, np.float32)


def _face(sheet: _Sheet, rng: random.Random) -> None:
    """A portrait of nobody: head and shoulders of flat colours, with some hair."""
    left, top = 55.0 + rng.uniform(-1, 1), 9.0 + rng.uniform(-1, 1)
    width, height = rng.uniform(21, 25), rng.uniform(27, 31)
    picture = Pillow.new("RGB", (round(width * _PX_PER_MM), round(height * _PX_PER_MM)))
    draw = ImageDraw.Draw(picture)
    w, h = picture.size
    ground = rng.choice(((250, 250, 250), (225, 235, 245), (200, 210, 220)))
    draw.rectangle((0, 0, w, h), fill=ground)
    coat = tuple(rng.randint(20, 160) for _ in range(3))
    draw.ellipse((-0.1 * w, 0.72 * h, 1.1 * w, 1.5 * h), fill=coat)
    skin = (rng.randint(190, 235), rng.randint(150, 190), rng.randint(120, 160))
    draw.rectangle((0.4 * w, 0.6 * h, 0.6 * w, 0.8 * h), fill=skin)
    draw.ellipse((0.25 * w, 0.12 * h, 0.75 * w, 0.68 * h), fill=(25, 22, 20))
    draw.ellipse((0.29 * w, 0.2 * h, 0.71 * w, 0.7 * h), fill=skin)
    for x in (0.41, 0.59):
        draw.ellipse((x * w - 8, 0.42 * h - 5, x * w + 8, 0.42 * h + 5), fill=(30, 25, 25))
    draw.line((0.44 * w, 0.6 * h, 0.56 * w, 0.6 * h), fill=(150, 70, 70), width=5)
    sheet.picture.paste(picture, (round(left * _PX_PER_MM), round(top * _PX_PER_MM)))


def _emblem(sheet: _Sheet, look: _Template, at: tuple[float, float]) -> None:
    draw = ImageDraw.Draw(sheet.picture)
    x, y = at[0] * _PX_PER_MM, at[1] * _PX_PER_MM
    side = 15 * _PX_PER_MM
    draw.ellipse((x, y, x + side, y + side), fill=(196, 40, 36))
    draw.ellipse((x + 20, y + 20, x + side - 20, y + side - 20), outline=(240, 200, 90), width=10)
    sheet.text((at[0] + 4, at[1] + 7.5), "样", _Pen(look.title, 7, (245, 210, 100)))
