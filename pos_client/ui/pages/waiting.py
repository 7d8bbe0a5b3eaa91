"""The waiting list: what was saved here, where it stands, and what can be done about it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pos_client.model.draft import Draft
from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.model.row import QueueFigures, Row, RowState
from pos_client.model.timeline import Happening
from pos_client.ui.background import Background, Lane
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.models.rows_table import Column, Group, RowsTable
from pos_client.ui.port import CounterDesk
from pos_client.ui.sticks import Sticks
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.empty import EmptyPlate
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.widgets.row_story import RowStory

PAGE: Final = 100
MOST_ROWS: Final = 1000
TICK_MS: Final = 15_000
ROW_PX: Final = 44
_WIDTHS: Final = {
    Column.STATE: 172,
    Column.NAME: 130,
    Column.NUMBER: 132,
    Column.AGE: 84,
    Column.SIZE: 88,
    Column.TRIES: 72,
    Column.NEXT: 104,
}
_TRIED_AGAIN: Final = frozenset({RowState.QUEUED, RowState.QUARANTINED})


class WaitingPage(QWidget):
    """A table with filters 1 to 5, and the chosen row's story below; F5 sends what is due.

    Ctrl+P prints a receipt again, Ctrl+K corrects what came back, Ctrl+E and Ctrl+I are for sticks.
    """

    #: The clerk wants the receipt of this registration on paper once more.
    print_again_chosen = Signal(str)
    #: A correction was begun: this draft lies ready.
    correction_begun = Signal(Draft)
    #: Something was sent or made due: the status strip may be old.
    queue_touched = Signal()

    def __init__(
        self,
        desk: CounterDesk,
        background: Background,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._background, self._now = desk, background, now
        self._gathering: list[Row] = []
        self._loading = False
        self._just_shown = False
        self._figures: QueueFigures | None = None
        self._keyboard_aside = False
        self.table = RowsTable(now())
        self._title = QLabel()
        set_role(self._title, "title")
        self.problem_box = ProblemBox()
        self.printed = Banner()
        self._filters = QButtonGroup(self)
        self._filter_buttons = {group: self._filter(group) for group in Group}
        self.view = self._table_view()
        self._empty = EmptyPlate("tray")
        self.story = RowStory()
        self.sticks = Sticks(desk, background, self)
        self.correct = QAction(self)
        self.stick_out = QAction(self)
        self.stick_in = QAction(self)
        self.send_now = QAction(self)
        self.try_again = QAction(self)
        self.print_again = QAction(self)
        self._make_actions()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self.table.tick(self._now()))
        self._timer.start()
        self._word()
        self._follow_selection()

    def keys(self) -> Sequence[QAction]:
        """Return the actions of this page for the key bar."""
        return (
            self.send_now,
            self.try_again,
            self.correct,
            self.print_again,
            self.stick_out,
            self.stick_in,
        )

    def refresh(self) -> None:
        """Fetch the list anew, in the background."""
        if not self._loading:
            self._loading = True
            self._gathering = []
            self._fetch(None)

    def follow(self, figures: QueueFigures) -> None:
        """Fetch the list anew where the queue changed while somebody looks at it."""
        if figures != self._figures:
            self._figures = figures
            if self.isVisible():
                self.refresh()

    def show_printed(self, path: Path) -> None:
        """Say where the receipt lies that was printed again."""
        self.printed.tell(Tone.OK, self.tr("Receipt printed"), str(path), icon="print")

    def chosen(self) -> Row | None:
        """Return the row that is selected."""
        return self.table.row(self.view.currentIndex().row())

    def show_group(self, group: Group) -> None:
        """Narrow the list to one group."""
        self._filter_buttons[group].setChecked(True)
        self.table.narrow_to(group)
        self._settle(None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Fetch the list whenever the page comes up."""
        super().showEvent(event)
        self._just_shown = True
        self.printed.clear()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word and draw anew when language or colours change."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._word()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose a filter with 1 to 5."""
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(Group):
            self.show_group(list(Group)[place])
            return
        super().keyPressEvent(event)

    # -- building -----------------------------------------------------------------------------
    def _filter(self, group: Group) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setChecked(group is Group.ALL)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.show_group(group))
        self._filters.addButton(button)
        return button

    def _table_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setIconSize(QSize(20, 20))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column, width in _WIDTHS.items():
            view.setColumnWidth(column, width)
        header.setSectionResizeMode(Column.CAUSE, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._follow_selection)
        return view

    def _make_actions(self) -> None:
        for action, keys, done in (
            (self.send_now, "F5", self._send_now),
            (self.try_again, "Ctrl+Return", self._try_again),
            (self.print_again, "Ctrl+P", self._print_again),
            (self.correct, "Ctrl+K", self._correct),
            (self.stick_out, "Ctrl+E", self.sticks.choose_where),
            (self.stick_in, "Ctrl+I", self.sticks.choose_what),
        ):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(done)
            self.addAction(action)
        self.sticks.done.connect(self._stick_done)
        self.sticks.failed.connect(self._failed)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self._title)
        filters.addStretch()
        for button in self._filter_buttons.values():
            filters.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(filters)
        column.addWidget(self.problem_box)
        column.addWidget(self.printed)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self.story)
        self._empty.hide()

    def _word(self) -> None:
        self._title.setText(self.tr("Waiting list"))
        self.view.setAccessibleName(self.tr("Waiting list"))
        self.send_now.setText(self.tr("Send now"))
        self.try_again.setText(self.tr("Try this one again"))
        self.print_again.setText(self.tr("Print receipt again"))
        self.correct.setText(self.tr("Correct it"))
        self.stick_out.setText(self.tr("To a stick"))
        self.stick_in.setText(self.tr("From a stick"))
        self.story.word()
        place = self.view.currentIndex().row()
        self.table.word_again()
        self._settle(place)

    # -- doing --------------------------------------------------------------------------------
    def _fetch(self, after: RegistrationId | None) -> None:
        self._background.run(
            lambda: self._desk.rows(limit=PAGE, after=after), self._gather, self._failed
        )

    def _gather(self, rows: tuple[Row, ...]) -> None:
        self._gathering.extend(rows)
        if len(rows) == PAGE and len(self._gathering) < MOST_ROWS:
            self._fetch(rows[-1].id)
            return
        self._loading = False
        before = self.chosen()
        self.table.show_rows(self._gathering, self._now())
        self._settle(self.table.place_of(before.id) if before is not None else None)
        if self._just_shown:
            self._just_shown = False
            self.view.setFocus()

    def _failed(self, problem: Problem) -> None:
        self._loading = False
        self.problem_box.show_problem(problem)

    def _settle(self, place: int | None) -> None:
        """Keep the selection where it was, or at the first row; say where there is none."""
        count = self.table.rowCount()
        if count:
            row = place if place is not None and 0 <= place < count else 0
            both = QItemSelectionModel.SelectionFlag.ClearAndSelect
            rows = QItemSelectionModel.SelectionFlag.Rows
            self.view.selectionModel().setCurrentIndex(self.table.index(row, 0), both | rows)
        self._show_list(shown=count > 0)
        self._empty.setVisible(count == 0)
        self._empty.tell(
            self.tr("Nothing here"),
            self.tr("What you register is listed here until the carrier has decided about it."),
        )
        for number, (group, button) in enumerate(self._filter_buttons.items(), start=1):
            name = self._group_words(group)
            button.setText(f"{number}  {name} ({self.table.count(group)})")
        self._follow_selection()

    def _show_list(self, *, shown: bool) -> None:
        """Show or hide the list; the keyboard stays on this page, or its keys would be dead."""
        if not shown and self.view.hasFocus():
            self._filter_buttons[self.table.group].setFocus()
            self._keyboard_aside = True
        self.view.setVisible(shown)
        if shown and self._keyboard_aside:
            self.view.setFocus()
            self._keyboard_aside = False

    def _follow_selection(self) -> None:
        row = self.chosen()
        self.try_again.setEnabled(row is not None and row.state in _TRIED_AGAIN)
        self.print_again.setEnabled(row is not None)
        self.correct.setEnabled(
            row is not None and row.state is RowState.RETURNED and row.superseded_by is None
        )
        self.story.setVisible(row is not None)
        if row is not None:
            self._tell(row)

    def _tell(self, row: Row) -> None:
        if self.story.is_about(row):
            return
        self.story.tell(row, self.story.happened(row), self._now())
        self._background.run(
            lambda: self._desk.timeline(row.id),
            lambda happened: self._told(row, happened),
            self._failed,
        )

    def _told(self, row: Row, happened: tuple[Happening, ...]) -> None:
        chosen = self.chosen()
        if chosen is not None and chosen.id == row.id:
            self.story.tell(row, happened, self._now())

    def _correct(self) -> None:
        row = self.chosen()
        if row is not None:
            self._background.run(
                lambda: self._desk.revise(row.id), self.correction_begun.emit, self._failed
            )

    def _stick_done(self, headline: str, line: str, well: bool) -> None:
        self.printed.tell(Tone.OK if well else Tone.WARN, headline, line, icon="tray")
        self._touched(None)

    def _send_now(self) -> None:
        self._background.run(self._desk.sync_now, self._touched, self._failed, lane=Lane.ASIDE)

    def _try_again(self) -> None:
        row = self.chosen()
        if row is not None:
            self._background.run(lambda: self._desk.try_again(row.id), self._touched, self._failed)

    def _print_again(self) -> None:
        row = self.chosen()
        if row is not None:
            self.print_again_chosen.emit(row.id)

    def _touched(self, _: None) -> None:
        self.queue_touched.emit()
        self.refresh()

    def _group_words(self, group: Group) -> str:
        return {
            Group.ALL: self.tr("All"),
            Group.WAITING: self.tr("Waiting"),
            Group.RETURNED: self.tr("Returned"),
            Group.IN_REVIEW: self.tr("At the carrier"),
            Group.DONE: self.tr("Done"),
        }[group]
