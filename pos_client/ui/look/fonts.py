"""Which typefaces are used: Chinese first, and digits that cannot be mistaken for letters."""

from typing import Final

from PySide6.QtGui import QFont

from pos_client.ui.look.tokens import TEXT_PX, VALUE_PX

#: Debian, Windows, macOS, and whatever there is.
FAMILIES: Final = [
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans",
    "DejaVu Sans",
]

#: Same width for every digit, a marked zero, 1 unlike I.
NUMBER_FAMILIES: Final = [
    "DejaVu Sans Mono",
    "Cascadia Mono",
    "Consolas",
    "Menlo",
    "Noto Sans Mono CJK SC",
]


def text_font(pixels: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """Return the face for words."""
    return _font(FAMILIES, pixels, bold=bold)


def number_font(pixels: int = VALUE_PX, *, bold: bool = False) -> QFont:
    """Return the face for numbers; Chinese characters in it come from the face for words."""
    return _font(NUMBER_FAMILIES + FAMILIES, pixels, bold=bold)


def _font(families: list[str], pixels: int, *, bold: bool) -> QFont:
    font = QFont(families)
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font
