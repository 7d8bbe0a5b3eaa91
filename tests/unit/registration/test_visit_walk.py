"""Whatever a clerk does in whatever order: nothing crashes, nothing typed is lost, all is saved."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pos_client.model.document import Side
from pos_client.model.field import FieldName, Source
from pos_client.model.private import Private
from pos_client.model.registration import NoticeAnswer
from pos_client.model.rules import Severity
from pos_client.model.steps import StepState
from pos_client.registration import draft as steps_of_draft
from pos_client.registration import draft_codec, holder, record, rules
from pos_client.registration.policy import load_policy
from pos_client.registration.problems import NotComplete, OtherDocument
from pos_client.registration.steps import steps
from tests.unit.registration import visit

POLICY = load_policy("training")
CARD = visit.kind(visit.RESIDENT_ID)
NAMES = st.sampled_from([field.name for field in CARD.fields])
VALUES = st.sampled_from(["", "样本", "19491231", "长", "11010519491231002X", "2036-05-06", "x"])
READINGS = st.sampled_from(
    [
        visit.reading(Side.PORTRAIT, visit.PORTRAIT),
        visit.reading(Side.PORTRAIT, visit.PORTRAIT | {"id_number": "1101051949"}),
        visit.reading(Side.EMBLEM, visit.EMBLEM),
        visit.passport_reading(),
    ]
)


class Clerk(RuleBasedStateMachine):
    """Somebody at the till who does everything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = visit.begun()
        self.typed: dict[FieldName, str] = {}

    @rule(read=READINGS)
    def show(self, read: Any) -> None:
        try:
            self.draft = visit.shown(self.draft, read)
        except OtherDocument:
            assert self.draft.document != read.document

    @rule(name=NAMES, text=VALUES)
    def type(self, name: FieldName, text: str) -> None:
        if self.draft.document != visit.RESIDENT_ID:
            self.typed = {}
        self.draft = steps_of_draft.choose_document(self.draft, visit.RESIDENT_ID)
        self.draft = visit.typed(self.draft, name, text)
        self.typed[name] = self.draft.fields[name].value.reveal()

    @precondition(lambda self: self.draft.document == visit.RESIDENT_ID)
    @rule(name=NAMES)
    def undo(self, name: FieldName) -> None:
        self.draft = steps_of_draft.undo_field(self.draft, name, CARD, visit.TODAY)
        self.typed.pop(name, None)

    @precondition(lambda self: self.draft.document == visit.RESIDENT_ID)
    @rule(side=st.sampled_from([Side.PORTRAIT, Side.EMBLEM]))
    def retake(self, side: Side) -> None:
        self.draft = steps_of_draft.retake(self.draft, side, CARD, visit.TODAY)

    @rule()
    def change_to_passport(self) -> None:
        if self.draft.document != visit.PASSPORT:
            self.typed = {}
        self.draft = steps_of_draft.choose_document(self.draft, visit.PASSPORT)

    @rule(what=NAMES | st.sampled_from(["DOC03", "PER05", "SIM02", "QTA02"]))
    def confirm(self, what: str) -> None:
        self.draft = steps_of_draft.confirm(self.draft, what)

    @rule(iccid=st.sampled_from([visit.ICCID, "8986000000000000003", ""]))
    def line(self, iccid: str) -> None:
        self.draft = steps_of_draft.set_line(
            self.draft, Private(visit.MSISDN), Private(iccid), Source.TYPED
        )

    @rule(notice=st.sampled_from(POLICY.notices), accepted=st.booleans())
    def answer(self, notice: Any, accepted: bool) -> None:
        given = NoticeAnswer(notice.id, notice.version, "en", 900, accepted)
        self.draft = steps_of_draft.answer_notice(self.draft, given)

    @rule(done=st.booleans())
    def read_back(self, done: bool) -> None:
        self.draft = steps_of_draft.read_back(self.draft, done=done)

    @invariant()
    def what_was_typed_is_there(self) -> None:
        for name, value in self.typed.items():
            assert holder.value(self.draft.fields, name) == value

    @invariant()
    def a_restart_changes_nothing(self) -> None:
        assert draft_codec.decode(*draft_codec.encode(self.draft)) == self.draft

    @invariant()
    def a_record_comes_of_a_finished_draft_and_of_no_other(self) -> None:
        case = visit.case(self.draft, POLICY)
        findings = rules.check(case)
        done = all(step.state is StepState.DONE for step in steps(self.draft, findings))
        try:
            made = record.complete(case, visit.CHANNEL, visit.DEVICE, visit.TIMES)
        except NotComplete:
            assert not done
        else:
            assert done
            assert not [each for each in made.rules if each.severity is Severity.BLOCK]


TestClerk = Clerk.TestCase
TestClerk.settings = settings(max_examples=40, stateful_step_count=25)
