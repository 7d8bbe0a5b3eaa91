"""`pos-carrier`: run the reference carrier, invite tills, look at what came, and decide."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from carrier_sandbox import api
from carrier_sandbox.behaviour import Behaviour, Rule, Verdict, number_ends
from carrier_sandbox.packet import BadPacket
from carrier_sandbox.server import Sandbox

#: Adds a command to the parser.
_Add = Callable[..., argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 done, 1 not done, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    sandbox = Sandbox(
        options.home,
        lambda: datetime.now(UTC),  # noqa: TID251 - the command line owns the clock
        _behaviour(options),
        host=getattr(options, "host", "127.0.0.1"),
        port=options.port,
    )
    try:
        return int(options.run(sandbox, options))
    finally:
        sandbox.close()


def _serve(sandbox: Sandbox, options: argparse.Namespace) -> int:
    try:
        sandbox.start()
        print(f"Serving at {sandbox.url} from {options.home}. Ctrl+C ends it.", flush=True)
        sandbox.join()
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


def _invite(sandbox: Sandbox, options: argparse.Namespace) -> int:
    data = sandbox.invitation(
        options.outlet, tuple(options.dealer), training=options.training, url=options.url
    )
    if options.out is None:
        sys.stdout.write(data.decode())
    else:
        options.out.write_bytes(data)
        print(f"Invitation for one till written to {options.out}.")
    return 0


def _list(sandbox: Sandbox, options: argparse.Namespace) -> int:
    for entry in sandbox.overview():
        if options.json:
            print(json.dumps(entry, ensure_ascii=False))
        else:
            state = entry["outcome"] or "received"
            print(f"{entry['id']}  {entry['received_at']}  {state:<10} {entry['device_id']}")
    return 0


def _show(sandbox: Sandbox, options: argparse.Namespace) -> int:
    try:
        opened = sandbox.open(options.id)
    except KeyError:
        return _no(f"There is no packet {options.id}.")
    except BadPacket as err:
        return _no(f"Packet {options.id} cannot be opened: {err.code}.")
    print(json.dumps(opened.record, ensure_ascii=False, indent=None if options.json else 2))
    return 0


def _decide(sandbox: Sandbox, options: argparse.Namespace) -> int:
    if options.outcome == "returned" and not options.reason:
        return _no("A returned registration needs a --reason.")
    if not sandbox.decide(options.id, options.outcome, options.reason, options.about):
        return _no(f"Packet {options.id} is unknown or was decided for good.")
    print(f"{options.id}: {options.outcome}")
    return 0


def _export(sandbox: Sandbox, options: argparse.Namespace) -> int:
    options.folder.mkdir(parents=True, exist_ok=True)
    for packet_id in sandbox.received():
        (options.folder / f"{packet_id}.pospkt").write_bytes(sandbox.packet(packet_id))
    print(f"{len(sandbox.received())} sealed packets written to {options.folder}.")
    return 0


def _devices(sandbox: Sandbox, options: argparse.Namespace) -> int:
    if options.revoke:
        return 0 if sandbox.revoke(options.revoke) else _no(f"There is no till {options.revoke}.")
    for device in sandbox.devices():
        gaps = ", ".join(f"{gap.kind} at {gap.counter}" for gap in sandbox.gaps(device.device_id))
        state = "revoked" if device.revoked else "enrolled"
        print(f"{device.device_id}  {state}  {gaps or 'chain complete'}")
    return 0


def _openapi(_sandbox: Sandbox, _options: argparse.Namespace) -> int:
    print(api.contract(), end="")
    return 0


def _no(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _behaviour(options: argparse.Namespace) -> Behaviour:
    delay = getattr(options, "decide_after", 0.0)
    suffix = getattr(options, "return_numbers_ending", None)
    verdict = Verdict("returned", reason="side_unreadable", about="portrait")
    rules = (Rule(number_ends(suffix), verdict),) if suffix else ()
    return Behaviour(
        decide_after_s=None if delay < 0 else delay,
        rules=rules,
        probability=getattr(options, "faults", 0.0),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pos-carrier", description="The reference carrier for registration tills."
    )
    parser.add_argument(
        "--home",
        type=Path,
        default=user_data_path("pos-carrier", appauthor=False),
        help="folder with its keys and database, made at the first start (default: %(default)s)",
    )
    parser.add_argument("--port", type=int, default=8443, help="TCP port (default: %(default)s)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _tills(commands.add_parser)
    _packets(commands.add_parser)
    return parser


def _tills(add: _Add) -> None:
    serve = add("serve", help="answer tills until Ctrl+C")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument(
        "--decide-after",
        type=float,
        default=2.0,
        metavar="SECONDS",
        help="decide by rule after so long; negative: people decide",
    )
    serve.add_argument("--return-numbers-ending", metavar="DIGITS", help="return these to the shop")
    serve.add_argument(
        "--faults", type=float, default=0.0, metavar="SHARE", help="share 0..1 of spoilt uploads"
    )
    serve.set_defaults(run=_serve)

    invite = add("invite", help="make an invitation file for one till")
    invite.add_argument("--outlet", default="Outlet 001")
    invite.add_argument("--dealer", action="append", default=[], help="from the top; repeatable")
    invite.add_argument("--training", action="store_true", help="a till for training")
    invite.add_argument("--url", help="address tills shall use (default: this machine)")
    invite.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    invite.set_defaults(run=_invite)

    devices = add("devices", help="list the tills and gaps in their chains")
    devices.add_argument("--revoke", metavar="DEVICE", help="shut a till out")
    devices.set_defaults(run=_devices)


def _packets(add: _Add) -> None:
    listing = add("list", help="list what came")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=_list)

    show = add("show", help="open one packet with the carrier's key")
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true", help="on one line")
    show.set_defaults(run=_show)

    decide = add("decide", help="decide about one registration")
    decide.add_argument("id", metavar="ID")
    decide.add_argument("outcome", choices=["in_review", "accepted", "returned", "refused"])
    decide.add_argument("--reason", help="reason code")
    decide.add_argument("--about", metavar="FIELD", help="the field or side to mend")
    decide.set_defaults(run=_decide)

    openapi = add("openapi", help="print the contract in OpenAPI 3.1")
    openapi.set_defaults(run=_openapi)

    export = add("export", help="write the sealed packets to a folder")
    export.add_argument("folder", type=Path)
    export.set_defaults(run=_export)
