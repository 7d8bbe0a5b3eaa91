"""One customer at the counter: what the clerk does on the working screen, and what follows."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source
from pos_client.model.operator import SecondOpinion
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.reading import Reading
from pos_client.model.registration import Line, NoticeAnswer, OperatorNumber, RegistrationId
from pos_client.model.rules import Finding
from pos_client.model.steps import StepName
from pos_client.ui.background import Background
from pos_client.ui.eyes import Eyes
from pos_client.ui.facing import Facing
from pos_client.ui.journey import Journey
from pos_client.ui.pages.registration import RegistrationPage
from pos_client.ui.parting import Parting
from pos_client.ui.port import CounterDesk
from pos_client.ui.scans import Scan, recognise
from pos_client.ui.standing import Standing

_ORDER: Final = (StepName.LINE, StepName.FACE, StepName.NOTICES, StepName.REVIEW)


class Visit(QObject):
    """Brings page, draft and camera together. The document drives the form, not the other way."""

    #: A draft lies on the counter; the working screen is to be shown.
    opened = Signal()
    #: The registration is sealed and saved.
    submitted = Signal(CustomerReceipt)
    #: No draft could be put on the counter.
    refused = Signal(Problem)

    def __init__(
        self, desk: CounterDesk, background: Background, page: RegistrationPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._journey = Journey(desk, background, self)
        self._eyes = Eyes(desk, background, page.camera, self)
        self._facing = Facing(desk, background, page, self._journey, self._eyes)
        self.parting = Parting(self._journey, self._eyes, page, self)
        self._opening = False
        self._submitting = False
        self._hidden = False
        self._had: frozenset[Side] = frozenset()
        self._connect()

    @property
    def registration(self) -> RegistrationId | None:
        """The draft on the counter."""
        standing = self._journey.standing
        return standing.draft.id if standing else None

    # -- beginning and ending -----------------------------------------------------------------
    def begin(self) -> None:
        """Start a registration for a new customer."""
        self._opening, self._hidden = True, False
        self._journey.begin()

    def resume(self, registration: RegistrationId) -> None:
        """Go on with a saved draft."""
        self._opening, self._hidden = True, False
        self._journey.resume(registration)

    def suspend(self, then: Callable[[], None]) -> RegistrationId | None:
        """Take everything off the screen at once; `then` follows when the draft is saved."""
        self._hidden = True
        return self.parting.suspend(then)

    def submit(self) -> None:
        """Seal and save it, where nothing stands in the way; else show what does."""
        if self._submitting:
            return
        self.parting.hand_over()
        self._journey.after_all(self._submit_if_ready)

    # -- the clerk's hands --------------------------------------------------------------------
    def go_to(self, step: StepName) -> None:
        """Open a step; there may be none for the face."""
        standing = self._journey.standing
        if standing is not None and not standing.has(step):
            return
        self._page.go_to(step)
        self._page.enter()

    def next_to_check(self, *, backwards: bool = False) -> None:
        """Put the keyboard into the next doubtful or missing field."""
        self._page.go_to(StepName.IDENTITY)
        if not self._page.identity.go_to_open(backwards=backwards):
            self._advance()

    def accept(self) -> None:
        """Say yes in the customer's name: to the notice shown, or to what was read out."""
        page = self._page
        if page.step is StepName.NOTICES:
            page.notices.answer(accepted=True)
        elif page.step is StepName.FACE:
            page.face.accept()
        elif page.step is StepName.REVIEW:
            self._read_back(done=True)
        else:
            self._go_on()

    def retake(self) -> None:
        """Forget the side that was captured last, and look for it again."""
        standing = self._journey.standing
        images = standing.draft.images if standing else {}
        if images:
            last = max(images, key=lambda side: images[side].captured_at)
            self._eyes.typing = False
            self._page.go_to(StepName.IDENTITY)
            self._journey.do("retake", lambda draft: self._desk.retake(draft, last))
        self._eyes.look_again()

    def type_instead(self) -> None:
        """Type what the camera cannot read, or go back to the camera."""
        self._eyes.typing = not self._eyes.typing
        self._page.go_to(StepName.IDENTITY)
        standing = self._journey.standing
        if standing is None:
            return
        self._stands(standing)
        if self._eyes.typing and standing.declaration is None:
            self._page.identity.ask_document()
        else:
            self._page.enter()

    def choose_document(self) -> None:
        """Ask which document it is."""
        self._page.go_to(StepName.IDENTITY)
        self._page.identity.ask_document()

    def other_camera(self) -> None:
        """Look through the next camera."""
        self._eyes.change_camera()

    def take_scan(self, text: Private[str]) -> None:
        """Put in what a scanner read; it is told apart by its shape."""
        kind, value = recognise(text, self._desk.policy())
        if kind is Scan.ICCID:
            self._take_sim(value)
        elif kind is Scan.MSISDN:
            self._page.line.take_scanned_number(value)
        else:
            self._page.tell_unknown_scan()

    # -- inside -------------------------------------------------------------------------------
    def _connect(self) -> None:
        page, journey = self._page, self._journey
        journey.changed.connect(self._stands)
        journey.failed.connect(self._failed)
        journey.submitted.connect(self._sealed)
        self._eyes.side_taken.connect(self._take_side)
        self._eyes.sim_taken.connect(self._take_sim)
        self._eyes.failed.connect(self._failed)
        page.identity.value_typed.connect(self._type)
        page.identity.value_confirmed.connect(self._confirm)
        page.identity.undo_asked.connect(lambda name: journey.undo_field(FieldName(name)))
        page.identity.all_checked.connect(self._go_on)
        page.identity.document_chosen.connect(self._choose)
        page.line.line_given.connect(self._set_line)
        page.line.finished.connect(self._go_on)
        page.notices.answered.connect(self._answer)
        page.notices.finished.connect(self._go_on)
        page.face.answered.connect(self._answer)
        page.face.finished.connect(self._go_on)
        page.face.second_decided.connect(self._second)
        self._facing.failed.connect(self._failed)
        page.review.finding_chosen.connect(self._go_to_finding)
        page.review.warning_accepted.connect(self._confirm)
        page.review.second_decided.connect(self._second)
        page.review.read_back_changed.connect(lambda done: self._read_back(done=done))
        page.review.submit_asked.connect(self.submit)
        page.camera.take_chosen.connect(self._eyes.take_now)
        page.camera.type_chosen.connect(self.type_instead)
        page.camera.other_camera_chosen.connect(self.other_camera)
        page.step_chosen.connect(self.go_to)
        page.problem_box.try_again_chosen.connect(self._try_again)

    def _stands(self, standing: Standing) -> None:
        if self._hidden:
            return
        if self._opening:
            self._open(standing)
            return
        had, has = self._had, frozenset(standing.draft.images)
        self._had = has
        self._show(standing)
        if has > had:
            # In the next turns of the loop: filling the form is enough for one.
            for side in has - had:
                QTimer.singleShot(0, partial(self._freeze, side, standing))
            QTimer.singleShot(0, self._after_capture)

    def _freeze(self, side: Side, standing: Standing) -> None:
        if self._page.standing is standing:
            self._page.camera.freeze(side, standing.prints[side].whole())

    def _show(self, standing: Standing) -> None:
        self._eyes.look_for(standing)
        self._page.show_standing(standing, self._eyes.sides, typing=self._eyes.typing)
        self._facing.show(standing)

    def _open(self, standing: Standing) -> None:
        self._opening = self._submitting = self._eyes.typing = False
        self._had = frozenset(standing.draft.images)
        self._page.notices.show_notices(self._desk.policy().notices)
        self._page.review.show_four_eyes(self._desk.policy().four_eyes)
        self._page.line.show_offered(self._desk.policy().offered_numbers)
        self._page.identity.show_documents(self._desk.documents())
        self._show(standing)
        self.opened.emit()

    def _after_capture(self) -> None:
        standing = self._page.standing
        if standing is None or self._hidden or self._page.step is not StepName.IDENTITY:
            return
        if not standing.missing_sides:
            self._advance()

    def _take_side(self, reading: Reading) -> None:
        self._page.problem_box.clear()
        self._journey.take_reading(reading)

    def _take_sim(self, iccid: Private[str]) -> None:
        self._page.line.take_scan(iccid)
        if self._page.step is StepName.LINE:
            self._page.enter()

    def _type(self, name: str, text: Private[str]) -> None:
        self._journey.type_field(FieldName(name), text)

    def _confirm(self, what: str) -> None:
        self._journey.do(f"confirm {what}", lambda draft: self._desk.confirm(draft, what))

    def _second(
        self, rule: str, opinion: SecondOpinion, reason: str, number: str, pin: Private[str]
    ) -> None:
        approver = (OperatorNumber(number), pin)
        self._page.problem_box.clear()
        self._journey.decide(
            lambda draft: self._desk.second_person_decides(draft, rule, opinion, reason, approver),
            self._close_second,
        )

    def _close_second(self) -> None:
        for pane in (self._page.review, self._page.face):
            pane.second.close_up()

    def _choose(self, kind: str) -> None:
        chosen = DocumentKind(kind)
        self._journey.do("document", lambda draft: self._desk.choose_document(draft, chosen))
        self._journey.after_all(self._page.enter)

    def _set_line(self, msisdn: Private[str], iccid: Private[str], source: Source) -> None:
        self._journey.set_line(Line(msisdn, iccid, source))

    def _answer(self, answer: NoticeAnswer) -> None:
        what = f"notice {answer.notice_id}"
        self._journey.do(what, lambda draft: self._desk.answer_notice(draft, answer))

    def _read_back(self, *, done: bool) -> None:
        self._journey.do("read back", lambda draft: self._desk.read_back(draft, done=done))

    def _go_on(self) -> None:
        asked_at = self._page.step

        def advance() -> None:
            # Whoever has opened another step meanwhile stays there.
            if self._page.step is asked_at:
                self._advance()

        self._journey.after_all(advance)

    def _advance(self) -> None:
        """Go to what is to be done next: open fields, missing sides, then the next open step."""
        standing, page = self._journey.standing, self._page
        if standing is None:
            return
        if page.step is StepName.IDENTITY:
            if page.identity.go_to_open():
                return
            if self._eyes.sides:
                page.camera.view.setFocus()
                return
        open_steps = (each for each in _ORDER if standing.holds_up(each))
        self.go_to(next(open_steps, StepName.REVIEW))

    def _go_to_finding(self, finding: Finding) -> None:
        standing = self._journey.standing
        if standing is None:
            return
        homes = (step.name for step in standing.steps if finding in step.findings)
        step = next(homes, StepName.IDENTITY)
        self._page.go_to(StepName.IDENTITY if finding.about else step)
        if finding.about is None:
            self._page.enter()
            return
        if finding.about not in self._page.identity.rows:
            self._eyes.typing = True
            self._stands(standing)
        self._page.identity.go_to(finding.about)

    def _submit_if_ready(self) -> None:
        standing = self._journey.standing
        if standing is None:
            return
        if standing.ready and self._journey.at_rest:
            self._submitting = True
            self._page.wait_for_submit()
            self._journey.submit()
        else:
            self.go_to(StepName.REVIEW)

    def _sealed(self, receipt: CustomerReceipt) -> None:
        self._submitting = False
        self._eyes.stop()
        self._facing.stop()
        self.submitted.emit(receipt)

    def _failed(self, problem: Problem) -> None:
        if self._hidden:
            # It is kept, and told when the draft is taken up again.
            return
        self._page.review.wait(None)
        self._page.review.second.try_again()
        self._page.face.second.try_again()
        if self._opening:
            self.refused.emit(problem)
            return
        if self._submitting:
            self._submitting = False
            # The line may have gone down since: what the rules say now is to be seen.
            self._journey.look_anew()
        self._page.problem_box.show_problem(problem, can_retry=True)

    def _try_again(self) -> None:
        self._page.problem_box.clear()
        self._journey.try_again()
        self._eyes.look_again()
        self._facing.try_again()
