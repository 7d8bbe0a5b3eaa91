"""Whether the person at the counter is the one on the card: tries, their outcome, other ways."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from pos_client.model.document import DocumentImage


class FaceMove(StrEnum):
    """What somebody is asked to do before the camera, so that a picture cannot stand in."""

    LEFT = "left"
    RIGHT = "right"
    CLOSER = "closer"


class FaceVerdict(StrEnum):
    """What a try came to.

    MATCH at or above `accept`; REVIEW between `review` and `accept`; DIFFER below `review`;
    NOT_LIVE where the movements were not seen in time, and nothing was compared.
    """

    MATCH = "match"
    REVIEW = "review"
    DIFFER = "differ"
    NOT_LIVE = "not_live"


class FaceMethod(StrEnum):
    """How it is found out who stands there.

    COMPARE by this till; MANUAL_CHECK by a second person with their own eyes; CARRIER_CHECK by the
    carrier before the line works.
    """

    COMPARE = "compare"
    MANUAL_CHECK = "manual_check"
    CARRIER_CHECK = "carrier_check"


@dataclass(frozen=True, slots=True)
class FaceTry:
    """One look at the person.

    Attributes:
        at: when it ended.
        verdict: what it came to.
        score: the likeness, -1 to 1; None where nothing was compared.
        accept: the policy's threshold at that time.
        review: the policy's lower threshold at that time.
        moves: what was asked for, in this order.
        card_sha256: the picture of the card it was compared with.
        picture: the person's face, small; None unless the policy says to keep it.
    """

    at: datetime
    verdict: FaceVerdict
    score: float | None
    accept: float
    review: float
    moves: tuple[FaceMove, ...]
    card_sha256: str
    picture: DocumentImage | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """All tries of one registration, in their order, and the way that was chosen."""

    tries: tuple[FaceTry, ...] = ()
    method: FaceMethod = FaceMethod.COMPARE

    @property
    def last(self) -> FaceTry | None:
        """The newest try."""
        return self.tries[-1] if self.tries else None

    def tries_left(self, attempts: int) -> int:
        """Return how many of `attempts` are left, 0 or more."""
        return max(0, attempts - len(self.tries))

    def matches(self, card_sha256: str | None) -> bool:
        """Say whether the newest try matched, with this very picture of the card."""
        last = self.last
        return (
            last is not None
            and last.verdict is FaceVerdict.MATCH
            and last.card_sha256 == card_sha256
        )

    @property
    def best(self) -> FaceTry | None:
        """The try that came nearest to a match; the first of several."""
        return min(self.tries, key=_far_off, default=None)


_ORDER: Final = tuple(FaceVerdict)


def _far_off(each: FaceTry) -> tuple[int, float]:
    return _ORDER.index(each.verdict), -(each.score if each.score is not None else -2.0)


def verdict_of(score: float, *, accept: float, review: float) -> FaceVerdict:
    """Return what a likeness means at these thresholds; both bounds belong to the better side."""
    if score >= accept:
        return FaceVerdict.MATCH
    return FaceVerdict.REVIEW if score >= review else FaceVerdict.DIFFER
