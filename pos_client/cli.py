"""`pos-client`: opens the counter window, or does one thing at the desk without it."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pos_client import __version__, settings
from pos_client.desk.desk import Desk, boot_id, camera_opener
from pos_client.desk.stages import Machine
from pos_client.model.document import DocumentKind
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import TillState
from pos_client.outbox.doctor import Health
from pos_client.outbox.keystore import system_keystore
from pos_client.settings import Settings

PIN_VARIABLE = "POS_CLIENT_PIN"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 not all done, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    run: Callable[[Settings, argparse.Namespace], int] = options.run
    try:
        return run(settings.load(home=options.home), options)
    except Problem as problem:
        _tell(problem)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our lines has enough; the interpreter must not flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def now() -> datetime:
    """Return the time: the front doors own the clock."""
    return datetime.now(UTC)  # noqa: TID251 - one of the two front doors


def open_desk(chosen: Settings) -> Desk:
    """Set up the desk on this computer as it is."""
    machine = Machine(now, camera_opener(now), boot_id(), system_keystore())
    return Desk(chosen, machine)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pos-client",
        description="Registers the real person behind a mobile number. Without a command it opens "
        "the counter window.",
    )
    parser.add_argument("--version", action="version", version=f"pos-client {__version__}")
    parser.add_argument("--home", type=Path, help="folder of the encrypted store")
    parser.set_defaults(run=_window, camera=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_read(commands)
    run = commands.add_parser("run", help="open the counter window")
    run.add_argument("--camera", help="device:NAME, video:FILE or folder:PATH")
    run.set_defaults(run=_window)
    enrol = commands.add_parser("enrol", help="set this till up with a carrier's invitation file")
    enrol.add_argument("invitation", type=Path, metavar="FILE")
    _needs_operator(enrol)
    enrol.set_defaults(run=_enrol)
    queue = commands.add_parser("queue", help="list what waits, was sent and was decided")
    queue.add_argument("--json", action="store_true", help="one JSON object a line")
    _needs_operator(queue)
    queue.set_defaults(run=_queue)
    sync = commands.add_parser("sync", help="send what is due and fetch decisions, once")
    _needs_operator(sync)
    sync.set_defaults(run=_sync)
    doctor = commands.add_parser("doctor", help="examine store, packets, journal, keys and disk")
    doctor.add_argument("--operator", metavar="NUMBER", help="sign in to look into the store too")
    doctor.set_defaults(run=_doctor)
    return parser


def _add_read(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    read = commands.add_parser("read", help="read documents from picture files")
    read.add_argument("--json", action="store_true", help="one JSON object a line")
    read.add_argument("--document", metavar="KIND", help="expect this kind, e.g. cn.resident_id.2")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    read.set_defaults(run=_read)


def _needs_operator(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--operator",
        metavar="NUMBER",
        required=True,
        help=f"operator number; the PIN is asked for, or taken from {PIN_VARIABLE}",
    )


def _window(chosen: Settings, options: argparse.Namespace) -> int:
    from pos_client.app import run_window  # noqa: PLC0415 - the desk works without Qt installed

    if options.camera:
        chosen = replace(chosen, camera=options.camera)
    return run_window(chosen)


def _read(chosen: Settings, options: argparse.Namespace) -> int:
    from pos_client.desk.reading_lines import reading_lines  # noqa: PLC0415 - pixels load late

    wanted = DocumentKind(options.document) if options.document else None
    all_read = True
    for line in reading_lines(options.files, wanted, chosen.threads):
        all_read = all_read and line["verdict"] != "unreadable"
        if options.json:
            print(json.dumps(line, ensure_ascii=False), flush=True)
            continue
        print(f"{line['file']}: {line['verdict']} {line['document'] or line['reason']}")
        for name, field in line["fields"].items():
            print(f"  {name:16} {field['value']}")
    return 0 if all_read else 1


def _enrol(chosen: Settings, options: argparse.Namespace) -> int:
    desk = open_desk(chosen)
    try:
        desk.enrol(options.invitation.read_bytes(), OperatorNumber(options.operator), _pin())
        print(f"This till is enrolled; operator {options.operator} may sign in.")
    except OSError as err:
        print(f"The invitation file cannot be read: {err.strerror}.", file=sys.stderr)
        return 1
    finally:
        desk.close()
    return 0


def _queue(chosen: Settings, options: argparse.Namespace) -> int:
    desk = _signed_in(chosen, options.operator)
    try:
        after = None
        while page := desk.rows(limit=200, after=after):
            for row in page:
                entry = {
                    "id": row.id,
                    "state": row.state,
                    "created_at": row.created_at.isoformat(),
                    "name": row.masked_name,
                    "msisdn": row.masked_msisdn,
                    "bytes": row.size,
                    "attempts": row.attempts,
                    "cause": row.cause or row.reason,
                    "packet": "here" if row.packet_present else "purged",
                }
                print(json.dumps(entry, ensure_ascii=False) if options.json else _columns(entry))
            after = page[-1].id
    finally:
        desk.close()
    return 0


def _columns(entry: dict[str, object]) -> str:
    return "  ".join(str(value if value is not None else "-") for value in entry.values())


def _sync(chosen: Settings, options: argparse.Namespace) -> int:
    desk = _signed_in(chosen, options.operator)
    try:
        desk.sync_once()
        status = desk.status()
        print(
            f"link {status.link}, waiting {status.queue.waiting}, returned {status.queue.returned}"
        )
        return 0 if status.queue.waiting == 0 else 1
    finally:
        desk.close()


def _doctor(chosen: Settings, options: argparse.Namespace) -> int:
    desk = _signed_in(chosen, options.operator) if options.operator else open_desk(chosen)
    try:
        lines = desk.examine()
    finally:
        desk.close()
    for line in lines:
        print(f"{line.health.upper():8} {line.about}: {line}")
    return 1 if any(line.health is Health.BAD for line in lines) else 0


def _signed_in(chosen: Settings, number: str) -> Desk:
    desk = open_desk(chosen)
    if desk.till_state() is TillState.NEW:
        print(
            "This till is not set up yet: pos-client enrol FILE --operator NUMBER", file=sys.stderr
        )
    desk.sign_in(OperatorNumber(number), _pin())
    return desk


def _pin() -> Private[str]:
    given = os.environ.get(PIN_VARIABLE)
    return Private(given if given is not None else getpass.getpass("PIN: "))


def _tell(problem: Problem) -> None:
    print(problem, file=sys.stderr)
    print(problem.advice.format(**{"": ""} | problem.values), file=sys.stderr)
