"""A real carrier in a process of its own that spoils a share of the uploads."""

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from carrier_sandbox import Sandbox
from carrier_sandbox.behaviour import Behaviour, Fault
from tests.faults.visits import real_now


@dataclass(frozen=True, slots=True)
class UnrulyCarrier:
    """Where the carrier keeps its books, where tills find it, and an invitation for one till."""

    home: Path
    url: str
    invitation: bytes = field(repr=False)

    @contextmanager
    def books(self) -> Iterator[Sandbox]:
        """Give the carrier's books to read, while the carrier goes on working."""
        books = Sandbox(self.home, real_now)
        try:
            yield books
        finally:
            books.close()


@contextmanager
def unruly_carrier(
    home: Path, faults: float, first: tuple[Fault, ...] = ()
) -> Iterator[UnrulyCarrier]:
    """Run the carrier for as long as the block lasts; `first` is what the first uploads meet."""
    # Not forked: the parent goes on to fork tills, and those must find no thread of the server.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(home, faults, first, theirs), daemon=True)
    process.start()
    try:
        yield UnrulyCarrier(home, *ours.recv())
    finally:
        ours.send("end")
        process.join()


def _serve(home: Path, faults: float, first: tuple[Fault, ...], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the harness, which ends us
    behaviour = Behaviour(
        script=first, probability=faults, slow_s=0.05, retry_after_s=0, decide_after_s=0.0
    )
    with Sandbox(home, real_now, behaviour) as sandbox:
        pipe.send((sandbox.url, sandbox.invitation(training=True)))
        pipe.recv()
