"""`pos-client doctor`: examines everything that keeps registrations safe."""

import argparse

from pos_client.cli.counter import Commands, open_desk, signed_in
from pos_client.outbox.doctor import Health
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser(
        "doctor", help="examine store, packets, journal, keys, clock and disk"
    )
    command.add_argument("--operator", metavar="NUMBER", help="sign in to look into the store too")
    command.set_defaults(run=_doctor)


def _doctor(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator) if options.operator else open_desk(chosen)
    try:
        lines = desk.examine()
    finally:
        desk.close()
    for line in lines:
        print(f"{line.health.upper():8} {line.about}: {line}")
    return 1 if any(line.health is Health.BAD for line in lines) else 0
