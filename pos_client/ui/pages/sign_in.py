"""Sign in, and the screen of a locked till: number and PIN, nothing of a customer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from pos_client.model.policy import PolicyPack
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.words import text_in

CARD_PX = 520


class SignInPage(Page):
    """Two fields and a button. Enter goes on from field to field."""

    #: The operator wants in: number and PIN.
    sign_in_asked = Signal(str, Private)
    #: Nobody can sign in: the way back through the carrier is wanted.
    recovery_asked = Signal()

    def __init__(self) -> None:
        super().__init__(PageName.SIGN_IN)
        self._policy: PolicyPack | None = None
        self._idle_minutes: int | None = None
        self._locked = False
        self._carrier = text_label("muted")
        self._title = text_label("title")
        self._number_caption = text_label("caption")
        self._pin_caption = text_label("caption")
        self.number = QLineEdit()
        self.number.setObjectName("operator-number")
        self.number.setMaxLength(16)
        self.pin = QLineEdit()
        self.pin.setObjectName("pin")
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.pin.setMaxLength(64)
        self.button = push_button("sign-in", "primary")
        self.lost = push_button("keys-lost", "flat")
        self.kept = Banner()
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._ask)
        self.button.clicked.connect(self._ask)
        self.lost.clicked.connect(self.recovery_asked)
        self.word()

    def show_policy(self, policy: PolicyPack) -> None:
        """Show whose till this is."""
        self._policy = policy
        self.word()

    def show_locked(self, number: OperatorNumber | None, idle_minutes: int | None = None) -> None:
        """Show that work goes on after signing in again, and why the till locked itself."""
        self._locked, self._idle_minutes = True, idle_minutes
        if number is not None:
            self.number.setText(number)
        self.word()

    def show_problem(self, problem: Problem) -> None:
        """Show why nobody is let in; the PIN is asked anew."""
        self.wait(None)
        self.pin.clear()
        self.pin.setFocus()
        self.problem_box.show_problem(problem)

    def wait(self, what: str | None) -> None:
        """Say what is being done, or that it is over."""
        self.button.setEnabled(what is None)
        if what is None:
            self.busy.stop()
        else:
            self.busy.start(what)

    def enter(self) -> None:
        """Start at the first empty field."""
        (self.pin if self.number.text() else self.number).setFocus()

    def forget(self) -> None:
        """Forget the PIN."""
        self.pin.clear()
        self.problem_box.clear()
        self.kept.clear()
        self.wait(None)
        self._locked, self._idle_minutes = False, None
        self.word()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._carrier.setText("" if self._policy is None else text_in(self._policy.carrier))
        self._title.setText(self.tr("Locked") if self._locked else self.tr("Sign in"))
        self.lost.setText(self.tr("PIN or keys lost?"))
        self._number_caption.setText(self.tr("Operator number"))
        self._pin_caption.setText(self.tr("PIN"))
        self.number.setAccessibleName(self._number_caption.text())
        self.pin.setAccessibleName(self._pin_caption.text())
        self.button.setText(self.tr("Unlock") if self._locked else self.tr("Sign in"))
        if self._idle_minutes is not None:
            told = self.tr("Locked after {n} minutes without a key. Your work is kept.")
            self.kept.tell(Tone.CALM, told.format(n=self._idle_minutes), icon="lock")
        elif self._locked:
            told = self.tr("Drafts are kept, and what waits goes on being sent.")
            self.kept.tell(Tone.CALM, told, icon="lock")

    def _ask(self) -> None:
        if not self.number.text().strip() or not self.pin.text():
            self.enter()
            return
        self.problem_box.clear()
        self.wait(self.tr("Opening the till"))
        self.sign_in_asked.emit(self.number.text().strip(), Private(self.pin.text()))

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(CARD_PX)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 28, 32, 28)
        grid.setVerticalSpacing(8)
        pieces = (
            self._carrier,
            self._title,
            self.kept,
            self._number_caption,
            self.number,
            self._pin_caption,
            self.pin,
            self.problem_box,
            self.busy,
            self.button,
            self.lost,
        )
        for row, piece in enumerate(pieces):
            grid.addWidget(piece, row, 0)
        grid.setRowMinimumHeight(1, 44)
        put_in_the_middle(self, card)
