"""What to say to somebody who holds a card: one hint at a time, the most important first.

The order of the hints and their times are those of the capture rules CAP01 to CAP19. Their bounds
were measured: `python3 pos.py bench guidance` shows for each of them where reading starts to fail.
"""

from dataclasses import dataclass, replace
from typing import Final

from pos_client.capture.surface import Surface
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
#: Not sharp: a camera of fixed focus is sharp further away, rarely nearer.
BLURRED: Final = "CAP15"
BLURRED_FAR: Final = "CAP16"
COVERED: Final = "CAP17"
#: The way out where a bar code is looked for: a code that was not scanned cannot be taken.
WAY_OUT_SIM: Final = "CAP18"
TWO_SIMS: Final = "CAP19"

#: Hints about the card itself: no picture of it, however good, is the one that is wanted.
MISMATCHES: Final = frozenset({WRONG_DOCUMENT, THIS_IS_EMBLEM, THIS_IS_PORTRAIT, TWO_SIMS})
WAYS_OUT: Final = frozenset({WAY_OUT, WAY_OUT_SIM})

#: Seconds that a hint stays before another may take its place.
SHOWN_S: Final = 1.2
#: Seconds that the card has to lie still: the time of one turn of the ring.
RING_S: Final = 0.6
#: Seconds without success after which the way out is offered.
WAY_OUT_S: Final = 12.0

#: Seconds that a fault lasts before it is spoken of. A hand that is just arriving is no fault,
#: and a card that is read at once needs no advice on its tilt. A lens takes a second to focus.
_PATIENCE_S: Final = 0.5
_PATIENCE_WITH_S: Final = {
    WRONG_DOCUMENT: 0.15,
    THIS_IS_EMBLEM: 0.15,
    THIS_IS_PORTRAIT: 0.15,
    MOVING: 1.0,
    BLURRED: 1.2,
    BLURRED_FAR: 1.2,
}
#: A hand that trembles under a sharp picture is in nobody's way: the card is being read meanwhile.
_TREMBLING_S: Final = 3.0
#: Seconds that a card counts as lying still, or as merely found, before that may change again.
_PHASE_S: Final = 0.4


@dataclass(frozen=True, slots=True)
class Bound:
    """From where on something is a fault, and where it ends: between them what was said stays."""

    starts: float
    ends: float

    def crossed(self, value: float, *, before: bool) -> bool:
        """Say whether `value` is a fault; `before` whether it has been one."""
        bound = self.ends if before else self.starts
        return value > bound if self.starts >= self.ends else value < bound


#: Measured by the bench; see its table for what lies on either side.
LEAST_SCALE: Final = Bound(2.8, 3.2)
MOST_TILT_DEG: Final = Bound(42.0, 37.0)
LEAST_PAPER: Final = Bound(24.0, 30.0)
MOST_CLIPPED: Final = Bound(0.77, 0.73)
MOST_GLARE: Final = Bound(0.20, 0.15)
MOST_HIDDEN: Final = Bound(0.05, 0.03)
MOST_BLUR_MM: Final = Bound(0.20, 0.17)
#: A blur this much stronger in one direction comes from a movement, not from the focus.
_SMEARED: Final = 1.35
#: Such a blur takes print away sooner, and is measured as less than it is.
_MOST_SMEAR_MM: Final = 0.17
#: Of the frame alone, where no card is found in it.
_LEAST_BRIGHTNESS: Final = Bound(50.0, 60.0)
_MOST_WHITE: Final = Bound(0.5, 0.4)
#: A card that takes more of the frame than this hangs out of it, or is about to.
_MOST_FILLED: Final = Bound(0.98, 0.97)
_HANGS_OUT: Final = 0.80


@dataclass(frozen=True, slots=True)
class CardSeen:
    """The card in the picture.

    Attributes:
        filled: how much of the frame it takes, see `quality.filled`.
        cut_off: whether a corner is outside.
        tilt_deg: how far it leans.
        surface: what can be seen of its print; None while it is on its way.
        mismatch: one of MISMATCHES where it is not the side or the document that is wanted.
        bearable_mm: the blur this camera may be asked for; None for what reading needs.
        sharper: where it is known to be sharper: `nearer`, `farther`, or None.
    """

    filled: float
    cut_off: bool
    tilt_deg: float
    surface: Surface | None = None
    mismatch: str | None = None
    bearable_mm: float | None = None
    sharper: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame in the eyes of the guidance. `quiet_s` is for how long nothing has moved.

    `mismatch` is one of MISMATCHES where what is shown cannot be taken, card or not.
    """

    brightness: float
    clipped: float
    quiet_s: float | None
    card: CardSeen | None = None
    mismatch: str | None = None


def fault_in(seen: Seen, before: str | None = None) -> str | None:
    """Name what is most in the way of a good picture, or None where nothing is.

    `before` is what was in the way until now: it has to get clearly better to be forgotten.
    """
    card = seen.card
    if seen.mismatch is not None:
        return seen.mismatch
    if card is None:
        if _LEAST_BRIGHTNESS.crossed(seen.brightness, before=before == DARK):
            return DARK
        return BRIGHT if _MOST_WHITE.crossed(seen.clipped, before=before == BRIGHT) else None
    return (
        card.mismatch
        or _place(card, before)
        or _light(card, before)
        or _focus(card, before)
        or (MOVING if seen.quiet_s is None else None)
    )


def _place(card: CardSeen, before: str | None) -> str | None:
    surface = card.surface
    if card.cut_off:
        return TOO_NEAR if card.filled > _HANGS_OUT else CUT_OFF
    if surface is not None and MOST_HIDDEN.crossed(surface.hidden, before=before == COVERED):
        return COVERED
    if _MOST_FILLED.crossed(card.filled, before=before == TOO_NEAR):
        return TOO_NEAR
    if surface is not None and LEAST_SCALE.crossed(surface.px_per_mm, before=before == TOO_FAR):
        return TOO_FAR
    return TILTED if MOST_TILT_DEG.crossed(card.tilt_deg, before=before == TILTED) else None


def _light(card: CardSeen, before: str | None) -> str | None:
    surface = card.surface
    if surface is None:
        return None
    if LEAST_PAPER.crossed(surface.paper, before=before == DARK):
        return DARK
    if MOST_CLIPPED.crossed(surface.clipped, before=before == BRIGHT):
        return BRIGHT
    return GLARE if MOST_GLARE.crossed(surface.glare, before=before == GLARE) else None


def _focus(card: CardSeen, before: str | None) -> str | None:
    surface = card.surface
    blurred = before in {BLURRED, BLURRED_FAR}
    if surface is None or not is_blurred(surface, card.bearable_mm, before=blurred):
        return None
    if surface.smear > _SMEARED:
        return MOVING
    return BLURRED_FAR if card.sharper == "nearer" else BLURRED


def is_blurred(surface: Surface, bearable_mm: float | None, *, before: bool = False) -> bool:
    """Say whether print is too blurred to be read; `before` whether it has been so until now."""
    bearable = bearable_mm or 0.0
    return surface.blur_mm > bearable and MOST_BLUR_MM.crossed(surface.blur_mm, before=before)


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
    phase_since: float = 0.0
    way_out: str = WAY_OUT

    def after(self, seen: Seen, at: float) -> "Guidance":
        """Return the guidance once a frame was seen at `at`."""
        begun = self.begun
        if begun is None and (seen.card is not None or seen.quiet_s is None):
            begun = at
        fault = fault_in(seen, self.fault)
        known = replace(
            self,
            begun=begun,
            fault=fault,
            fault_since=self.fault_since if fault == self.fault else at,
        )
        hint = _next_hint(known, at, _patience_s(seen, fault))
        phase, steady = self._calmed(*_phase(seen, fault, hint), at)
        return replace(
            known,
            phase=phase,
            steady=steady,
            hint=hint,
            hint_since=self.hint_since if hint == self.hint else at,
            phase_since=self.phase_since if phase is self.phase else at,
        )

    def _calmed(self, phase: Phase, steady: float, at: float) -> tuple[Phase, float]:
        """Keep word and colour from changing with every beat of a hand that trembles."""
        shivers = {self.phase, phase} == {Phase.FOUND, Phase.STEADY}
        if shivers and at - self.phase_since < _PHASE_S:
            return self.phase, self.steady
        return phase, steady

    def waiting_s(self, at: float) -> float:
        """Return for how long somebody has been trying to show this side."""
        return 0.0 if self.begun is None else at - self.begun


def trembles(seen: Seen) -> bool:
    """Say whether a hand moves the card, and its print is sharp all the same."""
    card = seen.card
    if seen.quiet_s is not None or card is None or card.surface is None:
        return False
    surface = card.surface
    smeared = surface.smear > _SMEARED and surface.blur_mm > _MOST_SMEAR_MM
    return not smeared and not is_blurred(surface, card.bearable_mm)


def _patience_s(seen: Seen, fault: str | None) -> float:
    """Return for how long a fault lasts before it is spoken of, in seconds."""
    if fault == MOVING and trembles(seen):
        return _TREMBLING_S
    return _PATIENCE_S if fault is None else _PATIENCE_WITH_S.get(fault, _PATIENCE_S)


def _next_hint(guidance: Guidance, at: float, patient_s: float) -> str | None:
    """Keep a hint until it could be read, then follow what is the matter now."""
    shown, fault = guidance.hint, guidance.fault
    if shown is not None and at - guidance.hint_since < SHOWN_S:
        return shown
    if guidance.waiting_s(at) >= WAY_OUT_S and fault not in MISMATCHES:
        return guidance.way_out
    if fault is None or fault == shown:
        return fault
    return fault if at - guidance.fault_since >= patient_s else None


def _phase(seen: Seen, fault: str | None, hint: str | None) -> tuple[Phase, float]:
    if seen.card is None:
        return (Phase.ADJUST if hint in {DARK, BRIGHT, TWO_SIMS} else Phase.SEARCH), 0.0
    if fault is None and seen.quiet_s is not None:
        return Phase.STEADY, min(1.0, seen.quiet_s / RING_S)
    return (Phase.ADJUST if hint is not None else Phase.FOUND), 0.0
