"""Kills the client at random moments of its work, again and again, and then counts.

    python3 pos.py faults --only kill
    python -m tests.faults.kill_journey --kills 1000 --seed 7

Each round is one till, enrolled with a real carrier that spoils three uploads in ten. A forked
client signs in, fills drafts, submits, sends, takes receipts and decisions, and purges, until
SIGKILL. Nothing that was reported as saved may be missing at the carrier in the end, nothing may be
there twice, no packet may have been purged without the carrier holding it, and store and journal
must be whole. With `--plant` a known bug is put into the client, which is killed where the bug
strikes, and the same books have to notice it.
"""

import argparse
import gc
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from carrier_sandbox.behaviour import Fault
from pos_client.model.registration import RegistrationId
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.faults.books import WORST, Findings, compare, compare_chain, compare_contents
from tests.faults.killed_client import BETWEEN, listen, work
from tests.faults.planted import BUGS
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch
from tests.faults.unruly_carrier import UnrulyCarrier, unruly_carrier
from tests.faults.visits import draw_card, enrol, real_now

#: A client is killed a moment after it told its n-th line, so that a busy machine does not kill
#: all of them at the start: one while it opens, the others in the middle of the day.
_MOST_LINES: Final = 6
_MOMENTS_S: Final = (0.004, 0.02, 0.08)
_LONGEST_LIFE_S: Final = 10.0
_LONGEST_PLANTED_S: Final = 60.0
_CUSTOMERS_A_LIFE: Final = 100
_COMPARE_EVERY: Final = 25
_A_ROUND: Final = 250
#: A client with a bug stands where it strikes at the latest in its second life or so.
_A_PLANTED_ROUND: Final = 4
_DRAIN_S: Final = 120.0
_KILLS: Final = {Size.SHORT: 60, Size.USUAL: 500, Size.LONG: 10_000}
_FAULTS: Final = 0.3


class Round:
    """One till and one carrier, and what the killed clients reported."""

    def __init__(self, home: Path, carrier: UnrulyCarrier, seed: str, plant: str | None) -> None:
        """Enrol the till."""
        self.home = home
        self.carrier = carrier
        self.card = draw_card()
        self.chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.plant = plant
        self.device_id = enrol(home, carrier.invitation, self.card)
        #: Nothing is opened on it here: each client does that, but reads no tables once more.
        self.desk = open_counter(home, real_now)
        gc.freeze()  # a forked client that collected garbage would copy every page that it has
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
            work(self.desk, self.card, life * _CUSTOMERS_A_LIFE, writing, self.plant)
        os.close(writing)
        told = self._let_live(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told += listen(reading, None)
        os.close(reading)
        at = "starting"
        for line in told.decode().split("\n")[:-1]:
            word, _, rest = line.partition(" ")
            at = rest if word == "at" else at
            self._note(word, rest)
        self.killed_at[at] += 1

    def _let_live(self, reading: int) -> bytes:
        if self.plant:
            return listen(reading, _LONGEST_PLANTED_S, lambda told: BETWEEN.encode() in told)
        lines = self.chance.randint(0, _MOST_LINES)
        told = listen(reading, _LONGEST_LIFE_S, lambda told: told.count(b"\n") >= lines)
        return told + listen(reading, self.chance.uniform(0, self.chance.choice(_MOMENTS_S)))

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
        end = time.monotonic() + _DRAIN_S
        while desk.status().queue.waiting and time.monotonic() < end:
            threading.Event().wait(min(desk.sync_once(), 0.05))
        desk.close()
        self.compare()
        if self.findings.waiting:
            self.findings.wrong.add(f"{self.findings.waiting} never reached the carrier")
        compare_contents(self.carrier, self.findings)
        compare_chain(self.carrier, self.device_id, self.findings)

    def seen(self) -> Counter[str]:
        """Return what happened in this round, in figures."""
        found = self.findings
        return Counter(
            {
                **{f"killed while {at}": times for at, times in sorted(self.killed_at.items())},
                "with a packet on its way": found.journal.get("send_interrupted", 0),
                "drafts taken up after a kill": self.resumed,
                "packets adopted after a kill": found.journal.get("adopted", 0),
                "reported as saved": len(self.saved),
                "at the carrier in the end": found.at_the_carrier,
                "uploads, of which the last went well": found.journal.get("sending", 0),
                "sent again though the carrier had it": found.repeats,
                "packets purged after their receipt": found.purged,
            }
        )


def play(kills: int, seed: int, progress: Progress, plant: str | None = None) -> Outcome:
    """Kill so often, in rounds; with a planted bug only until it is noticed."""
    outcome = Outcome(zeros=WORST)
    first = (Fault.HTML_200,) if plant == "any_200_is_success" else ()
    for number in range(-(-kills // _A_ROUND)):
        in_this = min(_A_ROUND, kills - number * _A_ROUND)
        with (
            scratch(memory=True) as folder,
            unruly_carrier(folder / "carrier", _FAULTS, first) as carrier,
        ):
            round_ = Round(folder / "till", carrier, f"{seed}-{number}", plant)
            for life in range(1, in_this + 1):
                round_.kill_once(life)
                outcome.faults += 1
                if plant or life % _COMPARE_EVERY == 0:
                    round_.compare()
                progress(outcome.faults, kills)
                if plant and round_.findings.wrong:
                    break
            if not round_.findings.wrong:
                round_.drain()
            outcome.seen += round_.seen()
            outcome.wrong += sorted(round_.findings.wrong)
        if plant and outcome.wrong:
            break
    return outcome


def kill(size: Size, progress: Progress) -> Outcome:
    """Kill the client as it is."""
    return play(_KILLS[size], 0, progress)


#: What each planted bug must be noticed as. Without a bug there is no harm of any kind.
NOTICED_AS: Final = {
    "row_before_file": "waiting without its packet",
    "saved_before_commit": "lost",
    "purge_before_receipt": "waiting without its packet",
    "new_id_per_try": "doubled",
    "any_200_is_success": "false purge",
}


def kill_planted(size: Size, progress: Progress) -> Outcome:
    """Kill clients with a known bug each; the harness has to notice every one."""
    del size  # a bug is noticed, or it is not
    outcome = Outcome(zeros=("bugs that were not noticed",))
    for number, (bug, harm) in enumerate(NOTICED_AS.items(), start=1):
        found = play(_A_PLANTED_ROUND, 1, lambda _played, _of: None, bug)
        outcome.faults += found.faults
        outcome.seen[f"{bug}: kills until it was noticed"] = found.faults
        if not found.harm().get(harm):
            outcome.wrong.append(f"bugs that were not noticed: {bug}: {found.wrong} is not {harm}")
        progress(number, len(NOTICED_AS))
    return outcome


TRIALS: Final = (
    Trial("kill", "SIGKILL at random moments, draft to purge, 30 % faults", kill),
    Trial("kill-bugs", "Killed where a planted bug strikes: each is noticed", kill_planted),
)


def main(argv: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Kill, count, print; return 0 if nothing was wrong (with `--plant`: if it was caught)."""
    parser = argparse.ArgumentParser(prog="kill_journey", description="Kill the client at random.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plant", choices=sorted(BUGS), help="put a known bug in")
    options = parser.parse_args(argv)
    began = time.monotonic()

    def progress(played: int, of: int) -> None:
        if played % _COMPARE_EVERY == 0:
            seconds = time.monotonic() - began
            out.write(f"\r{played}/{of} kills, {seconds:.0f} s")
            out.flush()

    found = play(options.kills, options.seed, progress, options.plant)
    out.write("\n")
    for name, count in [*found.seen.items(), *found.harm().items()]:
        out.write(f"  {name:<40}{count:>8}\n")
    out.writelines(f"  WRONG {each}\n" for each in found.wrong[:20])
    return int(bool(found.wrong) == (options.plant is None))


if __name__ == "__main__":
    sys.exit(main())
