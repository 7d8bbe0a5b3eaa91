"""Rules about the person before the card: compared, left to a second person, or another way."""

from collections.abc import Iterator
from typing import Final

from pos_client.model.face import FaceCheck, FaceMethod, FaceVerdict
from pos_client.model.policy import FacePolicy
from pos_client.model.rules import Finding
from pos_client.registration import face as faces
from pos_client.registration.case import Case

#: What is said once all tries were used, by the best of them.
_USED_UP: Final = {
    FaceVerdict.MATCH: "FAC06",
    FaceVerdict.REVIEW: "FAC06",
    FaceVerdict.DIFFER: "FAC07",
    FaceVerdict.NOT_LIVE: "FAC08",
}
#: The other ways in words, for a sentence that lists them.
_WAYS: Final = {
    FaceMethod.MANUAL_CHECK: {"en": "a second person looks", "zh_CN": "由第二人当面核对"},
    FaceMethod.CARRIER_CHECK: {"en": "the carrier checks later", "zh_CN": "由运营商事后核验"},
}
_JOINT: Final = {"en": ", ", "zh_CN": "、"}


def findings(case: Case) -> Iterator[Finding]:
    """Yield what is to be said about the face; nothing where the policy has no compare."""
    policy = case.policy.face
    if policy is None:
        return
    check = case.draft.face or FaceCheck()
    declined = faces.agreed(case.draft, policy) is False
    if declined:
        yield case.finding("FAC09", values=_list_of(policy))
    if check.method is FaceMethod.MANUAL_CHECK:
        yield case.finding("FAC11")
    elif check.method is FaceMethod.CARRIER_CHECK:
        yield case.finding("FAC12")
    elif declined:
        if policy.required:
            yield case.finding("FAC10" if policy.alternatives else "FAC20")
    else:
        yield from _compared(case, policy, check)


def _compared(case: Case, policy: FacePolicy, check: FaceCheck) -> Iterator[Finding]:
    picture = faces.card_picture(case.draft, case.declaration)
    if check.matches(picture.sha256 if picture else None):
        return
    left, best = check.tries_left(policy.attempts), check.best
    if best is None or left:
        if check.last is not None and check.last.verdict is not FaceVerdict.MATCH:
            yield case.finding("FAC05", values={"n": str(left)})
        if policy.required:
            yield case.finding("FAC10")
        return
    yield case.finding(_USED_UP[best.verdict], values={"n": str(len(check.tries))})


def _list_of(policy: FacePolicy) -> dict[str, str]:
    none = {"en": "none", "zh_CN": "无"}
    return {
        f"list.{language}": joint.join(_WAYS[each][language] for each in policy.alternatives)
        or none[language]
        for language, joint in _JOINT.items()
    }
