"""The carrier of the demo: a real server in a process of its own, with a switch for the network."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from demo.director import NotSeen


class CarrierProcess:
    """Starts, stops and asks `pos-carrier` as anybody could from a terminal."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = _free_port()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Bring the network up: serve, and return once tills are answered."""
        command = [*self._command(), "serve", "--decide-after", "0.5"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
        said = self._process.stdout.readline() if self._process.stdout else ""
        if not said.startswith("Serving"):
            message = "the sandbox carrier did not start"
            raise NotSeen(message)

    def stop(self) -> None:
        """Take the network down: nobody answers at the carrier's address any more."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def invite(self) -> Path:
        """Return the file of a new invitation for one till of a training outlet."""
        file = self._home.parent / "invitation.json"
        self._run("invite", "--training", "--outlet", "Outlet 001 · Demo", "--out", str(file))
        return file

    def received(self) -> list[str]:
        """Return the ids of all registrations the carrier holds, oldest first."""
        return [json.loads(line)["id"] for line in self._run("list", "--json").splitlines()]

    def record(self, registration: str) -> dict[str, Any]:
        """Return a registration as the carrier reads it after opening the packet with its key."""
        opened: dict[str, Any] = json.loads(self._run("show", registration, "--json"))
        return opened

    def _run(self, *arguments: str) -> str:
        command = [*self._command(), *arguments]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - as above
        return done.stdout

    def _command(self) -> list[str]:
        place = ["--home", str(self._home), "--port", str(self._port)]
        return [sys.executable, "-m", "carrier_sandbox", *place]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
