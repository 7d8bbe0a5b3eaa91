"""A look at everything that keeps registrations safe, in lines a supervisor can read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem
from pos_client.outbox import enrolment, key_file, room, times
from pos_client.outbox.outbox import PACKETS, Outbox
from pos_client.outbox.packets import Packets
from pos_client.outbox.problems import PacketNotOurs

_FEW_LEFT: Final = 200
_CLOCK_SLACK: Final = timedelta(minutes=5)


class Health(StrEnum):
    """How well something is. UNKNOWN where it cannot be seen before somebody signed in."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One finding. `text` is an English template that `values` fill; screens translate it first."""

    about: str
    health: Health
    text: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map(self.values)


def examine(
    folder: Path,
    outbox: Outbox | None,
    now: datetime,
    free_bytes: Callable[[Path], int] = room.free_bytes,
) -> tuple[HealthLine, ...]:
    """Look at the till in `folder` without changing anything.

    Args:
        folder: the till's private folder.
        outbox: the open outbox; None where nobody signed in, then the store is not looked into.
        now: aware time, UTC.
        free_bytes: how much room the disk of a folder has.
    """
    examined = [
        _guarded("enrolment", lambda: _enrolment(folder)),
        _guarded("keys", lambda: _keys(folder)),
        _guarded("packets", lambda: _packets(folder)),
        _guarded("disk", lambda: _disk(free_bytes(_there(folder)), outbox)),
    ]
    if outbox is None:
        text = "The store can only be examined after sign-in"
        return (*examined, HealthLine("store", Health.UNKNOWN, text))
    return (
        *examined,
        _guarded("store", lambda: _store(outbox)),
        _guarded("journal", lambda: _journal(outbox)),
        _guarded("queue", lambda: _queue(outbox)),
        _guarded("clock", lambda: _clock(outbox, now)),
    )


def _there(folder: Path) -> Path:
    """Return the folder, or where it will be made: a till that is not set up has none yet."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())


def _guarded(about: str, look: Callable[[], HealthLine]) -> HealthLine:
    try:
        return look()
    except Problem as problem:
        return HealthLine(about, Health.BAD, problem.title, problem.values)


def _enrolment(folder: Path) -> HealthLine:
    till = enrolment.load(folder)
    text = "This till is {device}, enrolled with {carrier}"
    values: dict[str, object] = {"device": till.device_id, "carrier": till.carrier.name}
    return HealthLine("enrolment", Health.GOOD, text, values)


def _keys(folder: Path) -> HealthLine:
    found = key_file.load(folder)
    if found is None:
        return HealthLine("keys", Health.BAD, "This till has no keys yet")
    values: dict[str, object] = {"operators": len(found.slots), "keystore": found.keystore}
    if found.keystore is None:
        text = "{operators} operators; the PIN alone protects the keys (no key store here)"
        return HealthLine("keys", Health.WATCH, text, values)
    return HealthLine(
        "keys", Health.GOOD, "{operators} operators; keys bound to {keystore}", values
    )


def _packets(folder: Path) -> HealthLine:
    found = key_file.load(folder)
    if found is None or not (folder / PACKETS).is_dir():
        return HealthLine("packets", Health.GOOD, "There are no packets yet")
    device_id = enrolment.load(folder).device_id
    packets = Packets(folder / PACKETS, device_id, bytes.fromhex(found.signing_public))
    whole = damaged = 0
    for registration in packets.names():
        try:
            packets.check(packets.peek(registration) or b"")
            whole += 1
        except (PacketDamaged, PacketNotOurs):
            damaged += 1
    values: dict[str, object] = {
        "whole": whole,
        "damaged": damaged,
        "aside": packets.set_aside_count(),
    }
    health = Health.BAD if damaged else Health.WATCH if values["aside"] else Health.GOOD
    text = "{whole} packets are whole, {damaged} damaged, {aside} were set aside"
    return HealthLine("packets", health, text, values)


def _disk(free: int, outbox: Outbox | None) -> HealthLine:
    usual = room.FIRST_GUESS if outbox is None else outbox.usual_size()
    left = room.registrations_left(free, usual)
    health = Health.GOOD if left > _FEW_LEFT else Health.WATCH if left else Health.BAD
    return HealthLine("disk", health, "Room for about {left} registrations", {"left": left})


def _store(outbox: Outbox) -> HealthLine:
    outbox.check_store()
    return HealthLine("store", Health.GOOD, "The store is encrypted and whole")


def _journal(outbox: Outbox) -> HealthLine:
    broken = outbox.verify_journal()
    if broken is None:
        return HealthLine("journal", Health.GOOD, "The journal is whole")
    values: dict[str, object] = {"number": broken.number, "reason": broken.reason}
    return HealthLine("journal", Health.BAD, "Journal entry {number} is {reason}", values)


def _queue(outbox: Outbox) -> HealthLine:
    figures = outbox.figures()
    values: dict[str, object] = {"waiting": figures.waiting, "aside": figures.quarantined}
    health = Health.WATCH if figures.quarantined else Health.GOOD
    return HealthLine(
        "queue", health, "{waiting} wait for the carrier, {aside} for a person", values
    )


def _clock(outbox: Outbox, now: datetime) -> HealthLine:
    last = outbox.journal_time()
    if last and times.moment(last) > now + _CLOCK_SLACK:
        text = "The clock was set back: the journal knows a later time"
        return HealthLine("clock", Health.WATCH, text)
    return HealthLine("clock", Health.GOOD, "The clock agrees with the journal")
