"""Which number the customer gets and on which SIM card: choose, scan, or type."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from pos_client.model.field import Source
from pos_client.model.numbers.sim import normalise_iccid, normalise_msisdn
from pos_client.model.private import Private
from pos_client.model.registration import Line
from pos_client.ui.figures import grouped
from pos_client.ui.look.dress import set_tone
from pos_client.ui.look.fonts import number_font
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Pane, text_label

#: A mobile number here has eleven digits; fewer are a search.
WHOLE_NUMBER = 11
_STEP_OF_KEY: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class LinePane(Pane):
    """One field searches the offered numbers by their last digits and takes a whole number.

    Enter takes the marked number, or the typed one where it is whole, and goes on to the SIM card.
    """

    #: Number, ICCID, and where the ICCID came from; either may still be empty.
    line_given = Signal(Private, Private, Source)
    #: Number and SIM are both there and Enter was pressed.
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[str, ...] = ()
        self._fitting: list[str] = []
        self._line = Line(Private(""), Private(""), Source.TYPED)
        self._captions = [text_label("caption") for _ in range(2)]
        self._help = [text_label("muted") for _ in range(2)]
        self.number = QLineEdit()
        self.number.setObjectName("msisdn")
        self.offered = QListWidget()
        self.offered.setObjectName("offered-numbers")
        self.iccid = QLineEdit()
        self.iccid.setObjectName("iccid")
        self._sentences = text_label("finding")
        self._lay_out()
        self.number.textEdited.connect(self._narrow)
        self.number.returnPressed.connect(self._take_number)
        self.number.installEventFilter(self)
        self.iccid.returnPressed.connect(self._take_iccid)
        self.iccid.editingFinished.connect(self._leave_iccid)
        self.number.editingFinished.connect(self._leave_number)
        self.offered.itemClicked.connect(self._pick)
        self.word()

    def show_offered(self, numbers: Sequence[str]) -> None:
        """Take the numbers of the outlet's stock."""
        self._offered = tuple(numbers)
        self._narrow(self.number.text())

    def show_line(self, line: Line | None, sentences: Sequence[str]) -> None:
        """Show how the line stands, and what the rules say about it."""
        before = self._line
        self._line = line or Line(Private(""), Private(""), Source.TYPED)
        if not self.number.hasFocus() or self._line.msisdn != before.msisdn:
            self.number.setText(grouped(self._line.msisdn.reveal()))
        if not self.iccid.hasFocus() or self._line.iccid != before.iccid:
            self.iccid.setText(grouped(self._line.iccid.reveal()))
        self._sentences.setText("\n".join(sentences))
        self._sentences.setVisible(bool(sentences))
        set_tone(self._sentences, Tone.WARN)
        self._narrow("")
        self._word_source()

    def take_scan(self, iccid: Private[str]) -> None:
        """Put in a card number that a camera or scanner read."""
        self._give(self._line.msisdn, iccid, Source.BARCODE)

    def take_scanned_number(self, msisdn: Private[str]) -> None:
        """Put in a mobile number that a scanner read."""
        self._give(msisdn, self._line.iccid, self._line.iccid_source)

    def enter(self) -> None:
        """Start at the first empty field."""
        empty = self.number if not self._line.msisdn.reveal() else self.iccid
        empty.setFocus()
        empty.selectAll()

    def forget(self) -> None:
        """Keep nothing of a customer."""
        self.number.clear()
        self.iccid.clear()
        self.show_line(None, ())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move the mark in the offered numbers with Up and Down while the keyboard stays here."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEP_OF_KEY.get(event.key())
            if step is not None:
                count = self.offered.count()
                place = self.offered.currentRow() + step
                self.offered.setCurrentRow(max(0, min(count - 1, place)))
                return True
        return super().eventFilter(watched, event)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._captions[0].setText(self.tr("Number"))
        self._captions[1].setText(self.tr("SIM card (ICCID)"))
        self._help[0].setText(
            self.tr("Type the last digits to search, or a whole number. Up, Down, Enter.")
        )
        self.number.setAccessibleName(self._captions[0].text())
        self.iccid.setAccessibleName(self._captions[1].text())
        self.number.setPlaceholderText(self.tr("Last digits"))
        self.iccid.setPlaceholderText(self.tr("Scan the bar code of the card"))
        self.offered.setAccessibleName(self.tr("Offered numbers"))
        self._word_source()

    def _word_source(self) -> None:
        if not self._line.iccid.reveal():
            said = self.tr("Hold the card's bar code before the camera, scan it, or type it.")
        elif self._line.iccid_source is Source.BARCODE:
            said = self.tr("Scanned")
        else:
            said = self.tr("Typed. Compare it with the card.")
        self._help[1].setText(said)

    def _narrow(self, text: str) -> None:
        digits = normalise_msisdn(text)
        taken = digits == self._line.msisdn.reveal()
        fitting = [each for each in self._offered if taken or each.endswith(digits)]
        fitting = fitting or [each for each in self._offered if digits in each]
        if fitting != self._fitting:
            self._fitting = fitting
            self._list_fitting()
        marked = digits or self._line.msisdn.reveal()
        self.offered.setCurrentRow(fitting.index(marked) if marked in fitting else 0)

    def _list_fitting(self) -> None:
        self.offered.clear()
        for number in self._fitting:
            item = QListWidgetItem(grouped(number))
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setFont(number_font())
            self.offered.addItem(item)

    def _take_number(self) -> None:
        digits = normalise_msisdn(self.number.text())
        if len(digits) < WHOLE_NUMBER:
            if not self.offered.count():
                return
            digits = str(self.offered.currentItem().data(Qt.ItemDataRole.UserRole))
        self._give_number(digits)
        self._go_on(self.iccid, there=bool(self._line.iccid.reveal()))

    def _leave_number(self) -> None:
        digits = normalise_msisdn(self.number.text())
        if len(digits) >= WHOLE_NUMBER:
            self._give_number(digits)
        elif not self.number.hasFocus():
            # A search that took nothing leaves nothing behind.
            self.number.setText(grouped(self._line.msisdn.reveal()))
            self._narrow("")

    def _pick(self, item: QListWidgetItem) -> None:
        self._give_number(str(item.data(Qt.ItemDataRole.UserRole)))
        self.iccid.setFocus()

    def _take_iccid(self) -> None:
        self._leave_iccid()
        if self._line.iccid.reveal():
            self._go_on(self.number, there=bool(self._line.msisdn.reveal()))

    def _leave_iccid(self) -> None:
        typed = normalise_iccid(self.iccid.text())
        if typed != self._line.iccid.reveal():
            self._give(self._line.msisdn, Private(typed), Source.TYPED)

    def _give_number(self, digits: str) -> None:
        if digits != self._line.msisdn.reveal():
            self._give(Private(digits), self._line.iccid, self._line.iccid_source)

    def _give(self, msisdn: Private[str], iccid: Private[str], source: Source) -> None:
        self._line = Line(msisdn, iccid, source)
        self.number.setText(grouped(msisdn.reveal()))
        self.iccid.setText(grouped(iccid.reveal()))
        self._narrow("")
        self._word_source()
        self.line_given.emit(msisdn, iccid, source)

    def _go_on(self, other: QLineEdit, *, there: bool) -> None:
        if there:
            self.finished.emit()
        else:
            other.setFocus()
            other.selectAll()

    def _lay_out(self) -> None:
        for line in (self.number, self.iccid):
            line.setFont(number_font())
            line.setMaxLength(64)
        self.offered.setViewMode(QListView.ViewMode.IconMode)
        self.offered.setFlow(QListView.Flow.LeftToRight)
        self.offered.setResizeMode(QListView.ResizeMode.Adjust)
        self.offered.setMovement(QListView.Movement.Static)
        self.offered.setUniformItemSizes(True)
        self.offered.setGridSize(QSize(204, 52))
        self.offered.setMaximumHeight(240)
        self.offered.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for place, line in enumerate((self.number, self.iccid)):
            grid.addWidget(self._captions[place], 0, place)
            grid.addWidget(line, 1, place)
            grid.addWidget(self._help[place], 2, place)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addLayout(grid)
        column.addWidget(self._sentences)
        column.addWidget(self.offered, 1)
        column.addStretch()
