"""Signs that a picture does not show an original card: advice for a person, never a verdict."""

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What was looked for."""

    #: A fine regular pattern all over the card: the dots of a printer or of a screen.
    RASTER = "raster"
    #: A fine pattern whose red, green and blue lie side by side: the dots of a screen.
    SCREEN = "screen"
    #: No colour of its own anywhere: a copy in black and white.
    GREY = "grey"
    #: The camera delivered this very picture before, for another customer.
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One sign with its strength; `suspected` says whether it is beyond what originals show.

    `score` grows with suspicion, on a scale of its own for each sign: see `bench/originality.md`.
    """

    sign: Sign
    score: float
    suspected: bool
