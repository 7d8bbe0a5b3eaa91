"""`pos-client read`: reads documents from picture files, one line for each."""

import argparse
from pathlib import Path

from pos_client.cli.counter import Commands
from pos_client.cli.documents import folder_of, needs_folder
from pos_client.cli.output import as_json, printable
from pos_client.model.document import DocumentKind
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the command."""
    command = commands.add_parser("read", help="read documents from picture files")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.add_argument(
        "--document", metavar="KIND", help="expect this kind, e.g. cn.resident_id.2"
    )
    needs_folder(command)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.set_defaults(run=_read)


def _read(chosen: Settings, options: argparse.Namespace) -> int:
    from pos_client.desk.reading_lines import reading_lines  # noqa: PLC0415 - pixels load late

    wanted = DocumentKind(options.document) if options.document else None
    all_read = True
    documents = folder_of(chosen, options)
    for line in reading_lines(options.files, wanted, chosen.threads, documents):
        all_read = all_read and line["verdict"] != "unreadable"
        if options.json:
            print(as_json(line), flush=True)
            continue
        file = printable(line["file"])
        print(f"{file}: {line['verdict']} {line['document'] or line['reason']}")
        if line["code"]:
            print(f"  {line['title']} [{line['code']}]. {line['advice']}")
        for name, field in line["fields"].items():
            print(f"  {name:16} {printable(field['value'])}")
    return 0 if all_read else 1
