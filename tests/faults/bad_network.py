"""Lets tills send through a line on which most things go wrong, and counts what is not true.

`python -m tests.faults.bad_network --requests 20000`: real outbox, real rounds, real HTTPS, a real
carrier; between them a line that damages, delays, invents and loses. Then it heals, nobody touches
anything, and everything has to be at the carrier, once.
"""

import argparse
import logging
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from carrier_sandbox import Behaviour, Sandbox, tls
from carrier_sandbox.tls import Pair
from pos_client.carrier.http import HttpCarrier, Limits
from pos_client.carrier.invitation import parse_invitation
from pos_client.model.row import RowState
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.store import DatabaseKey
from pos_client.sync.loop import Loop
from pos_client.sync.policy import Policy
from pos_client.sync.round import Clocks, Round
from pos_client.sync.step import Delivery, Step
from tests.fakes.sandbox_till import SandboxTill, packed, real_now
from tests.fakes.small_outbox import dice
from tests.faults.bad_line import BadLine, Trouble, anything

#: The real policy in fast motion: a day of waiting passes in seconds.
FAST: Final = Policy(
    start_spread_s=0.0,
    first_s=0.01,
    longest_s=0.2,
    longest_retry_after_s=0.2,
    refused_s=0.2,
    strained_s=0.1,
    poll_s=0.1,
    poll_longest_s=0.5,
    tick_s=0.05,
    clock_s=5.0,
)
#: So short that what trickles is given up soon; on a real line the times are twenty times as long.
HURRIED: Final = Limits(connect_s=2.0, read_s=0.4)
#: How many registrations wait in each till while the line is bad.
_WAITING: Final = 4
_BODY: Final = 6_000
_SHARE: Final = 0.75
_HANDSHAKES: Final = 0.06
#: Looks at the queues until they have to be empty. Counted, not timed: where this whole program
#: stands still for a while, the tills do too.
_LOOKS: Final = 6000
_LOOK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be nought: `false`, `doubled`, `lost`, `aside`, `alarms`. `drained_s`: seconds."""

    requests: int
    saved: int
    delivered: int
    false: int
    doubled: int
    lost: int
    aside: int
    alarms: int
    drained_s: float
    met: Counter[Trouble]
    problems: Counter[str]

    @property
    def clean(self) -> bool:
        """True where nothing happened that must not."""
        return not (self.false or self.doubled or self.lost or self.aside or self.alarms)


@dataclass
class Till:
    """One till with everything real, and a loop that nobody hurries."""

    seals: SandboxTill
    outbox: Outbox
    carrier: HttpCarrier
    sandbox: Sandbox
    seed: int
    saved: dict[str, bytes] = field(default_factory=dict)
    false: list[str] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    delivered: int = 0

    def start(self) -> None:
        """Send from now on."""
        clocks = Clocks(real_now, time.monotonic)
        self.round = Round(self.outbox, self.carrier, clocks, FAST, dice(self.seed), self._hear)
        self.loop = Loop(self.round, on_stop=self.carrier.hang_up)
        self.loop.start()

    def fill(self) -> None:
        """Save registrations until a few wait."""
        while self.outbox.figures().waiting < _WAITING:
            packet = packed(self.seals, (bytes(_BODY),))
            self.saved[packet.id] = packet.data
            self.outbox.put(packet)

    def settled(self) -> bool:
        """Say whether everything was delivered and decided."""
        return not self.outbox.figures().waiting and not self.states()[RowState.RECEIVED]

    def states(self) -> Counter[RowState]:
        """Count the rows by state."""
        found: Counter[RowState] = Counter()
        page = self.outbox.rows(limit=500)
        while page:
            found.update(row.state for row in page)
            page = self.outbox.rows(limit=500, after=page[-1].id)
        return found

    def close(self) -> None:
        """End it."""
        self.loop.stop()
        self.carrier.close()
        self.outbox.close()

    def _hear(self, delivery: Delivery) -> None:
        if delivery.problem is not None:
            self.problems[f"{delivery.problem.code} {type(delivery.problem).__name__}"] += 1
        if delivery.step is Step.DELIVERED and delivery.id is not None:
            self.delivered += 1
            # At this very moment the carrier must hold these very bytes.
            if self.sandbox.copies(delivery.id) != 1:
                self.false.append(delivery.id)


def run(home: Path, requests: int, tills: int = 6, *, tell: bool = False) -> Result:
    """Send until so many requests were decided about; heal; wait; count.

    Raises:
        TimeoutError: the queues do not drain by themselves.
    """
    behaviour = Behaviour(decide_after_s=0.0)
    with Sandbox(home / "carrier", real_now, behaviour) as sandbox:
        authority, pairs = certificates()
        (home / "line").mkdir()
        upstream = parse_invitation(sandbox.invitation()).carrier
        port = int(sandbox.url.rpartition(":")[2])
        line = BadLine(home / "line", pairs, port, upstream.ca_pem or "")
        counters = [_till(home, sandbox, line, authority, number) for number in range(tills)]
        try:
            _spoil(line, counters, requests, tell=tell)
            began = time.monotonic()
            line.heal()
            _drain(counters)
            return _judged(sandbox, line, counters, time.monotonic() - began)
        finally:
            for till in counters:
                till.close()
            line.close()


def certificates() -> tuple[Pair, dict[Trouble, Pair]]:
    """Return an authority that the tills trust, and the good and bad certificates of the line."""
    now, here = real_now(), ("127.0.0.1", "localhost")
    authority = tls.found(now)
    return authority, {
        Trouble.NONE: tls.issue(authority, here, now),
        Trouble.WRONG_AUTHORITY: tls.issue(tls.found(now), here, now),
        Trouble.WRONG_HOST: tls.issue(authority, ("elsewhere.example",), now),
        Trouble.EXPIRED: tls.issue(authority, here, now, life=timedelta(days=-2)),
    }


def _till(home: Path, sandbox: Sandbox, line: BadLine, authority: Pair, number: int) -> Till:
    seals = SandboxTill.enrolled(sandbox)
    identity = replace(
        seals.invitation.carrier,
        url=f"https://127.0.0.1:{line.port}",
        ca_pem=authority.certificate.decode(),
    )
    carrier = HttpCarrier(identity, seals.device_id, seals.key.sign, real_now, HURRIED)
    folder = home / f"till-{number}"
    folder.mkdir(mode=0o700)
    outbox = Outbox(folder, DatabaseKey.random(), seals.device_id, seals.public)
    return Till(seals, outbox, carrier, sandbox, seed=number)


def _spoil(line: BadLine, tills: list[Till], requests: int, *, tell: bool) -> None:
    line.draw, line.handshakes = anything(_SHARE), _HANDSHAKES
    for till in tills:
        till.fill()
        till.start()
    breath, said, began = threading.Event(), 0, time.monotonic()
    while line.requests < requests:
        breath.wait(0.02)
        for till in tills:
            till.fill()
        if tell and line.requests - said >= 1000:
            said = line.requests
            _say(f"  {said:6} requests, {time.monotonic() - began:5.0f} s")


def _drain(tills: list[Till]) -> None:
    breath = threading.Event()
    for _ in range(_LOOKS):
        if all(till.settled() for till in tills):
            return
        breath.wait(_LOOK_S)
    raise TimeoutError("the queues do not drain by themselves")


def _judged(sandbox: Sandbox, line: BadLine, tills: list[Till], drained_s: float) -> Result:
    saved = {packet_id: data for till in tills for packet_id, data in till.saved.items()}
    held = sandbox.received()
    false = sum(len(till.false) for till in tills)
    false += sum(sandbox.packet(each) != saved[each] for each in held)
    problems: Counter[str] = Counter()
    for till in tills:
        problems.update(till.problems)
    return Result(
        requests=line.requests,
        saved=len(saved),
        delivered=sum(till.delivered for till in tills),
        false=false,
        doubled=len(held) - len(set(held)),
        lost=len(set(saved) - set(held)),
        aside=sum(till.states()[RowState.QUARANTINED] for till in tills),
        alarms=len(sandbox.alarms()) + sum(len(sandbox.gaps(t.seals.device_id)) for t in tills),
        drained_s=drained_s,
        met=line.met,
        problems=problems,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print what happened; 0 only where nothing did that must not."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.bad_network")
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--tills", type=int, default=6)
    options = parser.parse_args(arguments)
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it wonders at lines that are cut
    with tempfile.TemporaryDirectory(prefix="bad-network-") as home:
        result = run(Path(home), options.requests, options.tills, tell=True)
    show(result)
    return 0 if result.clean else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show(result: Result) -> None:
    """Print the result as the table that stands in bench/sync.md."""
    _say("\n| what the line did | times |\n|---|--:|")
    for kind, times in sorted(result.met.items(), key=lambda entry: -entry[1]):
        _say(f"| {kind} | {times} |")
    _say("\n| what a till made of a spoilt upload | times |\n|---|--:|")
    for problem, times in result.problems.most_common():
        _say(f"| {problem} | {times} |")
    _say(
        f"\n{result.requests} requests, {result.met.total() - result.requests} connections that"
        f" were spoilt before one, {result.saved} registrations saved:"
        f" {result.delivered} receipts, {result.false} false, {result.doubled} doubled,"
        f" {result.lost} lost, {result.aside} set aside, {result.alarms} alarms at the carrier;"
        f" drained {result.drained_s:.1f} s after the line had healed"
    )


if __name__ == "__main__":
    sys.exit(main())
