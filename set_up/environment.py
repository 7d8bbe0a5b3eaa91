"""The Python environment in ``.venv``: made once, and again when it is not what it should be."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from set_up.places import CHECKS_LOCK, PROGRAM_LOCK, ROOT, VENV, VENV_PYTHON
from set_up.steps import SetUpError, run_step
from set_up.system import VENV_PACKAGE, base_python, has_module

if TYPE_CHECKING:
    from collections.abc import Iterator

STAMP: Final = VENV / "pos-setup.json"
PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
AGAIN: Final = "Start this again; if it keeps failing, delete the folder .venv first."

Stamp = dict[str, str]


def read_stamp() -> Stamp | None:
    """Return what the last set-up finished with, {} if it did not finish, None if none began."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: Stamp) -> None:
    """Put the stamp into place whole; an empty one means that work is under way."""
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    part.replace(STAMP)


def wanted_stamp(lock: str) -> Stamp:
    """Return what the stamp says after a finished set-up with this lock."""
    files = {"pyproject.toml", PROGRAM_LOCK, lock}
    return {"root": str(ROOT), "python": PYTHON, **{name: _digest(name) for name in sorted(files)}}


def vouches(stamp: Stamp | None, wanted: Stamp, python: Path = VENV_PYTHON) -> bool:
    """Say whether the stamp vouches for all that is wanted, and its Python is there."""
    return stamp is not None and wanted.items() <= stamp.items() and python.exists()


def set_up_environment(lock: str) -> None:
    """Do the steps that the stamp does not vouch for, then stamp the result.

    Raises:
        SetUpError: a step failed; the next start takes up from here.
    """
    wanted = wanted_stamp(lock)
    with _one_at_a_time():
        stamp = read_stamp()
        if vouches(stamp, wanted):  # another start did it while we waited
            return
        if not _can_be_kept(stamp):
            _make_environment()
            stamp = None
        done = stamp or {}
        write_stamp({})
        if done.get(lock) != wanted[lock]:
            _install_packages(lock)
        _install_checkout()
        still_true = {
            name: digest
            for name, digest in done.items()
            if name == "system" or (name == CHECKS_LOCK and digest == _digest(name))
        }
        write_stamp(still_true | wanted)


def _can_be_kept(stamp: Stamp | None) -> bool:
    """Say whether the folder may be built upon: finished, of this Python, and in its place."""
    if not VENV_PYTHON.exists():
        return False
    if stamp is None:  # somebody else made it
        with contextlib.suppress(OSError):
            return f"version = {PYTHON}." in (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
        return False
    return stamp.get("root") == str(ROOT) and stamp.get("python") == PYTHON


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let a second set-up of the same checkout wait for the first."""
    if sys.platform == "win32":  # has no lock on a whole file that would not shut readers out
        yield
    else:
        import fcntl  # noqa: PLC0415  does not exist on Windows

        with Path(__file__).open("rb") as held:
            # What a step starts holds the lock too: if we are killed, the next set-up waits until
            # pip has left the folder.
            os.set_inheritable(held.fileno(), True)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print(
                    "  Another set-up of this folder is still at work; waiting for it.", flush=True
                )
                fcntl.flock(held, fcntl.LOCK_EX)
            yield


def _make_environment() -> None:
    """Make .venv from nothing.

    Raises:
        SetUpError: this Python has neither what that takes nor a pip that could stand in.
    """
    if not has_module("venv") or not (has_module("ensurepip") or has_module("pip")):
        msg = (
            "This Python cannot make virtual environments: its part `ensurepip` is missing.\n"
            f"On Debian, type: sudo apt-get install {VENV_PACKAGE}    Then start this again."
        )
        raise SetUpError(msg)
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    write_stamp({})
    without_pip = [] if has_module("ensurepip") else ["--without-pip"]
    make = [base_python(), "-m", "venv", *without_pip, str(VENV)]
    run_step("Making the Python environment", make, AGAIN)


def pip() -> list[str]:
    """Return the command that installs into .venv: its own pip, or the one of the base Python."""
    places = ("lib/python*/site-packages", "Lib/site-packages")
    if any(found for place in places for found in VENV.glob(f"{place}/pip/__main__.py")):
        return [str(VENV_PYTHON), "-m", "pip"]
    return [base_python(), "-m", "pip", "--python", str(VENV_PYTHON)]


def _install_packages(lock: str) -> None:
    """Install exactly what the lock names, each file held against its hash."""
    count = sum("==" in line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    exactly = ("--require-hashes", "--no-deps", "--only-binary=:all:")
    run_step(
        f"Installing {count} pinned packages",
        [*pip(), "install", *exactly, "-r", lock],
        "Is there a network? Start this again: what has been fetched is kept.",
    )


def _install_checkout() -> None:
    """Let .venv know this checkout, and give it the commands pos-client and pos-carrier."""
    local = ("--no-deps", "--no-build-isolation", "--no-index")
    command = [*pip(), "install", *local, "--editable", str(ROOT)]
    run_step("Installing this checkout", command, AGAIN)
