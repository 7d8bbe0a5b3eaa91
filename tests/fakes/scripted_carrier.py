"""A carrier in memory that keeps the promise of `carrier.api.Carrier`, but for its script."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pos_client.carrier.api import Told
from pos_client.carrier.problems import CarrierUnreachable
from pos_client.model.enrolment import Invitation
from pos_client.model.problems import Problem
from pos_client.model.receipt import Decision, Outcome, Receipt
from pos_client.model.registration import RegistrationId
from tests.fakes.small_outbox import Machine

#: What an upload comes to: None is success; LOST_ANSWER is stored, but the till hears nothing.
Fate = Callable[[], Problem] | None


def LOST_ANSWER() -> Problem:  # noqa: N802 - used like a constant of a script
    """The packet was stored and the line broke."""
    return CarrierUnreachable(cause="connection")


@dataclass
class ScriptedCarrier:
    """Stores by id; plays `script` one upload each, then what `weather` says, else succeeds."""

    machine: Machine
    script: Iterable[Fate] = ()
    weather: Callable[[RegistrationId], Problem | None] = lambda _: None
    offset: timedelta = timedelta(0)
    held: dict[RegistrationId, str] = field(default_factory=dict)
    feed: list[Decision] = field(default_factory=list)
    uploads: list[RegistrationId] = field(default_factory=list)
    questions: int = 0
    page: int = 100
    _fates: deque[Fate] = field(init=False)

    def __post_init__(self) -> None:
        self._fates = deque(self.script)

    def submit(
        self, packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        """See `Carrier.submit`."""
        if told is not None:
            told(len(data))
        self.machine.wait(self.machine.request_s)
        self.uploads.append(packet_id)
        fate = self._fates.popleft() if self._fates else None
        problem = fate() if fate else self.weather(packet_id)
        if problem is not None and fate is not LOST_ANSWER:
            raise problem
        duplicate = packet_id in self.held
        assert self.held.setdefault(packet_id, sha256) == sha256
        if not duplicate:
            self._decide(packet_id)
        if problem is not None:
            raise problem
        return Receipt(
            packet_id=packet_id,
            packet_sha256=sha256,
            device_id="till-7",
            carrier_ref=f"SC-{len(self.held):08d}",
            duplicate=duplicate,
            received_at=self.machine.wall - self.offset,
            counter=len(data),
            kid="receipt-1",
            message=b"{}",
            signature=bytes(64),
        )

    def carry(self, packet_id: RegistrationId, data: bytes, sha256: str, sealer: str) -> Receipt:
        """See `Carrier.carry`."""
        del sealer
        return self.submit(packet_id, data, sha256)

    def begin_upload(
        self, packet_id: RegistrationId, size: int, sha256: str
    ) -> int | Receipt | None:
        """See `Carrier.begin_upload`: this one takes packets as a whole only."""
        del packet_id, size, sha256
        return None

    def upload_offset(self, packet_id: RegistrationId) -> int | None:
        """See `Carrier.upload_offset`."""
        del packet_id
        return None

    def append(
        self,
        packet_id: RegistrationId,
        offset: int,
        piece: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> int | Receipt:
        """See `Carrier.append`."""
        del packet_id, offset, piece, sha256, told
        raise NotImplementedError

    def decisions(self, after: int) -> tuple[Decision, ...]:
        """See `Carrier.decisions`."""
        self._ask()
        return tuple(d for d in self.feed if d.sequence > after)[: self.page]

    def server_time(self) -> datetime:
        """See `Carrier.server_time`."""
        self._ask()
        return self.machine.wall - self.offset

    def enrol(self, invitation: Invitation, device_public_key: bytes) -> str:
        """See `Carrier.enrol`."""
        del invitation, device_public_key
        return "till-7"

    def _ask(self) -> None:
        self.machine.wait(self.machine.request_s)
        self.questions += 1
        problem = self.weather(RegistrationId(""))
        if problem is not None:
            raise problem

    def _decide(self, packet_id: RegistrationId) -> None:
        self.feed.append(
            Decision(len(self.feed) + 1, packet_id, Outcome.ACCEPTED, None, None, self.machine.wall)
        )
