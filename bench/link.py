"""How much of a slow line the till uses, and what a line that breaks every 10 seconds costs.

200 packets of 300 KB over 2 Mbit/s and 300 ms there and back, with the client's own outbox, rounds
and HTTPS against the reference carrier; beside it a loop of requests.post with urllib3's Retry, and
tuspy. Each has such a line for itself. Everything twice: on a whole line, and cut every 10 seconds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from bench._shaped_line import ShapedLine
from bench._sink import Sink
from carrier_sandbox import Behaviour, Sandbox, tls
from pos_client.carrier.http import LANES, HttpCarrier
from pos_client.model.row import SealedPacket
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.store import DatabaseKey
from pos_client.sync.pace import Pace
from pos_client.sync.policy import Policy
from pos_client.sync.round import Clocks, Round
from tests.fakes.sandbox_till import SandboxTill, packed, real_now
from tests.fakes.small_outbox import dice

HERE: Final = Path(__file__).parent
RTT_S: Final = 0.3
#: Nobody waits longer than this for a run; what is not there by then is counted as missing.
GIVEN_UP_S: Final = 1500.0
#: Record, header, key and signature around the pictures of a packet.
_AROUND: Final = 1600
_LOOK_S: Final = 0.05
_PEERS: Final = ("tuspy==1.1.0",)


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent, over which line."""

    packets: int
    size: int
    bits: float

    @property
    def payload(self) -> int:
        """All bytes that are worth something."""
        return self.packets * self.size

    @property
    def ideal_s(self) -> float:
        """How long the line needs at the least."""
        return self.payload * 8 / self.bits


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one sender on one line.

    `up` counts bytes that went through, `piece` the most that one request carried, `at_cuts` how
    much one carried when the line was cut, on average.
    """

    seconds: float
    arrived: int
    up: int
    cuts: int
    piece: int = 0
    at_cuts: int = 0


Sender = Callable[[Load, float | None], Run]


def ours(load: Load, cut_every_s: float | None) -> Run:
    """Send with the client: outbox, rounds, HTTPS, real carrier."""
    with (
        tempfile.TemporaryDirectory(prefix="link-") as folder,
        Sandbox(Path(folder) / "carrier", real_now, Behaviour(decide_after_s=None)) as sandbox,
    ):
        till = SandboxTill.enrolled(sandbox)
        port = int(sandbox.url.rpartition(":")[2])
        line = ShapedLine(port, load.bits, RTT_S, cut_every_s)
        identity = replace(till.invitation.carrier, url=f"https://127.0.0.1:{line.port}")
        home = Path(folder) / "till"
        home.mkdir(mode=0o700)
        outbox = Outbox(home, DatabaseKey.random(), till.device_id, till.public)
        carrier = HttpCarrier(identity, till.device_id, till.key.sign, real_now)
        with closing(line), closing(outbox), closing(carrier):
            for _ in range(load.packets):
                outbox.put(_packed(till, load.size))
            policy = Policy(start_spread_s=0.0, lanes=LANES)
            clocks = Clocks(real_now, time.monotonic)
            sending = Round(outbox, carrier, clocks, policy, dice(1))
            before, began, pieces = line.up.passed, time.monotonic(), Pieces(line, load.size)
            wake = threading.Event()
            watching = threading.Thread(target=pieces.watch, args=(sending.pace, wake))
            watching.start()
            while outbox.figures().waiting and time.monotonic() - began < GIVEN_UP_S:
                wait = sending.run()
                if outbox.figures().waiting:
                    wake.wait(min(wait, 0.5))
            seconds = time.monotonic() - began
            wake.set()
            watching.join()
            arrived = len(sandbox.received())
            up = line.up.passed - before
            return Run(seconds, arrived, up, line.cuts, pieces.largest, pieces.at_cuts)


class Pieces:
    """Looks how much goes in one request: at the most, and whenever the line is cut."""

    def __init__(self, line: ShapedLine, size: int) -> None:
        self._line = line
        self._size = size
        self._seen: list[int] = []
        self.largest = 0

    def watch(self, pace: Pace, over: threading.Event) -> None:
        """Look until it is over."""
        cuts, piece = self._line.cuts, 0
        while not over.wait(_LOOK_S):
            if self._line.cuts > cuts:
                cuts = self._line.cuts
                self._seen.append(piece)
            piece = min(pace.piece, self._size)
            self.largest = max(self.largest, piece)

    @property
    def at_cuts(self) -> int:
        """How much one request carried when the line was cut, on average."""
        return sum(self._seen) // len(self._seen) if self._seen else 0


def _packed(till: SandboxTill, size: int) -> SealedPacket:
    """Seal a packet of about `size` bytes, none of it to be pressed together."""
    return packed(till, (os.urandom(size - _AROUND),))


def peer(kind: str, python: Path, load: Load, cut_every_s: float | None) -> Run:
    """Send with somebody else's client, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="link-") as folder:
        certificate = tls.load(Path(folder), real_now())
        sink = Sink(certificate.chain, certificate.key)
        line = ShapedLine(sink.port, load.bits, RTT_S, cut_every_s)
        url = f"https://127.0.0.1:{line.port}"
        command = [
            str(python),
            str(HERE / "_peer.py"),
            kind,
            url,
            str(load.packets),
            str(load.size),
        ]
        trust = {"REQUESTS_CA_BUNDLE": str(Path(folder) / "ca.pem")}
        with closing(line):
            began = time.monotonic()
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(  # noqa: S603 - our own file
                    command,
                    env=os.environ | trust,
                    capture_output=True,
                    check=True,
                    timeout=GIVEN_UP_S,
                )
            return Run(time.monotonic() - began, sink.whole, line.up.passed, line.cuts)


def peers_python() -> Path | None:
    """Return a Python that has the peers, in an environment of their own; None without them."""
    folder = HERE.parent / "out" / "peers"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603 - ours
    done = subprocess.run(  # noqa: S603 - as above
        [str(python), "-m", "pip", "install", "-q", *_PEERS], capture_output=True, check=False
    )
    return python if done.returncode == 0 else None


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table, and say whether the promises are kept."""
    parser = argparse.ArgumentParser(prog="bench link", description=__doc__)
    parser.add_argument("--packets", type=int, default=200)
    parser.add_argument("--kb", type=int, default=300)
    parser.add_argument("--mbit", type=float, default=2.0)
    parser.add_argument("--cut", type=float, default=10.0, help="seconds between two cuts")
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args(argv)
    load = Load(options.packets, options.kb * 1000, options.mbit * 1e6)
    senders: dict[str, Sender] = {"this client": ours}
    if not options.only_ours:
        senders["requests.post, urllib3 Retry"] = partial(peer, "post", Path(sys.executable))
        python = peers_python()
        if python is None:
            print("tuspy could not be installed here; it is left out")
        else:
            senders["tuspy"] = partial(peer, "tus", python)
    with ThreadPoolExecutor(2 * len(senders)) as pool:
        going = {
            (name, cut): pool.submit(send, load, cut)
            for name, send in senders.items()
            for cut in (None, options.cut)
        }
        runs = {key: future.result() for key, future in going.items()}
    return _tell(load, runs)


def _tell(load: Load, runs: dict[tuple[str, float | None], Run]) -> int:
    print(
        f"\n{load.packets} packets of {load.size // 1000} KB, {load.bits / 1e6:g} Mbit/s,"
        f" {RTT_S * 1000:.0f} ms there and back; the line needs {load.ideal_s:.0f} s at the least\n"
    )
    print("| | line | s | of the capacity | sent over payload | cuts | re-sent per cut | arrived |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for (name, cut), run in runs.items():
        over = run.up - runs[name, None].up
        print(
            f"| {name} | {'whole' if cut is None else f'cut every {cut:g} s'} | {run.seconds:.0f} |"
            f" {load.ideal_s / run.seconds:.1%} | {run.up / load.payload - 1:+.1%} | {run.cuts} |"
            f" {f'{over / run.cuts / 1000:.0f} KB' if run.cuts else '–'} |"
            f" {run.arrived} of {load.packets} |"
        )
    whole = runs["this client", None]
    spoilt = next(run for (name, cut), run in runs.items() if name == "this client" and cut)
    over = spoilt.up - whole.up
    promises = {
        "at least 90 % of the capacity": load.ideal_s / whole.seconds >= 0.9,
        "at most 2 % more bytes than payload": whole.up / load.payload <= 1.02,
        "everything arrived": whole.arrived == spoilt.arrived == load.packets,
        f"re-sent per cut at most a piece of {spoilt.piece // 1000} KB": (
            over <= spoilt.cuts * spoilt.piece
        ),
    }
    print(f"\nwhen this client's line was cut, a request carried {spoilt.at_cuts // 1000} KB\n")
    for promise, kept in promises.items():
        print(f"  {'yes' if kept else 'NO '}  {promise}")
    return 0 if all(promises.values()) else 1
