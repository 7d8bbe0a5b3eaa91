"""Stores that earlier versions wrote open in this one, with everything that was in them.

A store of a schema lies in `tests/golden/`, written when the schema was new, and never again:
`python -m tests.unit.outbox.test_golden`.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from pos_client.outbox import journal
from pos_client.outbox.migrations import shipped
from pos_client.outbox.store import DatabaseKey, Store, connect

GOLDEN: Final = Path(__file__).parents[2] / "golden"
KEY: Final = DatabaseKey(bytes(range(48)))
NEWEST: Final = shipped()[-1][0]
STORES: Final = sorted(GOLDEN.glob("outbox.*.db"))
AT: Final = "2026-03-02T12:00:00.000000+00:00"


def number(store: Path) -> int:
    found = re.fullmatch(r"outbox\.(\d{4})\.db", store.name)
    assert found is not None
    return int(found[1])


def test_every_schema_up_to_the_newest_has_its_store() -> None:
    assert {number(store) for store in STORES} == {schema for schema, *_ in shipped()}


@pytest.mark.parametrize("golden", STORES, ids=lambda each: each.name)
def test_an_earlier_store_opens_with_all_that_was_in_it(golden: Path, tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    shutil.copy(golden, path)
    store = Store(path, KEY)
    with store.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == NEWEST
        rows = connection.execute(
            "SELECT id, state, operator, masked_name FROM outbox ORDER BY seq"
        ).fetchall()
        lines = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
        assert journal.verify(connection) is None
        drafts = connection.execute("SELECT id FROM draft").fetchall()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    store.check()
    store.close()
    assert rows == [(f"reg-{n}", "queued", "1042", "样*") for n in range(3)]
    assert (lines, drafts) == (3, [("draft-1",)])
    copies = [] if number(golden) == NEWEST else [f"outbox.db.before-{number(golden) + 1:04}"]
    assert sorted(file.name for file in tmp_path.glob("*.before-*")) == copies


def _fill(connection: Any) -> None:
    """Write rows as the first version did; each later schema has the same columns and more."""
    connection.execute("BEGIN")
    previous = bytes(32)
    for n in range(3):
        connection.execute(
            "INSERT INTO outbox (id, state, flow, operator, outlet, masked_name, masked_msisdn,"
            " created_at, size, sha256, next_at)"
            " VALUES (?, 'queued', 'new_line', '1042', 'SH-1', '样*', '138****8000',"
            " ?, 1000, ?, ?)",
            (f"reg-{n}", AT, f"{n}" * 64, AT),
        )
        entry = (n + 1, AT, "submitted", f"reg-{n}")
        previous = hashlib.sha256(previous + json.dumps(entry).encode()).digest()
        connection.execute(
            "INSERT INTO journal (number, at, event, about, hash) VALUES (?, ?, ?, ?, ?)",
            (*entry, previous),
        )
    connection.execute(
        "INSERT INTO draft (id, operator, saved_at, flow, outlet, masked_name, masked_msisdn, body)"
        " VALUES ('draft-1', '1042', ?, 'new_line', 'SH-1', '', '', x'00')",
        (AT,),
    )
    connection.execute("INSERT INTO draft_key VALUES ('draft-1', ?)", (bytes(32),))
    connection.execute("COMMIT")


def write(schema: int) -> Path:
    """Write the golden store of a schema, for the day on which it is new."""
    path = GOLDEN / f"outbox.{schema:04}.db"
    path.unlink(missing_ok=True)
    Store(path, KEY, shipped()[:schema]).close()
    connection = connect(path, KEY)
    _fill(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


if __name__ == "__main__":
    print(write(NEWEST))  # noqa: T201 - run by hand, once for each schema
