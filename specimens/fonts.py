"""Finds the type faces for the drawings, and says which package to install if one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_NO_GLYPH: Final = "\U0010ffff"
_ROOT: Final = Path(__file__).resolve().parent.parent

DIRECTORIES: Final = (
    _ROOT / "resources" / "fonts",
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/opentype/ocr-b"),
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/local/share/fonts"),
    Path("C:/Windows/Fonts"),
)


class FontMissing(Exception):
    """No file of a needed type face was found; ``advice`` says what to install."""

    code = "SPECIMEN-FONT"

    def __init__(self, face: str, package: str) -> None:
        """Name the face and the Debian package that brings it."""
        self.title = f"The type face for {face} is not installed"
        self.advice = (
            f"Install the Debian package {package}, or put the font file into resources/fonts"
        )
        super().__init__(f"{self.title}. {self.advice}.")


@dataclass(frozen=True, slots=True)
class Face:
    """A type face: the files that may hold it, best first, with the index inside each."""

    name: str
    package: str
    files: tuple[tuple[str, int], ...]


SANS: Final = Face(
    "Chinese sans",
    "fonts-noto-cjk",
    (
        ("NotoSansCJK-Regular.ttc", 2),
        ("NotoSansSC-Regular.otf", 0),
        ("msyh.ttc", 0),
        ("simhei.ttf", 0),
    ),
)
SANS_BOLD: Final = Face(
    "Chinese sans bold",
    "fonts-noto-cjk",
    (("NotoSansCJK-Bold.ttc", 2), ("NotoSansSC-Bold.otf", 0), ("msyhbd.ttc", 0), ("simhei.ttf", 0)),
)
SERIF: Final = Face(
    "Chinese serif",
    "fonts-noto-cjk",
    (("NotoSerifCJK-Regular.ttc", 2), ("NotoSerifSC-Regular.otf", 0), ("simsun.ttc", 0)),
)
SERIF_BOLD: Final = Face(
    "Chinese serif bold",
    "fonts-noto-cjk",
    (("NotoSerifCJK-Bold.ttc", 2), ("NotoSerifSC-Bold.otf", 0), ("simsun.ttc", 0)),
)
KOREAN: Final = Face(
    "Korean sans",
    "fonts-noto-cjk",
    (("NotoSansCJK-Regular.ttc", 1), ("malgun.ttf", 0)),
)
OCR_B: Final = Face("OCR-B", "fonts-ocr-b", (("OCRB.otf", 0), ("OCRB.ttf", 0), ("OCR-B.ttf", 0)))
OCR_B_SHARP: Final = Face("OCR-B, sharp cut", "fonts-ocr-b", (("OCRBS.otf", 0),))
MONO: Final = Face(
    "even-spaced", "fonts-dejavu-core", (("DejaVuSansMono.ttf", 0), ("consola.ttf", 0))
)

CHINESE: Final = (SANS, SERIF, SANS_BOLD, SERIF_BOLD)


@lru_cache(maxsize=64)
def _locate(face: Face) -> tuple[Path, int]:
    for name, index in face.files:
        for directory in DIRECTORIES:
            if (directory / name).is_file():
                return directory / name, index
    raise FontMissing(face.name, face.package)


@lru_cache(maxsize=256)
def font(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """Load one face at one em size.

    Raises:
        FontMissing: none of the face's files is on this machine.
    """
    path, index = _locate(face)
    return ImageFont.truetype(str(path), size_px, index=index)


@lru_cache(maxsize=4096)
def has_glyph(face: Face, character: str) -> bool:
    """Tell whether the face can draw the character instead of an empty box."""
    probe = font(face, 40)
    return bytes(probe.getmask(character)) != bytes(probe.getmask(_NO_GLYPH))


def face_that_draws(text: str, wanted: Face) -> Face:
    """Give the wanted face, or the first Chinese face that has every character of the text.

    Raises:
        FontMissing: no installed face draws the whole text.
    """
    for face in (wanted, *CHINESE):
        if all(has_glyph(face, character) for character in text):
            return face
    raise FontMissing("rare Chinese characters", "fonts-noto-cjk")
