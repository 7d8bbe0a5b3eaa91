"""Runs every check of the house, one after the other, and sums them up at the end."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PYTHON: Final = (sys.executable, "-m")
WALLS: Final = "import sys; from importlinter.cli import lint_imports_command as go; sys.exit(go())"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended: its name, its exit status, its seconds and the last line it printed."""

    name: str
    status: int
    seconds: float
    last_line: str


def checks(*, quick: bool, pytest_options: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return each check's name and command, quickest first, the tests last."""
    workers = str(min(2, os.cpu_count() or 1))
    tests: tuple[str, ...] = (*PYTHON, "pytest", "--quiet", "-n", workers)
    if sys.stdout.isatty():
        tests = (*tests, "--color=yes")
    if quick:
        tests = (*tests, "-m", "not slow")
    return {
        "format": (*PYTHON, "ruff", "format", "--check", "."),
        "style": (*PYTHON, "ruff", "check", "."),
        "walls": (sys.executable, "-c", WALLS, "--no-logo"),
        "types": (*PYTHON, "mypy"),
        "tests": (*tests, *pytest_options),
    }


def run_check(name: str, command: Sequence[str]) -> Outcome:
    """Run one check, showing what it prints as it comes."""
    print(f"\n--- {name}", flush=True)
    started = time.monotonic()
    last_line = ""
    with subprocess.Popen(  # noqa: S603  the commands above, no shell
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last_line = line.strip() or last_line
    return Outcome(name, process.returncode, time.monotonic() - started, last_line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all, also when one fails; return 0 only if every one is good."""
    parser = argparse.ArgumentParser(
        prog="pos.py test",
        description="Runs every check. Options it does not know go to pytest.",
    )
    parser.add_argument("--quick", action="store_true", help="leave out the tests marked slow")
    options, pytest_options = parser.parse_known_args(arguments)
    wanted = checks(quick=options.quick, pytest_options=pytest_options)
    outcomes = [run_check(name, command) for name, command in wanted.items()]
    print("\n--- summary")
    for outcome in outcomes:
        verdict = "ok" if outcome.status == 0 else "FAILED"
        print(f"{outcome.name:8}{verdict:8}{outcome.seconds:6.1f} s   {outcome.last_line}")
    failed = [outcome.name for outcome in outcomes if outcome.status != 0]
    print(f"Failed: {', '.join(failed)}." if failed else "Every check is good.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
