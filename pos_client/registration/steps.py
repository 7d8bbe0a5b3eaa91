"""The parts of a visit and how far each has come, in any order the clerk likes."""

from collections.abc import Iterable
from typing import Final

from pos_client.model.draft import Draft
from pos_client.model.rules import Finding
from pos_client.model.steps import Step, StepName, StepState
from pos_client.registration import rules

_STEP_OF_FAMILY: Final = {
    "CAP": StepName.IDENTITY,
    "DOC": StepName.IDENTITY,
    "NUM": StepName.IDENTITY,
    "PER": StepName.IDENTITY,
    "MIN": StepName.IDENTITY,
    "SIM": StepName.LINE,
    "QTA": StepName.LINE,
    "FAC": StepName.FACE,
}
#: Findings that only say that something was not done yet; nothing is wrong.
_NOT_YET: Final = frozenset({"DOC15", "DOC12", "SIM08", "FAC10", "CNS01", "CNS04"})


def steps(draft: Draft, findings: Iterable[Finding], *, face: bool = False) -> tuple[Step, ...]:
    """Sort what stands in the way by the step in which it is put right.

    `face`: the policy in force compares faces.
    """
    open_findings = rules.in_the_way(draft, findings)
    found = [
        Step(name, _state(name, draft, mine), mine)
        for name in StepName
        if name is not StepName.REVIEW and (face or name is not StepName.FACE)
        for mine in [tuple(each for each in open_findings if step_of(each) is name)]
    ]
    review = tuple(each for each in open_findings if step_of(each) is StepName.REVIEW)
    ready = all(step.state is StepState.DONE for step in found)
    state = StepState.DONE if ready and not review else StepState.TODO
    return (*found, Step(StepName.REVIEW, state, review))


def step_of(finding: Finding) -> StepName:
    """Return the step that a finding belongs to."""
    if finding.rule == "CNS01":
        return StepName.NOTICES
    return _STEP_OF_FAMILY.get(finding.rule[:3], StepName.REVIEW)


def _state(name: StepName, draft: Draft, mine: tuple[Finding, ...]) -> StepState:
    if not mine:
        return StepState.DONE
    begun = {
        StepName.IDENTITY: bool(draft.fields),
        StepName.LINE: draft.line is not None,
        StepName.FACE: draft.face is not None,
        StepName.NOTICES: bool(draft.notices),
    }[name]
    waiting = all(each.rule in _NOT_YET for each in mine)
    return StepState.TODO if waiting or not begun else StepState.CHECK
