"""The face part of a registration: who agreed to it, what each try came to, which way is gone."""

from dataclasses import replace

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentImage
from pos_client.model.draft import Draft
from pos_client.model.face import FaceCheck, FaceMethod, FaceTry
from pos_client.model.policy import FACE_FOUR_EYES, FacePolicy, PolicyPack
from pos_client.model.registration import FaceDecision, FaceOutcome
from pos_client.registration.problems import FaceNotAgreed, FaceNotOffered, NoTriesLeft


def agreed(draft: Draft, policy: FacePolicy) -> bool | None:
    """Say what the customer answered to the consent in its present words; None for nothing yet.

    The measures in force since 2025-06-01 ask for a consent of its own for faces.
    """
    consent = policy.consent
    answers = (
        each.accepted
        for each in draft.notices
        if (each.notice_id, each.version) == (consent.id, consent.version)
    )
    return next(answers, None)


def card_picture(draft: Draft, declaration: DocumentDeclaration | None) -> DocumentImage | None:
    """Return the captured side that carries the holder's photo; None while it is missing."""
    side = declaration.photo_side if declaration else None
    return draft.images.get(side.side) if side else None


def ways_open(draft: Draft, policy: FacePolicy) -> tuple[FaceMethod, ...]:
    """Return the other ways that this customer may go.

    Somebody who declined is offered what the policy names. Whoever agreed may always be looked at
    by a second person: a camera or a photo that fails is no reason to turn anybody away.
    """
    if agreed(draft, policy) is False or FaceMethod.MANUAL_CHECK in policy.alternatives:
        return policy.alternatives
    return (FaceMethod.MANUAL_CHECK, *policy.alternatives)


def require_try(draft: Draft, policy: PolicyPack) -> FacePolicy:
    """Return the policy's word on faces where one more try is allowed.

    Raises:
        FaceNotOffered: the policy has no face compare.
        FaceNotAgreed: the customer has not said yes.
        NoTriesLeft: all tries were used.
    """
    face = policy.face
    if face is None:
        raise FaceNotOffered
    if agreed(draft, face) is not True:
        raise FaceNotAgreed
    if not (draft.face or FaceCheck()).tries_left(face.attempts):
        raise NoTriesLeft
    return face


def add_try(draft: Draft, made: FaceTry, policy: PolicyPack) -> Draft:
    """Keep one more try, with its picture only where the policy says so. Raises `require_try`."""
    face = require_try(draft, policy)
    kept = made if face.keep_picture else replace(made, picture=None)
    before = draft.face or FaceCheck()
    return _next(draft, FaceCheck((*before.tries, kept), FaceMethod.COMPARE))


def choose_method(draft: Draft, method: FaceMethod, policy: PolicyPack) -> Draft:
    """Go another way, or back to comparing.

    Raises:
        FaceNotOffered: the policy does not offer this way, or this customer declined comparing.
    """
    face = policy.face
    if face is None:
        raise FaceNotOffered
    if method is FaceMethod.COMPARE:
        offered = agreed(draft, face) is not False
    else:
        offered = method in ways_open(draft, face)
    if not offered:
        raise FaceNotOffered
    return _next(draft, replace(draft.face or FaceCheck(), method=method))


def after_answer(draft: Draft, policy: PolicyPack) -> Draft:
    """Follow the customer's last answer: after a no there is no picture of the face any more."""
    face, check = policy.face, draft.face
    if face is None or check is None:
        return draft
    if agreed(draft, face) is True:
        return draft
    tries = tuple(replace(each, picture=None) for each in check.tries)
    return replace(draft, face=FaceCheck(tries, check.method))


def outcome(
    draft: Draft, declaration: DocumentDeclaration, policy: PolicyPack
) -> FaceOutcome | None:
    """Return what the record says about the face; None where the policy has no compare."""
    face = policy.face
    if face is None:
        return None
    check = draft.face or FaceCheck()
    best = check.best
    compared = best if best is not None and best.score is not None else None
    picture = card_picture(draft, declaration)
    return FaceOutcome(
        score=compared.score if compared else None,
        threshold=compared.accept if compared else None,
        decision=_decision(draft, face, picture.sha256 if picture else None),
        method=check.method,
        attempts=len(check.tries),
        tries=check.tries,
    )


def kept_picture(draft: Draft, policy: PolicyPack) -> DocumentImage | None:
    """Return the live face that goes into the packet: of the best try, and only if agreed to."""
    face, check = policy.face, draft.face
    if face is None or check is None or not face.keep_picture or not agreed(draft, face):
        return None
    return check.best.picture if check.best else None


def _decision(draft: Draft, policy: FacePolicy, card_sha256: str | None) -> FaceDecision:
    check = draft.face or FaceCheck()
    if check.method is FaceMethod.CARRIER_CHECK:
        return FaceDecision.CARRIER
    if check.method is FaceMethod.COMPARE and check.matches(card_sha256):
        return FaceDecision.MATCH
    if draft.confirmed & FACE_FOUR_EYES:
        return FaceDecision.APPROVED
    if check.method is FaceMethod.COMPARE and check.best is not None:
        # A match with another picture of the card than the one that is sealed is none.
        last = FaceDecision(check.best.verdict)
        return FaceDecision.REVIEW if last is FaceDecision.MATCH else last
    if agreed(draft, policy) is False:
        return FaceDecision.DECLINED
    return FaceDecision.NOT_COMPARED


def _next(draft: Draft, check: FaceCheck) -> Draft:
    """Put the face part in; what a second person said about an earlier one is open again."""
    confirmed = frozenset(each for each in draft.confirmed if each not in FACE_FOUR_EYES)
    return replace(draft, face=check, confirmed=confirmed, revision=draft.revision + 1)
