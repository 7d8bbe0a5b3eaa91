"""The person before the card: asked first, then compared, and never turned away by a machine."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos_client.model.face import FaceMethod
from pos_client.model.operator import SecondOpinion
from pos_client.model.policy import FacePolicy
from pos_client.model.private import Private
from pos_client.model.registration import NoticeAnswer
from pos_client.model.rules import Finding
from pos_client.model.view import View
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.face_shown import FaceShown, FaceStand
from pos_client.ui.pages.notices import NoticesPane
from pos_client.ui.pages.page import Pane, push_button, scrolled, text_label
from pos_client.ui.pages.second_person import SecondPersonBox
from pos_client.ui.pages.side_slots import SidePicture
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.face_view import FaceView

_PHOTO_PX: Final = 130
#: Wider lines of words are hard to read, and so are wider buttons.
_WORDS_PX: Final = 560
#: The step itself says that nothing was done yet.
_NOT_YET: Final = "FAC10"


class FacePane(Pane):
    """Consent first; then the live picture, the card's photo, a word for the outcome, ways on."""

    #: The customer answered the consent.
    answered = Signal(NoticeAnswer)
    #: The clerk wants one more look.
    start_asked = Signal()
    #: The clerk goes another way, or back to comparing.
    way_chosen = Signal(FaceMethod)
    #: A second person decided: rule, opinion, reason, their number, their PIN.
    second_decided = Signal(str, SecondOpinion, str, str, Private)
    #: The customer is asked once more: nobody looks meanwhile.
    asked_again = Signal()
    #: Nothing more is to be done here.
    finished = Signal()

    def __init__(self, hint: Callable[[str], str], sentence: Callable[[Finding], str]) -> None:
        super().__init__()
        self._sentence = sentence
        self._policy: FacePolicy | None = None
        self._shown: FaceShown | None = None
        self._looking = self._asking_again = False
        self._before: tuple[FaceStand, bool, bool] | None = None
        self.consent = NoticesPane("face-consent")
        self.view = FaceView(hint)
        self.view.setObjectName("face-camera")
        self.view.setMinimumSize(200, 130)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.photo = SidePicture()
        self.photo.setObjectName("face-photo")
        self.photo.setMinimumHeight(_PHOTO_PX)
        self._photo_title = text_label("caption", wraps=False)
        self.told = Banner()
        self.left = text_label("muted")
        self.left.setObjectName("face-tries")
        self.start = push_button("face-start", "primary")
        self.ask_second = push_button("face-second", "primary")
        self.go_on = push_button("face-go-on", "primary")
        self.ways = {
            way: push_button(f"face-way-{way.value.replace('_', '-')}") for way in FaceMethod
        }
        self.ask_again = push_button("face-ask-again", "flat")
        self.second = SecondPersonBox()
        self._words = QWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.word()

    # -- what is there ------------------------------------------------------------------------
    def show_policy(self, policy: FacePolicy | None) -> None:
        """Take the policy's word on faces; None where it has none."""
        if policy is not self._policy:
            self._policy = policy
            self.consent.show_notices([policy.consent] if policy else [])

    def show_face(self, shown: FaceShown) -> None:
        """Show how it stands."""
        self._shown = shown
        self.consent.show_answers(shown.answers)
        if not shown.open:
            self.second.forget()
        self._show()

    def show_photo(self, jpeg: Private[bytes] | None) -> None:
        """Show the photo of the card, or that there is none yet."""
        image = QImage.fromData(QByteArray(jpeg.reveal())) if jpeg is not None else None
        self.photo.show_image(image)

    def show_view(self, view: View) -> None:
        """Show a camera picture; may be called from any thread."""
        self.view.post(view)

    def look(self, *, looking: bool) -> None:
        """Say whether the camera is held on the person now."""
        self._looking = looking
        if not looking:
            self.view.clear()
        self._show()

    # -- what is done -------------------------------------------------------------------------
    def accept(self) -> None:
        """Do what comes next: yes to the consent, one more look, the second person, on."""
        if self._stack.currentWidget() is self.consent:
            self.consent.answer(accepted=True)
            return
        for button in (self.start, self.ask_second, self.go_on):
            if not button.isHidden():
                button.click()
                return

    def enter(self) -> None:
        """Put the keyboard where the work begins."""
        if self._stack.currentWidget() is self.consent:
            self.consent.enter()
            return
        if self._looking:
            self.view.setFocus()
            return
        buttons = (self.start, self.ask_second, self.go_on, *self.ways.values())
        next((each for each in buttons if not each.isHidden()), self.view).setFocus()

    def forget(self) -> None:
        """Keep nothing of a customer."""
        self._shown, self._looking, self._asking_again = None, False, False
        self.consent.forget()
        self.show_policy(None)
        self.view.clear()
        self.show_photo(None)
        self.second.forget()
        self.told.clear()
        self.left.clear()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._photo_title.setText(self.tr("Photo on the card"))
        self.start.setText(self.tr("Look once more (F9)"))
        self.ask_second.setText(self.tr("A second person decides (F9)"))
        self.go_on.setText(self.tr("Go on (F9)"))
        self.ask_again.setText(self.tr("Ask the customer again"))
        for way, text in {
            FaceMethod.COMPARE: self.tr("Compare by camera after all"),
            FaceMethod.MANUAL_CHECK: self.tr("A second person looks instead"),
            FaceMethod.CARRIER_CHECK: self.tr("The carrier checks later"),
        }.items():
            self.ways[way].setText(text)
        self._show()

    # -- inside -------------------------------------------------------------------------------
    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        asking = shown.stand is FaceStand.ASKING or self._asking_again
        self._stack.setCurrentWidget(self.consent if asking else self._words)
        for piece in (self.view, self.photo, self._photo_title):
            piece.setVisible(shown.by_camera)
        self.view.aim("" if self._looking else self.tr("Nobody is looked at now"))
        deciding = not self.second.isHidden()
        may_start = shown.stand in {FaceStand.READY, FaceStand.AGAIN} and not self._looking
        self.start.setVisible(may_start and not deciding)
        self.ask_second.setVisible(shown.open is not None and not deciding)
        self.go_on.setVisible(shown.settled and not deciding)
        for way, button in self.ways.items():
            button.setVisible(way in shown.ways and not deciding)
        self.ask_again.setVisible(not deciding)
        self.left.setText(self.tr("Tries left: {n}").format(n=shown.tries_left))
        self.left.setVisible(shown.stand is FaceStand.READY)
        self._tell(shown)
        now = (shown.stand, asking, self._looking)
        if now != self._before and self.isVisible() and not deciding:
            self.enter()
        self._before = now

    def _tell(self, shown: FaceShown) -> None:
        """Say the outcome in a word; the score is for the record, not for the counter."""
        said = [self._sentence(each) for each in shown.findings if each.rule != _NOT_YET]
        if shown.stand is FaceStand.NO_CARD:
            self.told.tell(
                Tone.CALM,
                self.tr("The side with the photo comes first"),
                self.tr("Capture it; then the person is compared with it."),
                icon="card",
            )
        elif self._looking:
            self.told.tell(Tone.INFO, self.tr("Looking at the person"), icon="eye")
        elif shown.stand is FaceStand.READY:
            self.told.clear()
        elif shown.stand is FaceStand.MATCHED:
            self.told.tell(Tone.OK, self.tr("Matched: this is the person on the card"))
        elif shown.stand is FaceStand.APPROVED:
            self.told.tell(Tone.OK, self.tr("Confirmed by a second person"))
        elif shown.stand is FaceStand.AGAIN:
            advice = self.tr("Take off mask, cap and dark glasses. Light from the front.")
            self.told.tell(Tone.WARN, " ".join(said), advice)
        else:
            tone = Tone.INFO if shown.settled else Tone.WARN
            self.told.tell(tone, said[0] if said else "", " ".join(said[1:]))

    def _ask_second(self) -> None:
        shown = self._shown
        if shown is not None and shown.open is not None:
            self.second.ask(shown.open.rule, self._sentence(shown.open))
            self._show()

    def _ask_again(self) -> None:
        self._asking_again = True
        self.asked_again.emit()
        self._show()
        self.enter()

    def _answer(self, answer: NoticeAnswer) -> None:
        self._asking_again = False
        self.answered.emit(answer)

    def _left_second(self) -> None:
        self._show()
        self.enter()

    def _connect(self) -> None:
        self.consent.answered.connect(self._answer)
        self.start.clicked.connect(self.start_asked)
        self.go_on.clicked.connect(self.finished)
        self.ask_second.clicked.connect(self._ask_second)
        self.ask_again.clicked.connect(self._ask_again)
        self.second.decided.connect(self.second_decided)
        self.second.left.connect(self._left_second)
        for way, button in self.ways.items():
            button.clicked.connect(lambda _=False, chosen=way: self.way_chosen.emit(chosen))

    def _lay_out(self) -> None:
        side = QWidget()
        side.setMaximumWidth(_WORDS_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._photo_title)
        column.addWidget(self.photo, 1)
        column.addWidget(self.told)
        column.addWidget(self.left)
        for button in (self.start, self.ask_second, self.go_on, *self.ways.values()):
            column.addWidget(button)
        column.addWidget(self.ask_again)
        column.addStretch()
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.view, 3)
        # Where the window is low the words scroll, and the picture of the person does not.
        both.addWidget(scrolled(side), 2)
        whole = QVBoxLayout(self._words)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addLayout(both, 1)
        whole.addWidget(self.second)
        self._stack.addWidget(self.consent)
        self._stack.addWidget(self._words)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._stack)
