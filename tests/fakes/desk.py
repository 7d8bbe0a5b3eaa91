"""A desk in memory for window tests: same sentences as the real one, no camera, disk or network."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pos_client import resources, wordings
from pos_client.capture.qr import qr_matrix
from pos_client.capture.target import target
from pos_client.carrier.problems import CarrierUnreachable
from pos_client.model.camera_check import CameraReport, CameraUse, Target
from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.document import Side
from pos_client.model.draft import Draft
from pos_client.model.face import FaceMove, FaceTry, FaceVerdict
from pos_client.model.field import Field, FieldName, Source
from pos_client.model.mask import mask_msisdn, mask_name, mask_tail
from pos_client.model.operator import Operator, OperatorRole, SecondOpinion
from pos_client.model.packet import PacketDamaged
from pos_client.model.policy import Safety
from pos_client.model.private import Private
from pos_client.model.registration import (
    FlowKind,
    Line,
    OperatorDecision,
    OperatorNumber,
    RegistrationId,
)
from pos_client.model.row import QueueFigures, Row, RowState
from pos_client.model.rules import Finding, Severity
from pos_client.model.status import LinkState, Status, TillState
from pos_client.model.steps import Step, StepName, StepState
from pos_client.model.stick import Exported, Imported
from pos_client.model.timeline import Happening
from pos_client.model.view import Phase, Shutter, View, Wanted
from pos_client.outbox.key_problems import WrongPin
from pos_client.registration import face as faces
from pos_client.registration import rules, rules_face
from pos_client.registration.case import Case, Known
from pos_client.registration.policy import parse_policy
from pos_client.registration.problems import NotComplete
from tests.fakes import card, person
from tests.fakes.camera import view
from tests.fakes.policy import PASSPORT, RESIDENT_ID, WORDINGS, documents, policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pos_client.model.declaration import DocumentDeclaration
    from pos_client.model.document import DocumentKind
    from pos_client.model.face import FaceMethod
    from pos_client.model.policy import PolicyPack
    from pos_client.model.problems import Problem
    from pos_client.model.reading import Reading
    from pos_client.model.registration import NoticeAnswer

NOON: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
PIN: Final = "1357"
ICCID: Final = "89860012345678901234"


#: The client's own sentences, for rules that the small set of the tests has not.
SENTENCES: Final = wordings.load()
#: The line is down; accepted by the clerk.
_OFFLINE = "QTA02"


class FakeDesk:
    """Does what `CounterDesk` promises, at once and in memory; scripted through its attributes.

    `cards` are the readings that `look` gives, one after another; when it is empty, `look` watches
    until the shutter is used. `trouble` maps a verb's name to the Problem it raises.
    """

    def __init__(self, *, till: TillState = TillState.LOCKED, training: bool = True) -> None:
        self.till = till
        self.now = NOON
        self.cards: deque[Reading] = deque()
        self.sims: deque[str] = deque()
        self.faces: deque[FaceVerdict] = deque()
        self.reports: deque[CameraReport] = deque()
        self.person_camera: str | None = None
        self.trouble: dict[str, Problem] = {}
        self.drafts: dict[RegistrationId, Draft] = {}
        self.outbox: list[Row] = []
        self.receipts: dict[RegistrationId, CustomerReceipt] = {}
        self.said: list[str] = []
        self.link = LinkState.ONLINE
        self.clock_offset_s: float | None = 0.0
        self.handed_over: dict[RegistrationId, OperatorNumber] = {}
        self.room: int | None = None
        self.answers: list[bytes] = []
        self.rate: float | None = None
        self.left_s: float | None = None
        self.held = False
        self.camera_name: str | None = "Drawn camera"
        self._policy = policy(training=training)
        self._operator: Operator | None = None
        self.staff = {
            OperatorNumber(number): Operator(OperatorNumber(number), role)
            for number, role in (
                ("0007", OperatorRole.SUPERVISOR),
                ("1002", OperatorRole.OPERATOR),
                ("9001", OperatorRole.ADMINISTRATOR),
            )
        }
        if till is TillState.OPEN:
            self._operator = Operator(OperatorNumber("0007"), OperatorRole.OPERATOR)

    def lay_down(self, *sides: Side) -> None:
        """Put the specimen card's sides under the camera, in this order."""
        for side in sides:
            kind = PASSPORT if side is Side.DATA else RESIDENT_ID
            self.cards.append(card.reading(side, kind, self.now))

    def fill_outbox(self, states: tuple[RowState, ...] = tuple(RowState)) -> None:
        """Put one row of each state into the outbox, minutes apart."""
        for number, state in enumerate(states):
            self.outbox.append(self._row(number, state))

    def compare_faces(self, **changes: Any) -> None:
        """Have the policy ask for face compare, as the shipped sample does but for `changes`."""
        sample = parse_policy(resources.path("policies/training.face.json").read_bytes())
        assert sample.face is not None
        self._policy = replace(self._policy, face=replace(sample.face, **changes))

    def leave_to_two(self, rule: str) -> None:
        """Have the policy leave a warning to two people."""
        self._policy = replace(self._policy, safety=Safety(four_eyes=(rule,)))

    # -- the till -----------------------------------------------------------------------------
    def till_state(self) -> TillState:
        return self.till

    def enrol(self, invitation: bytes, operator: OperatorNumber, pin: Private[str]) -> Operator:
        self._say("enrol")
        self.till = TillState.OPEN
        self._operator = Operator(operator, OperatorRole.OPERATOR)
        return self._operator

    def sign_in(self, number: OperatorNumber, pin: Private[str]) -> Operator:
        self._say("sign_in")
        if pin.reveal() != PIN:
            raise WrongPin(tries_left=4)
        self.till = TillState.OPEN
        self._operator = Operator(number, OperatorRole.OPERATOR)
        return self._operator

    def lock(self) -> None:
        self._say("lock")
        self.till = TillState.LOCKED
        self._operator = None

    def ask_recovery(self, pin: Private[str]) -> bytes:
        self._say("ask_recovery")
        return b"please"

    def take_recovery(self, answer: bytes, number: OperatorNumber, pin: Private[str]) -> Operator:
        self._say("take_recovery")
        self.answers.append(answer)
        return self.sign_in(number, Private(PIN))

    def operator(self) -> Operator | None:
        return self._operator

    def operators(self) -> tuple[Operator, ...]:
        return tuple(sorted(self.staff.values(), key=lambda each: each.number))

    def add_operator(self, number: OperatorNumber, role: OperatorRole, pin: Private[str]) -> None:
        self._say("add_operator")
        self.staff[number] = Operator(number, role)

    def remove_operator(self, number: OperatorNumber) -> None:
        self._say("remove_operator")
        del self.staff[number]

    def reset_pin(self, number: OperatorNumber, pin: Private[str]) -> None:
        self._say("reset_pin")

    def change_pin(self, old: Private[str], new: Private[str]) -> None:
        self._say("change_pin")
        if old.reveal() != PIN:
            raise WrongPin(tries_left=4)

    def policy(self) -> PolicyPack:
        return self._policy

    def documents(self) -> tuple[DocumentDeclaration, ...]:
        return documents()

    def wording(self, finding: Finding, language: str) -> str:
        if finding.rule not in WORDINGS:
            return SENTENCES.sentence(finding.rule, language, finding.values)
        return self.hint(finding.rule, language, finding.values)

    def hint(self, rule: str, language: str, values: Mapping[str, str] | None = None) -> str:
        if rule in WORDINGS:
            return WORDINGS[rule][language].format_map(values or {})
        return SENTENCES.sentence(rule, language, values)

    # -- the camera ---------------------------------------------------------------------------
    def cameras(self) -> tuple[str, ...]:
        return () if self.camera_name is None else (self.camera_name, "Second camera")

    def choose_camera(self, name: str, use: CameraUse = CameraUse.DOCUMENT) -> None:
        self._say(f"choose_camera {use}" if use is CameraUse.PERSON else "choose_camera")
        if use is CameraUse.DOCUMENT:
            self.camera_name = name
        else:
            self.person_camera = name

    def chosen_camera(self, use: CameraUse = CameraUse.DOCUMENT) -> str:
        person = self.person_camera if use is CameraUse.PERSON else None
        return person or self.camera_name or "camera 0"

    def camera_target(self) -> Target:
        return target()

    def check_camera(self, show: Callable[[View], None], shutter: Shutter) -> CameraReport | None:
        self._say("check_camera")
        show(view(Phase.SEARCH if self.camera_name else Phase.NO_CAMERA))
        while not shutter.stopped:
            if self.reports:
                return self.reports.popleft()
            threading.Event().wait(0.01)
        return None

    def warm_up(self) -> None:
        self._say("warm_up")

    def look(
        self, wanted: Wanted, show: Callable[[View], None], shutter: Shutter
    ) -> Reading | None:
        self._say("look")
        show(view(Phase.SEARCH))
        while not shutter.stopped:
            if self.cards:
                show(view(Phase.STEADY, hint="CAP08", steady=0.7))
                return self.cards.popleft()
            if shutter.taken():
                return card.reading(min(wanted.sides, key=_usual_order), RESIDENT_ID, self.now)
            threading.Event().wait(0.01)
        return None

    def scan_sim(self, show: Callable[[View], None], shutter: Shutter) -> Private[str] | None:
        self._say("scan_sim")
        show(view(Phase.SEARCH))
        while not shutter.stopped:
            if self.sims:
                return Private(self.sims.popleft())
            threading.Event().wait(0.01)
        return None

    def face_photo(self, draft: Draft) -> Private[bytes]:
        self._say("face_photo")
        return person.photo()

    def look_at_face(
        self, draft: Draft, show: Callable[[View], None], shutter: Shutter
    ) -> FaceTry | None:
        self._say("look_at_face")
        show(person.view(Phase.FOUND, hint="FAC16"))
        while not shutter.stopped:
            if self.faces:
                return self._face_try(draft, self.faces.popleft())
            threading.Event().wait(0.01)
        return None

    # -- the draft ----------------------------------------------------------------------------
    def begin(self) -> Draft:
        self._say("begin")
        assert self._operator is not None
        number = RegistrationId(str(uuid.UUID(int=0xA11CE000 + len(self.drafts))))
        return self._keep(Draft(number, FlowKind.NEW_LINE, self._operator.number, self.now))

    def parked(self) -> tuple[Draft, ...]:
        return tuple(reversed(self.drafts.values()))

    def choose_document(self, draft: Draft, kind: DocumentKind) -> Draft:
        return self._keep(replace(draft, document=kind))

    def take_reading(self, draft: Draft, reading: Reading) -> Draft:
        self._say("take_reading")
        read = {field.name: field for field in reading.fields}
        typed = {name for name, field in draft.fields.items() if field.edited_by}
        kept = {name: field for name, field in read.items() if name not in typed}
        images = dict(draft.images)
        if reading.side and reading.image:
            images[reading.side] = reading.image
        return self._keep(
            replace(
                draft,
                document=reading.document,
                fields=draft.fields | kept,
                read_fields=draft.read_fields | read,
                images=images,
            )
        )

    def retake(self, draft: Draft, side: Side) -> Draft:
        gone = {field.name for field in card.fields(side)}
        return self._keep(
            replace(
                draft,
                images={each: image for each, image in draft.images.items() if each is not side},
                fields={name: each for name, each in draft.fields.items() if name not in gone},
            )
        )

    def type_field(self, draft: Draft, name: FieldName, text: Private[str]) -> Draft:
        self._say("type_field")
        before = draft.fields.get(name)
        typed = Field(name, text, text, Source.TYPED, 1.0, edited_by=draft.operator)
        if before is not None:
            typed = replace(typed, box=before.box, alternatives=before.alternatives)
        return self._keep(replace(draft, fields=draft.fields | {name: typed}))

    def undo_field(self, draft: Draft, name: FieldName) -> Draft:
        self._say("undo_field")
        fields = {key: each for key, each in draft.fields.items() if key != name}
        if name in draft.read_fields:
            fields[name] = draft.read_fields[name]
        return self._keep(replace(draft, fields=fields))

    def confirm(self, draft: Draft, what: str) -> Draft:
        self._say(f"confirm {what}")
        return self._keep(replace(draft, confirmed=draft.confirmed | {what}))

    def second_person_decides(
        self,
        draft: Draft,
        rule: str,
        opinion: SecondOpinion,
        reason: str,
        approver: tuple[OperatorNumber, Private[str]],
    ) -> Draft:
        self._say("second_person_decides")
        number, pin = approver
        if pin.reveal() != PIN:
            raise WrongPin(tries_left=4)
        made = OperatorDecision(number, f"{opinion}:{rule}", reason, self.now)
        agreed = {rule} if opinion is SecondOpinion.APPROVED else set()
        return self._keep(
            replace(draft, decisions=(*draft.decisions, made), confirmed=draft.confirmed | agreed)
        )

    def take_face(self, draft: Draft, made: FaceTry) -> Draft:
        self._say("take_face")
        return self._keep(faces.add_try(draft, made, self._policy))

    def choose_face_method(self, draft: Draft, method: FaceMethod) -> Draft:
        self._say(f"choose_face_method {method}")
        return self._keep(faces.choose_method(draft, method, self._policy))

    def hand_over(self, draft: Draft, taker: OperatorNumber) -> Draft:
        self._say("hand_over")
        del self.drafts[draft.id]
        self.handed_over[draft.id] = taker
        return replace(draft, operator=taker)

    def set_line(
        self, draft: Draft, msisdn: Private[str], iccid: Private[str], source: Source
    ) -> Draft:
        self._say("set_line")
        return self._keep(replace(draft, line=Line(msisdn, iccid, source)))

    def answer_notice(self, draft: Draft, answer: NoticeAnswer) -> Draft:
        others = tuple(each for each in draft.notices if each.notice_id != answer.notice_id)
        return self._keep(replace(draft, notices=(*others, answer)))

    def read_back(self, draft: Draft, *, done: bool) -> Draft:
        return self._keep(replace(draft, read_back=done))

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        found = []
        for name, field in draft.fields.items():
            if field.doubtful and name not in draft.confirmed:
                found.append(Finding("CHK01", Severity.WARN, name))
        number = draft.fields.get(FieldName("id_number"))
        if number is not None and len(number.value.reveal()) != 18:
            size = str(len(number.value.reveal()))
            found.append(Finding("NUM01", Severity.BLOCK, number.name, {"n": size}))
        if self.link is LinkState.OFFLINE and _OFFLINE not in draft.confirmed:
            found.append(Finding(_OFFLINE, Severity.WARN))
        known = Known(offline=self.link is LinkState.OFFLINE)
        case = Case(draft, documents(), self._policy, self.now.date(), known, SENTENCES)
        return (*found, *rules_face.findings(case))

    def steps(self, draft: Draft) -> tuple[Step, ...]:
        found = self.findings(draft)
        line = tuple(each for each in found if each.rule == _OFFLINE)
        face = tuple(each for each in found if each.rule.startswith("FAC"))
        identity = tuple(each for each in found if each not in (*line, *face))
        open_face = rules.in_the_way(draft, face)
        answered = {answer.notice_id for answer in draft.notices if answer.accepted}
        needed = {notice.id for notice in self._policy.notices if notice.required}
        ready = {
            StepName.IDENTITY: len(draft.images) > 1 and not identity,
            StepName.LINE: draft.line is not None and not line,
            StepName.FACE: not open_face,
            StepName.NOTICES: needed <= answered,
            StepName.REVIEW: draft.read_back,
        }
        steps = []
        if self._policy.face is None:
            del ready[StepName.FACE]
        found_in = {StepName.IDENTITY: identity, StepName.LINE: line, StepName.FACE: open_face}
        for name, done in ready.items():
            mine = found_in.get(name, ())
            begun = {StepName.IDENTITY: True, StepName.FACE: draft.face is not None}.get(
                name, draft.line is not None
            )
            waits = StepState.CHECK if mine and begun else StepState.TODO
            state = StepState.DONE if done else waits
            steps.append(Step(name, state, mine))
        return tuple(steps)

    def submit(self, draft: Draft) -> CustomerReceipt:
        self._say("submit")
        if any(each.rule == _OFFLINE for each in self.findings(draft)):
            raise NotComplete(rules=_OFFLINE)
        self.drafts.pop(draft.id, None)
        receipt = self._receipt(draft)
        self.receipts[draft.id] = receipt
        row = replace(self._row(0, RowState.QUEUED), id=draft.id, created_at=self.now)
        masked = mask_msisdn(receipt.msisdn)
        self.outbox.append(
            replace(row, masked_name=receipt.masked_name, masked_msisdn=masked, attempts=0)
        )
        return receipt

    def discard(self, draft: Draft) -> None:
        self._say("discard")
        self.drafts.pop(draft.id, None)

    # -- after submit -------------------------------------------------------------------------
    def rows(self, *, limit: int = 50, after: RegistrationId | None = None) -> tuple[Row, ...]:
        newest_first = sorted(self.outbox, key=lambda row: row.created_at, reverse=True)
        ids = [row.id for row in newest_first]
        start = ids.index(after) + 1 if after is not None else 0
        return tuple(newest_first[start : start + limit])

    def timeline(self, registration: RegistrationId) -> tuple[Happening, ...]:
        row = next(each for each in self.outbox if each.id == registration)
        after = {
            RowState.RECEIVED: ("sending", "received"),
            RowState.ACCEPTED: ("sending", "received", "decided_accepted"),
            RowState.RETURNED: ("sending", "received", "decided_returned"),
            RowState.REFUSED: ("sending", "received", "decided_refused"),
        }.get(row.state, ())
        events = ("submitted", *after)
        return tuple(
            Happening(row.created_at + timedelta(minutes=place), event)
            for place, event in enumerate(events)
        )

    def revise(self, registration: RegistrationId) -> Draft:
        self._say("revise")
        draft = replace(self.begin(), supersedes=registration)
        self.drafts[draft.id] = draft
        return draft

    def export_queue(self, file: Path) -> Exported:
        self._say("export_queue")
        file.write_bytes(b"POSBNDL1\n")
        return Exported(len(self.outbox), 9)

    def import_file(self, file: Path) -> Imported:
        self._say("import_file")
        return Imported(closed=1)

    def try_again(self, registration: RegistrationId) -> None:
        self._say("try_again")
        for place, row in enumerate(self.outbox):
            if row.id == registration:
                self.outbox[place] = replace(
                    row, state=RowState.QUEUED, cause=None, next_at=self.now
                )

    def receipt_code(self, registration: RegistrationId) -> tuple[tuple[bool, ...], ...]:
        self._say("receipt_code")
        return qr_matrix(registration)

    def receipt(self, registration: RegistrationId) -> CustomerReceipt:
        self._say("receipt")
        receipt = self.receipts[registration]
        again = replace(receipt, copy=receipt.copy + 1)
        self.receipts[registration] = again
        return again

    def sync_now(self) -> None:
        self._say("sync_now")

    def status(self) -> Status:
        states = [row.state for row in self.outbox]
        waiting = [row.created_at for row in self.outbox if row.state is RowState.QUEUED]
        figures = QueueFigures(
            waiting=states.count(RowState.QUEUED) + states.count(RowState.SENDING),
            sending=states.count(RowState.SENDING),
            quarantined=states.count(RowState.QUARANTINED),
            returned=states.count(RowState.RETURNED),
            in_review=states.count(RowState.IN_REVIEW),
            oldest_waiting=min(waiting, default=None),
            last_received=self.now - timedelta(minutes=2),
        )
        return Status(
            link=self.link,
            queue=figures,
            camera=self.camera_name,
            clock_offset_s=self.clock_offset_s,
            training=self._policy.training,
            room=self.room,
            last_contact=self.now - timedelta(minutes=2),
            cause=CarrierUnreachable.code if self.link is LinkState.OFFLINE else None,
            rate=self.rate,
            left_s=self.left_s,
            held=self.held,
        )

    # -- inside -------------------------------------------------------------------------------
    def _say(self, what: str) -> None:
        self.said.append(what)
        if what in self.trouble:
            raise self.trouble[what]

    def _face_try(self, draft: Draft, verdict: FaceVerdict) -> FaceTry:
        face = self._policy.face
        assert face is not None
        score = {FaceVerdict.MATCH: 0.71, FaceVerdict.REVIEW: 0.33, FaceVerdict.DIFFER: 0.11}
        moves = (FaceMove.LEFT, FaceMove.CLOSER)
        shown = draft.images[Side.PORTRAIT].sha256
        return FaceTry(
            self.now, verdict, score.get(verdict), face.accept, face.review, moves, shown
        )

    def _keep(self, draft: Draft) -> Draft:
        kept = replace(draft, revision=draft.revision + 1)
        self.drafts[kept.id] = kept
        return kept

    def _receipt(self, draft: Draft) -> CustomerReceipt:
        def value(name: str) -> str:
            found = draft.fields.get(FieldName(name))
            return "" if found is None else found.value.reveal()

        line = draft.line
        return CustomerReceipt(
            id=draft.id,
            flow=draft.flow,
            carrier=self._policy.carrier,
            outlet="BJ-017",
            operator=draft.operator,
            created_at=self.now,
            masked_name=mask_name(value("name")),
            document_title=documents()[0].title,
            masked_number=mask_tail(value("id_number"), 3, 4),
            msisdn="" if line is None else line.msisdn.reveal(),
            masked_iccid="" if line is None else mask_tail(line.iccid.reveal(), 0, 4),
            notices=tuple((each.title, each.version) for each in self._policy.notices),
            state=RowState.QUEUED,
            hotline=self._policy.hotline,
            rights=self._policy.receipt_rights,
            training=self._policy.training,
        )

    def _row(self, number: int, state: RowState) -> Row:
        stuck = state in {RowState.QUEUED, RowState.QUARANTINED}
        judged = state in {RowState.RETURNED, RowState.REFUSED}
        cause = CarrierUnreachable if state is RowState.QUEUED else PacketDamaged
        return Row(
            id=RegistrationId(str(uuid.UUID(int=0xB0B000 + number))),
            state=state,
            flow=FlowKind.NEW_LINE,
            operator=OperatorNumber("0007"),
            outlet="BJ-017",
            masked_name=("张*丰", "样*", "欧阳*", "A*** S*******")[number % 4],
            masked_msisdn=f"138****{8000 + number}",
            created_at=self.now - timedelta(minutes=4 + 37 * number),
            size=412_000 + 61_000 * number,
            sha256="0" * 64,
            attempts=number % 5,
            next_at=self.now + timedelta(minutes=3),
            cause=cause.code if stuck else None,
            carrier_ref="TRN-20260302-0042" if judged else None,
            reason="PHOTO_UNCLEAR" if judged else None,
            packet_present=state is not RowState.PURGED,
        )


def _usual_order(side: Side) -> int:
    return list(Side).index(side)
