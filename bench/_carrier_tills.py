"""A crowd of tills for the carrier's bench: each seals, sends, and insists on its receipt."""

import http.client
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any, Final

from carrier_sandbox.conformance.till import Broken, Sealed, Till
from carrier_sandbox.conformance.wire import Wire

_BREATH_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Crowd:
    """What one process of tills has to do. Packets sealed `beforehand` cost no time later."""

    url: str
    invitations: tuple[Mapping[str, Any], ...]
    packets: int
    beforehand: bool


@dataclass(frozen=True, slots=True)
class Got:
    """A receipt a till believed: which packet, the carrier's reference, first or duplicate."""

    packet_id: str
    carrier_ref: str
    duplicate: bool


@dataclass(slots=True)
class _Seat:
    till: Till
    packets: list[Sealed]
    got: list[Got]
    repeats: int = 0


def work(crowd: Crowd, pipe: Connection, start: Event, done: Any) -> None:
    """Run a crowd in this process: enrol, wait for the start, send everything, report."""
    seats = [_seat(crowd, each) for each in crowd.invitations]
    pipe.send("ready")
    start.wait()
    threads = [threading.Thread(target=_send, args=(seat, crowd, done)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send([got for seat in seats for got in seat.got])
    pipe.send(sum(seat.repeats for seat in seats))


def _seat(crowd: Crowd, invitation: Mapping[str, Any]) -> _Seat:
    wire = Wire(crowd.url, invitation["carrier"]["ca_pem"], keep=True)
    till = Till(invitation, wire, _now)
    till.device_id = str(till.believed(till.enrol(), "enrolment")["device_id"])
    ready = [till.seal() for _ in range(crowd.packets)] if crowd.beforehand else []
    return _Seat(till, ready, [])


def _send(seat: _Seat, crowd: Crowd, done: Any) -> None:
    dice = random.Random(seat.till.device_id)
    for number in range(crowd.packets):
        packet = seat.packets[number] if crowd.beforehand else seat.till.seal()
        seat.got.append(_insist(seat, packet, dice))
        with done.get_lock():
            done.value += 1
    seat.till.wire.close()


def _insist(seat: _Seat, packet: Sealed, dice: random.Random) -> Got:
    """Send until there is a receipt, as a till does."""
    while True:
        try:
            said = seat.till.receipt(seat.till.put(packet), packet)
        except (OSError, http.client.HTTPException, Broken):
            seat.repeats += 1
            time.sleep(dice.uniform(0, _BREATH_S))  # noqa: TID251 - a till waits; nothing tells it when
            continue
        return Got(packet.id, str(said["carrier_ref"]), bool(said["duplicate"]))


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - held against a real server's clock
