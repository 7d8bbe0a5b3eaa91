"""What the commands share: the desk of this computer, its clock, and who stands at it."""

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from typing import Final, TypeAlias

from pos_client.desk.desk import Desk, boot_id, camera_opener
from pos_client.desk.stages import Machine
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import TillState
from pos_client.outbox.keystore import system_keystore
from pos_client.settings import Settings

#: Where a group adds its commands.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for it

PIN_VARIABLE: Final = "POS_CLIENT_PIN"


def now() -> datetime:
    """Return the time: the front doors own the clock."""
    return datetime.now(UTC)  # noqa: TID251 - one of the two front doors


def open_desk(chosen: Settings) -> Desk:
    """Set up the desk on this computer as it is."""
    machine = Machine(now, camera_opener(now), boot_id(), system_keystore())
    return Desk(chosen, machine)


def signed_in(chosen: Settings, number: str) -> Desk:
    """Set up the desk and sign an operator in; the PIN is asked for. The caller closes it."""
    desk = open_desk(chosen)
    if desk.till_state() is TillState.NEW:
        print(
            "This till is not set up yet: pos-client enrol FILE --operator NUMBER", file=sys.stderr
        )
    desk.sign_in(OperatorNumber(number), pin())
    return desk


def pin() -> Private[str]:
    """Ask for a PIN, or take it from the environment."""
    given = os.environ.get(PIN_VARIABLE)
    return Private(given if given is not None else getpass.getpass("PIN: "))


def needs_operator(command: argparse.ArgumentParser) -> None:
    """Let a command say who stands at the desk."""
    command.add_argument(
        "--operator",
        metavar="NUMBER",
        required=True,
        help=f"operator number; the PIN is asked for, or taken from {PIN_VARIABLE}",
    )
