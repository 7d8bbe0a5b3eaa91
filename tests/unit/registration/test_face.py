"""Faces in a registration: thresholds, tries, other ways, what the rules say, what is sealed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client import resources
from pos_client.model.document import Side
from pos_client.model.face import FaceCheck, FaceMethod, FaceMove, FaceTry, FaceVerdict, verdict_of
from pos_client.model.registration import NoticeAnswer, OperatorDecision, OperatorNumber
from pos_client.model.rules import Severity
from pos_client.model.steps import StepName, StepState
from pos_client.registration import draft as drafting
from pos_client.registration import face as faces
from pos_client.registration import record, record_codec, rules, steps
from pos_client.registration.policy import load_policy, parse_policy
from pos_client.registration.problems import (
    FaceNotAgreed,
    FaceNotOffered,
    NotComplete,
    NoTriesLeft,
    PolicyRefused,
)
from tests.unit.registration import visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_client.model.draft import Draft
    from pos_client.model.policy import PolicyPack

ANY: Final = st.floats(-1, 1)


def sample() -> dict[str, Any]:
    found = json.loads(resources.path("policies/training.face.json").read_bytes())
    assert isinstance(found, dict)
    return found


def pack(**changes: Any) -> PolicyPack:
    policy = parse_policy(json.dumps(sample()).encode())
    assert policy.face is not None
    return replace(policy, face=replace(policy.face, **changes))


def answered(draft: Draft, policy: PolicyPack, *, yes: bool) -> Draft:
    assert policy.face is not None
    consent = policy.face.consent
    answer = NoticeAnswer(consent.id, consent.version, "zh_CN", 4000, accepted=yes)
    return faces.after_answer(drafting.answer_notice(draft, answer), policy)


def a_try(draft: Draft, verdict: FaceVerdict, *, picture: bool = False) -> FaceTry:
    score = {FaceVerdict.MATCH: 0.71, FaceVerdict.REVIEW: 0.33, FaceVerdict.DIFFER: 0.1}
    return FaceTry(
        visit.NOW,
        verdict,
        score.get(verdict),
        0.363,
        0.3,
        (FaceMove.LEFT,),
        draft.images[Side.PORTRAIT].sha256,
        visit.picture(b"live") if picture else None,
    )


def ready(policy: PolicyPack) -> Draft:
    return answered(visit.finished(visit.identified(), policy), policy, yes=True)


def tried(policy: PolicyPack, *verdicts: FaceVerdict) -> Draft:
    draft = ready(policy)
    for verdict in verdicts:
        draft = faces.add_try(draft, a_try(draft, verdict), policy)
    return draft


def said(draft: Draft, policy: PolicyPack) -> dict[str, Severity]:
    return {
        rule: finding.severity
        for rule, finding in visit.found(draft, policy).items()
        if rule.startswith("FAC")
    }


def sealed(draft: Draft, policy: PolicyPack) -> dict[str, Any]:
    confirmed = {r for r, s in visit.found(draft, policy).items() if s.severity is Severity.WARN}
    others = frozenset(each for each in confirmed if not each.startswith("FAC"))
    draft = replace(draft, confirmed=draft.confirmed | others)
    made = record.complete(visit.case(draft, policy), visit.CHANNEL, visit.DEVICE, visit.TIMES)
    found = json.loads(record_codec.encode(made))
    assert isinstance(found, dict)
    return found


def approved(draft: Draft, rule: str) -> Draft:
    by = OperatorDecision(OperatorNumber("2001"), f"approved:{rule}", "seen", visit.NOW)
    return replace(draft, decisions=(*draft.decisions, by), confirmed=draft.confirmed | {rule})


# ------------------------------------------------------------------ thresholds


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        (0.363, FaceVerdict.MATCH),
        (0.3629, FaceVerdict.REVIEW),
        (0.3, FaceVerdict.REVIEW),
        (0.2999, FaceVerdict.DIFFER),
        (-1.0, FaceVerdict.DIFFER),
    ],
)
def test_each_bound_belongs_to_the_better_side(score: float, verdict: FaceVerdict) -> None:
    assert verdict_of(score, accept=0.363, review=0.3) is verdict


@given(ANY, ANY, ANY)
def test_more_alike_is_never_worse(one: float, two: float, bound: float) -> None:
    order = list(FaceVerdict)
    low, high = sorted((one, two))
    review, accept = sorted((bound, 0.4))
    worse = verdict_of(low, accept=accept, review=review)
    better = verdict_of(high, accept=accept, review=review)
    assert order.index(better) <= order.index(worse)


# ------------------------------------------------------------------ policy


@pytest.mark.parametrize(
    ("key", "value", "about"),
    [
        ("attempts", 0, "face.attempts"),
        ("review", 0.5, "face"),
        ("accept", 1.0, "face.accept"),
        ("moves", 4, "face.moves"),
        ("alternatives", ["compare"], "face.alternatives.0"),
        ("alternatives", ["carrier_check", "carrier_check"], "face"),
        ("treshold", 0.3, "face.treshold"),
    ],
)
def test_a_wrong_word_on_faces_is_refused_by_its_key(key: str, value: object, about: str) -> None:
    changed = sample()
    changed["face"][key] = value
    with pytest.raises(PolicyRefused) as told:
        parse_policy(json.dumps(changed).encode())
    assert told.value.values["key"] == about


def test_a_consent_that_is_required_is_none_and_its_id_is_its_own() -> None:
    forced = sample()
    forced["face"]["consent"]["required"] = True
    same = sample()
    same["face"]["consent"]["id"] = "privacy_notice"
    for changed in (forced, same):
        with pytest.raises(PolicyRefused):
            parse_policy(json.dumps(changed).encode())


def test_the_sample_is_the_training_pack_with_faces() -> None:
    training = json.loads(resources.path("policies/training.json").read_bytes())
    found = sample()
    assert found.pop("face")["keep_picture"] is False
    assert {key for key in found if found[key] != training[key]} == {"version"}


def test_the_shipped_editions_compare_no_faces() -> None:
    for edition in ("strict", "training"):
        policy = load_policy(edition)
        assert policy.face is None
        assert "FAC06" not in policy.four_eyes
        draft = visit.finished(visit.identified(), policy)
        assert said(draft, policy) == {}
        findings = visit.found(draft, policy).values()
        assert StepName.FACE not in {each.name for each in steps.steps(draft, findings)}
    training = load_policy("training")
    draft = visit.finished(visit.identified(), training)
    assert sealed(draft, training)["persons"][0]["face"] is None


# ------------------------------------------------------------------ tries


def test_nobody_is_compared_without_a_yes() -> None:
    policy = pack()
    draft = visit.finished(visit.identified(), policy)
    for each in (draft, answered(draft, policy, yes=False)):
        with pytest.raises(FaceNotAgreed):
            faces.add_try(each, a_try(each, FaceVerdict.MATCH), policy)
    with pytest.raises(FaceNotOffered):
        faces.require_try(draft, load_policy("training"))


def test_a_yes_to_older_words_is_none() -> None:
    policy = pack()
    assert policy.face is not None
    draft = ready(policy)
    newer = replace(policy.face.consent, version="2027-01")
    assert faces.agreed(draft, replace(policy.face, consent=newer)) is None


def test_tries_end_and_a_new_picture_of_the_card_gives_no_new_ones() -> None:
    policy = pack()
    draft = tried(policy, *[FaceVerdict.REVIEW] * 3)
    later = visit.NOW + timedelta(seconds=9)
    again = visit.shown(draft, visit.reading(Side.PORTRAIT, visit.PORTRAIT, at=later))
    for each in (draft, again):
        with pytest.raises(NoTriesLeft):
            faces.add_try(each, a_try(each, FaceVerdict.MATCH), policy)


def test_a_match_counts_for_the_picture_of_the_card_it_was_made_with() -> None:
    policy = pack()
    draft = tried(policy, FaceVerdict.MATCH)
    assert said(draft, policy) == {}
    other = replace(draft.images[Side.PORTRAIT], sha256="f" * 64)
    changed = replace(draft, images=draft.images | {Side.PORTRAIT: other})
    assert said(changed, policy) == {"FAC10": Severity.BLOCK}


def test_pictures_are_kept_only_where_the_policy_says_so_and_while_it_is_agreed() -> None:
    for keep in (False, True):
        policy = pack(keep_picture=keep)
        draft = ready(policy)
        draft = faces.add_try(draft, a_try(draft, FaceVerdict.MATCH, picture=True), policy)
        kinds = [each["kind"] for each in sealed(draft, policy)["evidence"]]
        assert ("live_face" in kinds) is keep
        gone = answered(draft, policy, yes=False)
        assert gone.face is not None
        assert all(each.picture is None for each in gone.face.tries)
        assert faces.kept_picture(gone, policy) is None


# ------------------------------------------------------------------ what the rules say


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), {"FAC10": Severity.BLOCK}),
        ((FaceVerdict.MATCH,), {}),
        ((FaceVerdict.REVIEW,), {"FAC05": Severity.REVIEW, "FAC10": Severity.BLOCK}),
        ((FaceVerdict.DIFFER, FaceVerdict.MATCH), {}),
        ((FaceVerdict.DIFFER, FaceVerdict.REVIEW, FaceVerdict.NOT_LIVE), {"FAC06": Severity.WARN}),
        ((FaceVerdict.DIFFER,) * 3, {"FAC07": Severity.WARN}),
        ((FaceVerdict.NOT_LIVE,) * 3, {"FAC08": Severity.WARN}),
    ],
)
def test_what_is_said_after_these_tries(
    verdicts: tuple[FaceVerdict, ...], expected: dict[str, Severity]
) -> None:
    policy = pack()
    assert said(tried(policy, *verdicts), policy) == expected


def test_what_is_only_offered_may_be_left_out_but_not_a_failed_try() -> None:
    policy = pack(required=False)
    assert said(ready(policy), policy) == {}
    assert said(tried(policy, *[FaceVerdict.DIFFER] * 3), policy) == {"FAC07": Severity.WARN}


def test_who_declines_goes_another_way_where_there_is_one() -> None:
    policy = pack()
    draft = answered(ready(policy), policy, yes=False)
    assert said(draft, policy) == {"FAC09": Severity.INFO, "FAC10": Severity.BLOCK}
    by_carrier = faces.choose_method(draft, FaceMethod.CARRIER_CHECK, policy)
    assert said(by_carrier, policy) == {"FAC09": Severity.INFO, "FAC12": Severity.REVIEW}
    by_hand = faces.choose_method(draft, FaceMethod.MANUAL_CHECK, policy)
    assert said(by_hand, policy) == {"FAC09": Severity.INFO, "FAC11": Severity.WARN}
    with pytest.raises(FaceNotOffered):
        faces.choose_method(draft, FaceMethod.COMPARE, policy)


def test_who_declines_where_nothing_else_is_offered_is_told() -> None:
    policy = pack(alternatives=())
    draft = answered(ready(policy), policy, yes=False)
    assert said(draft, policy) == {"FAC09": Severity.INFO, "FAC20": Severity.BLOCK}
    for way in FaceMethod:
        with pytest.raises(FaceNotOffered):
            faces.choose_method(draft, way, policy)


def test_a_second_person_may_always_look_at_somebody_who_agreed() -> None:
    policy = pack(alternatives=())
    draft = faces.choose_method(ready(policy), FaceMethod.MANUAL_CHECK, policy)
    assert said(draft, policy) == {"FAC11": Severity.WARN}
    with pytest.raises(FaceNotOffered):
        faces.choose_method(draft, FaceMethod.CARRIER_CHECK, policy)
    back = faces.choose_method(draft, FaceMethod.COMPARE, policy)
    assert said(back, policy) == {"FAC10": Severity.BLOCK}


def test_the_list_of_other_ways_is_worded_in_both_languages() -> None:
    policy = pack()
    draft = answered(ready(policy), policy, yes=False)
    finding = visit.found(draft, policy)["FAC09"]
    wording = visit.case(draft, policy).usual
    assert "the carrier checks later" in wording.sentence("FAC09", "en", finding.values)
    assert "、" in wording.sentence("FAC09", "zh_CN", finding.values)


def test_the_step_is_there_and_done_with_the_match() -> None:
    policy = pack()

    def state(draft: Draft) -> StepState:
        findings = visit.found(draft, policy).values()
        found = steps.steps(draft, findings, face=True)
        return next(each.state for each in found if each.name is StepName.FACE)

    assert state(ready(policy)) is StepState.TODO
    assert state(tried(policy, FaceVerdict.REVIEW)) is StepState.TODO
    assert state(tried(policy, *[FaceVerdict.REVIEW] * 3)) is StepState.CHECK
    assert state(tried(policy, FaceVerdict.MATCH)) is StepState.DONE


# ------------------------------------------------------------------ what is sealed


def outcome(draft: Draft, policy: PolicyPack) -> dict[str, Any]:
    found = sealed(draft, policy)["persons"][0]["face"]
    assert isinstance(found, dict)
    return found


def test_a_match_is_sealed_with_score_threshold_method_and_attempts() -> None:
    policy = pack()
    found = outcome(tried(policy, FaceVerdict.REVIEW, FaceVerdict.MATCH), policy)
    assert (found["score"], found["threshold"], found["decision"]) == (0.71, 0.363, "match")
    assert (found["method"], found["attempts"]) == ("compare", 2)
    assert [each["verdict"] for each in found["tries"]] == ["review", "match"]
    assert found["tries"][0]["moves"] == ["left"]


def test_without_the_second_person_nothing_is_sealed() -> None:
    policy = pack()
    draft = tried(policy, *[FaceVerdict.DIFFER] * 3)
    with pytest.raises(NotComplete, match="FAC07"):
        sealed(draft, policy)
    found = outcome(approved(draft, "FAC07"), policy)
    assert (found["decision"], found["attempts"], found["score"]) == ("approved", 3, 0.1)


@pytest.mark.parametrize(
    ("go", "decision", "method"),
    [
        (
            lambda d, p: faces.choose_method(
                answered(d, p, yes=False), FaceMethod.CARRIER_CHECK, p
            ),
            "carrier",
            "carrier_check",
        ),
        (
            lambda d, p: approved(faces.choose_method(d, FaceMethod.MANUAL_CHECK, p), "FAC11"),
            "approved",
            "manual_check",
        ),
    ],
)
def test_another_way_is_sealed_as_what_it_is(
    go: Callable[[Draft, PolicyPack], Draft], decision: str, method: str
) -> None:
    policy = pack()
    found = outcome(go(ready(policy), policy), policy)
    assert (found["decision"], found["method"], found["score"]) == (decision, method, None)


def test_what_was_only_offered_is_sealed_as_declined_or_not_compared() -> None:
    policy = pack(required=False)
    assert outcome(answered(ready(policy), policy, yes=False), policy)["decision"] == "declined"
    assert outcome(ready(policy), policy)["decision"] == "not_compared"
    assert outcome(tried(policy, FaceVerdict.REVIEW), policy)["decision"] == "review"


def test_a_policy_may_leave_the_decision_to_people_at_the_carrier() -> None:
    policy = replace(pack(), severities={"FAC06": Severity.REVIEW})
    found = outcome(tried(policy, *[FaceVerdict.REVIEW] * 3), policy)
    assert found["decision"] == "review"


def test_what_a_second_person_said_is_open_again_after_a_change() -> None:
    policy = pack()
    draft = approved(faces.choose_method(ready(policy), FaceMethod.MANUAL_CHECK, policy), "FAC11")
    assert rules.in_the_way(draft, visit.found(draft, policy).values()) == ()
    later = visit.NOW + timedelta(seconds=9)
    again = visit.shown(draft, visit.reading(Side.PORTRAIT, visit.PORTRAIT, at=later))
    assert "FAC11" not in again.confirmed
    assert "FAC11" not in faces.choose_method(draft, FaceMethod.COMPARE, policy).confirmed


def test_the_best_try_is_the_nearest_to_a_match() -> None:
    draft = visit.identified()
    tries = tuple(
        a_try(draft, each)
        for each in (FaceVerdict.NOT_LIVE, FaceVerdict.DIFFER, FaceVerdict.REVIEW)
    )
    best = FaceCheck(tries).best
    assert best is not None
    assert best.verdict is FaceVerdict.REVIEW
    assert FaceCheck().best is None
    assert FaceCheck(tries).tries_left(2) == 0
