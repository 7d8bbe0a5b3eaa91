"""The packages of the system: installed where that is allowed, else the line to type is shown."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from set_up.places import WINDOWS
from set_up.steps import SetUpError, run_step

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBIAN_PACKAGES: Final = (
    # Qt and OpenCV, without a screen and with one.
    *("libegl1", "libgl1", "libfontconfig1", "libglib2.0-0", "libxkbcommon0", "libdbus-1-3"),
    *("libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"),
    # The second reader, and the type faces of documents and screens.
    *("tesseract-ocr", "tesseract-ocr-chi-sim", "fonts-noto-cjk", "fonts-ocr-b"),
    # The tests watch everything that the client writes.
    "strace",
    # And let several servers of the reference carrier share a database that one test starts.
    "postgresql",
)
VENV_PACKAGE: Final = f"python3.{sys.version_info.minor}-venv"


def base_python() -> str:
    """Return the Python behind any virtual environment this may have been started from."""
    return str(getattr(sys, "_base_executable", sys.executable))


def has_module(name: str) -> bool:
    """Say whether this Python has a module; Debian's comes without ``ensurepip``."""
    return importlib.util.find_spec(name) is not None


def missing_packages(wanted: Sequence[str], listing: str) -> list[str]:
    """Name the wanted packages that are neither installed nor provided by an installed one.

    Args:
        wanted: names of packages.
        listing: lines of status, name and what it provides, with tabs between.
    """
    present: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            present.add(package)
            present.update(name.split()[0] for name in provides.split(",") if name.strip())
    return [package for package in wanted if package not in present]


def _missing_here() -> list[str]:
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"]
    listing = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603  fixed command, no shell
    venv_lacks = not has_module("ensurepip") and base_python().startswith("/usr/bin/")
    return missing_packages([*([VENV_PACKAGE] if venv_lacks else []), *DEBIAN_PACKAGES], listing)


def set_up_system() -> bool:
    """Install what is missing where that is possible; say whether all is there."""
    if WINDOWS:
        if not shutil.which("tesseract"):
            print("  Tesseract is not on the PATH. It is optional: the second reader stays off.")
        return True
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        print("  This is no Debian. Should a library be missing, these are the names there:")
        print("    " + " ".join(DEBIAN_PACKAGES))
        return True
    missing = _missing_here()
    by_hand = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if missing and sys.platform != "win32" and os.geteuid() != 0:
        print(f"  Packages of the system are missing. To install them, type:\n    sudo {by_hand}")
        return False
    if missing:
        try:
            _apt_get_install(missing)
        except SetUpError as error:
            print(f"  {error}\n  Going on without them. To install them later: {by_hand}")
            return False
        importlib.invalidate_caches()  # ensurepip may have come with them
    return True


def _apt_get_install(packages: Sequence[str]) -> None:
    """Install packages, refreshing the lists where there are none or where they are too old.

    Raises:
        SetUpError: apt-get failed, also with fresh lists.
    """
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    patient = ("apt-get", "-y", "-o", "DPkg::Lock::Timeout=120")
    install = (*patient, "install", "--no-install-recommends", *packages)
    title = f"Installing {len(packages)} packages of the system"
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")):
        with contextlib.suppress(SetUpError):
            run_step(title, install, "", quiet)
            return
    run_step("Refreshing the package lists", (*patient, "update"), "Is there a network?", quiet)
    run_step(title, install, "", quiet)
