"""The waiting list as a table: where each registration stands, how old it is, what holds it up."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pos_client.model.registration import RegistrationId
from pos_client.model.row import Row, RowState
from pos_client.ui.figures import age, size, span
from pos_client.ui.look.dress import tokens_now
from pos_client.ui.look.fonts import number_font
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import TEXT_PX, Tone
from pos_client.ui.returned import why
from pos_client.ui.words import cause_in_words

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    STATE = 0
    NAME = 1
    NUMBER = 2
    AGE = 3
    SIZE = 4
    TRIES = 5
    NEXT = 6
    CAUSE = 7


class Group(StrEnum):
    """What the list can be narrowed to."""

    ALL = "all"
    WAITING = "waiting"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    DONE = "done"


GROUPS: Final = {
    Group.ALL: frozenset(RowState),
    Group.WAITING: frozenset({RowState.QUEUED, RowState.SENDING, RowState.QUARANTINED}),
    Group.RETURNED: frozenset({RowState.RETURNED, RowState.REFUSED}),
    Group.IN_REVIEW: frozenset({RowState.RECEIVED, RowState.IN_REVIEW}),
    Group.DONE: frozenset({RowState.ACCEPTED, RowState.PURGED}),
}

#: Colour and shape of each state; no two share a shape.
STATE_SIGN: Final = {
    RowState.QUEUED: (Tone.CALM, "clock"),
    RowState.SENDING: (Tone.INFO, "send"),
    RowState.RECEIVED: (Tone.OK, "check"),
    RowState.IN_REVIEW: (Tone.INFO, "eye"),
    RowState.ACCEPTED: (Tone.OK, "check-double"),
    RowState.RETURNED: (Tone.WARN, "return"),
    RowState.REFUSED: (Tone.STOP, "octagon"),
    RowState.QUARANTINED: (Tone.WARN, "triangle"),
    RowState.PURGED: (Tone.CALM, "empty"),
}

_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_FIGURES: Final = frozenset({Column.AGE, Column.SIZE, Column.TRIES, Column.NEXT})
#: States in which the till itself will try again.
_GOES_ON: Final = frozenset({RowState.QUEUED, RowState.SENDING})


class RowsTable(QAbstractTableModel):
    """Rows of one group, newest first. Only masked labels are ever in here."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._all: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._group = Group.ALL
        self._now = now

    def show_rows(self, rows: Sequence[Row], now: datetime) -> None:
        """Show these rows as they stand at `now`."""
        self._all, self._now = tuple(rows), now
        self._narrow()

    def narrow_to(self, group: Group) -> None:
        """Show the rows of one group only."""
        self._group = group
        self._narrow()

    def tick(self, now: datetime) -> None:
        """Let the ages grow."""
        self._now = now
        if self._rows:
            last = len(self._rows) - 1
            self.dataChanged.emit(self.index(0, Column.AGE), self.index(last, Column.NEXT))

    def word_again(self) -> None:
        """Word and draw everything anew: language or colours have changed."""
        self.beginResetModel()
        self.endResetModel()

    @property
    def group(self) -> Group:
        """The group the list is narrowed to."""
        return self._group

    def row(self, place: int) -> Row | None:
        """Return the row at a place, or None beyond the end."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, registration: RegistrationId) -> int:
        """Return where a registration stands, -1 where it is not shown."""
        ids = [row.id for row in self._rows]
        return ids.index(registration) if registration in ids else -1

    def count(self, group: Group) -> int:
        """Return how many rows a group has."""
        return sum(row.state in GROUPS[group] for row in self._all)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the caption of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in _FIGURES else _LEFT
        return self._caption(column) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says, or looks like."""
        row = self.row(index.row())
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._caption(column)}: {self._text(row, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._cause(row) or None
        return self._look(row, column, role)

    def _look(self, row: Row, column: Column, role: int) -> object:
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE:
            tone, shape = STATE_SIGN[row.state]
            return icon(shape, tokens_now().tone(tone)[0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in _FIGURES else _LEFT
        if role == Qt.ItemDataRole.FontRole and column is Column.NUMBER:
            return number_font(TEXT_PX)
        return None

    def _narrow(self) -> None:
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if row.state in GROUPS[self._group])
        self.endResetModel()

    def _text(self, row: Row, column: Column) -> str:
        words: dict[Column, Callable[[], str]] = {
            Column.STATE: lambda: self.state_words(row.state),
            Column.NAME: lambda: row.masked_name,
            Column.NUMBER: lambda: row.masked_msisdn,
            Column.AGE: lambda: age(row.created_at, self._now),
            Column.SIZE: lambda: size(row.size) if row.packet_present else "–",
            Column.TRIES: lambda: str(row.attempts),
            Column.NEXT: lambda: self._next(row),
            Column.CAUSE: lambda: self._cause(row),
        }
        return words[column]()

    def _next(self, row: Row) -> str:
        if row.state not in _GOES_ON:
            return "–"
        if row.state is RowState.SENDING and row.sent:
            return f"{100 * row.sent // row.size} %"
        if row.state is RowState.SENDING or row.next_at <= self._now:
            return self.tr("now")
        return self.tr("in {time}").format(time=span(row.next_at - self._now))

    def _cause(self, row: Row) -> str:
        if row.state is RowState.RETURNED:
            if row.superseded_by is not None:
                return self.tr("Corrected")
            return self.tr("Needs correction: {reason}").format(reason=why(row))
        if row.state is RowState.REFUSED:
            return self.tr("Not accepted: {reason}").format(reason=why(row))
        if row.state is RowState.PURGED:
            return self.tr("Kept by the carrier, removed from this device")
        return cause_in_words(row.cause) if row.cause else ""

    def _caption(self, column: Column) -> str:
        return {
            Column.STATE: self.tr("State"),
            Column.NAME: self.tr("Name"),
            Column.NUMBER: self.tr("Number"),
            Column.AGE: self.tr("Age"),
            Column.SIZE: self.tr("Size"),
            Column.TRIES: self.tr("Tries"),
            Column.NEXT: self.tr("Next try"),
            Column.CAUSE: self.tr("Why"),
        }[column]

    def state_words(self, state: RowState) -> str:
        """Return the word of a state."""
        return {
            RowState.QUEUED: self.tr("Waiting"),
            RowState.SENDING: self.tr("Sending"),
            RowState.RECEIVED: self.tr("Received"),
            RowState.IN_REVIEW: self.tr("Being looked at"),
            RowState.ACCEPTED: self.tr("Accepted"),
            RowState.RETURNED: self.tr("Returned"),
            RowState.REFUSED: self.tr("Not accepted"),
            RowState.QUARANTINED: self.tr("Set aside"),
            RowState.PURGED: self.tr("Done"),
        }[state]
