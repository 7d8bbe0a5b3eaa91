"""Opens the store for somebody who signed in, and puts right what a crash left."""

import logging
import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pos_client.carrier.http import LANES
from pos_client.desk.lease import ListeningCarrier, Watch
from pos_client.desk.stages import Open
from pos_client.model.status import Progress
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.store import Timekeeper
from pos_client.sync.round import Clocks, Round

if TYPE_CHECKING:
    from pos_client.desk.stages import Stages
    from pos_client.model.enrolment import Till
    from pos_client.outbox.custody import Unlocked

log = logging.getLogger(__name__)

#: Stray files looked into before somebody who waits is told how far we are.
_AT_ONCE: Final = 200


def open_till(stages: "Stages", unlocked: "Unlocked", till: "Till") -> Open:
    """Open store and carrier; the till stays open until the client ends.

    Raises:
        AlreadyRunning: another process has the store.
        Problem: the store cannot be opened; see `Outbox`.
    """
    outbox = _outbox(stages, unlocked, till)
    try:
        unlocked = stages.custody.settle(unlocked)
        recover(stages, outbox)
        outbox.take_ballast_in()
        now = stages.now()
        outbox.expire_drafts(now, timedelta(hours=stages.policy.draft_hours))
        stages.opened = Open(unlocked, till, outbox, *_sending(stages, unlocked, till, outbox))
    except BaseException:
        outbox.close()
        raise
    stages.operator_in = True
    if stages.sends_by_itself:
        stages.opened.start_loop()
    return stages.opened


def recover(stages: "Stages", outbox: Outbox) -> None:
    """Put right what a crash left, piece by piece; `stages.progress` says how far it has come."""
    total = 0
    try:
        while True:
            found = outbox.recover(stages.now(), limit=_AT_ONCE)
            total = total or found.looked_into + found.left
            if not found.left:
                return
            stages.progress = Progress(total - found.left, total)
            log.info("recovery goes on: %d of %d", total - found.left, total)
    finally:
        stages.progress = None


def _outbox(stages: "Stages", unlocked: "Unlocked", till: "Till") -> Outbox:
    return Outbox(
        stages.settings.home,
        None if stages.settings.kiosk else unlocked.database_key,
        till.device_id,
        unlocked.signer.public_key().public_bytes_raw(),
        next_key=unlocked.next_key,
        timekeeper=Timekeeper(stages.machine.boot_id),
    )


def _sending(
    stages: "Stages", unlocked: "Unlocked", till: "Till", outbox: Outbox
) -> tuple[ListeningCarrier, Round, Watch]:
    clock = stages.machine.clock
    carrier = ListeningCarrier(till.carrier, till.device_id, unlocked.signer.sign, clock)
    if not stages.settings.kiosk:  # its journal begins anew with each start
        carrier.journal_head = outbox.journal_head
    carrier.hear = lambda signed: outbox.heard(signed, clock())
    grace = timedelta(hours=stages.policy.delete_after_ack_hours)
    patience = replace(stages.machine.patience, grace_s=grace.total_seconds(), lanes=LANES)
    clocks = Clocks(clock, stages.machine.monotonic)
    sending = Round(outbox, carrier, clocks, patience, random.Random())  # noqa: S311 - jitter is no secret
    return carrier, sending, Watch(stages, outbox, carrier, sending, till)
