"""Keeps the camera looking for what is still missing: one search at a time, stopped in time."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_client.model.draft import Draft
from pos_client.model.face import FaceTry
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.reading import Reading
from pos_client.model.view import Shutter, View, Wanted
from pos_client.ui.background import Background, Lane
from pos_client.ui.port import CounterDesk

Show = Callable[[View], None]


class Watching(QObject):
    """Says what was seen; what an older search still finds is dropped."""

    #: One side was captured and read.
    side_read = Signal(Reading)
    #: The number of a SIM card was read.
    sim_read = Signal(Private)
    #: A person was looked at; what came of it.
    face_seen = Signal(FaceTry)
    #: The camera or the recogniser cannot be used.
    failed = Signal(Problem)

    def __init__(self, desk: CounterDesk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._shutter: Shutter | None = None
        self._wanted: Wanted | str | None = None

    @property
    def wanted(self) -> Wanted | str | None:
        """What is being looked for: sides of a document, `sim`, `face`, or None."""
        return self._wanted

    def look(self, wanted: Wanted, show: Show) -> None:
        """Look for a side of a document; goes on where the same is already being looked for."""
        if wanted == self._wanted:
            return
        shutter = self._start(wanted)
        self._background.run(
            lambda: self._desk.look(wanted, _while_open(show, shutter), shutter),
            lambda reading: self._ended(shutter, self.side_read.emit, reading),
            lambda problem: self._ended(shutter, self.failed.emit, problem),
            lane=Lane.CAMERA,
        )

    def scan_sim(self, show: Show) -> None:
        """Look for the bar code of a SIM card."""
        if self._wanted == "sim":
            return
        shutter = self._start("sim")
        self._background.run(
            lambda: self._desk.scan_sim(_while_open(show, shutter), shutter),
            lambda iccid: self._ended(shutter, self.sim_read.emit, iccid),
            lambda problem: self._ended(shutter, self.failed.emit, problem),
            lane=Lane.CAMERA,
        )

    def look_at_face(self, draft: Draft, show: Show) -> None:
        """Look at the person and compare; what is looked for besides is `face`."""
        shutter = self._start("face")
        self._background.run(
            lambda: self._desk.look_at_face(draft, _while_open(show, shutter), shutter),
            lambda made: self._ended(shutter, self.face_seen.emit, made),
            lambda problem: self._ended(shutter, self.failed.emit, problem),
            lane=Lane.CAMERA,
        )

    def take_now(self) -> None:
        """Take the next picture whatever its quality."""
        if self._shutter is not None:
            self._shutter.take_now()

    def stop(self) -> None:
        """Look no longer; the camera is let go."""
        if self._shutter is not None:
            self._shutter.stop()
        self._shutter, self._wanted = None, None

    def _start(self, wanted: Wanted | str) -> Shutter:
        self.stop()
        self._shutter, self._wanted = Shutter(), wanted
        return self._shutter

    def _ended(
        self, shutter: Shutter, tell: Callable[[object], None], found: object | None
    ) -> None:
        if shutter is not self._shutter:
            return
        self._shutter, self._wanted = None, None
        if found is not None:
            tell(found)


def _while_open(show: Show, shutter: Shutter) -> Show:
    """Show nothing that comes after the clerk turned away."""

    def show_if_open(view: View) -> None:
        if not shutter.stopped:
            show(view)

    return show_if_open
