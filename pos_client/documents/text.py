"""Reads the text of one description file: an ordinary file, small, and JSON without traps."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Final

from pos_client.documents.node import Table, WrongError
from pos_client.plain_file import NotPlain, NotPlainError, read_plain

#: Larger files are no declarations, and no declaration is nested so deep.
MOST_BYTES: Final = 1_000_000
MOST_DEEP: Final = 32
#: Longer whole numbers are read as inexact ones; the range asked for says that they are too large.
_DIGITS: Final = 15
_TEXTS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"')

_UNREAD: Final = {
    NotPlain.MISSING: ("there is no such file", ""),
    NotPlain.FOLDER: ("this is a folder", "name the files in it"),
    NotPlain.NOT_ALLOWED: ("this computer does not allow to read it", "ask its owner"),
    NotPlain.NO_FILE: ("this is no ordinary file", "copy it into one"),
    NotPlain.TOO_LARGE: (
        "it is too large for a declaration",
        f"at most {MOST_BYTES // 1_000_000} MB",
    ),
    NotPlain.BROKEN: ("it cannot be read from its disk", "copy it again"),
}


def parsed(file: Path) -> object:
    """Return what the JSON text of a file says.

    Raises:
        WrongError: there is no such text, or it is no JSON.
    """
    try:
        # Notepad on Windows begins its UTF-8 files with a mark of its own.
        text = read_plain(file, MOST_BYTES).data.decode("utf-8-sig")
        _refuse_depth(text)
        return json.loads(text, object_pairs_hook=_table, parse_int=_whole)
    except NotPlainError as err:
        raise WrongError("file", *_UNREAD[err.why]) from err
    except json.JSONDecodeError as err:
        where = f"line {err.lineno}, column {err.colno}"
        raise WrongError(where, f"this is no JSON: {err.msg}") from err
    except UnicodeDecodeError as err:
        raise WrongError("file", "this is no UTF-8 text", "save it as UTF-8") from err
    except RecursionError as err:
        raise WrongError("file", "it is nested too deeply") from err


def _refuse_depth(text: str) -> None:
    """Look at the brackets before anything walks into them."""
    depth = 0
    for sign in re.findall(r"[\[\]{}]", _TEXTS.sub("", text)):
        depth += 1 if sign in "[{" else -1
        if depth > MOST_DEEP:
            raise WrongError("file", "it is nested too deeply", f"at most {MOST_DEEP} levels")


def _table(pairs: list[tuple[str, object]]) -> Table:
    table = Table(pairs)
    if len(table) < len(pairs):
        table.twice = tuple(
            key for key, times in Counter(key for key, _ in pairs).items() if times > 1
        )
    return table


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)
