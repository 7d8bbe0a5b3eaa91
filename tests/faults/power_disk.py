"""A disk as the power cut finds it: what was flushed is there, all else may be there, or in part.

Fed with the recorded calls of a program it keeps, beside what is durable, everything that is not:
writes since the last flush of their file, and names since the last flush of their folder. `after`
makes up one state in which a power cut may leave it. Two kinds of file system are played: a strict
one, where flushing a file says nothing about its name, and one that keeps an ordered journal, where
it brings down all that happened to names before.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.traced import Call

_SECTOR: Final = 512
#: What may have become of the writes to one file since its last flush.
_MODES: Final = ("none", "all", "first ones", "any ones", "torn")


@dataclass(frozen=True, slots=True)
class _Change:
    """One write to a file, or its new length where `data` is None."""

    at: int
    data: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Naming:
    """In this folder a name was given to a file, taken away (None), or moved from another name."""

    folder: str
    name: str
    inode: int | None
    moved_from: str | None = None


@dataclass
class Disk:
    """What a file system holds for sure, and what it was only told."""

    ordered: bool
    _names: dict[str, int] = field(default_factory=dict)
    _now: dict[str, int] = field(default_factory=dict)
    _namings: list[_Naming] = field(default_factory=list)
    _durable: dict[int, bytearray] = field(default_factory=dict)
    _pending: dict[int, list[_Change]] = field(default_factory=lambda: defaultdict(list))
    _open: dict[str, tuple[int, int]] = field(default_factory=dict)
    played: Counter[str] = field(default_factory=Counter)

    @classmethod
    def holding(cls, folder: Path, *, ordered: bool) -> "Disk":
        """Begin with everything in a folder on the disk for sure."""
        disk = cls(ordered)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith("-shm"):
                inode = disk._new_inode(path.read_bytes())
                disk._names[str(path)] = disk._now[str(path)] = inode
        return disk

    def _new_inode(self, content: bytes = b"") -> int:
        inode = len(self._durable)
        self._durable[inode] = bytearray(content)
        return inode

    # -- what the program does --------------------------------------------------------------
    def take(self, call: Call) -> None:
        """Let the program make one call."""
        if call.result < 0:
            return
        match call.name:
            case "openat" | "creat":
                self._opened(call)
            case "write":
                inode, at = self._open.get(call.handle, (-1, 0))
                self._write(inode, at, call.texts[0][: call.result])
                self._open[call.handle] = (inode, at + call.result)
            case "pwrite64":
                inode, _ = self._open.get(call.handle, (-1, 0))
                self._write(inode, int(call.arguments[3]), call.texts[0][: call.result])
            case "ftruncate":
                inode, _ = self._open.get(call.handle, (-1, 0))
                self._pending[inode].append(_Change(int(call.arguments[1]), None))
            case "fsync" | "fdatasync":
                self._flush(call)
            case "rename" | "unlink":
                self._name(call)

    def _opened(self, call: Call) -> None:
        path, flags = call.texts[0].decode(), call.arguments[2]
        inode = self._now.get(path)
        if inode is None and "O_CREAT" in flags:
            inode = self._new_inode()
            self._now[path] = inode
            self._namings.append(_Naming(_folder(path), path, inode))
        elif inode is not None and "O_TRUNC" in flags:
            self._pending[inode].append(_Change(0, None))
        self._open[str(call.result)] = (-1 if inode is None else inode, 0)

    def _write(self, inode: int, at: int, data: bytes) -> None:
        if inode >= 0:
            self._pending[inode].append(_Change(at, data))

    def _name(self, call: Call) -> None:
        old = call.texts[0].decode()
        inode = self._now.pop(old, None)
        if call.name == "unlink":
            self._namings.append(_Naming(_folder(old), old, None))
            return
        new = call.texts[1].decode()
        if inode is not None:
            self._now[new] = inode
        self._namings.append(_Naming(_folder(new), new, inode, old))

    def _flush(self, call: Call) -> None:
        inode, _ = self._open.get(call.handle, (-1, 0))
        if inode >= 0:
            for change in self._pending.pop(inode, []):
                _apply(self._durable[inode], change)
            if self.ordered:
                self._settle(self._namings)
        else:
            self._settle([each for each in self._namings if each.folder == call.file])

    def _settle(self, namings: list[_Naming]) -> None:
        _rename(self._names, namings)
        kept = set(map(id, namings))
        self._namings = [each for each in self._namings if id(each) not in kept]

    # -- the power cut ----------------------------------------------------------------------
    def after(self, chance: random.Random) -> dict[str, bytes]:
        """Return one state in which a power cut may leave it, by path."""
        names = dict(self._names)
        _rename(names, self._namings_that_made_it(chance))
        return {name: self._content(inode, chance) for name, inode in names.items()}

    def _namings_that_made_it(self, chance: random.Random) -> list[_Naming]:
        if self.ordered:
            return self._namings[: chance.randint(0, len(self._namings))]
        left = {
            folder: chance.randint(0, count)
            for folder, count in Counter(each.folder for each in self._namings).items()
        }
        made = []
        for each in self._namings:
            if left[each.folder]:
                left[each.folder] -= 1
                made.append(each)
            else:
                left[each.folder] = 0
        return made

    def _content(self, inode: int, chance: random.Random) -> bytes:
        content = bytearray(self._durable[inode])
        changes = self._pending.get(inode, [])
        mode = chance.choice(_MODES) if changes else "all"
        self.played[mode] += bool(changes)
        if mode == "first ones":
            changes = changes[: chance.randint(0, len(changes))]
        elif mode in ("any ones", "torn"):
            changes = [each for each in changes if chance.random() < 0.5]
        for change in changes if mode != "none" else ():
            for piece in _torn(change, chance) if mode == "torn" else (change,):
                _apply(content, piece)
        return bytes(content)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _rename(names: dict[str, int], namings: list[_Naming]) -> None:
    for each in namings:
        if each.moved_from is not None:
            names.pop(each.moved_from, None)
        if each.inode is None:
            names.pop(each.name, None)
        else:
            names[each.name] = each.inode


def _torn(change: _Change, chance: random.Random) -> list[_Change]:
    if change.data is None:
        return [change]
    starts = range(0, len(change.data), _SECTOR)
    return [
        _Change(change.at + start, change.data[start : start + _SECTOR])
        for start in starts
        if chance.random() < 0.5
    ]


def _apply(content: bytearray, change: _Change) -> None:
    end = change.at if change.data is None else change.at + len(change.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if change.data is None:
        del content[end:]
    else:
        content[change.at : end] = change.data
