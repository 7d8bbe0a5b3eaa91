"""Keeps this process out of core dumps, and other programs of this user out of its memory."""

import ctypes
import logging
import sys
from typing import Final

log = logging.getLogger(__name__)

#: <linux/prctl.h>
_PR_SET_DUMPABLE: Final = 4
_PR_GET_DUMPABLE: Final = 3


def harden() -> None:
    """Let no crash write memory to the disk, and no program of this user attach to us.

    Called by the front doors before anything secret is opened. Where the system has no such thing
    the threat model says so.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - does not exist on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and _prctl(_PR_SET_DUMPABLE, 0) != 0:
        log.warning("this process can be looked into by others of this user")


def is_dumpable() -> bool:
    """Say whether a crash could write our memory to the disk; False where that is shut off."""
    return sys.platform == "linux" and _prctl(_PR_GET_DUMPABLE, 0) != 0


def _prctl(option: int, value: int) -> int:
    found: int = ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    return found
