"""Decisions that take two people: the clerk asks, somebody else decides with their own PIN."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_client.desk.draft_verbs import DraftVerbs
from pos_client.desk.problems import NeedsSecondPerson, SamePerson
from pos_client.model.draft import Draft
from pos_client.model.operator import Power, SecondOpinion
from pos_client.model.private import Private
from pos_client.model.registration import OperatorDecision, OperatorNumber
from pos_client.model.rules import Severity
from pos_client.outbox.approvals import Approval

if TYPE_CHECKING:
    from pos_client.desk.stages import Stages


class ApprovalVerbs:
    """Everything about four eyes. The rules they are for stand in the policy pack."""

    def __init__(self, stages: "Stages", drafts: DraftVerbs) -> None:
        """Stand at the desk of this till."""
        self._stages = stages
        self._drafts = drafts

    def second_person_decides(
        self,
        draft: Draft,
        rule: str,
        opinion: SecondOpinion,
        reason: str,
        approver: tuple[OperatorNumber, Private[str]],
    ) -> Draft:
        """Let a supervisor accept or refuse a warning at the clerk's till, with number and PIN.

        The clerk stays signed in. What was decided, by whom and why goes into the sealed record.

        Raises:
            SamePerson: whoever began the draft cannot approve it.
            NotAllowed: it takes a supervisor.
            WrongPin, SignInPaused: as when signing in.
            DraftOfAnother: the draft is somebody else's.
        """
        stages = self._stages
        opened = stages.signed_in()
        self._drafts.require_own(draft)
        number, pin = approver
        if number == draft.operator:
            raise SamePerson
        second = stages.custody.sign_in(number, pin, stages.now()).operator
        stages.require(second, Power.APPROVE)
        now = stages.now()
        opened.outbox.keep_approval(
            Approval(draft.id, rule, draft.operator, second.number, opinion, now)
        )
        made = OperatorDecision(second.number, f"{opinion}:{rule}", reason, now)
        decided = replace(draft, decisions=(*draft.decisions, made), revision=draft.revision + 1)
        if opinion is SecondOpinion.APPROVED:
            decided = replace(decided, confirmed=draft.confirmed | {rule})
        return self._drafts.keep(decided)

    def open_questions(self, draft: Draft) -> tuple[str, ...]:
        """Return the rules in the way of a draft that a second person has to accept."""
        stages = self._stages
        approved = stages.signed_in().outbox.approved(draft.id, draft.operator)
        return tuple(
            sorted(
                finding.rule
                for finding in self._drafts.findings(draft)
                if finding.severity is Severity.WARN
                and finding.rule in stages.policy.four_eyes
                and finding.rule not in approved
            )
        )

    def require_second_person(self, draft: Draft) -> None:
        """Raise NeedsSecondPerson while something waits for one."""
        if rules := self.open_questions(draft):
            raise NeedsSecondPerson(rules=", ".join(rules))
