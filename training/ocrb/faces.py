"""Finds the type faces to learn from and cuts their letters out once, as pictures of one height."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
#: Height of a capital letter in the pictures.
CAP_PX: Final = 28
#: Room above and below a capital letter, for what hangs over.
ROOM_PX: Final = 10

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Face:
    """A type face: its file, how often it is drawn, and the Debian package that brings it."""

    file: str
    weight: float
    package: str


#: What machine-readable lines are printed in, first of all; then what else specimens and identity
#: numbers are found in. The sharp cut of OCR-B and four other faces are kept back for testing.
TRAINED: Final = (
    Face("OCRB.otf", 50, "fonts-ocr-b"),
    Face("OCRBL.otf", 4, "fonts-ocr-b"),
    Face("LiberationMono-Regular.ttf", 4, "fonts-liberation"),
    Face("LiberationMono-Bold.ttf", 3, "fonts-liberation"),
    Face("DejaVuSansMono.ttf", 4, "fonts-dejavu"),
    Face("DejaVuSansMono-Bold.ttf", 3, "fonts-dejavu"),
    Face("NimbusMonoPS-Bold.otf", 4, "fonts-urw-base35"),
    Face("NimbusMonoPS-Regular.otf", 2, "fonts-urw-base35"),
    Face("OCRA.ttf", 3, "fonts-ocr-a"),
    Face("NotoMono-Regular.ttf", 2, "fonts-noto-mono"),
    Face("Hack-Regular.ttf", 2, "fonts-hack"),
    Face("Hack-Bold.ttf", 1, "fonts-hack"),
    Face("Inconsolata.otf", 1, "fonts-inconsolata"),
    Face("Courier Prime Sans Bold.otf", 1, "fonts-courier-prime"),
    Face("TlwgMono-Bold.ttf", 1, "fonts-tlwg-mono-ttf"),
    Face("GNUTypewriter.ttf", 1, "fonts-gnutypewriter"),
    Face("Anonymous Pro.ttf", 1, "fonts-anonymous-pro"),
    Face("LiberationSans-Regular.ttf", 2, "fonts-liberation"),
    Face("LiberationSans-Bold.ttf", 2, "fonts-liberation"),
    Face("DejaVuSans.ttf", 2, "fonts-dejavu"),
    Face("NimbusSans-Regular.otf", 1, "fonts-urw-base35"),
    Face("NotoSansCJK-Regular.ttc", 3, "fonts-noto-cjk"),
    Face("NotoSansCJK-Bold.ttc", 3, "fonts-noto-cjk"),
    Face("Jura-Medium.otf", 1, "fonts-jura"),
)
HELD_BACK: Final = (
    Face("OCRBS.otf", 6, "fonts-ocr-b"),
    Face("FreeMonoBold.ttf", 1, "fonts-freefont-ttf"),
    Face("texgyrecursor-bold.otf", 1, "fonts-texgyre"),
    Face("B612Mono-Regular.otf", 1, "fonts-b612"),
    Face("JetBrainsMono-Regular.ttf", 1, "fonts-jetbrains-mono"),
)


class FaceMissing(Exception):
    """A type face that the recipe names is not installed; the text says what to install."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The letters of one face: masks of one height, 255 where there is ink, with their advances."""

    masks: dict[str, Grey]
    #: Where each mask's left edge lies from the start of its advance.
    lefts: dict[str, float]
    advances: dict[str, float]
    #: Middle of the advances: the pitch of an even-spaced face.
    pitch: float


def find(face: Face, folders: list[Path]) -> Path:
    """Look for a face's file.

    Raises:
        FaceMissing: it is in none of the folders.
    """
    for folder in folders:
        for path in sorted(folder.rglob(face.file)):
            return path
    message = f"{face.file} is not installed; the Debian package {face.package} brings it"
    raise FaceMissing(message)


def cut_glyphs(path: Path) -> Glyphs:
    """Draw every letter of the alphabet once, so that capitals are `CAP_PX` high."""
    probe = ImageFont.truetype(str(path), 200)
    top, bottom = probe.getbbox("H", anchor="ls")[1::2]
    font = ImageFont.truetype(str(path), round(200 * CAP_PX / (bottom - top)))
    masks: dict[str, Grey] = {}
    lefts: dict[str, float] = {}
    advances: dict[str, float] = {}
    for letter in ALPHABET:
        left, _, right, _ = font.getbbox(letter, anchor="ls")
        width = max(1, round(right - left) + 4)
        sheet = Image.new("L", (width, CAP_PX + 2 * ROOM_PX), 0)
        pen = ImageDraw.Draw(sheet)
        pen.text((2 - left, CAP_PX + ROOM_PX), letter, fill=255, font=font, anchor="ls")
        masks[letter] = np.asarray(sheet, np.uint8)
        lefts[letter] = left - 2
        advances[letter] = float(font.getlength(letter))
    return Glyphs(masks, lefts, advances, float(np.median(list(advances.values()))))
