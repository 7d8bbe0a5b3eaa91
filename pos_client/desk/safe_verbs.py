"""What keeps the till's treasure in order: doctor, rebuilding, changing the key, the journal."""

import logging
from dataclasses import dataclass

from pos_client.carrier.receipts import Verifier
from pos_client.carrier.recovery import parse_answer
from pos_client.desk.lease import require_trust
from pos_client.desk.opening import open_till
from pos_client.desk.stages import Stages
from pos_client.model.operator import Operator, Power
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import doctor, enrolment, exchange, rebuild, recovering
from pos_client.outbox.doctor import HealthLine
from pos_client.outbox.journal import Entry, JournalBreak
from pos_client.outbox.keeping import LOCK, PACKETS
from pos_client.outbox.only_one import OnlyOne
from pos_client.outbox.packets import Packets
from pos_client.outbox.rebuild import Salvage
from pos_client.outbox.store import DatabaseKey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilt store holds. `rows` count all registrations that are in it now.

    `salvage` is what could be read of the old store; `aside` counts packets that were set aside.
    """

    rows: int
    aside: int
    salvage: Salvage


class SafeVerbs:
    """Everything about the safety of what lies here."""

    def __init__(self, stages: Stages) -> None:
        """Stand at the desk of this till."""
        self._stages = stages

    def examine(self) -> tuple[HealthLine, ...]:
        """Look at store, packets, journal, keys, clock and disk without changing anything.

        The store is only looked into while it is open.
        """
        stages = self._stages
        outbox = stages.opened.outbox if stages.opened else None
        return doctor.examine(stages.settings.home, outbox, stages.now())

    def rebuild(self, number: OperatorNumber, pin: Private[str]) -> Rebuilt:
        """Make a new store under a new key from what the old one and the packets still tell.

        Nothing is deleted: the old store and damaged packets are set aside. Signs the operator in.

        Raises:
            NotAllowed: it takes a supervisor.
            AlreadyRunning: the till is open.
            Problem: as `sign_in`; or the disk, then nothing was changed.
        """
        stages = self._stages
        home = stages.settings.home
        with stages.guard:
            unlocked = stages.custody.sign_in(number, pin, stages.now())
            stages.require(unlocked.operator, Power.MAINTAIN)
            till = enrolment.load(home)
            only_one = OnlyOne(home / LOCK)
            try:
                exchange.settle(home, moving=unlocked.next_key is not None)
                unlocked = stages.custody.settle(unlocked)
                new = DatabaseKey.random()
                public = stages.custody.device_public()
                packets = Packets(home / PACKETS, till.device_id, public)
                salvage = rebuild.build(home, packets, unlocked.database_key, new)
                stages.custody.announce(unlocked, new)
                exchange.settle(home, moving=True)
            finally:
                only_one.release()
            unlocked = stages.custody.sign_in(number, pin, stages.now())
            opened = open_till(stages, unlocked, till)
            opened.outbox.note_rebuild(salvage, stages.now())
            stages.operator_in = False
            require_trust(stages, opened.outbox, unlocked.operator)
            stages.operator_in = True
        rows = opened.outbox.count_rows()
        return Rebuilt(rows, opened.outbox.packets_aside(), salvage)

    def change_key(self) -> None:
        """Move the store under a new database key. Whoever registers meanwhile waits.

        Raises:
            NotAllowed: it takes a supervisor.
            DiskFull, DiskTrouble: the old key is still in force.
        """
        self._rekey(None, Power.MAINTAIN)

    def _rekey(self, without: OperatorNumber | None, power: Power) -> None:
        stages = self._stages
        opened = stages.allowed(power)
        new = DatabaseKey.random()
        unlocked = opened.unlocked
        with stages.guard:
            opened.outbox.rekey(
                new, lambda: stages.custody.announce(unlocked, new, without), stages.now()
            )
            opened.unlocked = stages.custody.settle(unlocked.moving_to(new))

    def ask_recovery(self, pin: Private[str]) -> bytes:
        """Return the request with which the carrier can give this till its keys back.

        For the day when the keystore is lost or nobody knows a PIN. `pin` will be the new one.

        Raises:
            PinTooShort, NoRecoverySlot, TillNotEnrolled, KeysDamaged: see there.
        """
        stages = self._stages
        stages.custody.require_good(pin)
        with stages.guard:
            return recovering.ask(stages.settings.home, pin, stages.custody.cost, stages.now())

    def take_recovery(self, answer: bytes, number: OperatorNumber, pin: Private[str]) -> Operator:
        """Take the till over again with the carrier's answer; `number` becomes an administrator.

        Raises:
            NotAReceipt: not a word of the carrier.
            RecoveryNotAsked, RecoveryAnswerWrong: ask again.
            AlreadyRunning: the till is open.
            Problem: the store cannot be opened; see there.
        """
        stages = self._stages
        home = stages.settings.home
        with stages.guard:
            till = enrolment.load(home)
            said = parse_answer(Verifier(till.carrier.receipt_keys), answer, till.device_id)
            found = recovering.open_answer(home, said.request_id, said.key, pin)
            unlocked = stages.custody.restore(found, number, pin)
            open_till(stages, unlocked, till)
            stages.open().outbox.note("recovered_by_carrier", number, stages.now())
            recovering.forget(home)
        return unlocked.operator

    def verify_journal(self) -> JournalBreak | None:
        """Return the first entry of the journal that does not fit, None where it is whole.

        Raises:
            NotAllowed: it takes a supervisor.
        """
        return self._stages.allowed(Power.MAINTAIN).outbox.verify_journal()

    def journal(self, *, limit: int = 50, before: int | None = None) -> tuple[Entry, ...]:
        """Return a page of the journal, newest first, from below the number `before`.

        Raises:
            NotAllowed: it takes a supervisor.
        """
        opened = self._stages.allowed(Power.MAINTAIN)
        return opened.outbox.journal_entries(limit=limit, before=before)
