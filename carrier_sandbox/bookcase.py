"""Opens the books the carrier was told to use: its own file, or a PostgreSQL servers share."""

from pathlib import Path

from carrier_sandbox.database import Database, DatabaseUnfit
from carrier_sandbox.sqlite import SqliteDatabase


def opened(home: Path, url: str | None) -> Database:
    """Open the database at `url`, or without one the file in the home folder.

    Raises:
        DatabaseUnfit: no such kind of database, its driver is missing, or it runs without fsync.
        DatabaseAway: nobody answers at `url`.
    """
    if url is None:
        return SqliteDatabase(home / "carrier.sqlite")
    if not url.startswith(("postgresql://", "postgres://")):
        raise DatabaseUnfit("a database URL starts with postgresql://")
    try:
        from carrier_sandbox.postgres import PostgresDatabase  # noqa: PLC0415 - an optional extra
    except ModuleNotFoundError as err:
        raise DatabaseUnfit("PostgreSQL needs: pip install 'pos-client[postgres]'") from err
    return PostgresDatabase(url)
