"""Takes what was typed after `pos-client` and hands it to the file of that group of commands."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_client import __version__, settings
from pos_client.cli import (
    camera,
    doctor,
    documents,
    enrolling,
    reading,
    safe,
    staff,
    stick,
    waiting,
    window,
)
from pos_client.cli.counter import Commands
from pos_client.cli.output import begin_output, complain, end_output, is_output_lost, printable
from pos_client.model.problems import Problem
from pos_client.outbox.process import harden, share_one_heap

if TYPE_CHECKING:
    from pos_client.settings import Settings

#: One file for each group of commands, in the order in which the help lists them.
GROUPS: Final[tuple[Callable[[Commands], None], ...]] = (
    reading.add,
    window.add,
    enrolling.add,
    waiting.add,
    stick.add,
    documents.add,
    camera.add,
    doctor.add,
    staff.add,
    safe.add,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 not all done, 2 wrong usage."""
    harden()
    share_one_heap()
    begin_output()
    try:
        options = _parser().parse_args(arguments)
    except SystemExit:
        if is_output_lost():
            return 1
        raise
    run: Callable[[Settings, argparse.Namespace], int] = options.run
    if sys.stdout is None and run is not window.run:
        complain("There is nowhere to write to: the standard output is closed.")
        return 1
    try:
        status = run(settings.load(home=options.home), options)
        end_output()
    except Problem as problem:
        _tell(problem)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError:
        if not is_output_lost():
            raise
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pos-client",
        description="Registers the real person behind a mobile number. Without a command it opens "
        "the counter window.",
    )
    parser.add_argument("--version", action="version", version=f"pos-client {__version__}")
    parser.add_argument("--home", type=Path, help="folder of the encrypted store")
    parser.set_defaults(run=window.run, camera=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for add in GROUPS:
        add(commands)
    return parser


def _tell(problem: Problem) -> None:
    complain(printable(problem))
    complain(printable(problem.advice.format(**{"": ""} | problem.values)))
