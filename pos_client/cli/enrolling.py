"""`pos-client enrol`: sets this till up with a carrier's invitation."""

import argparse
import sys
from pathlib import Path

from pos_client.cli.counter import Commands, needs_operator, open_desk, pin
from pos_client.model.registration import OperatorNumber
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("enrol", help="set this till up with a carrier's invitation file")
    command.add_argument("invitation", type=Path, metavar="FILE")
    needs_operator(command)
    command.set_defaults(run=_enrol)


def _enrol(chosen: Settings, options: argparse.Namespace) -> int:
    desk = open_desk(chosen)
    try:
        desk.enrol(options.invitation.read_bytes(), OperatorNumber(options.operator), pin())
        print(f"This till is enrolled; operator {options.operator} may sign in.")
    except OSError as err:
        print(f"The invitation file cannot be read: {err.strerror}.", file=sys.stderr)
        return 1
    finally:
        desk.close()
    return 0
