"""`pos-client run`: opens the counter window."""

import argparse
from dataclasses import replace

from pos_client.cli.counter import Commands
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("run", help="open the counter window")
    command.add_argument("--camera", help="device:NAME, video:FILE or folder:PATH")
    command.set_defaults(run=run)


def run(chosen: Settings, options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    from pos_client.app import run_window  # noqa: PLC0415 - the desk works without Qt installed

    if options.camera:
        chosen = replace(chosen, camera=options.camera)
    return run_window(chosen)
