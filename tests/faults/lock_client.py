"""The client whose memory is looked into: it serves a customer, is locked, and waits.

It is told the PIN and what the customer says on its standard input, so that nothing of it is in the
program itself.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NoReturn

from pos_client.capture.camera_problems import CameraNotFound
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine
from pos_client.model.document import DocumentKind
from pos_client.model.field import FieldName, Source
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox.keys import Argon2Cost
from pos_client.outbox.process import harden
from pos_client.settings import Settings

#: What the customer says, in this order, after the PIN.
TYPED: Final = ("name", "address", "id_number")
CHEAP: Final = Argon2Cost(memory_kib=8, time=1)


def main() -> None:
    """Serve, park, lock, say so, and wait for a word."""
    harden()
    machine = Machine(_now, _no_camera, "boot-1", None, cost=CHEAP)
    desk = Desk(Settings(home=Path(sys.argv[1])), machine)
    desk.sign_in(OperatorNumber(sys.argv[2]), Private(_heard()))
    draft = desk.choose_document(desk.begin(), DocumentKind("cn.resident_id.2"))
    for name in TYPED:
        draft = desk.type_field(draft, FieldName(name), Private(_heard()))
    desk.set_line(draft, Private(_heard()), Private(""), Source.TYPED)
    del draft
    desk.lock()
    sys.stdout.write("locked\n")
    sys.stdout.flush()
    os.read(0, 1)


def _heard() -> str:
    """Read one line letter by letter: no buffer of this program is to hold what is looked for."""
    line = bytearray()
    while (letter := os.read(0, 1)) != b"\n":
        line += letter
    heard = line.decode()
    line[:] = bytes(len(line))
    return heard


def _no_camera(spec: str) -> NoReturn:
    raise CameraNotFound(camera=spec)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a front door of its own


if __name__ == "__main__":
    main()
