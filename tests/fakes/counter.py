"""A whole counter for journeys: a real desk on a real store, ready to talk to a real carrier."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from pos_client.capture.camera_problems import CameraNotFound
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine, OpenCamera
from pos_client.model.draft import Draft
from pos_client.model.field import Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import NoticeAnswer, OperatorNumber
from pos_client.model.rules import Severity
from pos_client.outbox.keys import Argon2Cost
from pos_client.outbox.keystore import Keystore
from pos_client.settings import Settings
from pos_client.sync.policy import Policy

OPERATOR = OperatorNumber("1001")
PIN = Private("135790")
#: Cheap on purpose: these tests are not about how dear a guess is.
CHEAP = Argon2Cost(memory_kib=8, time=1)
#: Tries again at once, so that a journey with faults does not wait.
EAGER = Policy(
    first_s=0.01,
    longest_s=0.05,
    start_spread_s=0.0,
    poll_s=0.05,
    purge_s=0.0,
    tick_s=0.02,
    clock_s=60.0,
)


def no_camera(spec: str) -> NoReturn:
    raise CameraNotFound(camera=spec)


def open_counter(
    home: Path,
    clock: Callable[[], datetime],
    open_camera: OpenCamera = no_camera,
    patience: Policy = EAGER,
    keystore: Keystore | None = None,
    **more: Any,
) -> Desk:
    """Return a desk whose folder is `home`; nobody is signed in yet. `more` goes to its Machine."""
    machine = Machine(
        clock=clock,
        open_camera=open_camera,
        boot_id="boot-1",
        keystore=keystore,
        patience=patience,
        cost=CHEAP,
        **more,
    )
    return Desk(Settings(home=home), machine)


def fill(desk: Desk, readings: tuple[Reading, ...], msisdn: str, iccid: str) -> Draft:
    """Do what a clerk does from F2 up to the read-back: all but submit."""
    return fill_in(desk, desk.begin(), readings, msisdn, iccid)


def fill_in(
    desk: Desk, draft: Draft, readings: tuple[Reading, ...], msisdn: str, iccid: str
) -> Draft:
    """Do the same on a draft that was begun."""
    for reading in readings:
        draft = desk.take_reading(draft, reading)
    draft = desk.set_line(draft, Private(msisdn), Private(iccid), Source.BARCODE)
    for notice in desk.policy().notices:
        answer = NoticeAnswer(notice.id, notice.version, "zh_CN", 4000, accepted=True)
        draft = desk.answer_notice(draft, answer)
    for finding in desk.findings(draft):
        if finding.severity is Severity.WARN:
            draft = desk.confirm(draft, finding.rule)
    return desk.read_back(draft, done=True)


class MovedClock:
    """A clock that only moves when a test says so."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)
