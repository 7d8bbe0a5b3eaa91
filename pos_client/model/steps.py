"""The parts of a registration the clerk goes through, and how far each has come."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.model.rules import Finding


class StepName(StrEnum):
    """The parts of a visit, in the order in which they are usually done.

    FACE is there only where the policy in force asks for it or offers it.
    """

    IDENTITY = "identity"
    LINE = "line"
    FACE = "face"
    NOTICES = "notices"
    REVIEW = "review"


class StepState(StrEnum):
    """How far a step has come."""

    TODO = "todo"
    CHECK = "check"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """A step with what still stands in its way."""

    name: StepName
    state: StepState
    findings: tuple[Finding, ...] = ()
