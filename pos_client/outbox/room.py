"""How many registrations still fit on the disk, and a ballast that makes room for receipts."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from pos_client.model.packet import MAX_PACKET_BYTES
from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.problems import DiskFull

T = TypeVar("T")

FILE: Final = "ballast"
BALLAST_BYTES: Final = 8 * 1024 * 1024
#: What has to be free beside the packet itself while it is made: the draft in the store, its
#: write-ahead log, and the largest packet there is.
RESERVE_BYTES: Final = 4 * MAX_PACKET_BYTES
#: What a registration takes in the store for good: row, receipt, decision, journal, marks.
_IN_STORE: Final = 8 * 1024
#: Before there is one to measure: three pictures of 300 KB.
FIRST_GUESS: Final = 1024 * 1024
_MEASURED: Final = 50


def free_bytes(folder: Path) -> int:
    """Return how much room the disk of a folder has for this user. Raises DiskTrouble."""
    with disk_faults():
        return shutil.disk_usage(folder).free


def usual_size(connection: Any) -> int:
    """Return what the last registrations took on the disk, in the mean."""
    size = connection.execute(
        "SELECT avg(size) FROM (SELECT size FROM outbox ORDER BY seq DESC LIMIT ?)", (_MEASURED,)
    ).fetchone()[0]
    return int(size or FIRST_GUESS) + _IN_STORE


def registrations_left(free: int, usual: int) -> int:
    """Return how many registrations of the usual size fit before new work is refused."""
    return max(0, free - RESERVE_BYTES) // usual


class Ballast:
    """A file that is there to be thrown away: receipts and journal fit when nothing else does."""

    def __init__(self, folder: Path) -> None:
        """Keep the ballast in `folder`; nothing is written yet."""
        self._path = folder / FILE

    @property
    def aboard(self) -> bool:
        """True while it can be thrown."""
        return self._path.exists()

    def take_in(self, free: int) -> None:
        """Write the ballast where there is none and the disk has room for it and more."""
        if self.aboard or free < BALLAST_BYTES + RESERVE_BYTES:
            return
        with disk_faults():
            durable.replace(self._path, bytes(BALLAST_BYTES))

    def throw(self) -> None:
        """Make room. What needs it must not need more than a few pages."""
        with disk_faults():
            self._path.unlink(missing_ok=True)

    def fits(self, verb: Callable[[], T]) -> T:
        """Do what has to fit: on a full disk once more without the ballast.

        Raises:
            DiskFull: it does not fit even so.
        """
        try:
            return verb()
        except DiskFull:
            if not self.aboard:
                raise
            self.throw()
            return verb()
