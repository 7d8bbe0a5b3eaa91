"""The type faces to learn from. Those that the bench keeps back are not among them."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_FONTS: Final = Path("/usr/share/fonts")
_NO_GLYPH: Final = "\U0010ffff"
_PROBE_PX: Final = 32


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of a type face: its file, how often it is drawn, the Debian package that brings it."""

    file: str
    index: int
    weight: float
    package: str

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """Load it at one size."""
        return _load(self.file, self.index, size_px)

    def has(self, character: str) -> bool:
        """Tell whether it has a character."""
        return _has(self, character)


_NOTO: Final = "opentype/noto/Noto{}CJK-{}.ttc"
HAN: Final = (
    *(
        Face(_NOTO.format(family, cut), 2, weight, "fonts-noto-cjk fonts-noto-cjk-extra")
        for family, cuts in (
            ("Serif", (("Regular", 2.0), ("Medium", 2.0), ("Bold", 1.5), ("Light", 0.7))),
            ("Sans", (("Regular", 2.0), ("DemiLight", 1.5), ("Bold", 1.0), ("Light", 0.7))),
        )
        for cut, weight in cuts
    ),
    Face("truetype/arphic/uming.ttc", 0, 2.0, "fonts-arphic-uming"),
    Face("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, 2.5, "fonts-arphic-gkai00mp"),
    Face("truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, 2.0, "fonts-lxgw-wenkai"),
    Face("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0, 0.7, "fonts-lxgw-wenkai"),
    Face("truetype/wqy/wqy-zenhei.ttc", 0, 2.5, "fonts-wqy-zenhei"),
)
LATIN: Final = (
    Face("truetype/dejavu/DejaVuSans.ttf", 0, 1.0, "fonts-dejavu"),
    Face("truetype/dejavu/DejaVuSansMono.ttf", 0, 1.0, "fonts-dejavu"),
    Face("truetype/dejavu/DejaVuSerif.ttf", 0, 1.0, "fonts-dejavu"),
    Face("opentype/ocr-b/OCRB.otf", 0, 1.0, "fonts-ocr-b"),
)


@lru_cache(maxsize=64)
def _load(file: str, index: int, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / file), size_px, index=index)


@cache
def _has(face: Face, character: str) -> bool:
    font = face.at(_PROBE_PX)
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_GLYPH))


@cache
def installed(faces: tuple[Face, ...]) -> tuple[Face, ...]:
    """Those of the faces that are there.

    Raises:
        FileNotFoundError: none is, with what to install.
    """
    found = tuple(face for face in faces if (_FONTS / face.file).is_file())
    if not found:
        packages = " ".join(dict.fromkeys(face.package for face in faces))
        message = f"apt-get install {packages}"
        raise FileNotFoundError(message)
    return found
