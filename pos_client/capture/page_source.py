"""The frame from which the lines of a page are cut, where it was straightened only roughly."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.geometry import move
from pos_client.capture.lighting import brightened
from pos_client.capture.lines import ReadLine, cut, read_cuts


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The frame from which lines are cut, where a picture was straightened only roughly.

    `across` (3 x 3) leads from pixels of that picture to those of the frame (BGR); `gain` is how
    many times as bright the frame would be in good light.
    """

    pixels: Pixels
    across: Floats
    gain: float

    def read(self, engine: TextEngine, lines: Sequence[TextLine]) -> list[ReadLine]:
        """Read lines of the straightened picture."""
        cuts = [cut(self.pixels, move(self.across, line.quad)) for line in lines]
        return read_cuts(engine, [brightened(each, self.gain) for each in cuts], lines)
