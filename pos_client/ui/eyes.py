"""Decides what the camera looks for: missing sides, then the SIM card, then nothing."""

from PySide6.QtCore import QObject, Signal

from pos_client.model.document import Side
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.reading import Reading
from pos_client.model.view import Wanted
from pos_client.ui.background import Background, Lane
from pos_client.ui.pages.camera_pane import CameraPane
from pos_client.ui.port import CounterDesk
from pos_client.ui.standing import Standing
from pos_client.ui.watching import Watching


class Eyes(QObject):
    """Looks by itself; the clerk only says to type instead, to take it now, or to look again."""

    #: A side was read.
    side_taken = Signal(Reading)
    #: The number of a SIM card was read.
    sim_taken = Signal(Private)
    #: The camera cannot be used; it looks again when asked to.
    failed = Signal(Problem)

    def __init__(
        self, desk: CounterDesk, background: Background, pane: CameraPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._pane = pane
        self._standing: Standing | None = None
        self._broken = False
        self._at_person = False
        self._just_read: frozenset[Side] = frozenset()
        self._watching = Watching(desk, background, self)
        self._watching.side_read.connect(self._read)
        self._watching.sim_read.connect(self.sim_taken)
        self._watching.failed.connect(self._failed)
        #: True while the clerk types what the camera would read.
        self.typing = False

    @property
    def sides(self) -> frozenset[Side] | None:
        """The sides that are looked for; None for the SIM card, empty for nothing."""
        wanted = self._watching.wanted
        if wanted == "sim":
            return None
        return wanted.sides if isinstance(wanted, Wanted) else frozenset()

    def look_for(self, standing: Standing) -> None:
        """Look for what this draft still lacks."""
        self._standing, self._just_read = standing, frozenset()
        if self._broken or self._at_person:
            return
        wanted = self._wanted(standing)
        if wanted is None:
            self._watching.stop()
        elif wanted == "sim":
            self._watching.scan_sim(self._pane.show_view)
        elif isinstance(wanted, Wanted):
            self._watching.look(wanted, self._pane.show_view)

    def look_again(self) -> None:
        """Look once more, after the camera failed or was changed."""
        self._broken = False
        if self._standing is not None:
            self.look_for(self._standing)
            self._pane.show_standing(self._standing, self.sides, typing=self.typing)

    def close_for(self, *, person: bool) -> None:
        """Look for no card while the camera is held on a person; go on when it no longer is."""
        if person is self._at_person:
            return
        self._at_person = person
        if person:
            self._watching.stop()
        elif self._standing is not None:
            self.look_again()

    def take_now(self) -> None:
        """Take the next picture whatever its quality."""
        self._watching.take_now()

    def stop(self) -> None:
        """Close the eyes: nobody stands at the counter."""
        self._watching.stop()
        self._standing, self._broken, self.typing = None, False, False
        self._at_person = False

    def change_camera(self) -> None:
        """Look through the next camera there is."""
        self._watching.stop()
        self._background.run(
            self._choose_next, lambda _: self.look_again(), self._failed, lane=Lane.ASIDE
        )

    def _choose_next(self) -> None:
        names = self._desk.cameras()
        present = self._desk.status().camera
        if names:
            place = names.index(present) + 1 if present in names else 0
            self._desk.choose_camera(names[place % len(names)])

    def _wanted(self, standing: Standing) -> Wanted | str | None:
        if not self.typing:
            if standing.declaration is None:
                return Wanted()
            if standing.missing_sides:
                return Wanted(standing.declaration.code, frozenset(standing.missing_sides))
        line = standing.line
        return None if line and line.iccid.reveal() else "sim"

    def _read(self, reading: Reading) -> None:
        self._look_for_the_rest(reading)
        self.side_taken.emit(reading)

    def _look_for_the_rest(self, reading: Reading) -> None:
        """Let the next side be live at once, while this one is still being saved."""
        declared = next((d for d in self._desk.documents() if d.code == reading.document), None)
        if declared is None or reading.side is None or self._standing is None:
            return
        self._just_read |= {reading.side}
        have = {*self._standing.draft.images, *self._just_read}
        missing = frozenset(each.side for each in declared.sides) - have
        if missing:
            self._watching.look(Wanted(declared.code, missing), self._pane.show_view)

    def _failed(self, problem: Problem) -> None:
        self._broken = True
        self.failed.emit(problem)
