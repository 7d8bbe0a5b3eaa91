"""`pos-client journal` and `keys`: what happened here, a new key, the way back to a lost one."""

import argparse
from pathlib import Path

from pos_client.cli.counter import Commands, needs_operator, open_desk, pin, signed_in
from pos_client.cli.output import printable
from pos_client.model.registration import OperatorNumber
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the commands."""
    journal = commands.add_parser("journal", help="what happened on this till, in a chain")
    verbs = journal.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verifying = verbs.add_parser("verify", help="name the first gap, edit, cut tail or rewrite")
    verifying.set_defaults(run=_verify)
    showing = verbs.add_parser("show", help="the last lines, newest first")
    showing.add_argument("--most", type=int, default=50, metavar="N")
    showing.set_defaults(run=_show)
    key = commands.add_parser("keys", help="the keys of this till")
    key_verbs = key.add_subparsers(title="commands", metavar="COMMAND", required=True)
    rotating = key_verbs.add_parser("rotate", help="move the store under a new key")
    rotating.set_defaults(run=_rotate)
    asking = key_verbs.add_parser(
        "ask-carrier", help="keys lost: write the request that the carrier can answer"
    )
    asking.add_argument("request", type=Path, metavar="FILE")
    asking.set_defaults(run=_ask)
    taking = key_verbs.add_parser("take-answer", help="keys lost: take the carrier's answer")
    taking.add_argument("answer", type=Path, metavar="FILE")
    taking.set_defaults(run=_take)
    for verb in (verifying, showing, rotating, taking):
        needs_operator(verb)


def _verify(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        broken = desk.verify_journal()
    finally:
        desk.close()
    print("The journal is whole." if broken is None else f"Line {broken.number}: {broken.reason}.")
    return 0 if broken is None else 1


def _show(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        for entry in desk.journal(limit=options.most):
            signed = entry.moment.server_at or "-"
            print(f"{entry.number:6}  {entry.at}  signed {signed}  {entry.event}  {entry.about}")
    finally:
        desk.close()
    return 0


def _rotate(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        desk.change_key()
        print("The store lies under a new key.")
    finally:
        desk.close()
    return 0


def _ask(chosen: Settings, options: argparse.Namespace) -> int:
    desk = open_desk(chosen)
    try:
        options.request.write_bytes(desk.ask_recovery(pin()))
    finally:
        desk.close()
    print(
        f"Send {printable(options.request)} to your carrier. The PIN you gave will open the answer."
    )
    return 0


def _take(chosen: Settings, options: argparse.Namespace) -> int:
    desk = open_desk(chosen)
    try:
        desk.take_recovery(options.answer.read_bytes(), OperatorNumber(options.operator), pin())
    finally:
        desk.close()
    print(f"The till is yours again; operator {options.operator} is its administrator.")
    return 0
