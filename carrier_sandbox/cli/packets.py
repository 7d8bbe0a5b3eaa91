"""`pos-carrier list, show, decide, export, import-bundle`: what came, and what becomes of it."""

import argparse
import json
from contextlib import closing
from pathlib import Path

from carrier_sandbox import api, bundle
from carrier_sandbox.cli.counter import Add, carrier, no, write
from carrier_sandbox.packet import BadPacket, Opened


def add(add: Add) -> None:
    """Add these commands."""
    listing = add("list", help="list what came")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=_list)

    show = add("show", aliases=["open"], help="open one packet with the carrier's key")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="on one line")
    show.add_argument("--pictures", type=Path, metavar="FOLDER", help="write its pictures there")
    show.set_defaults(run=_show)

    decide = add("decide", help="decide about one registration")
    decide.add_argument("id", metavar="ID")
    decide.add_argument("outcome", choices=["in_review", "accepted", "returned", "refused"])
    decide.add_argument("--reason", help="reason code")
    decide.add_argument("--about", metavar="FIELD", help="the field or side to mend")
    decide.set_defaults(run=_decide)

    export = add("export", help="write the sealed packets to a folder, or receipts to a file")
    export.add_argument("folder", type=Path, metavar="PLACE")
    export.add_argument("--receipts", action="store_true", help="receipts, for a till without line")
    export.add_argument("--device", help="of this till only")
    export.set_defaults(run=_export)

    incoming = add("import-bundle", help="take in packets that came on a stick")
    incoming.add_argument("bundle", type=Path, metavar="FILE")
    incoming.add_argument("--receipts", type=Path, metavar="FILE", help="where receipts go")
    incoming.set_defaults(run=_import)

    alarms = add("alarms", help="list what somebody should look at")
    alarms.set_defaults(run=_alarms)

    openapi = add("openapi", help="print the contract in OpenAPI 3.1")
    openapi.set_defaults(run=_openapi)


def _list(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        for entry in sandbox.overview():
            if options.json:
                print(json.dumps(entry, ensure_ascii=False))
            else:
                state = entry["outcome"] or "received"
                print(f"{entry['id']}  {entry['received_at']}  {state:<10} {entry['device_id']}")
    return 0


def _show(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        try:
            opened = sandbox.open(options.id)
        except KeyError:
            return no(f"There is no packet {options.id}.")
        except BadPacket as err:
            return no(f"Packet {options.id} cannot be opened: {err.code}.")
    print(json.dumps(opened.record, ensure_ascii=False, indent=None if options.json else 2))
    if options.pictures:
        _write_pictures(opened, options.pictures, options.id)
    return 0


def _write_pictures(opened: Opened, folder: Path, packet_id: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number, (_, picture) in enumerate(opened.images, start=1):
        (folder / f"{packet_id}-{number}.jpg").write_bytes(picture)


def _decide(options: argparse.Namespace) -> int:
    if options.outcome == "returned" and not options.reason:
        return no("A returned registration needs a --reason.")
    with closing(carrier(options)) as sandbox:
        if not sandbox.decide(options.id, options.outcome, options.reason, options.about):
            return no(f"Packet {options.id} is unknown or was decided for good.")
    print(f"{options.id}: {options.outcome}")
    return 0


def _export(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        if options.receipts:
            receipts = sandbox.receipts(options.device)
            what = f"{len(receipts)} receipts"
            return write(options.folder, bundle.receipts_file(receipts), what)
        options.folder.mkdir(parents=True, exist_ok=True)
        chosen = [
            str(entry["id"])
            for entry in sandbox.overview()
            if options.device in {None, entry["device_id"]}
        ]
        for packet_id in chosen:
            (options.folder / f"{packet_id}.pospkt").write_bytes(sandbox.packet(packet_id))
    print(f"{len(chosen)} sealed packets written to {options.folder}.")
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.bundle.is_file():
        return no(f"There is no file {options.bundle}.")
    with closing(carrier(options)) as sandbox:
        found = sandbox.import_bundle(options.bundle)
    print(f"{len(found.receipts)} packets are held now.")
    if options.receipts:
        write(options.receipts, bundle.receipts_file(found.receipts), "Their receipts")
    for place, why in found.refused:
        no(f"Not taken: {place}: {why}")
    if not found.whole:
        return no("The file is not whole: ask for the bundle again. What could be read was taken.")
    return 1 if found.refused else 0


def _alarms(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        for alarm in sandbox.alarms():
            print(f"{alarm.at}  {alarm.kind:<18} {alarm.packet_id}  {alarm.device_id}")
    return 0


def _openapi(_options: argparse.Namespace) -> int:
    print(api.contract(), end="")
    return 0
