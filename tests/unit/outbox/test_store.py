"""The store opens in one way or not at all: every trap of the library has its test."""

import multiprocessing
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

import pos_client
from pos_client.model.problems import Problem
from pos_client.outbox import store as store_module
from pos_client.outbox.migrations import shipped
from pos_client.outbox.problems import (
    CipherMissing,
    DiskFull,
    StoreBusy,
    StoreDamaged,
    StoreKeyWrong,
    StoreNewer,
    StoreNotEncrypted,
    StoreUnavailable,
)
from pos_client.outbox.store import DatabaseKey, Store, check_pages, connect
from tests.fakes.outbox_damage import chance, damaged_database

NEWEST = shipped()[-1][0]
NEXT = (NEWEST + 1, "CREATE TABLE added (a TEXT) STRICT; INSERT INTO added VALUES ('there');")
BROKEN = (NEWEST + 1, "CREATE TABLE added (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);")


@pytest.fixture
def key() -> DatabaseKey:
    return DatabaseKey.random()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till" / "outbox.db"


def made(path: Path, key: DatabaseKey) -> Path:
    Store(path, key).close()
    return path


def version(path: Path, key: DatabaseKey) -> int:
    connection = connect(path, key)
    try:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    return found


# -- how it is opened ---------------------------------------------------------------------------
def test_every_setting_is_as_designed(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    expected = {
        "cipher_page_size": "8192",
        "cipher_memory_security": "1",
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "trusted_schema": 0,
        "foreign_keys": 1,
        "secure_delete": 2,
    }
    with store.writing() as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    store.close()
    assert found == expected


def test_the_reader_cannot_write(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with pytest.raises(StoreUnavailable), store.reading() as connection:
        connection.execute("DELETE FROM draft")
    store.close()


def test_folder_and_files_are_for_their_owner_only(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with store.writing() as connection:
        connection.execute("DELETE FROM draft")
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    store.close()
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert modes == {"outbox.db": 0o600, "outbox.db-wal": 0o600, "outbox.db-shm": 0o600}


def test_the_database_is_opened_in_one_place_only() -> None:
    root = Path(pos_client.__file__).parent
    callers = [file for file in root.rglob("*.py") if "dbapi2.connect(" in file.read_text()]
    assert [file.name for file in callers] == ["store.py"]


def test_a_library_without_encryption_is_refused_before_it_writes(
    path: Path, key: DatabaseKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "dbapi2", sqlite3)
    with pytest.raises(CipherMissing):
        Store(path, key)
    assert path.read_bytes() == b""


def test_a_plain_database_is_refused_and_left_alone(path: Path, key: DatabaseKey) -> None:
    path.parent.mkdir()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(StoreNotEncrypted):
        Store(path, key)
    assert path.read_bytes() == before


def test_the_file_on_the_disk_does_not_look_like_a_database(path: Path, key: DatabaseKey) -> None:
    head = made(path, key).read_bytes()[:100]
    assert b"SQLite" not in head
    assert head[:16] == key.raw[-16:]


def test_another_key_is_a_problem_and_says_nothing_on_stderr(
    path: Path, key: DatabaseKey, capfd: pytest.CaptureFixture[str]
) -> None:
    made(path, key)
    with pytest.raises(StoreKeyWrong):
        Store(path, DatabaseKey.random())
    assert capfd.readouterr().err == ""
    Store(path, key).close()


def test_a_raw_key_is_not_taken_for_a_passphrase(path: Path, key: DatabaseKey) -> None:
    made(path, key)
    connection = dbapi2.connect(str(path))
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = '{key.raw.hex()}'")
    connection.execute("PRAGMA cipher_page_size = 8192")
    with pytest.raises(dbapi2.DatabaseError):
        connection.execute("SELECT * FROM outbox")
    connection.close()


def test_a_folder_in_the_place_of_the_store_is_a_problem(path: Path, key: DatabaseKey) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreUnavailable):
        Store(path, key)


# -- the log that a crash leaves ----------------------------------------------------------------
def _write_and_die(path: Path, key: DatabaseKey, rounds: int) -> None:
    store = Store(path, key)
    store._writer.execute("PRAGMA wal_autocheckpoint = 40")
    for number in range(rounds):
        with store.writing() as connection:
            connection.execute(
                "INSERT INTO decision VALUES (?, 1, ?, NULL, NULL, '')",
                (f"{number}", os.urandom(4000).hex()),
            )
    os._exit(0)


@pytest.mark.parametrize("rounds", [1, 7, 60])
def test_a_log_left_by_a_crash_is_not_reported_as_damage(
    path: Path, key: DatabaseKey, rounds: int
) -> None:
    child = multiprocessing.get_context("fork").Process(
        target=_write_and_die, args=(path, key, rounds)
    )
    child.start()
    child.join()
    assert path.with_name("outbox.db-wal").stat().st_size > 0
    store = Store(path, key)
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM decision").fetchone() == (rounds,)
    store.close()


def test_tidying_empties_the_log(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with store.writing() as connection:
        connection.execute("UPDATE feed SET cursor = 7")
    assert path.with_name("outbox.db-wal").stat().st_size > 0
    store.tidy()
    assert path.with_name("outbox.db-wal").stat().st_size == 0
    store.close()


def test_tidying_does_not_wait_for_a_reader(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with store.writing() as connection:
        connection.execute("UPDATE feed SET cursor = 7")
    store._reader.execute("BEGIN")
    store._reader.execute("SELECT * FROM feed").fetchone()
    with store.writing() as connection:
        connection.execute("UPDATE feed SET cursor = 8")
    store.tidy()
    assert path.with_name("outbox.db-wal").stat().st_size > 0
    store._reader.execute("COMMIT")
    store.tidy()
    assert path.with_name("outbox.db-wal").stat().st_size == 0
    store.close()


# -- damage -------------------------------------------------------------------------------------
def test_every_damaged_store_is_noticed_when_it_is_opened(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with store.writing() as connection:
        for number in range(60):
            connection.execute(
                "INSERT INTO decision VALUES (?, 1, ?, NULL, NULL, '')",
                (f"{number}", os.urandom(2000).hex()),
            )
    store.close()
    whole = path.read_bytes()
    by = chance(7)
    for _ in range(60):
        path.write_bytes(damaged_database(whole, by))
        with pytest.raises((StoreDamaged, StoreKeyWrong)):
            Store(path, key)
    path.write_bytes(whole)
    check_pages(path, key)


# -- growing ------------------------------------------------------------------------------------
def test_a_newer_store_is_refused_in_words_and_not_changed(path: Path, key: DatabaseKey) -> None:
    made(path, key)
    connection = connect(path, key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    here = len(shipped())
    with pytest.raises(StoreNewer, match=f"newer version of this program \\(99, here {here}\\)"):
        Store(path, key)
    assert path.read_bytes() == before


def test_a_migration_leaves_a_copy_of_what_was_before(path: Path, key: DatabaseKey) -> None:
    made(path, key)
    store = Store(path, key, (*shipped(), NEXT))
    with store.reading() as connection:
        assert connection.execute("SELECT a FROM added").fetchone() == ("there",)
    store.close()
    assert version(path, key) == NEWEST + 1
    assert version(path.with_name(f"outbox.db.before-{NEWEST + 1:04}"), key) == NEWEST


def test_a_migration_that_fails_changes_nothing(path: Path, key: DatabaseKey) -> None:
    made(path, key)
    with pytest.raises(dbapi2.OperationalError, match="nowhere"):
        Store(path, key, (*shipped(), BROKEN))
    assert version(path, key) == NEWEST
    Store(path, key, (*shipped(), NEXT)).close()
    assert version(path, key) == NEWEST + 1


def test_the_first_store_needs_no_copy(path: Path, key: DatabaseKey) -> None:
    made(path, key)
    assert [file.name for file in path.parent.iterdir()] == ["outbox.db"]


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    assert [number for number, _ in shipped()] == list(range(1, len(shipped()) + 1))


# -- transactions -------------------------------------------------------------------------------
def test_what_fails_inside_a_transaction_never_happened(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)

    def fail(connection: Any) -> None:
        connection.execute("UPDATE feed SET cursor = 7")
        raise LookupError

    with pytest.raises(LookupError), store.writing() as connection:
        fail(connection)
    with store.reading() as connection:
        assert connection.execute("SELECT cursor FROM feed").fetchone() == (0,)
    store.close()


def test_no_room_for_another_page_is_a_problem_and_the_store_lives_on(
    path: Path, key: DatabaseKey
) -> None:
    store = Store(path, key)
    size = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {size}")
    with pytest.raises(DiskFull), store.writing() as connection:
        connection.execute(
            "INSERT INTO decision VALUES ('a', 1, ?, NULL, NULL, '')", ("x" * 90000,)
        )
    with store.writing() as connection:
        connection.execute("UPDATE feed SET cursor = 3")
    with store.reading() as connection:
        assert connection.execute("SELECT cursor FROM feed").fetchone() == (3,)
    store.close()


def test_a_store_that_somebody_holds_is_a_problem_to_try_later(
    path: Path, key: DatabaseKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_BUSY_SECONDS", 0.05)
    store = Store(path, key)
    other = connect(path, key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy), store.writing():
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.writing():
        pass
    store.close()


def test_a_mistake_in_our_own_sql_is_a_bug_not_a_problem(path: Path, key: DatabaseKey) -> None:
    store = Store(path, key)
    with pytest.raises(dbapi2.OperationalError) as bug, store.reading() as connection:
        connection.execute("SELECT nothing FROM nowhere")
    assert not isinstance(bug.value, Problem)
    store.close()
