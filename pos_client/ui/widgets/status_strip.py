"""Seen at a glance: link, queue, camera, clock, and whether this is only training."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_client.model.status import LinkState, Status
from pos_client.ui.figures import age, clock, size, span, spoken_span
from pos_client.ui.look.dress import set_role, set_tone, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.flow import FlowLayout

#: A clock that is off by more than this makes the times of registrations unsure.
CLOCK_TOLERANCE_S: Final = 120
#: From here on the strip says how many more registrations fit on the disk.
FEW_LEFT: Final = 200
#: What is sent sooner than this needs no forecast.
_WORTH_SAYING_S: Final = 60.0

#: The code of the problem that the carrier has yet to approve this till.
PENDING: Final = "C113"


class Chip(StrEnum):
    """The parts of the strip."""

    LINK = "link"
    QUEUE = "queue"
    CAMERA = "camera"
    CLOCK = "clock"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a chip shows: its shape, its word, and the same for a screen reader."""

    tone: Tone
    icon: str
    text: str
    spoken: str = ""


class StatusStrip(QFrame):
    """The strip at the lower edge; breaks into two rows where the window is narrow."""

    #: The clerk wants to see more about this.
    chip_chosen = Signal(Chip)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._status: Status | None = None
        self._now: datetime | None = None
        self._band = TrainingBand()
        self._chips = {chip: self._chip(chip) for chip in Chip}
        flow = FlowLayout(spacing=8)
        for button in self._chips.values():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._band)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 5, 12, 5)
        inner.addLayout(flow)
        column.addLayout(inner)
        self._band.hide()

    def show_status(self, status: Status, now: datetime) -> None:
        """Show how things stand at `now`."""
        self._status, self._now = status, now
        self._band.setVisible(status.training)
        signs = {
            Chip.LINK: self._link(status),
            Chip.QUEUE: self._queue(status, now),
            Chip.CAMERA: self._camera(status),
            Chip.CLOCK: self._clock(status, now),
            Chip.ROOM: self._room(status),
        }
        # Only where it matters: a strip that always says the same is no longer read.
        self._chips[Chip.ROOM].setVisible(status.room is not None and status.room < FEW_LEFT)
        for chip, sign in signs.items():
            button = self._chips[chip]
            set_tone(button, sign.tone)
            button.setIcon(icon(sign.icon, tokens_now().tone(sign.tone)[0]))
            button.setText(sign.text)
            button.setAccessibleName(f"{self._title(chip)}: {sign.spoken or sign.text}")

    def text(self, chip: Chip) -> str:
        """Return the word on a chip."""
        return self._chips[chip].text()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word and draw anew when language or colours change."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._again()
        super().changeEvent(event)

    def _again(self) -> None:
        status = getattr(self, "_status", None)
        if status is not None and self._now is not None:
            self.show_status(status, self._now)

    def _chip(self, chip: Chip) -> QPushButton:
        button = QPushButton()
        set_role(button, "chip")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chip_chosen.emit(chip))
        return button

    def _title(self, chip: Chip) -> str:
        return {
            Chip.LINK: self.tr("Link"),
            Chip.QUEUE: self.tr("Queue"),
            Chip.CAMERA: self.tr("Camera"),
            Chip.CLOCK: self.tr("Clock"),
            Chip.ROOM: self.tr("Disk"),
        }[chip]

    def _link(self, status: Status) -> _Sign:
        if status.link is LinkState.REFUSED and status.cause == PENDING:
            return _Sign(Tone.INFO, "clock", self.tr("Waiting for the carrier's approval"))
        return {
            LinkState.ONLINE: _Sign(Tone.OK, "check", self.tr("Online")),
            # Offline is no fault of anybody's, and work goes on: grey and calm.
            LinkState.OFFLINE: _Sign(Tone.CALM, "cloud-off", self.tr("Offline")),
            LinkState.REFUSED: _Sign(Tone.STOP, "octagon", self.tr("Refused by the carrier")),
            LinkState.UNKNOWN: _Sign(Tone.CALM, "question", self.tr("Not contacted yet")),
        }[status.link]

    def _room(self, status: Status) -> _Sign:
        left = status.room or 0
        if left == 0:
            return _Sign(Tone.STOP, "octagon", self.tr("Disk full: no new registrations"))
        return _Sign(Tone.WARN, "box", self.tr("Room for about %n registration(s)", "", left))

    def _queue(self, status: Status, now: datetime) -> _Sign:
        queue = status.queue
        stuck = queue.returned + queue.quarantined
        if stuck:
            return _Sign(Tone.WARN, "return", self.tr("%n need(s) you", "", stuck))
        if queue.sending:
            return self._sending(status)
        if queue.waiting and status.held:
            held = self.tr("%n waiting, this line is metered", "", queue.waiting)
            return _Sign(Tone.CALM, "tray", held)
        if queue.waiting:
            return self._waiting(queue.waiting, queue.oldest_waiting, now)
        if queue.last_received is None:
            return _Sign(Tone.OK, "check", self.tr("Nothing waits"))
        at = clock(queue.last_received)
        return _Sign(Tone.OK, "check", self.tr("All sent {time}").format(time=at))

    def _sending(self, status: Status) -> _Sign:
        to_go = self.tr("Sending, %n to go", "", status.queue.waiting)
        if status.rate is None or status.left_s is None or status.left_s < _WORTH_SAYING_S:
            return _Sign(Tone.INFO, "send", to_go)
        # In whole minutes, upwards: nobody minds when it is over sooner.
        left = timedelta(minutes=ceil(status.left_s / 60))
        both = self.tr("{to_go}, about {left} at {rate}/s")
        rate = size(int(status.rate))
        return _Sign(
            Tone.INFO,
            "send",
            both.format(to_go=to_go, left=span(left), rate=rate),
            both.format(to_go=to_go, left=spoken_span(left), rate=rate),
        )

    def _waiting(self, count: int, oldest: datetime | None, now: datetime) -> _Sign:
        waiting = self.tr("%n waiting", "", count)
        if oldest is None:
            return _Sign(Tone.CALM, "tray", waiting)
        both = self.tr("{waiting}, oldest {age}")
        return _Sign(
            Tone.CALM,
            "tray",
            both.format(waiting=waiting, age=age(oldest, now)),
            both.format(waiting=waiting, age=spoken_span(now - oldest)),
        )

    def _camera(self, status: Status) -> _Sign:
        if status.camera is None:
            return _Sign(Tone.WARN, "camera-off", self.tr("No camera"))
        return _Sign(
            Tone.OK, "camera", status.camera, self.tr("ok, {name}").format(name=status.camera)
        )

    def _clock(self, status: Status, now: datetime) -> _Sign:
        offset = status.clock_offset_s
        if offset is None or abs(offset) < CLOCK_TOLERANCE_S:
            return _Sign(Tone.PLAIN, "clock", clock(now))
        sign = "+" if offset > 0 else "−"
        off_by = f"{sign}{span(timedelta(seconds=abs(offset)))}"
        return _Sign(Tone.WARN, "triangle", self.tr("Clock {off_by}").format(off_by=off_by))


class TrainingBand(QWidget):
    """A hatched band across the window that cannot be overlooked: nothing here is real."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(26)
        self._label = QLabel(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._label, "training")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label, 0, Qt.AlignmentFlag.AlignCenter)
        self._word()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the hatching behind the word."""
        painter = QPainter(self)
        colours = tokens_now()
        painter.fillRect(self.rect(), QColor(colours.warn_plate))
        painter.fillRect(self.rect(), QBrush(QColor(colours.warn), Qt.BrushStyle.BDiagPattern))

    def _word(self) -> None:
        self._label.setText(self.tr("TRAINING: nothing here reaches a real carrier"))
        self.setAccessibleName(self._label.text())
