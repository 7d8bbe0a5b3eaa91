"""A draft as the screens show it: with its steps, what stands in the way, and the prints."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration
from pos_client.model.document import Side
from pos_client.model.draft import Draft
from pos_client.model.field import Field, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.registration import Line
from pos_client.model.rules import Finding, Severity
from pos_client.model.steps import Step, StepName, StepState
from pos_client.ui.widgets.field_shown import FieldShown
from pos_client.ui.widgets.print_crop import PrintedSide
from pos_client.ui.words import text_in

_WEIGHT: Final = (Severity.BLOCK, Severity.REVIEW, Severity.WARN, Severity.INFO, Severity.HINT)

#: Gives the sentence of a finding in the window's language.
Say = Callable[[Finding], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known now. `typed` and `unsaved_line` were typed and are not saved yet."""

    draft: Draft
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    declaration: DocumentDeclaration | None
    prints: dict[Side, PrintedSide] = field(default_factory=dict)
    typed: dict[FieldName, Private[str]] = field(default_factory=dict)
    unsaved_line: Line | None = None

    @property
    def line(self) -> Line | None:
        """Number and SIM as the clerk gave them, saved or not."""
        return self.unsaved_line or self.draft.line

    @property
    def empty(self) -> bool:
        """True where nothing would be lost: no picture, no value, no line, no answer."""
        draft = self.draft
        return not (draft.images or draft.fields or self.line or draft.notices or self.typed)

    @property
    def missing_sides(self) -> tuple[Side, ...]:
        """The sides that have no picture yet, in the order in which they are shown."""
        if self.declaration is None:
            return ()
        sides = (each.side for each in self.declaration.sides)
        return tuple(side for side in sides if side not in self.draft.images)

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """Everything that keeps the registration from being sent, in the order of the steps."""
        return tuple(finding for step in self.steps for finding in step.findings)

    @property
    def ready(self) -> bool:
        """True where it may be sent."""
        return all(step.state is StepState.DONE for step in self.steps)

    def step(self, name: StepName) -> Step:
        """Return one step."""
        found = (step for step in self.steps if step.name is name)
        return next(found, Step(name, StepState.TODO))

    def has(self, name: StepName) -> bool:
        """True where this step is part of the visit at all."""
        return any(step.name is name for step in self.steps)

    def holds_up(self, name: StepName) -> bool:
        """True where a step is to be done first; mere warnings are accepted on the review."""
        if not self.has(name):
            return False
        step = self.step(name)
        blocked = any(each.severity is Severity.BLOCK for each in step.findings)
        return step.state is StepState.TODO or blocked

    def value(self, name: FieldName) -> str:
        """Return a value in the open, for the widget that shows it; empty where there is none."""
        if name in self.typed:
            return self.typed[name].reveal()
        found = self.draft.fields.get(name)
        return "" if found is None else found.value.reveal()

    def with_unsaved(self, typed: dict[FieldName, Private[str]], line: Line | None) -> "Standing":
        """Return the same with these unsaved values."""
        return replace(self, typed=dict(typed), unsaved_line=line)

    def fields_shown(self, say: Say, *, all_sides: bool) -> tuple[FieldShown, ...]:
        """Return the rows of the form; sides that were not shown yet only with `all_sides`."""
        if self.declaration is None:
            return ()
        shown = []
        for side in self.declaration.sides:
            names = {each.name for each in side.fields}
            begun = (
                side.side in self.draft.images or names & (self.draft.fields | self.typed).keys()
            )
            if begun or all_sides:
                shown += [self._shown(each, side.side, say) for each in side.fields]
        return tuple(shown)

    def _shown(self, declared: FieldDeclaration, side: Side, say: Say) -> FieldShown:
        name = declared.name
        about = [finding for finding in self.findings if finding.about == name]
        severities = sorted((finding.severity for finding in about), key=_WEIGHT.index)
        return FieldShown(
            name=name,
            title=text_in(declared.title),
            field=self._field(name),
            read=self.draft.read_fields.get(name),
            side=self.prints.get(side),
            sentences=tuple(say(finding) for finding in about),
            severity=severities[0] if severities else None,
            confirmed=self._confirmed(name, about),
            required=declared.required,
        )

    def _confirmed(self, name: FieldName, about: list[Finding]) -> bool:
        confirmed = self.draft.confirmed
        return name in confirmed or (bool(about) and all(each.rule in confirmed for each in about))

    def _field(self, name: FieldName) -> Field | None:
        saved = self.draft.fields.get(name)
        if name not in self.typed:
            return saved
        text = self.typed[name]
        operator = self.draft.operator
        return Field(name, text, text, Source.TYPED, 1.0, None, edited_by=operator)
