"""Where a second person decides: their number, their PIN, why; the clerk stays signed in."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit

from pos_client.model.operator import SecondOpinion
from pos_client.model.private import Private
from pos_client.ui.look.dress import set_role
from pos_client.ui.pages.page import push_button, text_label
from pos_client.ui.widgets.busy import Busy


class SecondPersonBox(QFrame):
    """Opens below the open points. Enter goes on from line to line; nothing is decided by Enter."""

    #: Rule, opinion, reason, number, PIN.
    decided = Signal(str, SecondOpinion, str, str, Private)
    #: Nobody decides now.
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._rule = ""
        self._title = text_label("heading")
        self._sentence = text_label("muted")
        self._captions = [text_label("caption", wraps=False) for _ in range(3)]
        self.number = _line("second-number", 16)
        self.pin = _line("second-pin", 64)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.reason = _line("second-reason", 200)
        self.approve = push_button("second-approve", "primary")
        self.refuse = push_button("second-refuse")
        self.leave = push_button("second-leave", "flat")
        self.busy = Busy()
        self._lay_out()
        self.number.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.approve.setFocus)
        self.approve.clicked.connect(lambda: self._decide(SecondOpinion.APPROVED))
        self.refuse.clicked.connect(lambda: self._decide(SecondOpinion.REFUSED))
        self.leave.clicked.connect(self.close_up)
        self.word()
        self.hide()

    def ask(self, rule: str, sentence: str) -> None:
        """Open for one warning, which is said once more."""
        self._rule = rule
        self._sentence.setText(sentence)
        self._clear()
        self.show()
        self.number.setFocus()

    def close_up(self) -> None:
        """Close, with nothing typed left in it."""
        if not self.isHidden():
            self.forget()
            self.left.emit()

    def forget(self) -> None:
        """Keep no PIN and no sentence in a box that is not seen."""
        self._clear()
        self._sentence.clear()
        self.hide()

    def try_again(self) -> None:
        """It was not taken: the PIN is to be typed once more."""
        self.busy.stop()
        self.pin.clear()
        if not self.isHidden():
            self.pin.setFocus()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self.tr("A second person decides"))
        words = (self.tr("Their operator number"), self.tr("Their PIN"), self.tr("Why"))
        fields = (self.number, self.pin, self.reason)
        for caption, field, text in zip(self._captions, fields, words, strict=True):
            caption.setText(text)
            field.setAccessibleName(text)
        self.reason.setPlaceholderText(self.tr("kept in the record"))
        self.approve.setText(self.tr("Approve"))
        self.refuse.setText(self.tr("Refuse"))
        self.leave.setText(self.tr("Not now (Esc)"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self.word()
        super().changeEvent(event)

    def _decide(self, opinion: SecondOpinion) -> None:
        number, reason = self.number.text().strip(), self.reason.text().strip()
        empty = next(
            (each for each in (self.number, self.pin, self.reason) if not each.text()), None
        )
        if empty is not None:
            empty.setFocus()
            return
        self.busy.start(self.tr("Checking the PIN"))
        self.decided.emit(self._rule, opinion, reason, number, Private(self.pin.text()))

    def _clear(self) -> None:
        self.busy.stop()
        for field in (self.number, self.pin, self.reason):
            field.clear()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._title, 0, 0, 1, 3)
        grid.addWidget(self._sentence, 1, 0, 1, 3)
        fields = (self.number, self.pin, self.reason)
        for column, (caption, field) in enumerate(zip(self._captions, fields, strict=True)):
            _below(grid, column, caption, field)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 5)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.busy)
        buttons.addStretch()
        for button in (self.leave, self.refuse, self.approve):
            buttons.addWidget(button)
        grid.addLayout(buttons, 4, 0, 1, 3)


def _below(grid: QGridLayout, column: int, caption: QLabel, field: QLineEdit) -> None:
    grid.addWidget(caption, 2, column)
    grid.addWidget(field, 3, column)


def _line(name: str, longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setMaxLength(longest)
    return field
