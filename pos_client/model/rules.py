"""Findings: what a rule says about a draft, and how heavy it weighs."""

from dataclasses import dataclass, field
from enum import StrEnum

from pos_client.model.field import FieldName


class Severity(StrEnum):
    """How heavy a finding weighs; only the policy pack can soften one, never a click.

    HINT while capturing, INFO, WARN (the operator confirms once), REVIEW (may be submitted, people
    look at it, the line stays inactive), BLOCK (cannot be submitted).
    """

    HINT = "HINT"
    INFO = "INFO"
    WARN = "WARN"
    REVIEW = "REVIEW"
    BLOCK = "BLOCK"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that has something to say. `values` fill its wording, on screen only."""

    rule: str
    severity: Severity
    about: FieldName | None = None
    values: dict[str, str] = field(default_factory=dict, repr=False)
