"""Draws a schematic specimen of any kind of document from its declaration and the values on it.

A new kind needs no drawing code: its declaration says where captions and values stand, a file of
values (`specimens/truth/CODE.json`) whose they are. Everybody in them is invented.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specimens.faces import draw_face
from specimens.fonts import CHINESE, KOREAN, OCR_B, SANS, SANS_BOLD, Face, has_glyph
from specimens.paint import BLUE, INK, Pen, Sheet, px, security_paper, text_width, wrapped
from specimens.specimen import Specimen

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUTH: Final = Path(__file__).parent / "truth"
DECLARATIONS: Final = Path(__file__).parent.parent / "resources" / "documents"

Box = tuple[float, float, float, float]

#: Cards are printed small; a page has larger print. Em sizes in millimetres.
_LARGEST_VALUE: Final = 3.4
_LARGEST_ON_PAGES: Final = 5.2
_PAGE_MM: Final = 150.0
#: Values stand a little aside from where the declaration has them, as on real cards.
_SHIFT_MM: Final = 0.35
_VALUE_OF_ROW: Final = 0.74


@dataclass(frozen=True, slots=True)
class Holder:
    """One side of one invented document: field name to value, and how a value is printed.

    `printed` is what stands on the card where that differs from the value; a line break breaks
    the line, and an empty text leaves the place empty (two fields of one print).
    """

    side: str
    values: dict[str, str]
    printed: dict[str, str]


def declarations(folder: Path = DECLARATIONS) -> dict[str, Path]:
    """Give the declaration files of a folder by the code of their kind."""
    return {
        json.loads(file.read_text(encoding="utf-8"))["code"]: file
        for file in sorted(folder.glob("*.json"))
    }


def holders(truth: Path) -> tuple[Holder, ...]:
    """Read a file of values: a list of sides, each with its fields as text or value and print."""
    return tuple(map(_holder, json.loads(truth.read_text(encoding="utf-8"))))


def specimens_of(
    code: str, *, seed: int, declaration: Path | None = None, truth: Path | None = None
) -> Iterator[Specimen]:
    """Draw every side that the file of values of a kind has.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    file = declaration or DECLARATIONS / f"{code}.json"
    kind = json.loads(file.read_text(encoding="utf-8"))
    for place, holder in enumerate(holders(truth or TRUTH / f"{code}.json")):
        yield draw_declared(kind, holder, seed=seed + place)


def draw_declared(kind: dict[str, Any], holder: Holder, *, seed: int) -> Specimen:
    """Draw one side: captions and values where the declaration has them, give or take a little."""
    rng = random.Random(f"declared {kind['code']} {seed}")
    size = kind["width_mm"], kind["height_mm"]
    side = next(each for each in kind["sides"] if each["side"] == holder.side)
    sheet = Sheet(security_paper(*size, rng.randrange(12)))
    if "photo" in side:
        left, top, width, height = side["photo"]
        picture, mask = draw_face(px(width), px(height), seed)
        sheet.paste(picture, (left, top), mask)
    caption = Pen(rng.choice((SANS, SANS_BOLD)), 1.0, rng.choice((BLUE, INK)))
    for anchor in side["anchors"]:
        _caption(sheet, anchor["text"], tuple(anchor["box"]), caption)
    value = Pen(rng.choice(CHINESE), 1.0, INK)
    largest = _LARGEST_ON_PAGES if size[0] > _PAGE_MM else _LARGEST_VALUE
    shift = rng.uniform(-_SHIFT_MM, _SHIFT_MM), rng.uniform(-_SHIFT_MM, _SHIFT_MM)
    for field in side["fields"]:
        words = holder.printed.get(field["name"], holder.values.get(field["name"], ""))
        if words and "box" in field:
            pen = replace(value, face=OCR_B) if _in_ocr_b(field) else value
            _value(sheet, words, field, pen, (largest, *shift))
    sheet.specimen_corner((size[0] - 16.5, size[1] - 2.6))
    truth = {name: value for name, value in holder.values.items() if value}
    corner = 3.18 if size[0] < _PAGE_MM else 0.5
    return Specimen(kind["code"], holder.side, sheet.finished(), truth, corner_mm=corner)


def _holder(entry: dict[str, Any]) -> Holder:
    values: dict[str, str] = {}
    printed: dict[str, str] = {}
    for name, given in entry["fields"].items():
        values[name] = given if isinstance(given, str) else given["value"]
        if not isinstance(given, str):
            printed[name] = given["printed"]
    return Holder(entry["side"], values, printed)


def _in_ocr_b(field: dict[str, Any]) -> bool:
    """Chinese cards have their number in OCR-B, and so have most others."""
    return field["type"] in {"cn_id18", "number"}


def _caption(sheet: Sheet, words: str, box: Box, pen: Pen) -> None:
    """A caption fills its box: Chinese spread over it, Latin as large as fits."""
    face = _face_for(words, pen.face)
    if face is None:
        return  # a script that no installed face has; the reader does not know it either
    left, top, width, height = box
    pen = replace(pen, face=face, size=height)
    spread = (width - height) / (len(words) - 1) if len(words) > 1 else 0.0
    if not words.isascii() and spread >= height * 0.9:
        sheet.spaced((left, top), words, pen, spread)
        return
    wide = text_width(words, pen)
    sheet.text(
        (left, top), words, pen if wide <= width else replace(pen, size=height * width / wide)
    )


def _value(
    sheet: Sheet, words: str, field: dict[str, Any], pen: Pen, largest: tuple[float, float, float]
) -> None:
    left, top, width, height = field["box"]
    lines = field.get("lines", 1)
    row = height / max(lines, words.count("\n") + 1)
    face = _face_for(words, pen.face)
    if face is None:
        return
    pen = replace(pen, face=face, size=min(row * _VALUE_OF_ROW, largest[0]))
    broken = [part for line in words.split("\n") for part in _broken(line, pen, width)]
    widest = max(text_width(line, pen) for line in broken)
    if widest > width:
        pen = replace(pen, size=pen.size * width / widest)
    for at, line in enumerate(broken):
        y = top + row * at + (row - pen.size) / 2
        sheet.text((left + 0.4 + largest[1], y + largest[2]), line, pen)


def _broken(line: str, pen: Pen, width: float) -> list[str]:
    """Chinese breaks anywhere; Latin stays on its line and gets smaller."""
    return [line] if line.isascii() else wrapped(line, pen, width)


def _face_for(words: str, wanted: Face) -> Face | None:
    """The wanted face, or one that has all the characters; None where no face has them."""
    for face in (wanted, *CHINESE, SANS, KOREAN):
        if all(has_glyph(face, each) for each in words if not each.isspace()):
            return face
    return None
