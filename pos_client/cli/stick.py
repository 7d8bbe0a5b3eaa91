"""`pos-client export` and `import`: the queue on a stick, where no network reaches the shop."""

import argparse
import sys
from pathlib import Path

from pos_client.cli.counter import Commands, needs_operator, signed_in
from pos_client.cli.output import printable
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the commands."""
    export = commands.add_parser(
        "export", help="write what waits into a file, for another till or the carrier"
    )
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument(
        "--receipts",
        action="store_true",
        help="write the carrier's receipts for packets of other tills that were sent from here",
    )
    needs_operator(export)
    export.set_defaults(run=_export)
    bring = commands.add_parser(
        "import", help="take in another till's packets, or the carrier's receipts for this one"
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    needs_operator(bring)
    bring.set_defaults(run=_import)


def _export(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        if options.receipts:
            done = desk.export_receipts(options.file)
            print(f"{done.count} receipts written to {printable(options.file)}.")
        else:
            done = desk.export_queue(options.file)
            print(
                f"{done.count} sealed registrations ({done.size} bytes) written to "
                f"{printable(options.file)}. They stay here, too, until the carrier's receipts "
                "come back."
            )
    finally:
        desk.close()
    return 0


def _import(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        found = desk.import_file(options.file)
    finally:
        desk.close()
    print(
        f"{found.closed} registrations closed, {found.known} known before,"
        f" {found.carried} of other tills to be sent from here, {found.refused} not believed."
    )
    if not found.whole:
        print("The file was cut or changed; what was whole in it was taken.", file=sys.stderr)
    return 0 if found.whole and not found.refused else 1
