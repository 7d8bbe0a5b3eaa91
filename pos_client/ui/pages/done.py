"""It is saved: the receipt's number, what is honestly known now, paper, and the next customer."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.big_number import BigNumber
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.problem_box import ProblemBox

_WITH_CARRIER: Final = frozenset({RowState.RECEIVED, RowState.IN_REVIEW, RowState.PURGED})


class DonePage(Page):
    """Nothing here claims more than the till knows; the state follows the outbox."""

    #: The receipt is wanted on paper; True for A4.
    print_asked = Signal(bool)
    #: The next customer.
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__(PageName.DONE)
        self._receipt: CustomerReceipt | None = None
        self._state = RowState.QUEUED
        self._link = LinkState.UNKNOWN
        self._path: Path | None = None
        self._title = text_label("title")
        self._number_caption = text_label("caption")
        self.number = BigNumber(22)
        self.number.setObjectName("receipt-number")
        self._facts = text_label("muted")
        self.state_banner = Banner()
        self.state_banner.setObjectName("receipt-state")
        self.print_strip = push_button("print-strip")
        self.print_a4 = push_button("print-a4")
        self.next = push_button("next-customer", "hero")
        self.printed = Banner()
        self.printed.setObjectName("receipt-printed")
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        self.print_strip.clicked.connect(lambda: self.print_asked.emit(False))
        self.print_a4.clicked.connect(lambda: self.print_asked.emit(True))
        self.next.clicked.connect(self.next_asked)
        self.word()

    @property
    def registration(self) -> RegistrationId | None:
        """The registration that is shown."""
        return self._receipt.id if self._receipt else None

    @property
    def receipt(self) -> CustomerReceipt | None:
        """The receipt that is shown."""
        return self._receipt

    @property
    def state(self) -> RowState:
        """Where the registration stands, as far as the till knows."""
        return self._state

    def show_receipt(self, receipt: CustomerReceipt, link: LinkState) -> None:
        """Show a registration that was just saved."""
        self._receipt, self._state, self._link = receipt, receipt.state, link
        self._path = None
        self.word()

    def show_state(self, state: RowState, link: LinkState) -> None:
        """Show what became of it since."""
        if (state, link) != (self._state, self._link):
            self._state, self._link = state, link
            self._word_state()

    def show_printed(self, path: Path) -> None:
        """Show where the receipt lies."""
        self.busy.stop()
        self._path = path
        self._word_printed()

    def wait(self) -> None:
        """Say that the receipt is being printed."""
        self.problem_box.clear()
        self.busy.start(self.tr("Printing"))

    def show_problem(self, problem: Problem) -> None:
        """Show why there is no paper; the registration is not touched by it."""
        self.busy.stop()
        self.problem_box.show_problem(problem)

    def enter(self) -> None:
        """Start at the next customer."""
        self.next.setFocus()

    def forget(self) -> None:
        """Keep nothing of a customer."""
        self._receipt, self._path = None, None
        self.number.clear()
        self.number.setAccessibleName("")
        self._facts.clear()
        self.printed.clear()
        self.state_banner.clear()
        self.problem_box.clear()
        self.busy.stop()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self.tr("The registration is saved"))
        self._number_caption.setText(self.tr("Receipt number"))
        self.print_strip.setText(self.tr("Print 80 mm (Ctrl+P)"))
        self.print_a4.setText(self.tr("Print A4"))
        self.next.setText(self.tr("Next customer (F2)"))
        receipt = self._receipt
        if receipt is None:
            return
        self.number.show_number(receipt.id, self._number_caption.text())
        self._facts.setText(
            "   ".join((receipt.masked_name, receipt.masked_number, receipt.masked_iccid))
        )
        self._word_state()
        self._word_printed()

    def _word_state(self) -> None:
        tone, icon, said = self._said()
        self.state_banner.tell(tone, said, self.tr("The customer is told by SMS."), icon=icon)

    def _said(self) -> tuple[Tone, str, str]:
        if self._state is RowState.ACCEPTED:
            return Tone.OK, "check-double", self.tr("Accepted by the carrier")
        if self._state in _WITH_CARRIER:
            return Tone.OK, "check", self.tr("Received by the carrier")
        if self._state in {RowState.RETURNED, RowState.REFUSED}:
            return Tone.WARN, "return", self.tr("Not accepted. See the waiting list (F7)")
        if self._state is RowState.QUARANTINED:
            return Tone.WARN, "triangle", self.tr("Saved on this device. See the waiting list (F7)")
        if self._link is LinkState.ONLINE:
            return Tone.INFO, "send", self.tr("Saved on this device. It is being sent")
        later = self.tr("Saved on this device. It will be sent when the network is back")
        return Tone.CALM, "tray", later

    def _word_printed(self) -> None:
        if self._path is not None:
            self.printed.tell(Tone.OK, self.tr("Receipt printed"), str(self._path), icon="print")

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(820)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 28, 32, 28)
        grid.setVerticalSpacing(12)
        pieces = (
            self._title,
            self.state_banner,
            self._number_caption,
            self.number,
            self._facts,
            self.next,
        )
        for row, piece in enumerate(pieces):
            grid.addWidget(piece, row, 0, 1, 2)
        grid.addWidget(self.print_strip, 6, 0)
        grid.addWidget(self.print_a4, 6, 1)
        for row, piece in enumerate((self.printed, self.problem_box, self.busy), start=7):
            grid.addWidget(piece, row, 0, 1, 2)
        put_in_the_middle(self, card)
