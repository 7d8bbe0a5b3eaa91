"""`pos-client doctor`: examines what keeps registrations safe, and makes the store anew."""

import argparse
import sys

from pos_client.cli.counter import Commands, open_desk, pin, signed_in
from pos_client.model.registration import OperatorNumber
from pos_client.outbox.doctor import Health
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "doctor", help="examine store, packets, journal, keys, clock and disk"
    )
    command.add_argument("--operator", metavar="NUMBER", help="sign in to look into the store too")
    command.add_argument(
        "--rebuild",
        action="store_true",
        help="make a new store from the packets and what can still be read; deletes nothing",
    )
    command.set_defaults(run=_doctor)


def _doctor(chosen: Settings, options: argparse.Namespace) -> int:
    if options.rebuild:
        return _rebuild(chosen, options)
    desk = signed_in(chosen, options.operator) if options.operator else open_desk(chosen)
    try:
        lines = desk.examine()
    finally:
        desk.close()
    for line in lines:
        print(f"{line.health.upper():8} {line.about}: {line}")
    return 1 if any(line.health is Health.BAD for line in lines) else 0


def _rebuild(chosen: Settings, options: argparse.Namespace) -> int:
    if not options.operator:
        print("Rebuilding takes a supervisor: add --operator NUMBER.", file=sys.stderr)
        return 2
    desk = open_desk(chosen)
    try:
        found = desk.rebuild(OperatorNumber(options.operator), pin())
    finally:
        desk.close()
    salvage = found.salvage
    print(f"The new store holds {found.rows} registrations and {salvage.drafts} drafts.")
    print(
        f"Read from the old store: {salvage.registrations} rows, {salvage.journal} journal lines."
    )
    if salvage.unread:
        print(f"Parts beyond reading: {', '.join(salvage.unread)}.")
    print(f"Packets set aside: {found.aside}. The old store lies in {chosen.home / 'aside'}.")
    return 0
