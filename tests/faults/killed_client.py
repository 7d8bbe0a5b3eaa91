"""The client that is killed: it works at the real desk and tells what it does until it is ended."""

import logging
import os
import select
import threading
import time
import traceback
from pathlib import Path

from pos_client.model.reading import Reading
from tests.faults.planted import BUGS
from tests.faults.visits import serve


def work(
    home: Path, card: tuple[Reading, Reading], first: int, pipe: int, plant: str | None
) -> None:
    """Be the client until killed. Never returns."""
    logging.getLogger().handlers = [_Tell(pipe)]
    threading.excepthook = lambda bug: _confess(pipe, bug.exc_value)
    try:
        if plant is not None:
            BUGS[plant]()
        serve(home, card, first, lambda line: _write(pipe, line))
    except BaseException as bug:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        _confess(pipe, bug)
    os._exit(3)


class _Tell(logging.Handler):
    """Bugs that the client's own nets caught are bugs all the same."""

    def __init__(self, pipe: int) -> None:
        super().__init__(logging.ERROR)
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        bug = record.exc_info[1] if record.exc_info else None
        _write(self._pipe, f"{record.name}: {bug!r}")


def _confess(pipe: int, bug: BaseException | None) -> None:
    where = traceback.extract_tb(bug.__traceback__)[-1] if bug and bug.__traceback__ else None
    _write(pipe, f"{bug!r} at {where.name if where else '?'}")


def _write(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def listen(reading: int, lines: int, seconds: float | None) -> bytes:
    """Read what a client tells until it told so many lines, for so long, or to its end."""
    end = None if seconds is None else time.monotonic() + seconds
    found = b""
    while found.count(b"\n") < lines:
        left = None if end is None else end - time.monotonic()
        if left is not None and (left <= 0 or not select.select([reading], [], [], left)[0]):
            return found
        piece = os.read(reading, 65536)
        if not piece:
            return found
        found += piece
    return found
