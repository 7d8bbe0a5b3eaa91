"""The client that is killed: the real window, worked by the demo's clerk until it ends."""

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from demo.clerk import OPERATOR, PIN, Clerk
from demo.customers import Customer
from demo.director import Director, Script, Until
from demo.heartbeat import Heartbeat
from demo.report import Visit
from pos_client.app import Counter
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import TillState
from pos_client.settings import Settings
from pos_client.sync.policy import Policy
from pos_client.ui.pages.page import PageName
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier, invent_iccid

EAGER = Policy(first_s=0.2, longest_s=1.0, poll_s=0.5, tick_s=0.2, purge_s=0.5, start_spread_s=0.0)


def main() -> None:
    """Work until killed; with `drain` send what waits and print how many rows still do."""
    folder, seed = Path(sys.argv[1]), sys.argv[2]
    app = QApplication(sys.argv[:1])
    camera = SyntheticSource(_now)
    machine = Machine(_now, lambda _spec: camera, "boot", keystore=None, patience=EAGER)
    settings = Settings(home=folder / "till", camera="synthetic:", theme="light")
    desk = Desk(settings, machine)
    if seed == "drain":
        _drain(desk)
        return
    counter = Counter(app, desk, settings, folder / "receipts")
    clerk = Clerk(counter, camera, Heartbeat(), pace=0)
    director = Director(_script(clerk, desk, folder, int(seed)))
    director.ended.connect(app.quit)
    counter.show()
    director.start()
    app.exec()
    counter.close()


def _script(clerk: Clerk, desk: Desk, folder: Path, seed: int) -> Script:
    if desk.till_state() is TillState.NEW:
        yield from clerk.set_up(folder / "invitation.json")
    else:
        yield from _sign_in(clerk)
    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    while True:
        customer = _customer(rng.randrange(10**6))
        visit = Visit(customer)
        yield from clerk.begin()
        registration = clerk.draft_id()
        for side in customer.sides:
            yield from clerk.show_side(visit, side, seed)
        yield from clerk.check_fields(visit)
        yield from clerk.type_line(visit, f"12000{rng.randrange(10**6):06d}")
        yield from clerk.answer_notices()
        yield from clerk.review_and_submit()
        sys.stdout.write(f"saved {registration}\n")
        sys.stdout.flush()


def _sign_in(clerk: Clerk) -> Script:
    yield Until("the sign-in page", lambda: clerk.window.page is PageName.SIGN_IN)
    page = clerk.window.book.sign_in
    page.number.setText(OPERATOR)
    page.pin.setText(PIN)
    page.pin.setFocus()
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    yield Until("the home page", lambda: clerk.window.page is PageName.HOME)


def _customer(seed: int) -> Customer:
    person = invent_person(seed, term="twenty")
    sides = (draw_portrait_side(person, seed=seed), draw_emblem_side(person, seed=seed))
    iccid = "89860" + invent_iccid(seed)[5:]
    return Customer(
        "resident ID", sides, draw_sim_carrier(iccid, "", seed=seed), iccid, offline=False
    )


def _drain(desk: Desk) -> None:
    desk.sign_in(OperatorNumber(OPERATOR), Private(PIN))
    for _ in range(20):
        desk.sync_once()
        if desk.status().queue.waiting == 0:
            break
    sys.stdout.write(f"{desk.status().queue.waiting}\n")
    desk.close()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a front door of its own


if __name__ == "__main__":
    main()
