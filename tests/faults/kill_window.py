"""Kills the real window while it works: `python -m tests.faults.kill_window --kills 200`.

The client under test is the demo's own clerk on the demo's own window: cards under the synthetic
camera, keys, submit. It says "saved ID" once the window shows so. It is killed (SIGKILL) at random
moments and started again on the same folder; at the end it may send what waits, and the carrier's
list is held against what was said. A life is counted in processor time, so that a busy machine does
not kill the client before it has begun.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from demo.carrier_process import CarrierProcess

#: Processor time: it takes about sixteen seconds to the first "saved", eight for each one after it.
LONGEST_LIFE_S = 26.0
#: By the clock, for a client that waits for something for ever.
LONGEST_WAIT_S = 240.0
LOOK_S = 0.02
DRAIN_S = 180.0


def main() -> int:
    """Kill, start again, count; 0 only where nothing is lost and nothing is double."""
    options = _parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kill-window-"))
    rng = random.Random(options.seed)  # noqa: S311 - to be repeated, not to be secret
    said: list[str] = []
    with CarrierProcess(folder / "carrier") as carrier:
        carrier.invite()
        for kill in range(options.kills):
            life = rng.uniform(0.5, LONGEST_LIFE_S)
            said += _live(folder, f"{options.seed}{kill:04d}", life)
            if kill % 10 == 9:
                _say(f"{kill + 1} kills, {len(said)} said to be saved")
        left = _drain(folder)
        received = carrier.received()
    return _judge(options.kills, said, received, left, folder)


def _live(folder: Path, seed: str, life_s: float) -> list[str]:
    """Let a client work for a while, kill it, and return the ids it called saved."""
    command = [sys.executable, "-m", "tests.faults.window_client", str(folder), seed]
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL)  # noqa: S603 - our own module
        until = time.monotonic() + LONGEST_WAIT_S
        while child.poll() is None and _worked_s(child.pid) < life_s and time.monotonic() < until:
            with suppress(subprocess.TimeoutExpired):
                child.wait(LOOK_S)
        child.kill()
        child.wait()
        told.seek(0)
        return [line.split()[1] for line in told if line.startswith("saved ")]


def _worked_s(pid: int) -> float:
    """Return the processor time of a process that was not waited for yet, in seconds."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _drain(folder: Path) -> int:
    """Send what waits, without kills; returns how many rows still wait."""
    command = [sys.executable, "-m", "tests.faults.window_client", str(folder), "drain"]
    until = time.monotonic() + DRAIN_S
    left = -1
    while left != 0 and time.monotonic() < until:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - as above
        left = int(done.stdout.split()[-1]) if done.stdout.split() else -1
    return left


def _judge(kills: int, said: list[str], received: list[str], left: int, folder: Path) -> int:
    lost = sorted(set(said) - set(received))
    double = len(received) - len(set(received))
    rows = (
        ("kills", kills),
        ("said to be saved", len(said)),
        ("at the carrier", len(received)),
        ("lost", len(lost)),
        ("double", double),
        ("still waiting after the drain", left),
    )
    for name, count in rows:
        _say(f"  {name:32} {count}")
    good = not lost and not double and left == 0
    if good:
        shutil.rmtree(folder)
    else:
        _say(f"The folder is kept: {folder}")
    return 0 if good else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
