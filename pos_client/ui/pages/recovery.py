"""The way back when keys or PINs are lost: a request to the carrier, and its answer."""

from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QLineEdit

from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.problem_box import ProblemBox

CARD_PX: Final = 640
_REQUEST: Final = "recovery-request.json"


class RecoveryPage(Page):
    """Operator number, new PIN twice; a button that writes the request, one that takes the answer.

    The new PIN is chosen for the request and opens the answer, perhaps days later.
    """

    #: Write the request into this file: file, new PIN.
    request_asked = Signal(Path, Private)
    #: Take the carrier's answer: file, operator number, the PIN chosen for the request.
    answer_given = Signal(Path, str, Private)
    #: Back to signing in.
    left = Signal()

    def __init__(self) -> None:
        super().__init__(PageName.RECOVERY)
        self._title = text_label("title")
        self._lead = text_label("muted")
        names = ("recovery-number", "recovery-pin", "recovery-pin-again")
        self.number, self.pin, self.pin_again = (_line(name) for name in names)
        for line in (self.pin, self.pin_again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._captions = [text_label("caption") for _ in names]
        self.ask = push_button("recovery-ask")
        self.take = push_button("recovery-take", "primary")
        self.leave = push_button("recovery-leave", "flat")
        self.told = Banner()
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        for line, following in pairwise((self.number, self.pin, self.pin_again)):
            line.returnPressed.connect(following.setFocus)
        self.pin_again.returnPressed.connect(self.ask.setFocus)
        self.ask.clicked.connect(self._ask)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.left)
        self.word()

    def show_written(self, file: Path) -> None:
        """Say where the request lies and what happens next."""
        self.wait(None)
        self.told.tell(
            Tone.OK,
            self.tr("Give this file to your carrier: {file}").format(file=file),
            self.tr(
                "Come back with the answer and this same new PIN. Nothing is deleted meanwhile."
            ),
            icon="check",
        )

    def show_problem(self, problem: Problem) -> None:
        """Show why it does not go on; everything typed stays."""
        self.wait(None)
        self.problem_box.show_problem(problem)

    def wait(self, what: str | None) -> None:
        """Say what is being done, or that it is over."""
        for button in (self.ask, self.take):
            button.setEnabled(what is None)
        if what is None:
            self.busy.stop()
        else:
            self.problem_box.clear()
            self.told.clear()
            self.busy.start(what)

    def enter(self) -> None:
        """Start at the first line."""
        self.number.setFocus()

    def forget(self) -> None:
        """Keep no PIN on a page that is not seen."""
        for line in (self.number, self.pin, self.pin_again):
            line.clear()
        self.problem_box.clear()
        self.told.clear()
        self.wait(None)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self.tr("Lost PIN or keys"))
        self._lead.setText(
            self.tr(
                "A supervisor can give you a new PIN. Where nobody can sign in any more, the "
                "carrier checks who you are and gives the till its keys back. What was submitted "
                "is safe meanwhile."
            )
        )
        captions = (
            self.tr("Your operator number"),
            self.tr("New PIN"),
            self.tr("The same PIN again"),
        )
        lines = (self.number, self.pin, self.pin_again)
        for label, line, caption in zip(self._captions, lines, captions, strict=True):
            label.setText(caption)
            line.setAccessibleName(caption)
        self.ask.setText(self.tr("1  Write the request"))
        self.take.setText(self.tr("2  Take the carrier's answer"))
        self.leave.setText(self.tr("Back (Esc)"))

    def _ask(self) -> None:
        if not self._typed(self.pin, self.pin_again):
            return
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Request to the carrier"), _REQUEST)
        if chosen:
            self.wait(self.tr("Making the request"))
            self.request_asked.emit(Path(chosen), Private(self.pin.text()))

    def _take(self) -> None:
        if not self._typed(self.number, self.pin, self.pin_again):
            return
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Answer of the carrier"))
        if chosen:
            self.wait(self.tr("Opening the till"))
            self.answer_given.emit(
                Path(chosen), self.number.text().strip(), Private(self.pin.text())
            )

    def _typed(self, *lines: QLineEdit) -> bool:
        """Say whether all is typed; if not, put the keyboard where something is missing."""
        empty = next((line for line in lines if not line.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return False
        if self.pin.text() != self.pin_again.text():
            self.told.tell(Tone.WARN, self.tr("The two PINs differ. Type the second one again"))
            self.pin_again.clear()
            self.pin_again.setFocus()
            return False
        return True

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(CARD_PX)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 28, 32, 28)
        grid.setVerticalSpacing(8)
        lines = (self.number, self.pin, self.pin_again)
        pairs = [part for pair in zip(self._captions, lines, strict=True) for part in pair]
        pieces = (self._title, self._lead, *pairs, self.told, self.problem_box, self.busy)
        for row, piece in enumerate(pieces):
            grid.addWidget(piece, row, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.leave)
        buttons.addStretch()
        buttons.addWidget(self.ask)
        buttons.addWidget(self.take)
        grid.addLayout(buttons, len(pieces), 0)
        put_in_the_middle(self, card)


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setMaxLength(64)
    return field
