"""Type faces that no specimen is drawn with: Song, Kai and Hei cuts from other Debian packages."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_FONTS: Final = Path("/usr/share/fonts")
_NO_GLYPH: Final = "\U0010ffff"
#: What to install where nothing is found.
PACKAGES: Final = (
    "fonts-wqy-zenhei fonts-wqy-microhei fonts-arphic-ukai fonts-arphic-uming "
    "fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-lxgw-wenkai fonts-noto-cjk-extra"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut of a type face: its file under the system's fonts, and the index inside it."""

    style: str
    file: str
    index: int = 0


#: What mistakes may be looked at with: no more of these faces is in the judged set.
PRACTICE_VALUES: Final = (
    Cut("song", "truetype/arphic/uming.ttc", 0),
    Cut("song", "opentype/noto/NotoSerifCJK-Medium.ttc", 2),
    Cut("kai", "truetype/arphic-gkai00mp/gkai00mp.ttf"),
    Cut("kai", "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
    Cut("hei", "truetype/wqy/wqy-zenhei.ttc", 0),
    Cut("hei", "opentype/noto/NotoSansCJK-DemiLight.ttc", 2),
)
PRACTICE_CAPTIONS: Final = (
    Cut("hei", "truetype/wqy/wqy-zenhei.ttc", 0),
    Cut("song", "opentype/noto/NotoSerifCJK-Medium.ttc", 2),
)
PRACTICE_NUMBERS: Final = (
    Cut("ocr-b", "opentype/ocr-b/OCRB.otf"),
    Cut("mono", "truetype/dejavu/DejaVuSansMono.ttf"),
    Cut("hei", "truetype/wqy/wqy-zenhei.ttc", 2),
)
#: What the reader is judged by.
HELD_VALUES: Final = (
    Cut("song", "truetype/arphic-gbsn00lp/gbsn00lp.ttf"),
    Cut("song", "opentype/noto/NotoSerifCJK-SemiBold.ttc", 2),
    Cut("kai", "truetype/arphic/ukai.ttc", 0),
    Cut("kai", "truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf"),
    Cut("hei", "truetype/wqy/wqy-microhei.ttc", 0),
    Cut("hei", "opentype/noto/NotoSansCJK-Medium.ttc", 2),
)
HELD_CAPTIONS: Final = (
    Cut("hei", "truetype/wqy/wqy-microhei.ttc", 0),
    Cut("hei", "opentype/noto/NotoSansCJK-Medium.ttc", 2),
    Cut("kai", "truetype/arphic/ukai.ttc", 0),
)
HELD_NUMBERS: Final = (
    Cut("ocr-b", "opentype/ocr-b/OCRBS.otf"),
    Cut("hei", "truetype/wqy/wqy-microhei.ttc", 0),
    Cut("mono", "truetype/dejavu/DejaVuSansMono-Bold.ttf"),
    Cut("sans", "truetype/dejavu/DejaVuSans.ttf"),
)


def there(cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Those of the cuts that are installed; all of them are wanted, some will do.

    Raises:
        FileNotFoundError: none is, with what to install.
    """
    found = tuple(cut for cut in cuts if (_FONTS / cut.file).is_file())
    if not found:
        advice = f"apt-get install {PACKAGES}"
        raise FileNotFoundError(advice)
    return found


@lru_cache(maxsize=128)
def font(cut: Cut, size_px: int) -> ImageFont.FreeTypeFont:
    """Load a cut at one size."""
    return ImageFont.truetype(str(_FONTS / cut.file), size_px, index=cut.index)


@lru_cache(maxsize=8192)
def draws(cut: Cut, character: str) -> bool:
    """Tell whether a cut has the character."""
    probe = font(cut, 32)
    return bytes(probe.getmask(character)) != bytes(probe.getmask(_NO_GLYPH))


def drawable(cut: Cut, text: str) -> bool:
    """Tell whether a cut has all characters."""
    return all(draws(cut, each) for each in text)
