"""The commands of ``pos.py``: set up what is missing, then hand over."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from set_up.environment import read_stamp, set_up_environment, vouches, wanted_stamp, write_stamp
from set_up.models import set_up_models
from set_up.places import CHECKS_LOCK, PROGRAM_LOCK, ROOT, VENV_PYTHON, WINDOWS
from set_up.steps import SetUpError, environment
from set_up.system import set_up_system

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULES: Final = {
    "demo": "demo",
    "run": "pos_client",
    "test": "tests.checks",
    "bench": "bench",
    "faults": "tests.faults",
    "shots": "demo.shots",
}

COMMANDS: Final = """\
commands:
  demo     watch registrations go their whole way, from a card to the carrier's receipt
  run      start the client itself
  test     run every check: format, style, types, walls, tests (--quick leaves slow tests out)
  faults   kill it, cut its power, fill its disk, damage its files, and count (--short, --long)
  bench    measure, for example: pos.py bench capture
  shots    make pictures of every screen
  setup    only set up, for all of the above, so that it works without a network later

Options after the command go to what it starts: `pos.py demo --help` shows those of the demo.
The first start sets up and takes a minute or two; later ones start at once.
"""


SETUP: Final = (
    "Makes .venv beside pos.py and fetches the models, for every command and the checks, so that "
    "they work without a network later. It takes a minute or two, and no options."
)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="pos.py",
        usage="pos.py COMMAND [OPTION ...]",
        description="Sets this checkout up, where that is still to be done, and starts it.",
        epilog=COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=[*MODULES, "setup"], help=argparse.SUPPRESS)
    command = parser.parse_args(arguments[:1]).command
    if command == "setup":
        # What has no options of its own still answers who asks for them, before anything is done.
        argparse.ArgumentParser(prog="pos.py setup", description=SETUP).parse_args(arguments[1:])
    try:
        set_up(CHECKS_LOCK if command in {"test", "faults", "setup"} else PROGRAM_LOCK)
        if command == "setup":
            print("Everything is ready.")
            return 0
        return hand_over(MODULES[command], arguments[1:])
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return 130


def set_up(lock: str) -> None:
    """Bring the system's packages, .venv and the models to what this checkout wants.

    Raises:
        SetUpError: it could not; the text says what to do.
    """
    stamp = read_stamp() or {}
    ready = vouches(stamp, wanted_stamp(lock))
    complete = stamp.get("system") == "complete"
    if not ready:
        print("Setting up, once:", flush=True)
    if not (ready and complete):
        complete = set_up_system()
    if not ready:
        set_up_environment(lock)
    if complete and stamp.get("system") != "complete":
        write_stamp((read_stamp() or {}) | {"system": "complete"})
    set_up_models()


def hand_over(module: str, arguments: Sequence[str]) -> int:
    """Become the module, run by the Python of .venv from the root of the checkout."""
    command = [str(VENV_PYTHON), "-m", module, *arguments]
    sys.stdout.flush()
    if not WINDOWS:
        os.chdir(ROOT)
        os.execve(command[0], command, environment())  # noqa: S606  no shell is wanted
    with subprocess.Popen(command, cwd=ROOT, env=environment()) as process:  # noqa: S603  as above
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the child got it too, and decides
                return process.wait()
