"""One till, one process: the second one is told so."""

import os
import sys
from pathlib import Path

from pos_client.outbox.faults import disk_faults
from pos_client.outbox.problems import AlreadyRunning

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class OnlyOne:
    """Holds a lock file for as long as it is open; the system lets go if we are killed."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            AlreadyRunning: another process holds it.
            DiskTrouble: the lock file cannot be made.
        """
        with disk_faults():
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take()
        except OSError as err:
            os.close(self._handle)
            raise AlreadyRunning from err

    def _take(self) -> None:
        if sys.platform == "win32":
            msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(self) -> None:
        """Let the next process in."""
        os.close(self._handle)
