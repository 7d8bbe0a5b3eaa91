"""What the memory of a locked till still holds, counted: the one promise that is not made.

Locking ends what a person may do, not the program, which goes on sending (ADR 011, 023). So the
store's key is expected in memory, and copies of what was typed: they are counted here, so that the
threat model can say it in figures. What has to hold: no core dump, nobody else of the same user
looks in, the PIN and what opens the operator's slot are not kept, and all of it is gone with the
process.
"""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pos_client.model.enrolment import Till
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import enrolment
from pos_client.outbox.custody import Custody
from tests.fakes.counter import CHEAP
from tests.fakes.outbox_till import DEVICE
from tests.fakes.sandbox_till import real_now
from tests.faults.desk_till import far_carrier
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch
from tests.journey.canary import dresses

_OPERATOR: Final = OperatorNumber("1001")
_MAP: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r")
_NO_DUMP: Final = re.compile(r"^Max core file size +0 +0 ", re.MULTILINE)


def after_lock(size: Size, progress: Progress) -> Outcome:
    """Serve a customer in a process of its own, lock it, and count what its memory holds."""
    del size  # there is only one memory to look into
    outcome = Outcome()
    pin = Private(str(secrets.randbelow(9 * 10**9) + 10**9))
    told = ("金丝雀锁定样本", "锁定样本路七七三一号", "110105188808080012", "12000773104")
    with scratch(memory=True) as folder:
        _furnish(folder, pin)
        command = [sys.executable, "-m", "tests.faults.lock_client", str(folder), _OPERATOR]
        with subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as client:
            assert client.stdin is not None
            assert client.stdout is not None
            client.stdin.write("".join(f"{line}\n" for line in (pin.reveal(), *told)))
            client.stdin.flush()
            outcome.expect(client.stdout.readline() == "locked\n", "the client stumbled")
            limits = Path(f"/proc/{client.pid}/limits").read_text(encoding="ascii")
            outcome.expect(_NO_DUMP.search(limits) is not None, "a crash would write a core dump")
            owner = Path(f"/proc/{client.pid}/mem").stat().st_uid
            outcome.expect(owner == 0, "other programs of this user may look in")
            found = _count(client.pid, folder, pin, told) if os.geteuid() == 0 else {}
            client.stdin.write("end\n")
    outcome.seen.update(found)
    outcome.faults = 1
    progress(1, 1)
    return outcome


def _furnish(folder: Path, pin: Private[str]) -> None:
    custody = Custody(folder, None, CHEAP)
    unlocked = custody.create(_OPERATOR, pin, real_now())
    carrier = far_carrier()
    custody.keep_for_carrier(unlocked, carrier.seal_kid, carrier.seal_key, DEVICE)
    enrolment.save(folder, Till(DEVICE, carrier, "SH-0231", ("D-1",), "training"))


def _count(pid: int, folder: Path, pin: Private[str], told: tuple[str, ...]) -> dict[str, int]:
    key = Custody(folder, None, CHEAP).sign_in(_OPERATOR, pin, real_now()).database_key.raw
    sought = {
        "the store's key": [key[:32], key.hex()[:64].encode()],
        "the PIN": _dressed(pin.reveal()),
        "what was typed": [each for text in told for each in _dressed(text)],
    }
    found = dict.fromkeys((f"in memory after the lock: {what}" for what in sought), 0)
    for piece in _memory(pid):
        for what, forms in sought.items():
            found[f"in memory after the lock: {what}"] += sum(map(piece.count, forms))
    return found


def _dressed(text: str) -> list[bytes]:
    return [data for _, data in dresses(text)]


def _memory(pid: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps.splitlines():
            match = _MAP.match(line)
            if match is None or "[v" in line:  # what the system shows of itself
                continue
            start, end = (int(each, 16) for each in match.groups())
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue  # mapped, and not there


TRIALS: Final = (Trial("memory", "The memory of a locked till, counted", after_lock),)
