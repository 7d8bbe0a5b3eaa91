"""Takes what was typed after `pos-carrier` and hands it to the file of that group of commands."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_data_path

from carrier_sandbox.cli import packets, serving, tills, trust, trying
from carrier_sandbox.cli.counter import no
from carrier_sandbox.database import DatabaseAway, DatabaseUnfit
from carrier_sandbox.root import NoRootKey


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 not done, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DatabaseUnfit as err:
        return no(f"This database cannot be used: {err}.")
    except DatabaseAway as err:
        return no(f"The database does not answer ({err}). Check its URL and whether it runs.")
    except NoRootKey:
        return no(f"There is no root.key in {options.home}: run this where the root key is kept.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pos-carrier",
        description="The reference carrier for registration tills.",
        epilog="`pos-carrier COMMAND --help` says more about a command.",
    )
    parser.add_argument(
        "--home",
        type=Path,
        default=user_data_path("pos-carrier", appauthor=False),
        help="folder with its keys and database, made at the first start (default: %(default)s)",
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("POS_CARRIER_DATABASE"),
        help="postgresql://… for several servers on one database; default: a file in the home"
        " folder (also: POS_CARRIER_DATABASE, which keeps passwords out of the process list)",
    )
    parser.add_argument("--port", type=int, default=8443, help="TCP port (default: %(default)s)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (serving, tills, packets, trust, trying):
        group.add(commands.add_parser)
    return parser
