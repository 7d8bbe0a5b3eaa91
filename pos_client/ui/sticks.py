"""Sticks at the window: asks where, does it in the background, and says what came of it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from pos_client.model.problems import Problem
from pos_client.model.stick import Exported, Imported
from pos_client.ui.background import Background
from pos_client.ui.figures import size
from pos_client.ui.port import CounterDesk

#: How the file is called that is offered; nothing about a customer.
FILE: Final = "registrations.posbundle"


class Sticks(QObject):
    """Export and import. `choose_*` ask for a file, `write` and `read` do it."""

    #: It is done: a headline, a sentence, and whether all of it is well.
    done = Signal(str, str, bool)
    #: It could not be done.
    failed = Signal(Problem)

    def __init__(self, desk: CounterDesk, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._background, self._window = desk, background, parent

    def choose_where(self) -> None:
        """Ask where to write what waits."""
        title = self.tr("Copy what waits to a stick")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, FILE)
        if chosen:
            self.write(Path(chosen))

    def choose_what(self) -> None:
        """Ask which file to take in."""
        title = self.tr("Take in registrations or receipts from a stick")
        chosen, _ = QFileDialog.getOpenFileName(self._window, title)
        if chosen:
            self.read(Path(chosen))

    def write(self, file: Path) -> None:
        """Write what waits into a file."""
        self._background.run(lambda: self._desk.export_queue(file), self._written, self.failed.emit)

    def read(self, file: Path) -> None:
        """Take a file in."""
        self._background.run(lambda: self._desk.import_file(file), self._taken, self.failed.emit)

    def _written(self, told: Exported) -> None:
        headline = self.tr("%n registration(s) copied", "", told.count)
        line = self.tr(
            "{size}, sealed. Take the stick to a till with a network, or to the carrier. They stay"
            " here until the carrier's receipts come back."
        ).format(size=size(told.size))
        self.done.emit(headline, line, True)

    def _taken(self, told: Imported) -> None:
        if told.carried:
            headline = self.tr("%n registration(s) of another till taken in", "", told.carried)
            line = self.tr("They are sent from here by themselves.")
        else:
            headline = self.tr("%n registration(s) closed by receipts", "", told.closed)
            line = self.tr("{known} were closed before.").format(known=told.known)
        if told.refused:
            line += " " + self.tr("%n entry(ies) were not believed.", "", told.refused)
        if not told.whole:
            line += " " + self.tr("The file was cut; copy it once more.")
        self.done.emit(headline, line, told.whole and not told.refused)
