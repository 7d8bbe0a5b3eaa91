"""The whole way on the real window: camera, both readers, keys, paper, a lock and a crash.

    python -m tests.journey.window_way HOME INVITATION begin|resume

As `whole_way`, but worked by the demo's clerk on the window. `begin` serves two customers, the
second without a network, is locked and opened in between, and dies in the middle of the third;
`resume` takes that draft up, submits it, locks, and ends once everything was sent.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from demo.clerk import Clerk
from demo.customers import Customer
from demo.director import Director, Script, Until
from demo.heartbeat import Heartbeat
from demo.report import Visit
from demo.scenes import Held
from pos_client import log as logs
from pos_client.app import Counter
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.desk import receipt_extract
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine
from pos_client.model.registration import RegistrationId
from pos_client.settings import Settings
from pos_client.ui.pages.page import PageName
from specimens.sim_card import draw_sim_carrier
from tests.fakes.counter import CHEAP
from tests.fakes.sandbox_till import real_now
from tests.journey.whole_way import (
    PATIENCE,
    PIN,
    canary,
    last_canary,
    read_with_tesseract,
    travelling_canary,
)

if TYPE_CHECKING:
    from tests.journey import shop

_WRONG_PIN: Final = "000000"
#: A machine that is watched call by call is slow.
_PATIENCE: Final = 8.0


class WindowWay:
    """The window with a clerk in front of it, and the folder its receipts are printed to."""

    def __init__(self, app: QApplication, home: Path) -> None:
        """Open it."""
        self.camera = SyntheticSource(real_now, fps=15.0)
        machine = Machine(
            real_now, lambda _spec: self.camera, "boot-1", None, patience=PATIENCE, cost=CHEAP
        )
        settings = Settings(home=home, camera="synthetic:", theme="light")
        self.receipts = home.parent / "receipts"
        self.counter = Counter(app, Desk(settings, machine), settings, self.receipts)
        self.clerk = Clerk(self.counter, self.camera, Heartbeat(), pace=0)
        self.desk = self.counter.desk

    def begin(self, invitation: Path) -> Script:
        """Serve two customers, and die in the middle of the third."""
        yield from self.clerk.set_up(invitation, PIN.reveal())
        first = Visit(_customer(canary()))
        yield from self._serve(first, canary().msisdn)
        yield from self._submit(first)
        yield from self.clerk.print_receipt(self.receipts, first.id)
        yield Until("its receipt", lambda: self.desk.status().queue.waiting == 0)
        receipt = self.desk.receipt(RegistrationId(first.id))
        # The customer's own number stands on the paper, in full. Nothing else of them does.
        _say(receipt_extract.encode(receipt).decode().replace(canary().msisdn, "‹number›"))
        yield from self._lock()
        yield from self.clerk.sign_in(_WRONG_PIN)
        yield Until("the refusal", lambda: not self.clerk.window.book.sign_in.pin.text())
        yield from self._sign_in()

        _ask("carrier off")
        second = Visit(_customer(travelling_canary()))
        yield from self._serve(second, travelling_canary().msisdn)
        yield from self._submit(second)
        yield Until("a failed try", lambda: self.desk.rows()[0].attempts > 0)
        _ask("carrier on")
        self.clerk.key(Qt.Key.Key_F5)
        yield Until("its receipt", lambda: self.desk.status().queue.waiting == 0)

        yield from self._serve(Visit(_customer(last_canary())), last_canary().msisdn)
        os.kill(os.getpid(), signal.SIGKILL)

    def resume(self) -> Script:
        """Take the draft up that the crash left, submit it, and lock while it is sent."""
        yield from self._sign_in()
        home = self.clerk.window.book.home
        yield Until("the parked draft", lambda: bool(home.draft_buttons()))
        QTest.mouseClick(home.draft_buttons()[0], Qt.MouseButton.LeftButton)
        yield Until("the draft", lambda: self.clerk.window.page is PageName.REGISTRATION)
        yield from self.clerk.answer_notices()  # the crash may have come before the last was saved
        yield from self.clerk.review_and_submit()
        yield from self._lock()
        yield Until("all sent", lambda: self.desk.status().queue.waiting == 0)

    def _serve(self, visit: Visit, msisdn: str) -> Script:
        clerk = self.clerk
        yield from clerk.begin()
        visit.id = clerk.draft_id()
        for side in visit.customer.sides:
            yield from clerk.show_side(visit, side, 5)
        yield from clerk.check_fields(visit)
        yield from clerk.type_line(visit, msisdn)
        yield from clerk.answer_notices()

    def _submit(self, visit: Visit) -> Script:
        yield from self.clerk.review_and_submit()
        self.camera.show(Held(visit.customer.sim, 5))  # nobody takes it away at once
        self.camera.clear()

    def _lock(self) -> Script:
        QTest.keyClick(self.clerk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield Until("the lock", lambda: self.clerk.window.page is PageName.SIGN_IN)

    def _sign_in(self) -> Script:
        yield from self.clerk.sign_in(PIN.reveal())
        yield Until("the home page", lambda: self.clerk.window.page is PageName.HOME)


def _customer(of: shop.Customer) -> Customer:
    sim = draw_sim_carrier(of.iccid, "", seed=5)
    return Customer("a canary", of.sides, sim, of.iccid, offline=False)


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _ask(what: str) -> None:
    _say(what)
    sys.stdin.readline()


def main() -> int:
    """Run one part; 0 where the script came to its end."""
    home, invitation, part = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    # Before the till's own log, which rewrites what still looks like a person.
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))
    logs.set_up(home / "log", "DEBUG")
    app = QApplication(sys.argv[:1])
    way = WindowWay(app, home)
    if part == "begin":
        read_with_tesseract(canary().sides[0])
    script = way.begin(invitation) if part == "begin" else way.resume()
    director = Director(script, patience=_PATIENCE)
    troubles: list[object] = []
    director.ended.connect(troubles.append)
    director.ended.connect(lambda _trouble: app.quit())
    way.counter.show()
    director.start()
    app.exec()
    way.counter.close()
    if troubles[-1] is not None:
        sys.stderr.write(f"stopped: {troubles[-1]!r}\n")
    return int(troubles[-1] is not None)


if __name__ == "__main__":
    sys.exit(main())
