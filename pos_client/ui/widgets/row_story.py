"""One registration's story: what happened to it, what happens next, and who has to do something."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from pos_client.model.row import Row, RowState
from pos_client.model.timeline import Happening
from pos_client.ui.figures import day_and_clock, span
from pos_client.ui.look.dress import set_role
from pos_client.ui.returned import to_mend, why
from pos_client.ui.words import cause_in_words

#: The latest of what happened; what was before them is of no use at a counter.
MOST: Final = 5
PERCENT: Final = 100
#: So high that it seldom grows or shrinks while one goes through the list.
LEAST_PX: Final = 128


class RowStory(QFrame):
    """Two columns under the list: the past at the left, the future at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._row: Row | None = None
        self._happened: tuple[Happening, ...] = ()
        self._now: datetime | None = None
        self._past_title, self._past = QLabel(), QLabel()
        self._next_title, self._next = QLabel(), QLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(True)
        for title in (self._past_title, self._next_title):
            set_role(title, "heading")
        for text in (self._past, self._next):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setMinimumHeight(LEAST_PX)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(16, 12, 16, 12)
        columns.setSpacing(24)
        for pieces in (
            (self._past_title, self._past),
            (self._next_title, self._next, self.progress),
        ):
            column = QVBoxLayout()
            column.setSpacing(6)
            for piece in pieces:
                column.addWidget(piece)
            column.addStretch()
            columns.addLayout(column, 1)

    def tell(self, row: Row, happened: Sequence[Happening], now: datetime) -> None:
        """Tell the story of a row as it stands."""
        self._row, self._happened, self._now = row, tuple(happened), now
        self.word()

    def is_about(self, row: Row) -> bool:
        """Say whether the story is told of exactly this row, as it stands."""
        return self._row == row

    def happened(self, row: Row) -> tuple[Happening, ...]:
        """Return what is known of this registration's past, from an earlier telling."""
        return self._happened if self._row is not None and self._row.id == row.id else ()

    @property
    def past(self) -> str:
        """What is told about what happened."""
        return self._past.text()

    @property
    def future(self) -> str:
        """What is told about what happens next."""
        return self._next.text()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        row = self._row
        if row is None or self._now is None:
            return
        self._past_title.setText(self.tr("What happened"))
        self._next_title.setText(self.tr("What happens next"))
        self._past.setText("\n".join(self._line(each) for each in self._happened[-MOST:]))
        self._next.setText(self._coming(row, self._now))
        under_way = row.state is RowState.SENDING or (row.sent > 0 and row.state is RowState.QUEUED)
        self.progress.setVisible(under_way)
        self.progress.setValue(PERCENT * row.sent // row.size)
        self.setAccessibleName(f"{self._past.text()}. {self._next.text()}")

    def _line(self, happening: Happening) -> str:
        return f"{day_and_clock(happening.at)}   {self._event(happening)}"

    def _event(self, happening: Happening) -> str:
        if happening.event == "sending" and happening.times > 1:
            return self.tr("Tried to send it %n time(s)", "", happening.times)
        return {
            "submitted": self.tr("Sealed and saved on this device"),
            "sending": self.tr("Sent on its way to the carrier"),
            "quarantined": self.tr("Set aside for somebody to look at"),
            "requeued": self.tr("Put back to be sent"),
            "exported": self.tr("Copied to a stick"),
            "received": self.tr("The carrier has it; its receipt was checked"),
            "decided_in_review": self.tr("The carrier looks at it more closely"),
            "decided_accepted": self.tr("Accepted by the carrier"),
            "decided_returned": self.tr("Returned by the carrier"),
            "decided_refused": self.tr("Refused by the carrier"),
            "corrected": self.tr("Corrected by a new registration"),
            "packet_removed": self.tr("Its data were removed from this device"),
            "purged": self.tr("The last labels were removed from this device"),
        }.get(happening.event, happening.event)

    def _coming(self, row: Row, now: datetime) -> str:
        if row.state is RowState.RETURNED:
            return self._returned(row)
        if row.state is RowState.QUEUED:
            return self._waiting(row, now)
        return {
            RowState.SENDING: self.tr("It is on its way now."),
            RowState.RECEIVED: self.tr("The carrier decides. The result comes here by itself."),
            RowState.IN_REVIEW: self.tr(
                "People at the carrier decide. The result comes here by itself."
            ),
            RowState.ACCEPTED: self.tr("Nothing more is to be done."),
            RowState.REFUSED: self.tr(
                "{why}. The carrier will not take it; tell the customer, and your supervisor."
            ),
            RowState.QUARANTINED: self.tr(
                "{cause}. Nothing is lost. Show it to your supervisor; Ctrl+Enter tries once more."
            ),
            RowState.PURGED: self.tr("Nothing. The carrier keeps the registration."),
        }[row.state].format(why=why(row), cause=cause_in_words(row.cause or ""))

    def _returned(self, row: Row) -> str:
        if row.superseded_by is not None:
            return self.tr("It was corrected by registration {id}.").format(
                id=row.superseded_by[:8]
            )
        if to_mend(row):
            return self.tr(
                "{why}. Ask the customer to come again; Ctrl+K starts the correction. Take care"
                " of {about}."
            ).format(why=why(row), about=to_mend(row))
        return self.tr(
            "{why}. Ask the customer to come again; Ctrl+K starts the correction."
        ).format(why=why(row))

    def _waiting(self, row: Row, now: datetime) -> str:
        if row.next_at <= now:
            coming = self.tr("It is sent by itself as soon as the carrier can be reached.")
        else:
            coming = self.tr("It is sent by itself; the next try is in {time}.").format(
                time=span(row.next_at - now)
            )
        if not row.cause:
            return coming
        return self.tr("{cause}. {coming}").format(cause=cause_in_words(row.cause), coming=coming)
