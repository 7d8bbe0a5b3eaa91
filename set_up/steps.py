"""Runs one command at a time behind one line of progress."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Final

from set_up.places import ROOT, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MISLEADING: Final = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX"}
_LINES_SHOWN: Final = 6
_WIDTH_SHOWN: Final = 160


class SetUpError(Exception):
    """A step failed; the text says what happened and what to do next."""


def environment() -> dict[str, str]:
    """Return the environment for what is started: the person's own, without what could mislead."""
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    kept.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0")
    if WINDOWS:
        kept["PYTHONUTF8"] = "1"  # Chinese text must survive a redirected console
    return kept


def run_step(
    title: str,
    command: Sequence[str | Path],
    advice: str,
    also_set: Mapping[str, str] | None = None,
) -> None:
    """Run a command behind one line of progress; its output is shown only if it fails.

    Args:
        title: what the person reads while it runs.
        command: the program and its arguments; no shell is involved.
        advice: what to do if it fails, as a sentence.
        also_set: environment variables for this command alone.

    Raises:
        SetUpError: the command could not start or ended badly.
    """
    started = time.monotonic()
    print(f"  {title} ...", end="", flush=True)
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603  the commands are ours, and no shell reads them
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                close_fds=False,  # the lock on the folder is to be held by this one too
                cwd=ROOT,
                env=environment() | dict(also_set or {}),
            )
        except OSError as error:
            print(" failed")
            msg = f"{title} failed: {error}.\n{advice}"
            raise SetUpError(msg) from error
        code = _wait_showing_seconds(process, f"\r  {title} ...", started)
        print(f" {time.monotonic() - started:.1f} s" if code == 0 else " failed")
        if code != 0:
            output.seek(0)
            lines = output.read().decode(errors="replace").strip().splitlines()
            last = "\n".join(f"    {line[:_WIDTH_SHOWN]}" for line in lines[-_LINES_SHOWN:])
            msg = f"{title} failed. The last it said:\n{last}\n{advice}"
            raise SetUpError(msg)


def _wait_showing_seconds(process: subprocess.Popen[bytes], shown: str, started: float) -> int:
    """Wait for a process, counting the seconds on a terminal; it does not outlive us."""
    on_terminal = sys.stdout.isatty()
    try:
        while True:
            try:
                return process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                if on_terminal:
                    print(f"{shown} {time.monotonic() - started:.0f} s", end="", flush=True)
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        if on_terminal:
            print(shown, end="")
