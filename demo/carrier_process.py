"""The carrier of the demo: a real server in a process of its own, with a switch for the network."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, Self

from demo.director import NotSeen

#: What the carrier plays at first: it has the packet, and the till does not hear of it.
LOSES_AN_ANSWER: Final = {"faults": {"first": ["drop_after"]}, "decide_after_s": None}


class CarrierProcess:
    """Starts, stops and asks `pos-carrier` as anybody could from a terminal."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = _free_port()
        self._process: subprocess.Popen[str] | None = None
        self._met = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Bring the network up: serve, and return once tills are answered.

        The first time, the answer to the first upload is lost on its way back. People decide.
        """
        command = [*self._command(), "serve", "--decide-after", "-1"]
        if not self._met:
            script = self._home.parent / "behaviour.json"
            script.write_text(json.dumps(LOSES_AN_ANSWER), "utf-8")
            command = [*self._command(), "serve", "--behaviour", str(script)]
            self._met = True
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

    def decide(self, registration: str, outcome: str, *why: str) -> None:
        """Be the person at the carrier who decides about a registration."""
        self._run("decide", registration, outcome, *why)

    def repeats(self, registration: str) -> int:
        """Return how often a registration came again although it was there."""
        lines = [json.loads(line) for line in self._run("list", "--json").splitlines()]
        return next(int(line["repeats"]) for line in lines if line["id"] == registration)

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
