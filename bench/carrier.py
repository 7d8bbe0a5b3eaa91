"""Many tills at several servers on one database, one of them killed: nothing lost or twice."""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench._carrier_tills import Crowd, Got, work
from bench._postgres import NoPostgres, Postgres
from carrier_sandbox import Sandbox
from carrier_sandbox.conformance.wire import Wire
from carrier_sandbox.serving import listening

_CROWDS: Final = 4
_LOOK_S: Final = 0.2
_PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a run. Everything that must be 0 is counted, not assumed."""

    packets: int
    seconds: float
    lost: int
    doubled: int
    gaps: int
    repeats: int
    killed: int

    @property
    def per_second(self) -> float:
        """Receipts a second, from the first packet to the last receipt."""
        return self.packets / self.seconds

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, nothing is there twice, and every chain is whole."""
        return not (self.lost or self.doubled or self.gaps)


@dataclass(frozen=True, slots=True)
class Plan:
    """A run: so many servers on one database, so many tills with so many packets each."""

    processes: int
    tills: int
    packets_each: int
    kill_one: bool = False
    beforehand: bool = False

    @property
    def packets(self) -> int:
        """All packets of all tills."""
        return self.tills * self.packets_each


class Servers:
    """`pos-carrier serve` as anybody would start it, and the processes it speaks of."""

    def __init__(self, home: Path, port: int, database: str | None, processes: int) -> None:
        place = ["--home", str(home), "--port", str(port)]
        place += ["--database", database] if database else []
        serve = ["serve", "--processes", str(processes), "--decide-after", "-1"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "carrier_sandbox", *place, *serve],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.pids: list[int] = []
        for line in self._process.stdout or ():
            if line.startswith("Process "):
                self.pids.append(int(line.split()[1]))
            if line.startswith("Serving at"):
                break

    def kill_one(self) -> None:
        """Kill one of the servers without a warning."""
        os.kill(self.pids[0], signal.SIGKILL)

    def stop(self) -> None:
        """End all of them: they are asked to, and where they do not in time, they are killed.

        Everything that counts is in the database by then, so a slow end must not cost the count.
        """
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()


def measure(
    plan: Plan, home: Path, database: str | None, tell: Callable[[str], None] = print
) -> Found:
    """Run a plan against servers on `database` (None: SQLite) and count what came of it."""
    port = _free_port()
    with closing(Sandbox(home, _now, port=port, database=database)) as sandbox:
        url = f"https://127.0.0.1:{port}"
        invitations = [_json(sandbox.invitation(url=url)) for _ in range(plan.tills)]
        before = set(sandbox.received())
        servers = Servers(home, port, database, plan.processes)
        try:
            _wait_for(url, invitations[0]["carrier"]["ca_pem"])
            got, repeats, seconds = _drive(plan, url, invitations, servers, tell)
        finally:
            servers.stop()
        return _counted(plan, sandbox, before, got, repeats, seconds)


def _drive(
    plan: Plan,
    url: str,
    invitations: list[dict[str, Any]],
    servers: Servers,
    tell: Callable[[str], None],
) -> tuple[list[Got], int, float]:
    """Let the crowds send; return all receipts, how often somebody had to ask again, the time."""
    spawn = multiprocessing.get_context("spawn")
    start, done = spawn.Event(), spawn.Value("l", 0)
    crowds = []
    for number in range(_CROWDS):
        here, there = spawn.Pipe()
        own = tuple(invitations[number::_CROWDS])
        crowd = Crowd(url, own, plan.packets_each, plan.beforehand)
        process = spawn.Process(target=work, args=(crowd, there, start, done))
        process.start()
        crowds.append((process, here))
    for _, pipe in crowds:
        pipe.recv()
    began = time.monotonic()
    start.set()
    watching = threading.Event()
    watcher = threading.Thread(target=_watch, args=(plan, done, servers, watching, tell))
    watcher.start()
    reports = [(pipe.recv(), pipe.recv()) for _, pipe in crowds]
    seconds = time.monotonic() - began
    watching.set()
    watcher.join()
    for process, _ in crowds:
        process.join()
    return [each for got, _ in reports for each in got], sum(r for _, r in reports), seconds


def _watch(
    plan: Plan,
    done: Any,
    servers: Servers,
    over: threading.Event,
    tell: Callable[[str], None],
) -> None:
    """Tell how far it is, and kill a server in the middle."""
    killed, told = not plan.kill_one, 0
    while not over.wait(_LOOK_S):
        if not killed and done.value >= plan.packets // 2:
            servers.kill_one()
            killed = True
            tell(f"  {done.value:,} receipts: one server killed")
        if done.value - told >= plan.packets // 10:
            told = done.value
            tell(f"  {told:,} of {plan.packets:,} receipts")


def _counted(
    plan: Plan,
    sandbox: Sandbox,
    before: set[str],
    got: list[Got],
    repeats: int,
    seconds: float,
) -> Found:
    held = [each for each in sandbox.received() if each not in before]
    times_held = Counter(held)
    references = {(each.packet_id, each.carrier_ref) for each in got}
    firsts = Counter(each.packet_id for each in got if not each.duplicate)
    devices = [each.device_id for each in sandbox.devices()]
    return Found(
        packets=len(got),
        seconds=seconds,
        lost=sum(each.packet_id not in times_held for each in got) + plan.packets - len(got),
        doubled=len(held)
        - len(times_held)
        + len(references)
        - len({packet for packet, _ in references})
        + sum(count > 1 for count in firsts.values())
        + max(0, len(held) - plan.packets),
        gaps=sum(len(sandbox.gaps(each)) for each in devices),
        repeats=repeats,
        killed=int(plan.kill_one),
    )


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for and print a table; 1 where anything was lost, doubled or missing."""
    options = _options(arguments)
    print(f"{os.cpu_count()} cores, shared by servers, database and {options.tills} tills.")
    each = max(1, options.packets // options.tills)
    rate = max(1, options.rate_packets // options.tills)
    plans = [Plan(count, options.tills, rate, beforehand=True) for count in options.rates]
    if options.packets:
        plans.append(Plan(options.processes, options.tills, each, kill_one=True))
    try:
        rows = [("PostgreSQL", plan, _on_postgres(plan)) for plan in plans]
    except NoPostgres as err:
        print(err)
        return 1
    if options.sqlite:
        lite = Plan(1, options.tills, rate, beforehand=True)
        rows.append(("SQLite", lite, _on_sqlite(lite)))
    print(_table(rows))
    return 0 if all(found.clean for _, _, found in rows) else 1


def _on_postgres(plan: Plan) -> Found:
    print(f"PostgreSQL, {plan.processes} processes, {plan.packets:,} packets")
    with Postgres() as postgres, tempfile.TemporaryDirectory(prefix="pos-carrier-") as home:
        return measure(plan, Path(home), postgres.url)


def _on_sqlite(plan: Plan) -> Found:
    print(f"SQLite, one process, {plan.packets:,} packets")
    with tempfile.TemporaryDirectory(prefix="pos-carrier-") as home:
        return measure(plan, Path(home), None)


def _table(rows: list[tuple[str, Plan, Found]]) -> str:
    names = "database processes tills packets killed receipts/s lost doubled gaps again".split()
    lines = [f"| {' | '.join(names)} |", f"|---|{'--:|' * (len(names) - 1)}"]
    lines += [
        f"| {name} | {plan.processes} | {plan.tills} | {found.packets:,} | {found.killed}"
        f" | {found.per_second:.0f} | {found.lost} | {found.doubled} | {found.gaps}"
        f" | {found.repeats} |"
        for name, plan, found in rows
    ]
    return "\n".join(lines)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench carrier", description=__doc__)
    parser.add_argument("--tills", type=int, default=200)
    parser.add_argument(
        "--packets", type=int, default=100_000, help="of the run with a kill; 0: none"
    )
    parser.add_argument("--processes", type=int, default=4, help="servers of that run")
    parser.add_argument("--rates", type=int, nargs="*", default=[1, 2, 4], help="servers to time")
    parser.add_argument("--rate-packets", type=int, default=10_000, help="packets of a timed run")
    parser.add_argument("--no-sqlite", dest="sqlite", action="store_false")
    return parser.parse_args(arguments)


def _wait_for(url: str, ca_pem: str) -> None:
    """Return once a server answers."""
    end = time.monotonic() + 60
    while True:
        try:
            Wire(url, ca_pem).ask("GET", "/v1/time?nonce=are-you-there-yet", {}, b"")
        except OSError:
            if time.monotonic() > end:
                raise
            threading.Event().wait(_LOOK_S)
        else:
            return


def _free_port() -> int:
    with listening("127.0.0.1", 0) as sock:
        return int(sock.getsockname()[1])


def _json(data: bytes) -> dict[str, Any]:
    return dict(json.loads(data))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - held against a real server's clock
