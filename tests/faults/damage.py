"""Damages databases and packets in every way a disk or a person may, and asks who noticed.

A damaged database is opened by a process of its own, so that a crash would be seen; it has to be
noticed, and if it is not, every value must be what it was. A damaged packet must neither be sent
nor taken in.
"""

import logging
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem
from pos_client.model.row import RowState
from pos_client.outbox.exchange import DATABASE
from pos_client.outbox.problems import PacketNotOurs
from tests.fakes.outbox_till import CLERK, LABELS, NOON, OutboxTill, new_id
from tests.faults.scenes import DRAFT, PICTURES, SUBJECT, all_rows, copy, earlier, till_in
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch

if TYPE_CHECKING:
    from pos_client.model.registration import RegistrationId

_TIMES: Final = {Size.SHORT: 60, Size.USUAL: 1000, Size.LONG: 1000}
_PAGE: Final = 8192
_AT_ONCE: Final = 50

Damage = Callable[[bytearray, random.Random], None]


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _zero(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(0, len(data), 512)
    data[at : at + 512] = bytes(len(data[at : at + 512]))


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _append(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.randint(1, 2 * _PAGE))


def _random(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    length = min(len(data) - at, chance.choice((16, 512, 4096)))
    data[at : at + length] = chance.randbytes(length)


def _shift(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.randbytes(chance.randint(1, 16))


def _swap(data: bytearray, chance: random.Random) -> None:
    size = _PAGE if len(data) >= 2 * _PAGE else 64
    first, second = chance.sample(range(len(data) // size), 2)
    one, two = slice(first * size, (first + 1) * size), slice(second * size, (second + 1) * size)
    data[one], data[two] = data[two], data[one]


_DAMAGES: Final[dict[str, Damage]] = {
    "a bit turned over": _flip,
    "a sector of zeros": _zero,
    "cut short": _cut,
    "something behind it": _append,
    "random bytes": _random,
    "bytes put in": _shift,
    "two places exchanged": _swap,
}


def _damaged(good: bytes, number: int, chance: random.Random) -> tuple[str, bytes]:
    name = list(_DAMAGES)[number % len(_DAMAGES)]
    data = bytearray(good)
    while data == good:
        _DAMAGES[name](data, chance)
    return name, bytes(data)


# -- databases --------------------------------------------------------------------------------


def damaged_databases(size: Size, progress: Progress) -> Outcome:
    """Damage the database in many ways; every one is noticed, and no value is wrong."""
    outcome = Outcome(zeros=("crash", "bug", "silent wrong value", "not noticed"))
    chance = random.Random(1)  # noqa: S311 - to be repeated, not to be secret
    with scratch(memory=True) as folder:
        template, home = folder / "template", folder / "till"
        _full_till(template)
        truth = _everything(template)
        good = (template / DATABASE).read_bytes()
        for number in range(_TIMES[size]):
            copy(template, home)
            name, data = _damaged(good, number, chance)
            (home / DATABASE).write_bytes(data)
            for ending in ("-wal", "-shm"):
                (home / f"{DATABASE}{ending}").unlink(missing_ok=True)
            verdict = _in_a_child(lambda: _look(home, truth))
            outcome.seen[f"{name}: {verdict.partition(' (')[0]}"] += 1
            if not verdict.startswith("noticed"):
                outcome.wrong.append(f"{verdict}: {name}, number {number}")
            outcome.faults += 1
            progress(outcome.faults, _TIMES[size])
    return outcome


def _full_till(folder: Path) -> None:
    earlier(folder)
    till = till_in(folder)
    for _ in range(20):
        till.send()
    till.outbox.save_draft(SUBJECT, CLERK, DRAFT, PICTURES, LABELS, NOON)
    till.outbox.tidy()
    till.outbox.close()


def _everything(folder: Path) -> list[Any]:
    """Return every value that the outbox gives out; raises the Problem that says what is wrong."""
    till = till_in(folder)
    outbox = till.outbox
    try:
        outbox.check_store()
        broken = outbox.verify_journal()
        rows = all_rows(till.outbox)
        receipts = [outbox.stored_receipt(row.id) for row in rows]
        return [broken, rows, receipts, outbox.drafts(CLERK), outbox.next_link(), outbox.figures()]
    finally:
        outbox.close()


def _look(folder: Path, truth: list[Any]) -> str:
    try:
        found = _everything(folder)
    except Problem as problem:
        return f"noticed ({problem.code})"
    if found[0] is not None:
        return "noticed in the journal"
    return "not noticed" if found == truth else "silent wrong value"


def _in_a_child(look: Callable[[], str]) -> str:
    """Run in a forked process: what would end the program ends only that one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            said = look()
        except BaseException as bug:  # noqa: BLE001 - the parent has to hear of it
            said = f"bug: {bug!r}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    said_bytes = os.read(reading, 65536)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"crash (signal {os.WTERMSIG(status)})"
    return said_bytes.decode()


# -- packets ----------------------------------------------------------------------------------


def damaged_packets(size: Size, progress: Progress) -> Outcome:
    """Damage packets that wait and packets without a row; none is sent, none is taken in."""
    outcome = Outcome(zeros=("sent", "taken in", "gone", "not noticed"))
    chance = random.Random(2)  # noqa: S311 - to be repeated, not to be secret
    while outcome.faults < _TIMES[size]:
        with scratch(memory=True) as folder, _silence():
            till = till_in(folder / "till")
            _strays(till, chance, outcome)
            _waiting(till, chance, outcome)
            till.outbox.close()
        progress(outcome.faults, _TIMES[size])
    return outcome


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the log out of the way: it has a line for each damaged packet, which is as it should."""
    log = logging.getLogger("pos_client")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _strays(till: OutboxTill, chance: random.Random, outcome: Outcome) -> None:
    strays: set[RegistrationId] = set()
    for number in range(_AT_ONCE // 2):
        packet = till.seal(new_id())
        name, data = _damaged(packet.data, number, chance)
        till.packet_file(packet.id).write_bytes(data)
        strays.add(packet.id)
        try:
            till.outbox._packets.check(data)
            outcome.wrong.append(f"not noticed: {name}")
        except (PacketDamaged, PacketNotOurs):
            outcome.seen[f"{name}: without a row, noticed"] += 1
        outcome.faults += 1
    till.outbox.recover(NOON)
    outcome.wrong += [f"taken in: {row.id}" for row in all_rows(till.outbox) if row.id in strays]
    aside = {file.name[:36] for file in till.outbox._packets.aside.iterdir()}
    outcome.wrong += [f"gone: {id_}" for id_ in strays if id_ not in aside]


def _waiting(till: OutboxTill, chance: random.Random, outcome: Outcome) -> None:
    waiting = [till.submit() for _ in range(_AT_ONCE // 2)]
    for number, row in enumerate(waiting):
        file = till.packet_file(row.id)
        name, data = _damaged(file.read_bytes(), number, chance)
        file.write_bytes(data)
        outcome.seen[f"{name}: while it waits, not sent"] += 1
        outcome.faults += 1
    while (leased := till.outbox.lease(NOON)) is not None:
        outcome.wrong.append(f"sent: {leased.row.id}")
    states = {row.id: row.state for row in all_rows(till.outbox)}
    outcome.wrong += [
        f"not noticed: {row.id}"
        for row in waiting
        if states[row.id] is not RowState.QUARANTINED or not till.packet_file(row.id).exists()
    ]


TRIALS: Final = (
    Trial("databases", "Damaged databases", damaged_databases),
    Trial("packets", "Damaged packets", damaged_packets),
)
