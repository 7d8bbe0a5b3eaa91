"""Learns how sharp a camera can be, so that nobody is asked for more than it can give."""

import math
from dataclasses import dataclass, replace
from typing import Final

#: Distances are told apart in steps of this ratio.
_STEP: Final = 1.15
#: This much worse than the camera's best is as good as its best.
_AS_GOOD: Final = 1.15
#: So many looks at a still card before the camera is believed to be no better than it was.
ENOUGH_LOOKS: Final = 40
_ENOUGH_HERE: Final = 5


@dataclass(frozen=True, slots=True)
class Focus:
    """The best blur seen at each distance, millimetres on the card; nothing about any customer.

    A webcam with fixed focus is sharp from an arm's length on and blurred nearer by; one with
    autofocus is sharp anywhere, after a second. Both are told apart by what they have shown.
    """

    bests: tuple[tuple[int, float], ...] = ()
    looks: tuple[tuple[int, int], ...] = ()

    def after(self, px_per_mm: float, blur_mm: float) -> "Focus":
        """Return what is known once a still card was seen like this."""
        at = _distance(px_per_mm)
        bests, looks = dict(self.bests), dict(self.looks)
        bests[at] = min(blur_mm, bests.get(at, blur_mm))
        looks[at] = looks.get(at, 0) + 1
        return replace(self, bests=tuple(sorted(bests.items())), looks=tuple(sorted(looks.items())))

    def bearable(self, need_mm: float) -> float:
        """Return the blur that may be asked for: what reading needs, or the best there will be."""
        if sum(count for _, count in self.looks) < ENOUGH_LOOKS:
            return need_mm
        return max(need_mm, _AS_GOOD * min(blur for _, blur in self.bests))

    def sharper_when(self, px_per_mm: float, blur_mm: float) -> str | None:
        """Say whether the card was clearly sharper `nearer` or `farther`; None where unknown."""
        here, looks = _distance(px_per_mm), dict(self.looks)
        seen = [each for each in self.bests if looks[each[0]] >= _ENOUGH_HERE]
        if not seen:
            return None
        at, best = min(seen, key=lambda each: each[1])
        if at == here or best * _AS_GOOD > blur_mm:
            return None
        return "nearer" if at > here else "farther"


def _distance(px_per_mm: float) -> int:
    return round(math.log(max(px_per_mm, 0.1)) / math.log(_STEP))
