"""How much a till grows when the other end wants to drown it: `python -m tests.faults.memory`."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from carrier_sandbox import Behaviour, Sandbox
from pos_client.carrier.http import HttpCarrier, Limits
from pos_client.carrier.invitation import parse_invitation
from pos_client.model.problems import Problem
from tests.fakes.sandbox_till import SandboxTill, real_now
from tests.faults.bad_line import AT_HANDSHAKE, BadLine, Trouble
from tests.faults.bad_network import certificates

LIMITS: Final = Limits(connect_s=2.0, read_s=1.0, slowest_link=1_000_000)
_ROUNDS: Final = 4
_MB: Final = 1024.0
_STATUS: Final = Path("/proc/self/status")


def growth() -> dict[str, float]:
    """Return by how many MB this process grew at its highest under each hostile answer."""
    with tempfile.TemporaryDirectory(prefix="memory-") as home, _other_end(Path(home)) as end:
        till = SandboxTill(end.invitation, device_id="till-7")
        sample = till.seal(images=(bytes(300_000),))
        carrier = HttpCarrier(end.invitation.carrier, "till-7", till.key.sign, real_now, LIMITS)
        found = {}
        for kind in Trouble:
            if kind in AT_HANDSHAKE or kind is Trouble.NONE:
                continue
            end.play(kind)
            before = _peak(start_anew=True)
            for _ in range(_ROUNDS):
                try:
                    carrier.submit(sample.id, sample.data, sample.sha256)
                except Problem:
                    continue
            found[kind.value] = (_peak() - before) / _MB
        carrier.close()
    return found


class _End:
    """The other end, in a process of its own, so that what it needs is not counted as ours."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.faults.memory", "--serve", str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        invitation, authority, port = json.loads(self._line())
        told = parse_invitation(invitation.encode())
        url = f"https://127.0.0.1:{port}"
        self.invitation = replace(told, carrier=replace(told.carrier, url=url, ca_pem=authority))

    def play(self, kind: Trouble) -> None:
        """Answer like this from now on."""
        assert self._process.stdin is not None
        print(kind.name, file=self._process.stdin, flush=True)
        self._line()

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def _other_end(home: Path) -> Iterator[_End]:
    end = _End(home)
    try:
        yield end
    finally:
        end.close()


def serve(home: Path) -> None:
    """Be the other end: play the kinds that come in by name, one a line."""
    with Sandbox(home / "carrier", real_now, Behaviour()) as sandbox:
        authority, pairs = certificates()
        invitation = sandbox.invitation()
        ca_pem = parse_invitation(invitation).carrier.ca_pem or ""
        line = BadLine(home, pairs, int(sandbox.url.rpartition(":")[2]), ca_pem)
        _say(json.dumps([invitation.decode(), authority.certificate.decode(), line.port]))
        for name in sys.stdin:
            kind = Trouble[name.strip()]
            line.draw = lambda _rng, kind=kind: kind  # type: ignore[misc]  # bound in the loop
            _say("ready")
        threading.Event().wait()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _peak(*, start_anew: bool = False) -> int:
    """Return the most memory this process ever held, in KB; from now on where `start_anew`."""
    if start_anew:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    fields = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines())
    return int(fields["VmHWM"].split()[0])


def main(arguments: Sequence[str]) -> int:
    """Print a table, or JSON with `--json`; 1 where anything grew by 20 MB or more."""
    if arguments[:1] == ["--serve"]:
        serve(Path(arguments[1]))
        return 0
    found = growth()
    if arguments[:1] == ["--json"]:
        _say(json.dumps(found))
    else:
        _say("| answer | grew by MB |\n|---|--:|")
        for kind, mb in sorted(found.items(), key=lambda entry: -entry[1]):
            _say(f"| {kind} | {mb:.1f} |")
    return 0 if max(found.values()) < 20.0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
