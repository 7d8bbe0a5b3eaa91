"""Kills the client at random moments of its work, again and again, and then counts.

    python -m tests.faults.kill_journey --kills 200
    python -m tests.faults.kill_journey --kills 250 --plant row_before_file

A till is enrolled with a real carrier that spoils three uploads in ten. A forked client signs in,
fills drafts, submits, sends, takes receipts and decisions, and purges, until SIGKILL. Nothing that
was reported as saved may be missing at the carrier in the end, nothing may be there twice, no
packet may have been purged without the carrier holding it, and store and journal must be whole.
With `--plant` a known bug is put into the client, and the run succeeds only if it is caught.
"""

import argparse
import logging
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from pos_client.model.reading import Reading
from pos_client.model.registration import RegistrationId
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.faults.books import Findings, compare, compare_chain, compare_contents
from tests.faults.planted import BUGS
from tests.faults.unruly_carrier import UnrulyCarrier, unruly_carrier
from tests.faults.visits import draw_card, enrol, real_now, serve

#: How long a client may live, in seconds: some die while they open, some in the middle of the day.
_LIVES: Final = (0.08, 0.2, 0.5)
_CUSTOMERS_A_LIFE: Final = 100
_COMPARE_EVERY: Final = 10
_DRAIN_SECONDS: Final = 120.0


class Run:
    """One till and one carrier, and what the killed clients reported."""

    def __init__(self, home: Path, carrier: UnrulyCarrier, seed: int, plant: str | None) -> None:
        """Enrol the till."""
        self.home = home
        self.carrier = carrier
        self.card = draw_card()
        self.chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.plant = plant
        self.device_id = enrol(home, carrier.invitation)
        self.saved: set[RegistrationId] = set()
        self.resumed = 0
        self.killed_at: Counter[str] = Counter()
        self.findings = Findings()

    def kill_once(self, life: int) -> None:
        """Let a client work for a moment, kill it, and note what it reported."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _work(self.home, self.card, life * _CUSTOMERS_A_LIFE, writing, self.plant)
        os.close(writing)
        lines = _listen(reading, self.chance.uniform(0, self.chance.choice(_LIVES)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += _listen(reading, None)
        os.close(reading)
        at = "starting"
        for line in lines.decode().split("\n")[:-1]:
            word, _, rest = line.partition(" ")
            at = rest if word == "at" else at
            self._note(word, rest)
        self.killed_at[at] += 1

    def _note(self, word: str, rest: str) -> None:
        if word == "saved":
            self.saved.add(RegistrationId(rest))
        elif word == "resumed":
            self.resumed += 1
        elif word != "at":
            self.findings.wrong.add(f"the client stumbled: {word} {rest}")

    def compare(self) -> None:
        """Look at the till as the next start finds it."""
        compare(self.home, self.carrier, self.saved, self.findings)

    def drain(self) -> None:
        """Send the rest without killing anybody, then look at everything."""
        desk = open_counter(self.home, real_now)
        desk.sign_in(OPERATOR, PIN)
        end = time.monotonic() + _DRAIN_SECONDS
        while desk.status().queue.waiting and time.monotonic() < end:
            threading.Event().wait(min(desk.sync_once(), 0.05))
        desk.close()
        self.compare()
        if self.findings.waiting:
            self.findings.wrong.add(f"{self.findings.waiting} never reached the carrier")
        self.compare_contents()
        compare_chain(self.carrier, self.device_id, self.findings)

    def compare_contents(self) -> None:
        """Look into everything that the carrier has."""
        compare_contents(self.carrier, self.findings)


def _listen(reading: int, seconds: float | None) -> bytes:
    """Read from the client for so long, or to its end."""
    end = None if seconds is None else time.monotonic() + seconds
    found = b""
    while True:
        left = None if end is None else end - time.monotonic()
        if left is not None and (left <= 0 or not select.select([reading], [], [], left)[0]):
            return found
        piece = os.read(reading, 65536)
        if not piece:
            return found
        found += piece


class _Tell(logging.Handler):
    """Bugs that the client's own nets caught are bugs all the same."""

    def __init__(self, pipe: int) -> None:
        super().__init__(logging.ERROR)
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        bug = record.exc_info[1] if record.exc_info else None
        _write(self._pipe, f"{record.name}: {bug!r}")


def _work(
    home: Path, card: tuple[Reading, Reading], first: int, pipe: int, plant: str | None
) -> None:
    """Be the client until killed. Never returns."""
    logging.getLogger().handlers = [_Tell(pipe)]
    threading.excepthook = lambda bug: _confess(pipe, bug.exc_value)
    try:
        if plant is not None:
            BUGS[plant]()
        serve(home, card, first, lambda line: _write(pipe, line))
    except BaseException as bug:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        _confess(pipe, bug)
    os._exit(3)


def _confess(pipe: int, bug: BaseException | None) -> None:
    where = traceback.extract_tb(bug.__traceback__)[-1] if bug and bug.__traceback__ else None
    _write(pipe, f"{bug!r} at {where.name if where else '?'}")


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def table(run: Run, kills: int, seconds: float) -> str:
    """Return what happened, as lines."""
    found = run.findings
    lines = [
        ("kills", kills),
        *((f"  while {at}", times) for at, times in run.killed_at.most_common()),
        ("  with a packet on its way", found.journal.get("send_interrupted", 0)),
        ("drafts taken up after a kill", run.resumed),
        ("packets adopted after a kill", found.journal.get("adopted", 0)),
        ("reported as saved", len(run.saved)),
        ("at the carrier in the end", found.at_the_carrier),
        ("uploads, of which the last went well", found.journal.get("sending", 0)),
        ("sent again though the carrier had it", found.repeats),
        ("packets purged after their receipt", found.purged),
        *((f"WRONG: {kind}", times) for kind, times in found.counted().items()),
        ("seconds", round(seconds)),
    ]
    rows = [f"  {name:<36}{value:>8}" for name, value in lines]
    return "\n".join(rows + [f"  WRONG {each}" for each in sorted(found.wrong)[:10]])


def main(argv: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Kill, count, print; return 0 if nothing was wrong (with `--plant`: if it was caught)."""
    parser = argparse.ArgumentParser(prog="kill_journey", description="Kill the client at random.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faults", type=float, default=0.3, help="share of spoilt uploads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plant", choices=sorted(BUGS), help="put a known bug in")
    options = parser.parse_args(argv)
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="kill-journey-") as folder,
        unruly_carrier(Path(folder) / "carrier", options.faults) as carrier,
    ):
        run = Run(Path(folder) / "till", carrier, options.seed, options.plant)
        for life in range(1, options.kills + 1):
            run.kill_once(life)
            if life % _COMPARE_EVERY == 0:
                run.compare()
                if run.plant:
                    run.compare_contents()
                print(f"\r{life} kills, {len(run.saved)} saved", end="", file=out, flush=True)
            if run.plant and run.findings.wrong:
                break
        if not run.findings.wrong:
            run.drain()
        print(f"\n{table(run, life, time.monotonic() - began)}", file=out, flush=True)
    return int(bool(run.findings.wrong) == (run.plant is None))


if __name__ == "__main__":
    sys.exit(main())
