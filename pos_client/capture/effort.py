"""Bounds what a search may do in vain: print that imitates documents could keep it busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pos_client.capture.engine import TextLine
from pos_client.capture.lines import ReadLine

#: Where this many lines were read well and say nothing, looking closer will not help.
_LEGIBLE_LINES: Final = 5
_LEGIBLE_CHARS: Final = 6
_LEGIBLE: Final = 0.8
_CLEAR: Final = 0.6

#: So much text is read before giving up, in pixels along lines as the network sees them, 48 high:
#: about a second on two cores. Of 17 cards on pages of print, the one found last took 11,100.
_MOST_READ_PX: Final = 11_500
#: No page holds more: of all kinds a business licence has most print, 4,000. A page of small print
#: that passes for one could be read for a second otherwise.
_MOST_PAGE_PX: Final = 7000
_READ_PX: Final = 48
#: So often may rows turn out to be no zone: text that imitates one takes half a second each time.
_MOST_ZONES: Final = 2


@dataclass(slots=True)
class Effort:
    """What was done so far in vain: text read, pixels along lines, and rows taken for a zone."""

    px: float = 0.0
    zones: int = 0

    @property
    def is_enough(self) -> bool:
        """Tell that no more should be done: print could keep a reader busy for long."""
        return self.px > _MOST_READ_PX or self.zones >= _MOST_ZONES

    def add(self, *lines: TextLine) -> None:
        """Count lines that the slow network reads."""
        self.px += sum(px_to_read(each) for each in lines)


def px_to_read(line: TextLine) -> float:
    """What reading a line costs: pixels along it as the network sees them."""
    return _READ_PX * line.length / max(line.height, 1.0)


def as_many_as_hold(lines: Sequence[TextLine], count: int) -> list[TextLine]:
    """No more of the lines than any document has: so many, and no more print."""
    spent = accumulate(px_to_read(each) for each in lines)
    return [each for each, px in zip(lines, spent, strict=True) if px <= _MOST_PAGE_PX][:count]


def is_overfull(lines: Sequence[TextLine]) -> bool:
    """Tell whether so much is printed that this is no document, whatever its captions say."""
    return sum(px_to_read(each) for each in lines) > _MOST_PAGE_PX


def is_plain(lines: Sequence[ReadLine]) -> bool:
    """Tell whether so much was read well that what these lines do not say, no closer look would."""
    return sum(is_legible(line) for line in lines) >= _LEGIBLE_LINES


def is_clear(line: ReadLine) -> bool:
    """Tell whether a line, however short, was read the right way up."""
    return len(line.chars) > 1 and line.weight > _CLEAR * len(line.chars)


def is_legible(line: ReadLine) -> bool:
    """Tell whether a line was read well."""
    return len(line.chars) >= _LEGIBLE_CHARS and line.weight > _LEGIBLE * len(line.chars)
