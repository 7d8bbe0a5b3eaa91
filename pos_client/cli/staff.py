"""`pos-client operators`: who may work at this till, and their PINs."""

import argparse
import getpass
import os
from typing import Final

from pos_client.cli.counter import Commands, needs_operator, pin, signed_in
from pos_client.model.operator import OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.settings import Settings

NEW_PIN_VARIABLE: Final = "POS_CLIENT_NEW_PIN"


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.add_parser("operators", help="who may work at this till, and their PINs")
    verbs = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = verbs.add_parser("list", help="list numbers and roles")
    listing.set_defaults(run=_list)
    adding = verbs.add_parser("add", help="let one more person in")
    adding.add_argument("number", metavar="NUMBER")
    adding.add_argument("--role", choices=[*OperatorRole], default=OperatorRole.OPERATOR)
    adding.set_defaults(run=_add)
    removing = verbs.add_parser("remove", help="shut somebody out; the store gets a new key")
    removing.add_argument("number", metavar="NUMBER")
    removing.set_defaults(run=_remove)
    resetting = verbs.add_parser("reset-pin", help="a new PIN for somebody who forgot it")
    resetting.add_argument("number", metavar="NUMBER")
    resetting.set_defaults(run=_reset)
    changing = verbs.add_parser("change-pin", help="a new PIN for yourself")
    changing.set_defaults(run=_change)
    for verb in (listing, adding, removing, resetting, changing):
        needs_operator(verb)


def _list(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        for operator in desk.operators():
            print(f"{operator.number}  {operator.role}")
    finally:
        desk.close()
    return 0


def _add(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        number = OperatorNumber(options.number)
        desk.add_operator(number, OperatorRole(options.role), _new_pin())
        print(f"Operator {options.number} may sign in.")
    finally:
        desk.close()
    return 0


def _remove(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        desk.remove_operator(OperatorNumber(options.number))
        print(f"Operator {options.number} is shut out; the store has a new key.")
    finally:
        desk.close()
    return 0


def _reset(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        desk.reset_pin(OperatorNumber(options.number), _new_pin())
        print(f"Operator {options.number} has a new PIN.")
    finally:
        desk.close()
    return 0


def _change(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        desk.change_pin(pin(), _new_pin())
        print("Your PIN was changed.")
    finally:
        desk.close()
    return 0


def _new_pin() -> Private[str]:
    given = os.environ.get(NEW_PIN_VARIABLE)
    return Private(given if given is not None else getpass.getpass("New PIN: "))
