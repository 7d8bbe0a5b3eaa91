"""Sets the stage: carrier, desk, window and camera, plays, and judges what came of it."""

import signal
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from demo.carrier_process import CarrierProcess
from demo.clerk import Clerk
from demo.director import Director
from demo.heartbeat import Heartbeat
from demo.play import Play
from demo.report import Visit, compare, print_comparison, print_pulse, print_visits
from pos_client import log
from pos_client.app import Counter
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.desk.desk import Desk, boot_id
from pos_client.desk.stages import Machine
from pos_client.settings import Settings
from pos_client.sync.policy import Policy

#: As patient as a till, but for an audience: it asks for decisions every second.
EAGER = Policy(first_s=0.5, longest_s=5.0, poll_s=1.0, tick_s=0.5, purge_s=1.0, strained_s=1.0)


def now() -> datetime:
    """Return the time: the demo is a front door."""
    return datetime.now(UTC)  # noqa: TID251 - a front door


def _qt_says(_kind: QtMsgType, _where: QMessageLogContext, what: str | None) -> None:
    # The offscreen platform has no windows whose size somebody could hint at, and says so.
    if what and "propagateSizeHints" not in what:
        print(what, file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; `began` is monotonic seconds."""

    out: Path
    seed: int
    pace: float
    keep: bool
    began: float


def run(out: Path, seed: int, pace: float, *, keep: bool, began: float) -> int:
    """Play the demo into the folder `out`; returns the exit status."""
    qInstallMessageHandler(_qt_says)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 1
    log.set_up(out / "log", "DEBUG")
    # A kill from outside still ends the carrier's process: its `with` block is left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with CarrierProcess(out / "carrier") as carrier:
        good = _play(app, carrier, Wish(out, seed, pace, keep, began))
    print(f"\n  screens   {out / 'screens'}\n  receipts  {out / 'receipts'}")
    print(f"\nDEMO {'SUCCEEDED' if good else 'FAILED'} in {time.monotonic() - began:.0f} s")
    return 0 if good else 1


def _play(app: QApplication, carrier: CarrierProcess, wish: Wish) -> bool:
    out = wish.out
    camera = SyntheticSource(now)
    machine = Machine(now, lambda _spec: camera, boot_id(), keystore=None, patience=EAGER)
    settings = Settings(home=out / "till", camera="synthetic:", theme="light")
    counter = Counter(app, Desk(settings, machine), settings, out / "receipts")
    counter.window.resize(1366, 768)
    heartbeat = Heartbeat()
    clerk = Clerk(counter, camera, heartbeat, pace=wish.pace)
    visits: list[Visit] = []
    play = Play(counter, clerk, carrier, out, wish.seed, wish.pace, visits, wish.began)
    director = Director(play.script())
    troubles: list[Exception] = []
    director.ended.connect(lambda trouble: _ended(app, trouble, troubles, keep=wish.keep))
    counter.show()
    print(f"{time.monotonic() - wish.began:6.1f} s  the window stands", flush=True)
    director.start()
    app.exec()
    good = not troubles and _judge(play, heartbeat, carrier)
    for trouble in troubles:
        clerk.shoot(out / "screens" / "stopped-here.png")
        print(f"\nThe demo stopped: it waited for {trouble}. See {out / 'screens'}.")
    counter.close()
    return good


def _ended(
    app: QApplication, trouble: Exception | None, troubles: list[Exception], *, keep: bool
) -> None:
    if trouble is not None:
        troubles.append(trouble)
    if keep and trouble is None:
        print("The window stays open. Close it to see the result.", flush=True)
        app.setQuitOnLastWindowClosed(True)
        return
    app.quit()


def _judge(play: Play, heartbeat: Heartbeat, carrier: CarrierProcess) -> bool:
    """Say what is true of what the demo promises; True only where all of it is."""
    print()
    print_visits(play.visits)
    received = carrier.received()
    same = True
    for visit in play.visits:
        compared = compare(visit, carrier.record(visit.id))
        print_comparison(visit, compared)
        same = same and all(each.same for each in compared)
    print_pulse(heartbeat.pulse())
    once = sorted(received) == sorted(visit.id for visit in play.visits)
    corrected = all(set(v.customer.typed) <= set(v.corrected) for v in play.visits)
    corrects = {visit.corrects for visit in play.visits}
    ended = all(
        visit.purged and visit.state == ("returned" if visit.id in corrects else "accepted")
        for visit in play.visits
    )
    linked = all(
        carrier.record(visit.id).get("supersedes") == visit.corrects
        for visit in play.visits
        if visit.corrects
    )
    repeats = carrier.repeats(play.visits[0].id)
    printed = all(Path(visit.receipt).is_file() for visit in play.visits)
    promises = {
        "every value at the carrier is what was printed on the card": same,
        "the carrier has each registration exactly once": once,
        "what the camera could not read was corrected by the clerk": corrected,
        "the answer that was lost made a second upload, and still one registration": repeats >= 1,
        "what the carrier returned was corrected by a registration that names it": linked,
        "each was receipted, decided, and its packet removed here": ended,
        "each customer has a receipt": printed,
    }
    print()
    for promise, kept in promises.items():
        print(f"  {'yes' if kept else 'NO '}  {promise}")
    return all(promises.values())
