"""Who may work at this till: a list, and what a supervisor does about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber
from pos_client.ui.look.dress import set_role, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.choice_box import ChoiceBox
from pos_client.ui.widgets.problem_box import ProblemBox

CARD_PX = 720


class StaffPage(Page):
    """Numbers and roles; add and remove people, new PINs. Removing asks a second time."""

    #: Let somebody in: number, role, PIN.
    add_asked = Signal(str, OperatorRole, Private)
    #: Shut somebody out.
    remove_asked = Signal(str)
    #: A new PIN for somebody who forgot it.
    reset_asked = Signal(str, Private)
    #: A new PIN for whoever is signed in: old, new.
    change_asked = Signal(Private, Private)

    def __init__(self) -> None:
        super().__init__(PageName.STAFF)
        self._operators: tuple[Operator, ...] = ()
        self._removing: OperatorNumber | None = None
        self._title = text_label("title")
        self._captions = {name: text_label("caption") for name in ("number", "role", "pin", "old")}
        self.people = QListWidget()
        self.people.setObjectName("staff-list")
        self.number = _line("staff-number", secret=False)
        self.role = ChoiceBox()
        self.role.setObjectName("staff-role")
        self.pin = _line("staff-pin", secret=True)
        self.old = _line("staff-old-pin", secret=True)
        self.add = push_button("staff-add", "primary")
        self.reset = push_button("staff-reset")
        self.remove = push_button("staff-remove", "danger")
        self.change = push_button("staff-change")
        self.told = Banner()
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        self.people.currentRowChanged.connect(self._chosen)
        self.add.clicked.connect(self._add)
        self.reset.clicked.connect(self._reset)
        self.remove.clicked.connect(self._remove)
        self.change.clicked.connect(self._change)
        self.word()

    def show_operators(self, operators: tuple[Operator, ...]) -> None:
        """List who may sign in."""
        self._operators = operators
        self._removing = None
        self.word()

    def show_done(self, what: str) -> None:
        """Say that something was done."""
        self.busy.stop()
        self.problem_box.clear()
        for field in (self.number, self.pin, self.old):
            field.clear()
        self.told.tell(Tone.OK, what, icon="check")

    def show_problem(self, problem: Problem) -> None:
        """Show why something was not done."""
        self.busy.stop()
        self.told.clear()
        self._removing = None
        self.word()
        self.problem_box.show_problem(problem)

    def wait(self) -> None:
        """Say that something is being done."""
        self.told.clear()
        self.problem_box.clear()
        self.busy.start(self.tr("Changing the keys of this till"))

    def enter(self) -> None:
        """Start at the list."""
        self.people.setFocus()

    def forget(self) -> None:
        """Keep no PIN on a page that is not seen."""
        for field in (self.number, self.pin, self.old):
            field.clear()
        self._removing = None
        self.told.clear()
        self.problem_box.clear()
        self.busy.stop()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self.tr("Who may work at this till"))
        words = {
            "number": self.tr("Operator number"),
            "role": self.tr("Role"),
            "pin": self.tr("New PIN, six digits or more"),
            "old": self.tr("Your PIN until now"),
        }
        for name, text in words.items():
            self._captions[name].setText(text)
        for field, name in ((self.number, "number"), (self.pin, "pin"), (self.old, "old")):
            field.setAccessibleName(words[name])
        self.role.setAccessibleName(words["role"])
        self._word_roles()
        self._word_people()
        self.add.setText(self.tr("Add"))
        self.reset.setText(self.tr("Give a new PIN"))
        self.change.setText(self.tr("Change my own PIN"))
        chosen = self._picked()
        if self._removing is not None and chosen == self._removing:
            self.remove.setText(self.tr("Really remove {number}").format(number=chosen))
        else:
            self.remove.setText(self.tr("Remove"))

    def _word_roles(self) -> None:
        before = self.role.currentIndex()
        self.role.clear()
        for role, text in self._roles().items():
            self.role.addItem(text, role)
        self.role.setCurrentIndex(max(before, 0))

    def _word_people(self) -> None:
        before = self._picked()
        self.people.blockSignals(True)
        self.people.clear()
        for operator in self._operators:
            item = QListWidgetItem(f"{operator.number}    {self._roles()[operator.role]}")
            item.setIcon(icon("person", tokens_now().primary))
            item.setData(Qt.ItemDataRole.UserRole, operator.number)
            self.people.addItem(item)
            if operator.number == before:
                self.people.setCurrentItem(item)
        self.people.blockSignals(False)

    def _roles(self) -> dict[OperatorRole, str]:
        return {
            OperatorRole.OPERATOR: self.tr("Operator"),
            OperatorRole.SUPERVISOR: self.tr("Supervisor"),
            OperatorRole.ADMINISTRATOR: self.tr("Administrator"),
        }

    def _picked(self) -> OperatorNumber | None:
        if self.people.currentRow() < 0:
            return None
        return OperatorNumber(self.people.currentItem().data(Qt.ItemDataRole.UserRole))

    def _chosen(self) -> None:
        self._removing = None
        picked = self._picked()
        if picked is not None:
            self.number.setText(picked)
        self.word()

    def _add(self) -> None:
        number, pin = self.number.text().strip(), self.pin.text()
        if not number or not pin:
            (self.pin if number else self.number).setFocus()
            return
        self.wait()
        role = OperatorRole(self.role.currentData())
        self.add_asked.emit(number, role, Private(pin))

    def _reset(self) -> None:
        number, pin = self.number.text().strip(), self.pin.text()
        if not number or not pin:
            (self.pin if number else self.number).setFocus()
            return
        self.wait()
        self.reset_asked.emit(number, Private(pin))

    def _remove(self) -> None:
        picked = self._picked()
        if picked is None:
            self.people.setFocus()
            return
        if self._removing != picked:
            self._removing = picked
            self.word()
            return
        self.wait()
        self.remove_asked.emit(picked)

    def _change(self) -> None:
        if not self.old.text() or not self.pin.text():
            (self.pin if self.old.text() else self.old).setFocus()
            return
        self.wait()
        self.change_asked.emit(Private(self.old.text()), Private(self.pin.text()))

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(CARD_PX)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 28, 32, 28)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self.people, 1, 0, 9, 1)
        pieces = (
            self._captions["number"],
            self.number,
            self._captions["role"],
            self.role,
            self._captions["pin"],
            self.pin,
            self._captions["old"],
            self.old,
        )
        for row, piece in enumerate(pieces, start=1):
            grid.addWidget(piece, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.add, self.reset, self.change, self.remove):
            buttons.addWidget(button)
        grid.addLayout(buttons, 10, 0, 1, 2)
        grid.addWidget(self.told, 11, 0, 1, 2)
        grid.addWidget(self.problem_box, 12, 0, 1, 2)
        grid.addWidget(self.busy, 13, 0, 1, 2)
        put_in_the_middle(self, card)


def _line(name: str, *, secret: bool) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setMaxLength(64 if secret else 16)
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    return field
