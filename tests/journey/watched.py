"""Runs a program under `strace` and reads everything that it wrote, also what it deleted again."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.journey.canary import PICTURES, Canary, Hit
from tests.journey.runner import Ended, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from carrier_sandbox.server import Sandbox

NOT_INSTALLED: Final = (
    "This test watches everything the client writes, which needs the program strace. "
    "On Debian: apt-get install strace"
)
_WRITES: Final = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,connect"
#: These move bytes without showing them; the client does not need them.
_BLIND: Final = "sendfile,copy_file_range,splice,vmsplice,tee,process_vm_writev"
_LONGEST: Final = 16 * 1024 * 1024
#: Number of the process, call, and what the first file descriptor is: a path in hex, or in words.
_CALL: Final = re.compile(r"^\d+ +(\w+)\(\d+<((?:\\x[0-9a-f]{2})+|.*?>?(?=>, ))")
#: An address of the internet that was called: port, and host in hex.
_CALLED: Final = re.compile(r'port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(\w+, )"([^"]*)"')
_PIECE: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Write:
    """One write: where to, and what. `place` is a path, or a word like `TCP:[...]`."""

    place: str
    data: bytes = field(repr=False)

    @property
    def to_pipe(self) -> bool:
        """True for what stays in memory between two processes; nobody else can read it."""
        return self.place.startswith("pipe:[")

    @property
    def to_file(self) -> bool:
        """True for what a file system got."""
        return self.place.startswith("/") and not self.place.startswith(("/dev/null", "/proc/"))


@dataclass(slots=True)
class Watched:
    """What a program wrote: how much, where the canary was seen, and which files were pictures.

    `called` are the hosts and ports it spoke to, or tried to.
    """

    ended: Ended
    bytes_written: int = 0
    places: set[str] = field(default_factory=set)
    leaks: dict[str, set[Hit]] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)


def watch(
    command: Sequence[str],
    surroundings: dict[str, str],
    trace: Path,
    carrier: Sandbox | None = None,
) -> Ended:
    """Run a program to its end, and keep what it and its children wrote in `trace`.

    Raises:
        FileNotFoundError: strace is not installed.
    """
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError(NOT_INSTALLED)
    options = ("--follow-forks", "--seccomp-bpf", "-yy", "-qq", "-xx", "-s", str(_LONGEST))
    calls = ("-e", "signal=none", "-e", f"trace={_WRITES},{_BLIND}", "-o", str(trace))
    return run((strace, *options, *calls, *command), surroundings, carrier)


def examine(trace: Path, ended: Ended, canary: Canary) -> Watched:
    """Look for the canary in every write, and in what goes on from one write to the next."""
    seen = Watched(ended)
    before: dict[str, bytes] = {}
    for write in _writes(trace, seen):
        if write.to_pipe:
            continue
        seen.bytes_written += len(write.data)
        first = write.place not in seen.places
        seen.places.add(write.place)
        if first and write.to_file and write.data.startswith(PICTURES):
            seen.pictures.add(write.place)
        whole = before.get(write.place, b"") + write.data
        if hits := canary.found_in(whole):
            seen.leaks.setdefault(write.place, set()).update(hits)
        before[write.place] = write.data[-canary.longest :]
    return seen


def _writes(trace: Path, seen: Watched) -> Iterator[Write]:
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            call = _CALL.match(line)
            if call is None:
                continue
            name, place = call.groups()
            if name in _BLIND.split(","):
                seen.unseen.add(f"{name} to {_text(place)}")
                continue
            for port, host in _CALLED.findall(line):
                seen.called.add(f"{_text(host)}:{port}")
            pieces = _PIECE.findall(line, call.end())
            yield Write(_text(place), b"".join(map(_bytes, pieces)))


def _text(shown: str) -> str:
    return _bytes(shown).decode(errors="replace") if shown.startswith("\\x") else shown


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
