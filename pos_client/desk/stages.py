"""The stages as they stand on this till, and who is signed in: what all desk verbs share."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pos_client.carrier.http import HttpCarrier
from pos_client.desk.problems import NotAllowed, RowOfAnother, SignInFirst
from pos_client.documents import known_kinds
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind
from pos_client.model.enrolment import Till
from pos_client.model.operator import Operator, Power, least_role
from pos_client.model.policy import PolicyPack
from pos_client.model.registration import RegistrationId
from pos_client.model.status import Progress
from pos_client.outbox import enrolment
from pos_client.outbox.custody import Custody, Unlocked
from pos_client.outbox.keys import Argon2Cost
from pos_client.outbox.keystore import Keystore
from pos_client.outbox.outbox import Outbox
from pos_client.registration.policy import load_policy
from pos_client.settings import Settings
from pos_client.sync.loop import Loop, Work
from pos_client.sync.policy import Policy
from pos_client.sync.round import Round
from pos_client.wordings import Wordings
from pos_client.wordings import load as load_wordings

if TYPE_CHECKING:
    # Pixels are heavy to load; the window is up before the first of them is.
    from pos_client.capture.frame import FrameSource

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
OpenCamera = Callable[[str], "FrameSource"]


class Rounds(Work, Protocol):
    """Rounds of sending that somebody at the counter may press."""

    def let_go(self) -> None:
        """Send now, whatever the line costs."""
        ...


@dataclass(slots=True)
class Open:
    """What exists only once somebody signed in: store, carrier, and the sending of what waits."""

    unlocked: Unlocked
    till: Till
    outbox: Outbox
    carrier: HttpCarrier
    sending: Round
    watch: Rounds
    loop: Loop | None = None

    def start_loop(self) -> None:
        """Send what is due for as long as the store is open, on a thread of its own."""
        if self.loop is None:
            self.loop = Loop(self.watch, on_stop=self.carrier.hang_up)
            self.loop.start()

    def wake(self) -> None:
        """There is something new to send."""
        if self.loop is not None:
            self.loop.wake()


@dataclass(frozen=True, slots=True)
class Machine:
    """What the front door knows of the computer: its clock, its cameras, its key store.

    `metered` says whether the line is paid by volume just now, as far as the system knows;
    `boot_id` tells one start of the computer from the next; `patience` is for sending, None for
    the usual one; `cost` what a guess of a PIN costs, None for the safe default; `monotonic` are
    seconds for waiting, which never run backwards; `chance` draws what nobody may foresee.
    """

    clock: Clock
    open_camera: OpenCamera
    boot_id: str
    keystore: Keystore | None
    patience: Policy = field(default_factory=Policy)
    cost: Argon2Cost | None = None
    metered: Callable[[], bool] = lambda: False
    monotonic: Callable[[], float] = time.monotonic
    chance: random.Random = field(default_factory=random.SystemRandom)


@dataclass(slots=True)
class Stages:
    """One till. Made once by the front door, closed once.

    `operator_in` is False while the screen is locked; the store stays open then, because sending
    needs no log-in. `progress` is how far opening has come, where that takes time.
    """

    settings: Settings
    machine: Machine
    custody: Custody
    documents: tuple[DocumentDeclaration, ...]
    wordings: Wordings
    policy: PolicyPack
    opened: Open | None = None
    operator_in: bool = False
    camera: str | None = None
    sends_by_itself: bool = False
    progress: Progress | None = None
    guard: threading.RLock = field(default_factory=threading.RLock)

    def now(self) -> datetime:
        """Return the time of this computer, aware."""
        return self.machine.clock()

    def today(self) -> date:
        """Return the local date, which rules about ages and expiry go by."""
        return self.now().astimezone().date()

    def open(self) -> Open:
        """Return the open stages. Raises SignInFirst while the store is closed."""
        if self.opened is None:
            raise SignInFirst
        return self.opened

    def signed_in(self) -> Open:
        """Return the open stages for a verb that needs an operator. Raises SignInFirst."""
        if not self.operator_in:
            raise SignInFirst
        return self.open()

    def allowed(self, power: Power) -> Open:
        """Return the open stages for a verb that takes a role. Raises SignInFirst, NotAllowed."""
        opened = self.signed_in()
        self.require(opened.unlocked.operator, power)
        return opened

    def require(self, operator: Operator, power: Power) -> None:
        """Raise NotAllowed where an operator's role does not allow something."""
        if not operator.may(power):
            raise NotAllowed(role=least_role(power))

    def own(self, registration: RegistrationId) -> Outbox:
        """Return the outbox to somebody who may see this registration.

        Raises:
            RowOfAnother: somebody else made it.
            SignInFirst, RowUnknown: nobody is signed in; there is no such row.
        """
        opened = self.signed_in()
        operator = opened.unlocked.operator
        author = opened.outbox.row(registration).operator
        if author != operator.number and not operator.may(Power.SEE_ALL_ROWS):
            raise RowOfAnother
        return opened.outbox

    def declaration(self, kind: DocumentKind | None) -> DocumentDeclaration | None:
        """Return the declaration of a document kind, None where there is none."""
        return next((each for each in self.documents if each.code == kind), None)


def stages(settings: Settings, machine: Machine) -> Stages:
    """Set the stages up; nothing is opened yet.

    Raises:
        DeclarationWrong, PolicyRefused, EnrolmentDamaged: what is installed cannot be used.
    """
    home = settings.home
    edition = enrolment.load(home).policy if enrolment.is_enrolled(home) else "strict"
    return Stages(
        settings=settings,
        machine=machine,
        custody=Custody(home, machine.keystore, machine.cost),
        documents=known_kinds(settings.documents),
        wordings=load_wordings(),
        policy=load_policy(edition),
    )
