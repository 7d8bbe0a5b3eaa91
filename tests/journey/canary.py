"""Looks for values that must not be seen, whatever a program may have made of them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PLAIN: Final = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gbk")
#: So many bytes of a picture, from places all over it, cannot meet by chance.
_PIECE: Final = 48
_PIECES: Final = 40
#: Fewer bytes than this may turn up in random data.
_LEAST: Final = 8
_LONGEST_RUN: Final = 63
_NOTHING: Final = re.compile(rb"\x00{64,}")
#: How the files of pictures begin.
PICTURES: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"P6\n",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A value that was found: which, in what dress."""

    value: str
    dress: str


@dataclass(slots=True)
class Canary:
    """All dresses of all values, looked for at once."""

    _dresses: dict[bytes, Hit] = field(default_factory=dict)
    _found: re.Pattern[bytes] | None = None

    @classmethod
    def of(cls, values: Iterable[str], pictures: Iterable[bytes] = ()) -> Canary:
        """Look for texts, each by itself, and for pieces of pictures."""
        made: dict[bytes, Hit] = {}
        for value in values:
            for dress, data in dresses(value):
                if len(data) >= _LEAST:
                    made[data] = Hit(value, dress)
        for number, picture in enumerate(pictures):
            step = max(_PIECE, len(picture) // _PIECES)
            for start in range(0, len(picture) - _PIECE, step):
                made[picture[start : start + _PIECE]] = Hit(f"picture {number}", "bytes")
        longest_first = sorted(made, key=len, reverse=True)
        return cls(made, re.compile(b"|".join(map(re.escape, longest_first))))

    @property
    def longest(self) -> int:
        """How many bytes of one write must be kept to find what goes on in the next."""
        return max(map(len, self._dresses))

    def found_in(self, data: bytes) -> set[Hit]:
        """Return what is in the data."""
        assert self._found is not None
        # Long runs of nothing are read through slowly, and no dress has one.
        shorter = _NOTHING.sub(bytes(_LONGEST_RUN), data)
        return {self._dresses[match.group()] for match in self._found.finditer(shorter)}

    def found_below(self, folder: Path) -> dict[str, set[Hit]]:
        """Return what is in the files of a folder and in their names, by path."""
        hits: dict[str, set[Hit]] = {}
        for path in folder.rglob("*"):
            name = str(path.relative_to(folder))
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            if found := self.found_in(name.encode() + b"\n" + data):
                hits[name] = found
        return hits


def dresses(value: str) -> Iterator[tuple[str, bytes]]:
    """Yield a text in every form in which it may have come to lie somewhere, with a name for it."""
    for encoding in _PLAIN:
        data = value.encode(encoding, errors="ignore")
        yield encoding, data
        yield f"{encoding} in hex", data.hex().encode()
        yield f"{encoding} in HEX", data.hex().upper().encode()
        for phase in range(3):
            text = base64.b64encode(bytes(phase) + data)
            # What depends on the neighbours is left out at both ends.
            yield f"{encoding} in base64, phase {phase}", text[4 if phase else 0 : -4]
    yield "JSON", json.dumps(value)[1:-1].encode()
    yield "URL", quote(value).encode()
    yield "Python", ascii(value)[1:-1].encode()
