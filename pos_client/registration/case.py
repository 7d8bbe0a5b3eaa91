"""Everything a rule may look at: draft, document, policy, the day, and what the desk knows."""

from dataclasses import dataclass
from datetime import date

from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration, SideDeclaration
from pos_client.model.draft import Draft
from pos_client.model.field import FieldName
from pos_client.model.policy import PolicyPack
from pos_client.model.registration import RegistrationId
from pos_client.model.rules import Finding, Severity
from pos_client.registration import holder
from pos_client.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows beside the draft; all of it is provisional, the carrier decides.

    `lines_here` counts this person's registrations on this device; `iccid_used_in` and
    `msisdn_used_in` name another registration here that took this card or number.
    """

    offline: bool = False
    reader_missing: bool = True
    lines_here: int = 0
    iccid_used_in: RegistrationId | None = None
    msisdn_used_in: RegistrationId | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A draft before the rules. `documents` are all kinds the client knows.

    `usual` holds the severities that apply where the policy pack says nothing.
    """

    draft: Draft
    documents: tuple[DocumentDeclaration, ...]
    policy: PolicyPack
    today: date
    known: Known
    usual: Wordings

    @property
    def declaration(self) -> DocumentDeclaration | None:
        """The draft's kind of document, None while none was chosen."""
        return next((each for each in self.documents if each.code == self.draft.document), None)

    def value(self, name: str) -> str:
        """Return the value of a field, empty where there is none."""
        return holder.value(self.draft.fields, name)

    def shown(self, side: SideDeclaration) -> bool:
        """Say whether a side was shown to the camera or anything on it was typed."""
        return side.side in self.draft.images or any(self.value(each.name) for each in side.fields)

    def fields_shown(self) -> tuple[FieldDeclaration, ...]:
        """Return the declared fields of every side that was begun; of others nothing is asked."""
        sides = self.declaration.sides if self.declaration else ()
        return tuple(field for side in sides if self.shown(side) for field in side.fields)

    def has_check(self, rule: str) -> bool:
        """Say whether the document's declaration asks for a rule."""
        return self.declaration is not None and rule in self.declaration.checks

    def finding(
        self,
        rule: str,
        about: FieldName | None = None,
        values: dict[str, str] | None = None,
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """Make a finding; the policy pack's word goes before `severity` and the usual one."""
        weight = self.policy.severities.get(rule, severity or self.usual.severity(rule))
        return Finding(rule, weight, about, values or {})

    def about_field(self, rule: str, field: FieldDeclaration) -> Finding:
        """Make a finding whose sentence names a field by its title."""
        titles = {f"field.{language}": title for language, title in field.title.items()}
        return self.finding(rule, field.name, titles)
