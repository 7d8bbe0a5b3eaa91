"""Runs the fault suite: `python3 pos.py faults`, with --short, --long, or --only one of the trials.

Each trial plays one kind of fault over and over on real parts: processes are killed, power is cut,
disks fill up, files are damaged, keys are lost, and everything that is written is read along. The
table at the end says how many faults were played and what went wrong; one thing wrong, and the exit
status is 1.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import Final, TextIO

from tests.faults.catalogue import TRIALS
from tests.faults.trial import Outcome, Size, Trial

_SHOWN: Final = 20


def main(argv: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    """Run the trials and print the table; return 0 only if nothing went wrong."""
    options = _parser().parse_args(argv)
    size = Size.SHORT if options.short else Size.LONG if options.long else Size.USUAL
    chosen = [trial for trial in TRIALS if not options.only or trial.name in options.only]
    began = time.monotonic()
    results = [(trial, *_run(trial, size, out)) for trial in chosen]
    out.write(_table(results, time.monotonic() - began))
    out.flush()
    return int(any(outcome.wrong for _, outcome, _ in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pos.py faults", description="Play faults, and count.")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--short", action="store_true", help="as the tests do: two minutes")
    length.add_argument("--long", action="store_true", help="the soak: an hour and more")
    names = [trial.name for trial in TRIALS]
    parser.add_argument("--only", action="append", choices=names, help="may be given repeatedly")
    return parser


def _run(trial: Trial, size: Size, out: TextIO) -> tuple[Outcome, float]:
    began = time.monotonic()
    shown = 0.0

    def progress(played: int, of: int) -> None:
        nonlocal shown
        seconds = time.monotonic() - began
        if out.isatty() or seconds - shown > 30:
            shown = seconds
            end = "" if out.isatty() else "\n"
            out.write(f"\r  {trial.name:<10} {played}/{of}, {seconds:.0f} s{end}")
            out.flush()

    outcome = trial.run(size, progress)
    seconds = time.monotonic() - began
    verdict = "ok" if not outcome.wrong else f"{len(outcome.wrong)} WRONG"
    out.write(f"\r  {trial.name:<10} {outcome.faults} faults, {seconds:.0f} s: {verdict}\n")
    out.flush()
    return outcome, seconds


def _table(results: Sequence[tuple[Trial, Outcome, float]], seconds: float) -> str:
    lines = [""]
    for trial, outcome, took in results:
        lines.append(f"{trial.title}: {outcome.faults} faults in {took:.0f} s")
        lines += [f"    {name:<52}{count:>9,}" for name, count in outcome.seen.items()]
        lines += [f"    WRONG {name:<46}{count:>9,}" for name, count in outcome.harm().items()]
        lines += [f"    ! {each}" for each in sorted(set(outcome.wrong))[:_SHOWN]]
    wrong = sum(len(outcome.wrong) for _, outcome, _ in results)
    faults = sum(outcome.faults for _, outcome, _ in results)
    lines.append(f"\n{faults:,} faults played in {seconds:.0f} s, {wrong} things wrong")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
