"""Runs the whole way in processes of their own, and plays the network for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carrier_sandbox.server import Sandbox

ROOT: Final = Path(__file__).parents[2]
_LONGEST_S: Final = 1800.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, and all that it said."""

    status: int
    said: str = field(repr=False)
    logged: str = field(repr=False)


def private_places(folder: Path) -> dict[str, str]:
    """Return surroundings in which everything a program may write by itself lies in `folder`."""
    places = {
        "HOME": folder / "home",
        "TMPDIR": folder / "tmp",
        "XDG_CACHE_HOME": folder / "home" / "cache",
        "XDG_CONFIG_HOME": folder / "home" / "config",
        "XDG_DATA_HOME": folder / "home" / "data",
        "XDG_RUNTIME_DIR": folder / "run",
    }
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    # Compiled modules are no part of the journey, and would fill the trace.
    return (
        kept
        | {name: str(place) for name, place in places.items()}
        | {
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
        }
    )


def run(
    command: Sequence[str], surroundings: dict[str, str], carrier: Sandbox | None = None
) -> Ended:
    """Run a program to its end; `carrier off` and `carrier on` on its output switch the carrier."""
    with subprocess.Popen(  # noqa: S603 - our own programs, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=surroundings,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        # With all that it started: a watcher that is killed alone leaves the watched one standing.
        overdue = threading.Timer(_LONGEST_S, os.killpg, (process.pid, signal.SIGKILL))
        overdue.start()
        logged: list[str] = []
        listener = threading.Thread(target=lambda: logged.extend(process.stderr or ()))
        listener.start()
        said = ""
        for line in process.stdout:
            said += line
            if carrier is not None and line.startswith("carrier "):
                (carrier.stop if line.endswith("off\n") else carrier.start)()
                process.stdin.write("done\n")
                process.stdin.flush()
        listener.join()
        status = process.wait()
        overdue.cancel()
    return Ended(status, said, "".join(logged))


def way(program: str, home: Path, invitation: Path, part: str) -> list[str]:
    """Return the command that runs one part of the whole way, at the desk or on the window."""
    return [sys.executable, "-m", f"tests.journey.{program}", str(home), str(invitation), part]
