"""The one working screen: camera and card at the left, the form at the right, steps above."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.model.document import Side
from pos_client.model.face import FaceMethod, FaceVerdict
from pos_client.model.rules import Finding, Severity
from pos_client.model.steps import StepName, StepState
from pos_client.ui.figures import grouped
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.camera_pane import CameraPane, Hint
from pos_client.ui.pages.face import FacePane
from pos_client.ui.pages.identity import IdentityPane
from pos_client.ui.pages.leaving import LeavingBanner
from pos_client.ui.pages.line import LinePane
from pos_client.ui.pages.notices import NoticesPane
from pos_client.ui.pages.page import Page, PageName, scrolled
from pos_client.ui.pages.review import ReviewPane
from pos_client.ui.standing import Standing
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.widgets.step_bar import StepBar

#: The last characters of a number that tell it from others at a glance.
_TAIL = 4
#: Narrower, and the camera's heading is cut.
CAMERA_PX = 310


class RegistrationPage(Page):
    """Shows a draft as it stands; what the clerk does goes out through the panes' signals."""

    #: The clerk wants to see a step.
    step_chosen = Signal(StepName)
    #: Another step is open.
    step_opened = Signal(StepName)

    def __init__(self, hint: Hint, sentence: Callable[[Finding], str]) -> None:
        super().__init__(PageName.REGISTRATION)
        self._sentence = sentence
        self._standing: Standing | None = None
        self._wanted: frozenset[Side] | None = frozenset()
        self._typing = False
        self.step = StepName.IDENTITY
        self.steps = StepBar()
        self.steps.setObjectName("steps")
        self.camera = CameraPane(hint)
        self._left = scrolled(self.camera)
        self.identity = IdentityPane()
        self.line = LinePane()
        self.face = FacePane(lambda rule: hint(rule, {}), sentence)
        self.notices = NoticesPane()
        self.review = ReviewPane()
        self.problem_box = ProblemBox()
        self.told = Banner()
        self.leaving = LeavingBanner()
        self._panes: dict[StepName, QWidget] = {
            StepName.IDENTITY: self.identity,
            StepName.LINE: scrolled(self.line),
            StepName.FACE: self.face,
            StepName.NOTICES: self.notices,
            StepName.REVIEW: scrolled(self.review),
        }
        self._stack = QStackedWidget()
        self._lay_out()
        self.steps.step_chosen.connect(self.step_chosen)

    @property
    def standing(self) -> Standing | None:
        """The draft that is shown."""
        return self._standing

    def show_standing(
        self, standing: Standing, wanted: frozenset[Side] | None, *, typing: bool
    ) -> None:
        """Show how the draft stands, what the camera looks for, and whether fields are typed."""
        self._standing, self._wanted, self._typing = standing, wanted, typing
        self.told.clear()
        self._show()

    def go_to(self, step: StepName) -> None:
        """Open a step."""
        other, self.step = self.step is not step, step
        # Where a person is looked at there is no card to be shown, and room is needed.
        self._left.setVisible(step is not StepName.FACE)
        self._show_review()
        self._stack.setCurrentWidget(self._panes[step])
        self._show_steps()
        if other:
            self.step_opened.emit(step)

    def enter(self) -> None:
        """Put the keyboard where the open step wants it."""
        if self.step is StepName.IDENTITY:
            if not self.identity.go_to_first_open():
                self.camera.view.setFocus()
            return
        panes: dict[StepName, LinePane | FacePane | NoticesPane | ReviewPane] = {
            StepName.LINE: self.line,
            StepName.FACE: self.face,
            StepName.NOTICES: self.notices,
            StepName.REVIEW: self.review,
        }
        panes[self.step].enter()

    def wait_for_submit(self) -> None:
        """Say that it is being sealed."""
        self.review.wait(self.tr("Sealing and saving"))

    def tell_unknown_scan(self) -> None:
        """Say that the scanner read something that has no place here."""
        self.told.tell(
            Tone.CALM,
            self.tr("This code is no SIM card and no number of this carrier"),
            self.tr("Scan the long bar code on the card's holder."),
            icon="barcode",
        )

    def forget(self) -> None:
        """Keep nothing of a customer on a page that is not seen."""
        self._standing = None
        self.camera.forget()
        self.identity.forget()
        self.line.forget()
        self.face.forget()
        self.notices.forget()
        self.review.forget()
        self.problem_box.clear()
        self.told.clear()
        self.leaving.clear()
        self.go_to(StepName.IDENTITY)

    def word(self) -> None:
        """Word anew what depends on the draft."""
        self._show()

    def _show(self) -> None:
        standing = self._standing
        if standing is None:
            return
        self.camera.show_standing(standing, self._wanted, typing=self._typing)
        fields = standing.fields_shown(self._sentence, all_sides=self._typing)
        self.identity.show_fields(standing.declaration, fields)
        about_line = [each for each in standing.findings if each.rule[:3] in {"SIM", "QTA"}]
        self.line.show_line(
            standing.line, [self._sentence(each) for each in about_line if each.rule != "SIM08"]
        )
        self.notices.show_answers(standing.draft.notices)
        self._show_review()
        self._show_steps()

    def _show_review(self) -> None:
        # Only where somebody looks: while a card is read the window has no time for hidden lists.
        if self._standing is not None and self.step is StepName.REVIEW:
            self.review.show_standing(
                self._standing,
                [(each, self._sentence(each)) for each in _to_heed(self._standing)],
            )

    def _show_steps(self) -> None:
        standing = self._standing
        if standing is not None:
            self.steps.show_steps(standing.steps, self.step, self._summaries(standing))

    def _summaries(self, standing: Standing) -> dict[StepName, str]:
        open_count = self.identity.open_count
        filled = sum(bool(field.value.reveal()) for field in standing.draft.fields.values())
        fields = self.tr("%n field(s)", "", filled) if filled else self.tr("no card yet")
        if open_count and filled:
            fields = self.tr("{fields}, {n} to check").format(fields=fields, n=open_count)
        line = standing.line
        msisdn = grouped(line.msisdn.reveal()) if line else ""
        iccid = line.iccid.reveal() if line else ""
        sim = self.tr("SIM …{tail}").format(tail=iccid[-_TAIL:]) if iccid else self.tr("no SIM")
        points = sum(each.severity is not Severity.REVIEW for each in standing.in_the_way)
        both = f"{msisdn or self.tr('no number')} · {sim}"
        return {
            StepName.IDENTITY: fields,
            StepName.LINE: both if msisdn or iccid else self.tr("nothing yet"),
            StepName.FACE: self._face_summary(standing),
            StepName.NOTICES: self.tr("{n} of {count} agreed").format(
                n=self.notices.accepted_count, count=self.notices.count
            ),
            StepName.REVIEW: self.tr("%n point(s) open", "", points)
            if points
            else self.tr("ready to submit"),
        }

    def _face_summary(self, standing: Standing) -> str:
        check, step = standing.draft.face, standing.step(StepName.FACE)
        if check is None or step.state is StepState.TODO:
            return self.tr("not yet")
        if step.findings:
            return self.tr("to be decided")
        matched = check.last is not None and check.last.verdict is FaceVerdict.MATCH
        by_camera = check.method is FaceMethod.COMPARE
        return self.tr("matched") if matched and by_camera else self.tr("checked in another way")

    def _lay_out(self) -> None:
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.addWidget(self._stack)
        panes = QHBoxLayout()
        panes.setSpacing(14)
        # The form is the wider one: an ID number and its print stand side by side.
        self._left.setMinimumWidth(CAMERA_PX)
        panes.addWidget(self._left, 9)
        panes.addWidget(card, 13)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.steps)
        for banner in (self.leaving, self.problem_box, self.told):
            column.addWidget(banner)
        column.addLayout(panes, 1)


def _to_heed(standing: Standing) -> tuple[Finding, ...]:
    """Return what is in the way, and what people will look at afterwards."""
    first = standing.in_the_way
    later = (each for each in standing.findings if each.severity is Severity.REVIEW)
    return (*first, *(each for each in later if each not in first))
