"""Starts a PostgreSQL of its own in a folder that is thrown away, as a user without rights."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final, Self

#: What to type where there is none.
INSTALL: Final = "apt-get install postgresql"
_SETTINGS: Final = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    # Left as they are delivered, and said aloud: what is measured is durable.
    "fsync": "on",
    "synchronous_commit": "on",
}


class NoPostgres(Exception):
    """PostgreSQL is not installed here."""

    def __init__(self) -> None:
        super().__init__(f"PostgreSQL is not installed. Type: {INSTALL}")


class Postgres:
    """A database server that lives as long as the block."""

    def __init__(self) -> None:
        self._programs = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="pos-postgres-"))
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            person = pwd.getpwnam("postgres")
            os.chown(self._folder, person.pw_uid, person.pw_gid)
            self._as = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgresql:///postgres?host={self._folder}&user=pos"

    def __enter__(self) -> Self:
        data = str(self._folder / "data")
        self._run(
            "initdb", "-D", data, "-U", "pos", "-A", "trust", "--no-instructions", "--no-sync"
        )
        settings = " ".join(
            f"-c {name}={value or chr(39) * 2}" for name, value in _SETTINGS.items()
        )
        log = str(self._folder / "log")
        options = f"-k {self._folder} {settings}"
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        return self

    def __exit__(self, *_: object) -> None:
        data = str(self._folder / "data")
        self._run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [str(self._programs / program), *arguments],
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self._as,
        )
        if done.returncode:
            raise OSError(done.stdout)


def programs() -> Path:
    """Return the folder with PostgreSQL's programs, of the newest version that is installed.

    Raises:
        NoPostgres: there is none.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    if elsewhere is None:
        raise NoPostgres
    return Path(elsewhere).parent


def _version(file: Path) -> int:
    digits = file.parents[1].name.partition(".")[0]
    return int(digits) if digits.isdecimal() else 0
