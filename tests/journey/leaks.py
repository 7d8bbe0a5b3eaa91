"""Eight ways in which programs like ours have leaked, to be planted: each must be noticed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from tests.journey.canary import Canary
from tests.journey.runner import private_places
from tests.journey.watched import examine, watch

if TYPE_CHECKING:
    from pathlib import Path

VALUE: Final = "金丝雀样本CANARY7731"
#: Ways in which programs like ours have leaked, each to be noticed though the file is gone.
LEAKS: Final = {
    "a log line": "logging.basicConfig(filename=home / 'app.log'); logging.error('read %s', value)",
    "a temporary file": (
        "f = tempfile.NamedTemporaryFile(); f.write(value.encode('gbk')); f.flush()"
    ),
    "a row that was deleted": (
        "db = sqlite3.connect(home / 'cache.db', isolation_level=None);"
        "db.execute('create table t (a)'); db.execute('insert into t values (?)', (value,));"
        "db.execute('delete from t'); db.execute('vacuum'); db.close();"
        "(home / 'cache.db').unlink()"
    ),
    "a settings file": "(home / 'recent.json').write_text(json.dumps({'last': value}))",
    "two writes": (
        "f = (home / 'parts').open('wb', buffering=0); data = value.encode();"
        "f.write(data[:9]); f.write(data[9:]); f.close(); (home / 'parts').unlink()"
    ),
    "a network without TLS": (
        "server = socket.create_server(('127.0.0.1', 0));"
        "socket.create_connection(server.getsockname()).sendall(value.encode())"
    ),
    "a crash report": "pickle.dump({'local': value}, (home / 'core').open('wb'), protocol=0)",
    "a file name": "(home / f'{value}.txt').write_bytes(b'')",
}
LEAK: Final = """
import json, logging, pathlib, pickle, socket, sqlite3, sys, tempfile
home, value = pathlib.Path(sys.argv[1]), sys.argv[2]
"""


def is_noticed(leak: str, folder: Path) -> bool:
    """Play one leak under watch, and say whether it was noticed, though the file may be gone."""
    home = folder / "home"
    canary = Canary.of([VALUE])
    command = [sys.executable, "-c", LEAK + LEAKS[leak], str(home), VALUE]
    ended = watch(command, private_places(folder), folder / "trace")
    assert ended.status == 0, ended.logged
    seen = examine(folder / "trace", ended, canary)
    return bool(seen.leaks or canary.found_below(home))
