"""The colours and sizes everything is painted with; contrasts are held by a test."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """What a coloured thing says; it always comes with an icon of its own shape and a word."""

    PLAIN = "plain"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme as `#RRGGBB`; a `_plate` is the ground its colour is read on."""

    dark: bool
    text: str
    muted: str
    page: str
    card: str
    hairline: str
    border: str
    focus: str
    primary: str
    primary_lit: str
    on_primary: str
    info: str
    info_plate: str
    ok: str
    ok_plate: str
    warn: str
    warn_plate: str
    stop: str
    stop_plate: str
    calm: str
    calm_plate: str
    off: str
    off_plate: str
    selected: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Return (colour, plate) of a tone."""
        pairs = {
            Tone.PLAIN: (self.text, self.card),
            Tone.INFO: (self.info, self.info_plate),
            Tone.OK: (self.ok, self.ok_plate),
            Tone.WARN: (self.warn, self.warn_plate),
            Tone.STOP: (self.stop, self.stop_plate),
            Tone.CALM: (self.calm, self.calm_plate),
        }
        return pairs[tone]


LIGHT: Final = Tokens(
    dark=False,
    text="#1B1F24",
    muted="#57606A",
    page="#F4F6F8",
    card="#FFFFFF",
    hairline="#D0D7DE",
    border="#6E7781",
    focus="#0B5CAD",
    primary="#0B5CAD",
    primary_lit="#094B8E",
    on_primary="#FFFFFF",
    info="#0B4F94",
    info_plate="#E4F0FB",
    ok="#0F6B3A",
    ok_plate="#E6F4EA",
    warn="#7A4B00",
    warn_plate="#FFF4D6",
    stop="#A3141D",
    stop_plate="#FDECEC",
    calm="#3D4852",
    calm_plate="#E5E9ED",
    off="#57606A",
    off_plate="#EDF0F3",
    selected="#D6E8FA",
)

DARK: Final = Tokens(
    dark=True,
    text="#E6EDF3",
    muted="#9BA7B4",
    page="#12161C",
    card="#1B222B",
    hairline="#323C47",
    border="#7D8895",
    focus="#6CB2FF",
    primary="#6CB2FF",
    primary_lit="#93C7FF",
    on_primary="#0B1A2B",
    info="#9CCBFF",
    info_plate="#10283F",
    ok="#5CD692",
    ok_plate="#12301F",
    warn="#FFC658",
    warn_plate="#3A2A05",
    stop="#FF9A9A",
    stop_plate="#3D1214",
    calm="#C3CCD5",
    calm_plate="#2A333D",
    off="#9BA7B4",
    off_plate="#222A33",
    selected="#1D3A57",
)

#: Sizes in device-independent pixels.
TEXT_PX: Final = 15
SMALL_PX: Final = 14
VALUE_PX: Final = 18
TITLE_PX: Final = 24
HINT_PX: Final = 28
BIG_PX: Final = 34
BUTTON_PX: Final = 36
FIELD_PX: Final = 44
GAP_PX: Final = 8
RING_PX: Final = 2

#: Ground of any text over the camera picture: black, 85 % solid.
PLATE_ALPHA: Final = 217
