"""What to say to somebody who holds a card: one hint at a time, the most important first.

The order of the hints, their bounds and times are those of the capture rules CAP01 to CAP13.
"""

from dataclasses import dataclass, replace
from typing import Final

from pos_client.model.view import Phase

WRONG_DOCUMENT: Final = "CAP11"
THIS_IS_EMBLEM: Final = "CAP09"
THIS_IS_PORTRAIT: Final = "CAP10"
TOO_FAR: Final = "CAP01"
TOO_NEAR: Final = "CAP02"
TILTED: Final = "CAP03"
CUT_OFF: Final = "CAP04"
GLARE: Final = "CAP05"
DARK: Final = "CAP06"
BRIGHT: Final = "CAP07"
MOVING: Final = "CAP08"
WAY_OUT: Final = "CAP13"

#: Hints about the card itself: no picture of it, however good, is the one that is wanted.
MISMATCHES: Final = frozenset({WRONG_DOCUMENT, THIS_IS_EMBLEM, THIS_IS_PORTRAIT})

#: Seconds that a hint stays before another may take its place.
SHOWN_S: Final = 1.2
#: Seconds that the card has to lie still: the time of one turn of the ring.
RING_S: Final = 0.6
#: Seconds without success after which the way out is offered.
WAY_OUT_S: Final = 12.0

#: Seconds that a fault lasts before it is spoken of. A hand that is just arriving is no fault,
#: and a card that is read at once needs no advice on its tilt.
_PATIENCE_S: Final = 0.5
_PATIENCE_WITH_S: Final = {
    WRONG_DOCUMENT: 0.15,
    THIS_IS_EMBLEM: 0.15,
    THIS_IS_PORTRAIT: 0.15,
    MOVING: 1.0,
}

_LEAST_FILLED: Final = 0.55
_MOST_FILLED: Final = 0.98
_HANGS_OUT: Final = 0.80
_MOST_TILT_DEG: Final = 12.0
_LEAST_BRIGHTNESS: Final = 50.0
_MOST_CLIPPED: Final = 0.05
_MOST_GLARE: Final = 0.01


@dataclass(frozen=True, slots=True)
class CardSeen:
    """The card in the picture: see `Quality` and `quality.py` for the figures.

    `mismatch` is one of MISMATCHES where it is not the side or the document that is wanted.
    """

    filled: float
    cut_off: bool
    tilt_deg: float
    glare: float
    mismatch: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame in the eyes of the guidance. `quiet_s` is for how long nothing has moved."""

    brightness: float
    clipped: float
    quiet_s: float | None
    card: CardSeen | None = None


def fault_in(seen: Seen) -> str | None:
    """Name what is most in the way of a good picture, or None where nothing is."""
    card = seen.card
    if card is None:
        return _light(seen)
    return card.mismatch or _place(card) or _light(seen) or _surface(seen, card)


def _place(card: CardSeen) -> str | None:
    if card.cut_off:
        return TOO_NEAR if card.filled > _HANGS_OUT else CUT_OFF
    if card.filled < _LEAST_FILLED:
        return TOO_FAR
    if card.filled > _MOST_FILLED:
        return TOO_NEAR
    return TILTED if card.tilt_deg > _MOST_TILT_DEG else None


def _light(seen: Seen) -> str | None:
    if seen.brightness < _LEAST_BRIGHTNESS:
        return DARK
    return BRIGHT if seen.clipped > _MOST_CLIPPED else None


def _surface(seen: Seen, card: CardSeen) -> str | None:
    if card.glare > _MOST_GLARE:
        return GLARE
    return MOVING if seen.quiet_s is None else None


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is said about one side at this moment. Times are seconds of one monotonic clock.

    `begun` is when somebody first did something in front of the camera; until then nobody waits.
    """

    phase: Phase = Phase.SEARCH
    hint: str | None = None
    steady: float = 0.0
    begun: float | None = None
    hint_since: float = 0.0
    fault: str | None = None
    fault_since: float = 0.0

    def after(self, seen: Seen, at: float) -> "Guidance":
        """Return the guidance once a frame was seen at `at`."""
        begun = self.begun
        if begun is None and (seen.card is not None or seen.quiet_s is None):
            begun = at
        fault = fault_in(seen)
        known = replace(
            self,
            begun=begun,
            fault=fault,
            fault_since=self.fault_since if fault == self.fault else at,
        )
        hint = _next_hint(known, at)
        since = self.hint_since if hint == self.hint else at
        phase, steady = _phase(seen, fault, hint)
        return replace(known, phase=phase, steady=steady, hint=hint, hint_since=since)

    def waiting_s(self, at: float) -> float:
        """Return for how long somebody has been trying to show this side."""
        return 0.0 if self.begun is None else at - self.begun


def _next_hint(guidance: Guidance, at: float) -> str | None:
    """Keep a hint until it could be read, then follow what is the matter now."""
    shown, fault = guidance.hint, guidance.fault
    if shown is not None and at - guidance.hint_since < SHOWN_S:
        return shown
    if guidance.waiting_s(at) >= WAY_OUT_S and fault not in MISMATCHES:
        return WAY_OUT
    if fault is None or fault == shown:
        return fault
    patient_s = _PATIENCE_WITH_S.get(fault, _PATIENCE_S)
    return fault if at - guidance.fault_since >= patient_s else None


def _phase(seen: Seen, fault: str | None, hint: str | None) -> tuple[Phase, float]:
    if seen.card is None:
        return (Phase.ADJUST if hint in {DARK, BRIGHT} else Phase.SEARCH), 0.0
    if fault is None and seen.quiet_s is not None:
        return Phase.STEADY, min(1.0, seen.quiet_s / RING_S)
    return (Phase.ADJUST if hint is not None else Phase.FOUND), 0.0
