"""Writes the commands' lines so that every program and terminal can take them, and none hides one.

A file's name may hold bytes that are no text, a line break, or signs that move a terminal's cursor.
In a line for machines the first would be no UTF-8, in a line for people the others could forge it.
"""

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Mapping
from typing import Final

#: Bytes that are no text stand in Python's names as halves of a pair, from here on.
_BYTE: Final = range(0xDC80, 0xDD00)
_HALVES: Final = re.compile("[\ud800-\udfff]")
#: Control characters, line and paragraph breaks, and signs that turn the direction of what follows.
_MOVING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def begin_output() -> None:
    """Make the standard streams speak UTF-8 to programs, and never fail over a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def as_json(entry: Mapping[str, object]) -> str:
    r"""Return one line of JSON; what is no text is shown as `\xff`."""
    line = json.dumps(entry, ensure_ascii=False)
    return _HALVES.sub(lambda half: "\\" + _escaped(half), line)


def printable(text: object) -> str:
    r"""Return a text for people, without what could move the cursor: `\n`, `\x1b`, `\xff`."""
    return _MOVING.sub(_escaped, _HALVES.sub(_escaped, str(text)))


def end_output() -> None:
    """Write what is still held back. Raises OSError where nobody takes it."""
    if sys.stdout is not None:
        sys.stdout.flush()


def is_output_lost() -> bool:
    """Say whether it is our lines that cannot be written; a person is told, and none is tried on.

    Whoever reads them may have enough, or the disk they go to is full.
    """
    try:
        end_output()
    except OSError as err:
        complain(f"The lines cannot be written any further: {err.strerror}.")
        # The interpreter must not flush into the closed pipe or the full disk once more.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def complain(text: str) -> None:
    """Tell a person; if nobody listens there either, that is all that can be done."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _BYTE:
        return f"\\x{code - _BYTE.start + 0x80:02x}"
    return found[0].encode("unicode_escape").decode("ascii")
