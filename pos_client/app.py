"""The window's front door: builds the real things, wires them together, and ends them in order."""

import gc
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_client import log as logs
from pos_client.desk.desk import Desk, boot_id, camera_opener
from pos_client.desk.stages import Machine
from pos_client.outbox.keystore import system_keystore
from pos_client.outbox.process import harden
from pos_client.settings import Settings
from pos_client.ui.background import Background, Lane
from pos_client.ui.look.dress import Theme, apply_look
from pos_client.ui.main_window import MainWindow
from pos_client.ui.paid_line import PaidLine
from pos_client.ui.problems import ProgramFault
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.words import Words

log = logging.getLogger(__name__)

#: How long one thread may keep the interpreter while another waits for it.
_HAND_OVER_S: Final = 0.0005


def now() -> datetime:
    """Return the time: the front doors own the clock."""
    return datetime.now(UTC)  # noqa: TID251 - one of the two front doors


def run_window(settings: Settings) -> int:
    """Open the counter window and stay until it is closed; returns the exit status."""
    harden()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody makes a smaller one before us
    logs.set_up(settings.home / "log", settings.log_level)
    line = PaidLine(app)
    keystore = system_keystore()
    machine = Machine(now, camera_opener(now), boot_id(), keystore, metered=line.metered)
    counter = Counter(app, Desk(settings, machine), settings, receipts_folder())
    counter.show()
    QTimer.singleShot(0, line.watch)
    status = app.exec()
    counter.close()
    return status


def receipts_folder() -> Path:
    """Return where printed receipts are put: masked, and named by registration id only."""
    return Path(platformdirs.user_documents_dir()) / "POS receipts"


class Counter:
    """The window with everything behind it; `close` ends capture, threads, sending and store."""

    def __init__(self, app: QApplication, desk: Desk, settings: Settings, receipts: Path) -> None:
        # The window shares the interpreter with the reader. At the default of 5 ms a window that
        # has ten small things to do between two pictures would be half a second late.
        sys.setswitchinterval(_HAND_OVER_S)
        self.desk = desk
        self.words = Words(app, settings.language)
        apply_look(app, Theme(settings.theme))
        self.background = Background(self._on_bug)
        surroundings = Surroundings(now=now, receipts=receipts)
        self.window = MainWindow(desk, self.background, self.words, surroundings)
        desk.start_sending()
        self._hook = sys.excepthook
        sys.excepthook = self._uncaught

    def show(self) -> None:
        """Show the window; the recogniser is loaded after it stands."""
        self.window.show()
        self.window.start()
        # Behind the loading: what stands then stays until the end, and looking through it again for
        # what could go would cost the window 50 ms each time.
        self.background.run(lambda: None, lambda _: gc.freeze(), lambda _: None, lane=Lane.CAMERA)

    def close(self) -> None:
        """End everything; what was saved is on the disk already."""
        self.window.close()
        self.background.close()
        self.desk.close()
        sys.excepthook = self._hook

    def _on_bug(self, bug: Exception) -> None:
        log.error("bug in the background", exc_info=bug)
        self.window.book.show_problem(ProgramFault())

    def _uncaught(
        self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        # The one net for the window's own thread: the log has the place, the window goes on.
        log.error("bug in the window", exc_info=(kind, bug, trace))
        self.window.book.show_problem(ProgramFault())
