"""`pos-client documents`: which kinds of documents are known, and is a new description right."""

import argparse
from pathlib import Path

from pos_client.cli.counter import Commands
from pos_client.cli.output import as_json, printable
from pos_client.documents import Checker, Complaint, known_kinds
from pos_client.model.declaration import DocumentDeclaration
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the commands."""
    documents = commands.add_parser("documents", help="kinds of documents: list them, check files")
    verbs = documents.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = verbs.add_parser(
        "check",
        help="say what is wrong with description files, each with its place",
        description="Says what is wrong with description files of document kinds: the place in the "
        "file, what is wrong there, and what would be right. Status 1 where anything is.",
    )
    check.add_argument("--json", action="store_true", help="one JSON object a complaint")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    listing = verbs.add_parser("list", help="list the kinds that can be read")
    listing.add_argument("--json", action="store_true", help="one JSON object a kind")
    needs_folder(listing)
    listing.set_defaults(run=_list)


def needs_folder(command: argparse.ArgumentParser) -> None:
    """Let a command take further kinds from a folder of the shop."""
    command.add_argument(
        "--documents",
        metavar="DIR",
        default=None,
        help="folder with descriptions of further kinds, beside those shipped with the client",
    )


def folder_of(chosen: Settings, options: argparse.Namespace) -> str:
    """Return the folder of further kinds: the command line goes before the settings."""
    return chosen.documents if options.documents is None else str(options.documents)


def _check(_chosen: Settings, options: argparse.Namespace) -> int:
    sound, checker = True, Checker()
    for file in options.files:
        said = checker.check(file)
        in_order = all(each.is_note for each in said)
        sound = sound and in_order
        for each in said:
            print(as_json(_said(each)) if options.json else printable(each))
        if in_order and not options.json:
            print(f"{printable(file)}: in order")
    return 0 if sound else 1


def _said(complaint: Complaint) -> dict[str, object]:
    return {
        "file": complaint.file,
        "where": complaint.where,
        "message": complaint.message,
        "right": complaint.right,
        "severity": "note" if complaint.is_note else "error",
    }


def _list(chosen: Settings, options: argparse.Namespace) -> int:
    for kind in known_kinds(folder_of(chosen, options)):
        if options.json:
            print(as_json(_entry(kind)))
        else:
            sides = " ".join(side.side for side in kind.sides)
            print(f"{kind.code:26} {sides:16} {kind.title['zh_CN']}  {kind.title['en']}")
    return 0


def _entry(kind: DocumentDeclaration) -> dict[str, object]:
    return {
        "code": kind.code,
        "title": kind.title,
        "country": kind.country,
        "holder": kind.holder,
        "width_mm": kind.width_mm,
        "height_mm": kind.height_mm,
        "mrz": kind.mrz,
        "sides": {side.side: [field.name for field in side.fields] for side in kind.sides},
        "checks": kind.checks,
    }
