"""The first start of a till: the carrier's invitation, and the first operator."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLineEdit

from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.problem_box import ProblemBox

CARD_PX = 640


class SetUpPage(Page):
    """Invitation file, operator number, PIN twice."""

    #: All is filled in: path of the invitation, operator number, PIN.
    set_up_asked = Signal(Path, str, Private)

    def __init__(self) -> None:
        super().__init__(PageName.SET_UP)
        self._title = text_label("title")
        self._lead = text_label("muted")
        names = ("invitation", "first-operator", "first-pin", "first-pin-again")
        self.invitation, self.number, self.pin, self.pin_again = (
            self._line(name) for name in names
        )
        for line in (self.pin, self.pin_again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._captions = [text_label("caption") for _ in names]
        self.choose = push_button("choose-invitation")
        self.button = push_button("set-up", "primary")
        self.told = Banner()
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        lines = (self.invitation, self.number, self.pin, self.pin_again)
        for line, following in pairwise(lines):
            line.returnPressed.connect(following.setFocus)
        self.pin_again.returnPressed.connect(self._ask)
        self.choose.clicked.connect(self._choose)
        self.button.clicked.connect(self._ask)
        self.word()

    def show_problem(self, problem: Problem) -> None:
        """Show why the till is not set up; everything typed stays."""
        self.wait(None)
        self.problem_box.show_problem(problem)

    def wait(self, what: str | None) -> None:
        """Say what is being done, or that it is over."""
        self.button.setEnabled(what is None)
        if what is None:
            self.busy.stop()
        else:
            self.busy.start(what)

    def enter(self) -> None:
        """Start at the file."""
        self.invitation.setFocus()

    def forget(self) -> None:
        """Forget the PIN."""
        self.pin.clear()
        self.pin_again.clear()
        self.problem_box.clear()
        self.told.clear()
        self.wait(None)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self.tr("Set up this till"))
        self._lead.setText(
            self.tr(
                "Once for each computer. You need the carrier's invitation: a file, or its QR code"
                " read into this line with a scanner."
            )
        )
        captions = (
            self.tr("Invitation file or code"),
            self.tr("Your operator number"),
            self.tr("New PIN"),
            self.tr("The same PIN again"),
        )
        lines = (self.invitation, self.number, self.pin, self.pin_again)
        for label, line, caption in zip(self._captions, lines, captions, strict=True):
            label.setText(caption)
            line.setAccessibleName(caption)
        self.choose.setText(self.tr("Choose file"))
        self.button.setText(self.tr("Set up"))

    def _ask(self) -> None:
        lines = (self.invitation, self.number, self.pin, self.pin_again)
        empty = next((line for line in lines if not line.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return
        if self.pin.text() != self.pin_again.text():
            self.told.tell(Tone.WARN, self.tr("The two PINs differ. Type the second one again"))
            self.pin_again.clear()
            self.pin_again.setFocus()
            return
        self.told.clear()
        self.problem_box.clear()
        self.wait(self.tr("Setting up with the carrier"))
        path = Path(self.invitation.text().strip())
        self.set_up_asked.emit(path, self.number.text().strip(), Private(self.pin.text()))

    def _choose(self) -> None:
        # Before anybody is signed in; there is no work here that a dialog could hold up.
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Invitation file"))
        if chosen:
            self.invitation.setText(chosen)
            self.number.setFocus()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        return line

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(CARD_PX)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 24, 32, 24)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self._lead, 1, 0, 1, 2)
        grid.addWidget(self._captions[0], 2, 0, 1, 2)
        grid.addWidget(self.invitation, 3, 0)
        grid.addWidget(self.choose, 3, 1)
        for row, line in enumerate((self.number, self.pin, self.pin_again), start=1):
            grid.addWidget(self._captions[row], 2 + 2 * row, 0, 1, 2)
            grid.addWidget(line, 3 + 2 * row, 0, 1, 2)
        for row, piece in enumerate(
            (self.told, self.problem_box, self.busy, self.button), start=10
        ):
            grid.addWidget(piece, row, 0, 1, 2)
        put_in_the_middle(self, card)
