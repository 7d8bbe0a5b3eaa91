"""Where the rows of a resident ID card stand, in one script and in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from specimens.fonts import KOREAN, SANS, Face


@dataclass(frozen=True, slots=True)
class Script:
    """Captions of a second script, drawn above the Chinese; ``sample`` stands over the name."""

    face: Face
    name: str
    sex: str
    ethnicity: str
    birth: str
    address: str
    number: str
    authority: str
    validity: str
    sample: str


KOREAN_CAPTIONS: Final = Script(
    face=KOREAN,
    name="성명",
    sex="성별",
    ethnicity="민족",
    birth="출생",
    address="주소",
    number="공민신분번호",
    authority="발급기관",
    validity="유효기한",
    sample="견본",
)
ZHUANG_CAPTIONS: Final = Script(
    face=SANS,
    name="Mingzcoh",
    sex="Singqbied",
    ethnicity="Minzcuz",
    birth="Seng",
    address="Dieg",
    number="Hauhmaj Sonhfwn",
    authority="Gihgvanh",
    validity="Geizhanh",
    sample="",
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Heights of the rows, and the sizes of captions and values, in millimetres."""

    name: float
    sex: float
    birth: float
    address: float
    number: float
    authority: float
    validity: float
    caption: float
    caption_pitch: float
    value: float
    line_pitch: float


PLAIN: Final = Rows(
    name=9.8,
    sex=16.1,
    birth=22.3,
    address=28.6,
    number=44.9,
    authority=38.6,
    validity=45.1,
    caption=2.35,
    caption_pitch=3.7,
    value=2.95,
    line_pitch=4.6,
)
BILINGUAL: Final = Rows(
    name=10.1,
    sex=16.8,
    birth=23.5,
    address=30.1,
    number=46.2,
    authority=39.4,
    validity=45.9,
    caption=1.95,
    caption_pitch=3.55,
    value=2.6,
    line_pitch=4.0,
)

SCRIPTS: Final[dict[str, Script]] = {"朝鲜": KOREAN_CAPTIONS, "壮": ZHUANG_CAPTIONS}
"""Second script by ethnic group."""
