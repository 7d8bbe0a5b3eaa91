"""Who the customer is: every value beside its print, and the keyboard where something is open."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.ui.pages.page import Pane, push_button, text_label
from pos_client.ui.widgets.empty import EmptyPlate
from pos_client.ui.widgets.field_row import FieldRow
from pos_client.ui.widgets.field_shown import FieldShown
from pos_client.ui.widgets.kind_list import KindList
from pos_client.ui.words import text_in

#: What the pane shows: nothing yet, the rows, or the kinds of documents.
_EMPTY, _FORM, _KINDS = range(3)
#: A row takes three milliseconds to fill, and a turn of the loop should not take twenty.
_ROWS_A_TURN: Final = 2
#: What is seen of the rows above and below the one with the keyboard.
_AROUND_PX: Final = 24


class IdentityPane(Pane):
    """The rows of the form. Enter goes to the next open one; after the last it is all checked."""

    #: A value was typed.
    value_typed = Signal(str, Private)
    #: A value was compared with the print.
    value_confirmed = Signal(str)
    #: The read value is wanted back.
    undo_asked = Signal(str)
    #: The clerk went through the last open field.
    all_checked = Signal()
    #: The clerk says which document it is.
    document_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[FieldName, FieldRow] = {}
        self._fields: dict[FieldName, FieldShown] = {}
        self._to_present: dict[FieldName, FieldShown] = {}
        self._spare: dict[FieldName, FieldRow] = {}
        self._documents: tuple[DocumentDeclaration, ...] = ()
        self._declaration: DocumentDeclaration | None = None
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._make_ahead)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.timeout.connect(self._present_some)
        self._heading = text_label("heading", wraps=False)
        self.change_document = push_button("change-document", "flat")
        self._chooser = KindList()
        self.kinds = self._chooser.list
        self._kinds_title = text_label("heading")
        self._kinds_warning = text_label("muted")
        self._empty = EmptyPlate("card")
        self._form = QWidget()
        self._column = QVBoxLayout(self._form)
        self._area = QScrollArea()
        self._stack = QStackedLayout()
        self._lay_out()
        self.change_document.clicked.connect(self.ask_document)
        self._chooser.chosen.connect(self._choose)
        self.word()

    def show_documents(self, documents: Sequence[DocumentDeclaration]) -> None:
        """Take the documents that may be chosen, most usual first."""
        if tuple(documents) != self._documents:
            self._documents = tuple(documents)
            self._chooser.offer(self._documents)
        self._ahead.start()

    def show_fields(
        self, declaration: DocumentDeclaration | None, fields: Sequence[FieldShown]
    ) -> None:
        """Show how the fields stand now; rows that stay keep what is being typed in them."""
        self._declaration = declaration
        names = [field.name for field in fields]
        for name in [each for each in self._rows if each not in names]:
            self._put_away(self._rows.pop(name))
        for place, name in enumerate(names):
            row = self._rows.get(name) or self._take_out(name)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        self._fields = {field.name: field for field in fields}
        self._to_present = dict(self._fields)
        if self._stack.currentIndex() != _KINDS:
            self._stack.setCurrentIndex(_FORM if fields else _EMPTY)
        self._word_heading()
        if fields:
            self._filling.start()

    @property
    def rows(self) -> dict[FieldName, FieldRow]:
        """The rows by the names of their fields, all of them as they stand now."""
        self._present(list(self._to_present))
        return self._rows

    @property
    def settled(self) -> bool:
        """True where every row shows what it is to show."""
        return not self._to_present

    @property
    def open_count(self) -> int:
        """How many fields somebody still has to look at."""
        return sum(field.open for field in self._fields.values())

    def go_to(self, name: FieldName) -> None:
        """Put the keyboard into a field."""
        row = self._rows.get(name)
        if row is not None:
            self._present([name])
            self._stack.setCurrentIndex(_FORM)
            row.edit()
            self._area.ensureWidgetVisible(row, 0, _AROUND_PX)

    def go_to_open(self, *, backwards: bool = False, after: FieldName | None = None) -> bool:
        """Put the keyboard into the next open field; False where there is none."""
        names = list(self._fields)
        start = names.index(after) if after in names else self._place_of_keyboard()
        count = len(names)
        steps = range(1, count + 1)
        order = (
            [(start + (-step if backwards else step)) % count for step in steps] if count else []
        )
        for place in order:
            if self._fields[names[place]].open and names[place] != after:
                self.go_to(names[place])
                return True
        return False

    def go_to_first_open(self) -> bool:
        """Put the keyboard into the first open field; False where there is none."""
        name = next((name for name, field in self._fields.items() if field.open), None)
        if name is not None:
            self.go_to(name)
        return name is not None

    def ask_document(self) -> None:
        """Offer the document kinds; Up, Down and Enter choose one, Esc leaves it."""
        self._stack.setCurrentIndex(_KINDS)
        self._kinds_warning.setVisible(bool(self._fields))
        self._chooser.ask(self._declaration.code if self._declaration else None)

    @property
    def asking(self) -> bool:
        """True while a document kind is being chosen."""
        return self._stack.currentIndex() == _KINDS

    def stop_asking(self) -> None:
        """Go back to the form."""
        self._stack.setCurrentIndex(_FORM if self._fields else _EMPTY)

    def forget(self) -> None:
        """Keep nothing of a customer."""
        self._stack.setCurrentIndex(_EMPTY)
        self.show_fields(None, ())

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self.change_document.setText(self.tr("Another document (Ctrl+D)"))
        self._kinds_title.setText(self.tr("Which document is it?"))
        self._kinds_warning.setText(
            self.tr("Another kind removes what was read from this one. Esc leaves it as it is.")
        )
        self._empty.tell(
            self.tr("Put the document under the camera"),
            self.tr("The form fills itself. F4 to type instead, Ctrl+D to choose the document."),
        )
        self.kinds.setAccessibleName(self._kinds_title.text())
        self._chooser.word()
        self._word_heading()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the row with the keyboard in sight where a banner takes room from the form."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._keep_in_sight)
        return super().eventFilter(watched, event)

    def _keep_in_sight(self) -> None:
        row = next((row for row in self._rows.values() if row.editor.hasFocus()), None)
        if row is not None:
            self._area.ensureWidgetVisible(row, 0, _AROUND_PX)

    def _word_heading(self) -> None:
        title = text_in(self._declaration.title) if self._declaration else ""
        self._heading.setText(title)
        self.change_document.setVisible(bool(title))

    def _present_some(self) -> None:
        """Fill a few rows a turn of the loop: the picture goes on meanwhile."""
        self._present(list(self._to_present)[:_ROWS_A_TURN])
        if self._to_present:
            self._filling.start()
        else:
            # The rows above have the height of their values now.
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _present(self, names: Sequence[FieldName]) -> None:
        for name in names:
            field = self._to_present.pop(name, None)
            if field is not None:
                row = self._rows[name]
                # As wide as the layout will make it: a row places its parts by its width.
                edges = self._column.contentsMargins()
                row.resize(self._form.width() - edges.left() - edges.right(), row.height())
                row.present(field)
                row.show()

    def _make_ahead(self) -> None:
        """Make the rows of all documents, while nobody waits for them, one at a time.

        Ten rows at once would hold the picture up for a tenth of a second.
        """
        made = self._rows.keys() | self._spare.keys()
        names = (field.name for each in self._documents for field in each.fields)
        name = next((name for name in names if name not in made), None)
        if name is not None:
            row = self._spare[name] = self._new_row(name)
            row.present(FieldShown(name, ""))
            self._ahead.start()

    def _take_out(self, name: FieldName) -> FieldRow:
        row = self._spare.pop(name, None) or self._new_row(name)
        self._rows[name] = row
        return row

    def _put_away(self, row: FieldRow) -> None:
        """Keep the row for the next customer, with nothing of this one in it."""
        self._column.removeWidget(row)
        row.hide()
        row.editor.clear()
        row.editor.settle()
        row.present(FieldShown(row.name, ""))
        self._spare[row.name] = row

    def _new_row(self, name: FieldName) -> FieldRow:
        row = FieldRow(name, self._form)
        row.hide()
        row.setObjectName(f"field-{name}")
        row.editor.setObjectName(f"value-{name}")
        row.value_typed.connect(self.value_typed)
        row.confirmed.connect(self.value_confirmed)
        row.undo_asked.connect(self.undo_asked)
        row.finished.connect(self._go_on)
        return row

    def _go_on(self, name: str) -> None:
        if not self.go_to_open(after=FieldName(name)):
            self.all_checked.emit()

    def _place_of_keyboard(self) -> int:
        for place, name in enumerate(self._fields):
            if self._rows[name].editor.hasFocus():
                return place
        return -1

    def _choose(self, code: str) -> None:
        self.stop_asking()
        self.document_chosen.emit(DocumentKind(code))

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(0)
        self._column.addStretch()
        self._area.setWidget(self._form)
        self._area.viewport().installEventFilter(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.addWidget(self._heading, 1)
        head.addWidget(self.change_document)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        chooser = QWidget()
        choices = QVBoxLayout(chooser)
        choices.addWidget(self._kinds_title)
        choices.addWidget(self._kinds_warning)
        choices.addWidget(self._chooser, 1)
        for piece in (self._empty, form, chooser):
            self._stack.addWidget(piece)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4, 8, 4, 4)
        whole.addLayout(self._stack)
