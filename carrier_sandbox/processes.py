"""Several server processes on one database: started together, each replaced when it dies."""

import multiprocessing
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from carrier_sandbox import api, keys, script, tls
from carrier_sandbox.bookcase import opened
from carrier_sandbox.faults import Faults
from carrier_sandbox.office import Office
from carrier_sandbox.serving import Listener, Serving, listening

_BREATH_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Job:
    """What every server process needs to know; `script` says how to behave."""

    home: Path
    database: str
    host: str
    port: int
    script: str


def supervise(job: Job, count: int, tell: Callable[[str], None]) -> None:
    """Keep `count` servers running until interrupted; `tell` hears of each start."""
    spawn = multiprocessing.get_context("spawn")
    # Where the system spreads connections over sockets, each process has its own; else all share.
    own = hasattr(socket, "SO_REUSEPORT")
    # Plain, because only plain sockets can be handed to another process.
    first = socket.socket(fileno=listening(job.host, job.port, shared=own).detach())
    port = first.getsockname()[1]
    here = Job(job.home, job.database, job.host, port, job.script)
    if own:
        # Stays bound, so that the port is ours while servers come and go, but takes no connection.
        first.close()

    def started() -> BaseProcess:
        process = spawn.Process(target=serve, args=(here, None if own else first))
        process.start()
        tell(f"Process {process.pid} started.")
        return process

    servers = [started() for _ in range(count)]
    tell(f"Serving at https://{job.host}:{port} with {count} processes. Ctrl+C ends it.")
    pause = threading.Event()
    try:
        while True:
            wait([server.sentinel for server in servers])
            pause.wait(_BREATH_S)  # one that cannot start must not be started in a frenzy
            servers = [server if server.is_alive() else started() for server in servers]
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.join()


def serve(job: Job, shared: socket.socket | None) -> None:
    """Serve in this process until it is ended."""
    office = Office(
        keys.load(job.home),
        opened(job.home, job.database),
        script.read(job.script),
        lambda: datetime.now(UTC),  # noqa: TID251 - a process of its own owns its clock
    )
    sock = (
        Listener(fileno=shared.detach()) if shared else listening(job.host, job.port, shared=True)
    )
    app = Faults(api.create(office), office)
    Serving(app, tls.load(job.home, office.clock()), sock).join()
