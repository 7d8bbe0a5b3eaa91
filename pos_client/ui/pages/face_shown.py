"""How the face part of a draft stands, as the page shows it: one word, and the ways on."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.model.face import FaceCheck, FaceMethod
from pos_client.model.policy import FACE_FOUR_EYES, FacePolicy
from pos_client.model.registration import NoticeAnswer
from pos_client.model.rules import Finding, Severity
from pos_client.ui.standing import Standing


class FaceStand(StrEnum):
    """What the page is about at this moment."""

    ASKING = "asking"
    NO_CARD = "no_card"
    READY = "ready"
    AGAIN = "again"
    MATCHED = "matched"
    DECIDE = "decide"
    APPROVED = "approved"
    DECLINED = "declined"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class FaceShown:
    """Everything the page shows.

    Attributes:
        stand: what the page is about.
        answers: what the customer answered so far.
        findings: what the rules say about the face.
        open: the finding that a second person is to decide; None where there is none.
        ways: the other ways that may be chosen now.
        tries_left: looks that are left.
        by_camera: whether the camera has a part in it.
        settled: whether one can go on.
    """

    stand: FaceStand
    answers: tuple[NoticeAnswer, ...]
    findings: tuple[Finding, ...]
    open: Finding | None
    ways: tuple[FaceMethod, ...]
    tries_left: int
    by_camera: bool
    settled: bool


def face_shown(standing: Standing, policy: FacePolicy) -> FaceShown:
    """Return how the face part stands."""
    draft = standing.draft
    check = draft.face or FaceCheck()
    findings = tuple(each for each in standing.findings if each.rule.startswith("FAC"))
    agreed = _agreed(draft.notices, policy)
    undecided = next(
        (
            each
            for each in findings
            if each.rule in FACE_FOUR_EYES
            and each.severity is Severity.WARN
            and each.rule not in draft.confirmed
        ),
        None,
    )
    stand = _stand(standing, check, policy, agreed)
    blocked = any(each.severity is Severity.BLOCK for each in findings)
    return FaceShown(
        stand=stand,
        answers=draft.notices,
        findings=findings,
        open=undecided,
        ways=_ways(stand, check, policy, agreed),
        tries_left=check.tries_left(policy.attempts),
        by_camera=agreed is True and check.method is FaceMethod.COMPARE,
        settled=stand is not FaceStand.ASKING and not blocked and undecided is None,
    )


def _agreed(answers: tuple[NoticeAnswer, ...], policy: FacePolicy) -> bool | None:
    consent = policy.consent
    for each in answers:
        if (each.notice_id, each.version) == (consent.id, consent.version):
            return each.accepted
    return None


def _stand(
    standing: Standing, check: FaceCheck, policy: FacePolicy, agreed: bool | None
) -> FaceStand:
    approved = bool(standing.draft.confirmed & FACE_FOUR_EYES)
    decided = FaceStand.APPROVED if approved else FaceStand.DECIDE
    if agreed is None:
        return FaceStand.ASKING
    if check.method is not FaceMethod.COMPARE:
        return decided if check.method is FaceMethod.MANUAL_CHECK else FaceStand.CARRIER
    if not agreed:
        return FaceStand.DECLINED
    compared = _compared(standing, check)
    used_up = compared is FaceStand.AGAIN and not check.tries_left(policy.attempts)
    return decided if used_up else compared


def _compared(standing: Standing, check: FaceCheck) -> FaceStand:
    side = standing.declaration.photo_side if standing.declaration else None
    picture = standing.draft.images.get(side.side) if side else None
    if picture is None:
        return FaceStand.NO_CARD
    if check.matches(picture.sha256):
        return FaceStand.MATCHED
    return FaceStand.AGAIN if check.tries else FaceStand.READY


def _ways(
    stand: FaceStand, check: FaceCheck, policy: FacePolicy, agreed: bool | None
) -> tuple[FaceMethod, ...]:
    """Return the other ways: whoever agreed may always be looked at by a second person."""
    if stand in {FaceStand.ASKING, FaceStand.MATCHED, FaceStand.APPROVED}:
        return ()
    named = set(policy.alternatives)
    if agreed:
        named |= {FaceMethod.MANUAL_CHECK, FaceMethod.COMPARE}
    if agreed and not check.tries_left(policy.attempts):
        # The question is already with a second person.
        named -= {FaceMethod.MANUAL_CHECK, FaceMethod.COMPARE}
    return tuple(way for way in FaceMethod if way in named and way is not check.method)
