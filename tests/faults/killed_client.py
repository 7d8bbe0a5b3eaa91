"""The client that is killed: it works at the real desk and tells what it does until it is ended."""

import logging
import os
import select
import threading
import time
import traceback
from collections.abc import Callable
from typing import Final, NoReturn

from pos_client.desk.desk import Desk
from pos_client.model.reading import Reading
from tests.faults.planted import BUGS
from tests.faults.visits import serve

#: What a client with a bug is at when it stands between the two acts that the bug is about.
BETWEEN: Final = "between two acts"


def work(
    desk: Desk, card: tuple[Reading, Reading], first: int, pipe: int, plant: str | None
) -> None:
    """Be the client until killed. Never returns."""
    logging.getLogger().handlers = [_Tell(pipe)]
    threading.excepthook = lambda bug: _confess(pipe, bug.exc_value)
    try:
        if plant is not None:
            BUGS[plant](lambda: _stand(pipe))
        serve(desk, card, first, lambda line: _write(pipe, line))
    except BaseException as bug:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        _confess(pipe, bug)
    os._exit(3)


def _stand(pipe: int) -> NoReturn:
    """Stand between two acts that a bug has put in the wrong order, until killed."""
    _write(pipe, f"at {BETWEEN}")
    while True:
        threading.Event().wait()


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


def listen(
    reading: int, seconds: float | None, enough: Callable[[bytes], bool] = lambda _told: False
) -> bytes:
    """Read what a client tells until that is enough, for so long, or to its end."""
    end = None if seconds is None else time.monotonic() + seconds
    found = b""
    while not enough(found):
        left = None if end is None else end - time.monotonic()
        if left is not None and (left <= 0 or not select.select([reading], [], [], left)[0]):
            return found
        piece = os.read(reading, 65536)
        if not piece:
            return found
        found += piece
    return found
