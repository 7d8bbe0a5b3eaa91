"""A registration in the making: every verb saves the draft before it returns."""

import logging
import uuid

from pos_client.desk.stages import Stages
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind, Side
from pos_client.model.draft import Draft
from pos_client.model.field import FieldName, Source
from pos_client.model.mask import mask_msisdn
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import NoticeAnswer, OperatorNumber, RegistrationId
from pos_client.model.rules import Finding
from pos_client.model.status import LinkState
from pos_client.model.steps import Step
from pos_client.outbox.drafts import DraftLabels, StoredDraft
from pos_client.outbox.key_problems import OperatorUnknown
from pos_client.outbox.problems import DraftOfAnother
from pos_client.registration import draft as drafting
from pos_client.registration import draft_codec, holder, rules
from pos_client.registration import face as faces
from pos_client.registration import steps as visit
from pos_client.registration.case import Case, Known
from pos_client.registration.problems import DraftUnreadable, UnknownField

log = logging.getLogger(__name__)


class DraftVerbs:
    """Everything a clerk does to a draft."""

    def __init__(self, stages: Stages) -> None:
        """Stand at the desk of this till."""
        self._stages = stages

    def parked(self) -> tuple[Draft, ...]:
        """Return the saved drafts of this operator, newest first: parked or left by a crash.

        One that cannot be read is left where it is, so that nothing is lost; the log has its id.
        """
        opened = self._stages.signed_in()
        found = []
        for stored in opened.outbox.drafts(opened.unlocked.operator.number):
            try:
                found.append(draft_codec.decode(stored.body, stored.images))
            except DraftUnreadable:
                log.warning("draft %s cannot be read", stored.id)
        return tuple(found)

    def new_draft(self, supersedes: RegistrationId | None = None) -> Draft:
        """Start an empty draft and save it; it may correct a returned registration."""
        stages = self._stages
        number = stages.signed_in().unlocked.operator.number
        registration = RegistrationId(str(uuid.uuid4()))
        return self._save(drafting.begin(registration, number, stages.now(), supersedes))

    def choose_document(self, draft: Draft, kind: DocumentKind) -> Draft:
        """Say which document it is, where the camera guessed wrong or fields are typed."""
        return self._save(drafting.choose_document(draft, kind))

    def take_reading(self, draft: Draft, reading: Reading) -> Draft:
        """Take a side's reading over into the draft; typed values are never overwritten."""
        declaration = self._declared(reading.document or draft.document)
        return self._save(drafting.take_reading(draft, reading, declaration, self._stages.today()))

    def retake(self, draft: Draft, side: Side) -> Draft:
        """Forget one side, so that it can be captured again."""
        declaration = self._declared(draft.document)
        return self._save(drafting.retake(draft, side, declaration, self._stages.today()))

    def type_field(self, draft: Draft, name: FieldName, text: Private[str]) -> Draft:
        """Put a typed value into a field. What was read is kept beside it."""
        declaration = self._declared(draft.document)
        return self._save(drafting.type_field(draft, name, text, declaration, self._stages.today()))

    def undo_field(self, draft: Draft, name: FieldName) -> Draft:
        """Put the value back that was read."""
        declaration = self._declared(draft.document)
        return self._save(drafting.undo_field(draft, name, declaration, self._stages.today()))

    def confirm(self, draft: Draft, what: str) -> Draft:
        """Note that the operator compared a field with the print, or accepted a WARN rule."""
        return self._save(drafting.confirm(draft, what))

    def set_line(
        self, draft: Draft, msisdn: Private[str], iccid: Private[str], source: Source
    ) -> Draft:
        """Put in number and SIM; `source` says whether the ICCID was scanned or typed."""
        return self._save(drafting.set_line(draft, msisdn, iccid, source))

    def answer_notice(self, draft: Draft, answer: NoticeAnswer) -> Draft:
        """Keep what the customer answered to a notice, with the version shown.

        After a no to the consent for faces, no picture of the face is kept.
        """
        answered = drafting.answer_notice(draft, answer)
        return self._save(faces.after_answer(answered, self._stages.policy))

    def read_back(self, draft: Draft, *, done: bool) -> Draft:
        """Note that name and number were read to the customer."""
        return self._save(drafting.read_back(draft, done=done))

    def discard(self, draft: Draft) -> None:
        """Forget a draft for good. Raises DraftOfAnother."""
        self.require_own(draft)
        self._stages.signed_in().outbox.delete_draft(draft.id)

    def hand_over(self, draft: Draft, taker: OperatorNumber) -> Draft:
        """Give a draft to another operator of this till, who goes on with it and submits it.

        Who gave it stands in the record. What the taker approved as a second person is open again:
        nobody approves their own registration.

        Raises:
            DraftOfAnother: it is not the giver's to give.
            OperatorUnknown: nobody on this till has this number.
        """
        stages = self._stages
        self.require_own(draft)
        if taker not in {each.number for each in stages.custody.operators()}:
            raise OperatorUnknown(number=taker)
        given = drafting.hand_over(draft, taker, stages.now())
        body, images = draft_codec.encode(given)
        stored = StoredDraft(
            given.id, taker, stages.now(), self.labels(given), body=body, images=images
        )
        stages.signed_in().outbox.hand_over_draft(draft.operator, stored)
        return given

    def require_own(self, draft: Draft) -> None:
        """Raise DraftOfAnother where somebody else is signed in than began a draft."""
        if draft.operator != self._stages.signed_in().unlocked.operator.number:
            raise DraftOfAnother

    def keep(self, draft: Draft) -> Draft:
        """Save a draft that another verb of the desk changed. Raises DraftOfAnother."""
        return self._save(draft)

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """Return what the rules say about the draft as it stands."""
        return rules.check(self.case(draft))

    def case(self, draft: Draft) -> Case:
        """Return everything the rules may look at."""
        stages = self._stages
        return Case(
            draft=draft,
            documents=stages.documents,
            policy=stages.policy,
            today=stages.today(),
            known=self._known(draft),
            usual=stages.wordings,
        )

    def steps(self, draft: Draft) -> tuple[Step, ...]:
        """Return the parts of this visit and what still stands in the way of each."""
        face = self._stages.policy.face is not None
        return visit.steps(draft, self.findings(draft), face=face)

    def labels(self, draft: Draft) -> DraftLabels:
        """Return what a row may show of this draft: masked, never the whole."""
        msisdn = draft.line.msisdn.reveal() if draft.line else ""
        return DraftLabels(
            flow=draft.flow,
            outlet=self._stages.open().till.outlet,
            masked_name=holder.masked_name(draft.fields),
            masked_msisdn=mask_msisdn(msisdn),
        )

    def _known(self, draft: Draft) -> Known:
        opened = self._stages.open()
        declaration = self._stages.declaration(draft.document)
        number = holder.recognised_by(draft.fields, declaration) if declaration else ""
        lines_here = opened.outbox.registrations_of(Private(number)) if number else 0
        offline = opened.sending.link.view.state is LinkState.OFFLINE
        if draft.line is None:
            return Known(offline=offline, lines_here=lines_here)
        used = opened.outbox.line_in_use(draft.line.iccid, draft.line.msisdn)
        return Known(
            offline=offline,
            lines_here=lines_here,
            iccid_used_in=used.iccid,
            msisdn_used_in=used.msisdn,
        )

    def _declared(self, kind: DocumentKind | None) -> DocumentDeclaration:
        declaration = self._stages.declaration(kind)
        if declaration is None:
            raise UnknownField
        return declaration

    def _save(self, draft: Draft) -> Draft:
        stages = self._stages
        opened = stages.signed_in()
        self.require_own(draft)
        body, images = draft_codec.encode(draft)
        opened.outbox.save_draft(
            draft.id, draft.operator, body, images, self.labels(draft), stages.now()
        )
        return draft
