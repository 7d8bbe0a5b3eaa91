"""The whole way, gone once under watch: on the desk alone or on the real window."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from tests.fakes.sandbox_till import real_now
from tests.journey.canary import Canary
from tests.journey.runner import Ended, private_places, way
from tests.journey.watched import Watched, examine, watch
from tests.journey.whole_way import PIN, canary, last_canary, travelling_canary

if TYPE_CHECKING:
    from pathlib import Path

    from carrier_sandbox.packet import Opened


class WatchedWay:
    """What the whole way left: on the disk, in its logs, and in everything it ever wrote."""

    def __init__(self, folder: Path, program: str) -> None:
        """Go the way of `program`, watched, with a crash in the middle."""
        self.folder = folder
        self.seen: list[Watched] = []
        surroundings = private_places(folder / "client")
        invitation = folder / "invitation.json"
        ended: list[Ended] = []
        with Sandbox(folder / "carrier", real_now, Behaviour(decide_after_s=0.0)) as carrier:
            self.carrier = carrier.url.removeprefix("https://")
            invitation.write_bytes(carrier.invitation(training=True))
            for part in ("begin", "resume"):
                command = way(program, folder / "client" / "till", invitation, part)
                ended.append(watch(command, surroundings, folder / part, carrier))
            opened = [carrier.open(id_) for id_ in carrier.received()]
        assert [each.status for each in ended] == [-signal.SIGKILL, 0], ended[-1].logged[-3000:]
        assert len(opened) == 3
        self.canary = Canary.of(_values(opened), _pictures(opened))
        for part, end in zip(("begin", "resume"), ended, strict=True):
            self.seen.append(examine(folder / part, end, self.canary))
            (folder / part).unlink()  # it is large, and full of the canary


def _values(opened: list[Opened]) -> set[str]:
    """Return what was printed, and what was sealed: a misread value is private as well."""
    values = {PIN.reveal()}
    for customer in (canary(), travelling_canary(), last_canary()):
        values |= {*customer.truth.values(), *customer.mrz, customer.msisdn, customer.iccid}
    for each in opened:
        fields = each.record["persons"][0]["document"]["fields"]
        for field in fields.values():
            values |= {field["value"], field["raw"], *field["alternatives"]}
    return values


def _pictures(opened: list[Opened]) -> list[bytes]:
    return [picture for each in opened for _, picture in each.images]
