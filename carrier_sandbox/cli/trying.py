"""`pos-carrier conformance`: tries any carrier against the contract and prints a table."""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from carrier_sandbox.cli.counter import Add, no, now
from carrier_sandbox.conformance import Outcome, Result, run, table
from carrier_sandbox.conformance.desk import Desk
from carrier_sandbox.conformance.till import Till
from carrier_sandbox.conformance.wire import Wire
from carrier_sandbox.server import Sandbox
from carrier_sandbox.serving import listening
from carrier_sandbox.stock import sample


def add(add: Add) -> None:
    """Add these commands."""
    trying = add("conformance", help="try any carrier against the contract")
    trying.add_argument("url", nargs="?", metavar="URL", help="https://… of the carrier")
    trying.add_argument(
        "--invitation",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="of a till for training; a second one lets two tills be tried",
    )
    trying.add_argument("--self", dest="own", action="store_true", help="try our own, here")
    trying.add_argument(
        "--restart", metavar="COMMAND", help="kills the carrier and starts it again"
    )
    trying.add_argument("--wait", type=float, default=15.0, metavar="S", help="for a decision")
    trying.add_argument("--json", action="store_true", help="one JSON object a line")
    trying.set_defaults(run=_try)


def _try(options: argparse.Namespace) -> int:
    if options.own:
        with tempfile.TemporaryDirectory(prefix="pos-carrier-") as folder:
            return _own(options, Path(folder))
    if not options.url or not options.invitation:
        return no("Say which: URL and --invitation FILE, or --self.")
    try:
        invitations = [json.loads(file.read_bytes()) for file in options.invitation]
        tills = [_till(each, options.url) for each in invitations]
    except (OSError, ValueError, KeyError, TypeError) as err:
        return no(f"This is not an invitation: {err!r}")
    restart = options.restart
    again = (lambda: _run(restart)) if restart else None
    return _told(options, tills, again)


def _own(options: argparse.Namespace, folder: Path) -> int:
    sock = listening("127.0.0.1", 0)
    port = int(sock.getsockname()[1])
    sock.close()
    url = f"https://127.0.0.1:{port}"
    with closing(Sandbox(folder, now, port=port, database=options.database)) as sandbox:
        sandbox.stock(sample(20))
        sandbox.publish_policy({"id": "CONFORMANCE", "training": True}, {})
        sandbox.publish_keys()
        invitations = [json.loads(sandbox.invitation(training=True, url=url)) for _ in range(2)]
    with _Server(folder, port, options.database) as server:
        return _told(options, [_till(each, url) for each in invitations], server.kill_and_start)


class _Server:
    """Our own carrier in a process of its own, so that it can be killed."""

    def __init__(self, home: Path, port: int, database: str | None) -> None:
        place = ["--home", str(home), "--port", str(port)]
        place += ["--database", database] if database else []
        serve = ["serve", "--decide-after", "0"]
        self._command = [sys.executable, "-m", "carrier_sandbox", *place, *serve]
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
        if process.stdout is not None:
            process.stdout.readline()
        return process

    def kill_and_start(self) -> None:
        """Kill the server without a warning, and start it again."""
        self.kill()
        self._process = self._started()

    def kill(self) -> None:
        """Kill the server without a warning."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _told(
    options: argparse.Namespace, tills: list[Till], restart: Callable[[], None] | None
) -> int:
    second = tills[1] if len(tills) > 1 else None
    results: list[Result] = []
    for result in run(Desk(tills[0], second, options.wait, restart)):
        results.append(result)
        print(_as_json(result) if options.json else table([result]), flush=True)
    counts = Counter(result.outcome for result in results)
    if not options.json:
        print(", ".join(f"{counts[each]} {each}" for each in Outcome))
    return 1 if counts[Outcome.BROKEN] else 0


def _till(invitation: dict[str, Any], url: str) -> Till:
    return Till(invitation, Wire(url, invitation["carrier"]["ca_pem"]), now)


def _as_json(result: Result) -> str:
    said = {"line": result.name, "outcome": result.outcome, "why": result.why}
    return json.dumps(said, ensure_ascii=False)


def _run(command: str) -> None:
    subprocess.run(shlex.split(command), check=True)  # noqa: S603 - typed by whoever runs this
