"""Watches a forked process at its system calls, and strikes at one of them: a kill, or an error."""

import mmap
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from tests.journey.watched import NOT_INSTALLED

#: Everything that changes what is on the disk, or is told to be there. Calls between two of these
#: leave the disk as they found it: whoever is killed at one of them was killed at the next of ours.
CHANGING: Final = (
    "openat,creat,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fchmod"
)
#: What needs room on the disk.
FILLING: Final = ("write", "pwrite64", "writev", "pwritev", "fallocate", "mkdir", "mkdirat")
_LONGEST: Final = 16 * 1024 * 1024
_CALL: Final = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_FD: Final = re.compile(r"^(-?\d+|AT_FDCWD)(?:<((?:\\x[0-9a-f]{2})*)>)?")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: its name, the file behind its first argument, texts, and plain arguments."""

    name: str
    handle: str
    file: str
    texts: tuple[bytes, ...] = field(repr=False)
    arguments: tuple[str, ...]
    result: int

    def position(self, before: "Sequence[Call]") -> int:
        """Return the how-many-eth call of its name this is, counted from 1."""
        return 1 + sum(call.name == self.name for call in before)


@dataclass(frozen=True, slots=True)
class Fate:
    """How a watched process ended: killed or not, and the last word it told before."""

    killed: bool
    told: str


#: Does the work; what it tells is remembered even if it is killed at the next instruction.
Act = Callable[[Callable[[str], None]], None]


def record(begin: Callable[[], Act], calls: str = CHANGING) -> tuple[Fate, list[Call]]:
    """Let `begin` prepare and then its act run in a forked process; return each call of the act."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        trace = Path(folder) / "trace"
        options = ("-y", "-xx", "-s", str(_LONGEST), "-e", f"trace={calls}", "-o", str(trace))
        fate = _run(begin, options)
        lines = trace.read_text(encoding="ascii", errors="replace").splitlines()
    return fate, [call for line in lines if (call := _call(line)) is not None]


def kill_at(begin: Callable[[], Act], call: str, position: int) -> Fate:
    """Kill the act as it enters its n-th call of this name."""
    return _run(begin, ("-o", os.devnull, *_injected(call, "signal=KILL", str(position))))


def fail_from(begin: Callable[[], Act], from_: dict[str, int], error: str) -> Fate:
    """Let every call of these names fail, from its n-th on, as on a full disk."""
    options: list[str] = ["-o", os.devnull]
    for call, position in from_.items():
        options += _injected(call, f"error={error}", f"{position}+")
    return _run(begin, options)


def fail_at(begin: Callable[[], Act], call: str, position: int, error: str) -> Fate:
    """Let one call fail, and none after it: there was no room, and then there was."""
    return _run(begin, ("-o", os.devnull, *_injected(call, f"error={error}", str(position))))


def positions(calls: Sequence[Call]) -> list[tuple[str, int]]:
    """Name all points of a recorded act: each call by its name and number."""
    seen: Counter[str] = Counter()
    points = []
    for call in calls:
        seen[call.name] += 1
        points.append((call.name, seen[call.name]))
    return points


def _injected(call: str, what: str, when: str) -> tuple[str, ...]:
    return ("-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}")


def _run(begin: Callable[[], Act], options: Sequence[str]) -> Fate:
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError(NOT_INSTALLED)
    word = mmap.mmap(-1, mmap.PAGESIZE)  # shared with the child, and no system call to write to
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _be_watched(begin, theirs, word)
    theirs.close()
    if not ours.recv(1):  # it ended before it was prepared
        os.waitpid(child, 0)
        return Fate(killed=False, told=_said(word))
    with subprocess.Popen(  # noqa: S603 - strace with our own options
        [strace, "-f", "-e", "signal=none", *options, "-p", str(child)], stderr=subprocess.PIPE
    ) as watcher:
        assert watcher.stderr is not None
        _wait_until_attached(watcher.stderr)
        ours.send(b"!")
        _, status = os.waitpid(child, 0)
        watcher.stderr.read()
    ours.close()
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return Fate(killed, _said(word))


def _said(word: mmap.mmap) -> str:
    return word[:].rstrip(b"\0").decode(errors="replace")


def _wait_until_attached(said: IO[bytes]) -> None:
    line = said.readline().decode()
    if "attached" not in line:
        message = f"strace could not attach: {line}{said.read().decode()}"
        raise OSError(message)


def _be_watched(begin: Callable[[], Act], parent: socket.socket, word: mmap.mmap) -> None:
    """Prepare, wait for strace to be there, act, and end. Never returns."""

    def tell(what: str) -> None:
        data = what.encode()[: mmap.PAGESIZE]
        word[:] = data + bytes(mmap.PAGESIZE - len(data))

    try:
        _let_be_traced()
        act = begin()
        parent.send(b".")
        parent.recv(1)
        act(tell)
    except BaseException as bug:  # noqa: BLE001 - the parent has to hear of it
        tell(f"bug: {bug!r}")
    os._exit(0)


def _let_be_traced() -> None:
    import ctypes  # noqa: PLC0415 - only where there is strace

    # Where only ancestors may trace (Yama), strace is a sibling of this process.
    pr_set_ptracer, anybody = 0x59616D61, ctypes.c_ulong(-1)
    ctypes.CDLL(None).prctl(pr_set_ptracer, anybody, 0, 0, 0)


def _call(line: str) -> Call | None:
    match = _CALL.match(line)
    if match is None:
        return None
    name, inside, result = match.groups()
    handle = _FD.match(inside)
    texts = tuple(map(_bytes, _TEXT.findall(inside)))
    bare = _TEXT.sub('""', inside).split(", ")
    file = _bytes(handle[2]).decode() if handle and handle[2] else ""
    return Call(name, handle[1] if handle else "", file, texts, tuple(bare), int(result))


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
