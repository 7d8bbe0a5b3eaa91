"""One step of sending: lease, submit, settle. What is around it only knows how to wait."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from pos_client.carrier.api import Carrier
from pos_client.carrier.problems import CarrierBusy, TillRefused
from pos_client.model.problems import Problem, Retry
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.model.row import Row
from pos_client.sync.policy import Policy
from pos_client.sync.ports import Leased, Outbox

log = logging.getLogger(__name__)


class Step(StrEnum):
    """What one step did."""

    IDLE = "idle"
    DELIVERED = "delivered"
    POSTPONED = "postponed"
    PAUSED = "paused"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one row; `problem` is None where it was delivered or nothing was due."""

    step: Step
    id: RegistrationId | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the carrier said about a leased row. It is kept until the outbox has written it down.

    `went_on`: it has more of the packet than before, although the line broke.
    """

    row: Row
    said: Receipt | Problem
    went_on: bool = False


def deliver_one(
    outbox: Outbox, carrier: Carrier, now: datetime, rng: random.Random, policy: Policy
) -> Delivery:
    """Try to hand over the row that is due longest.

    Raises:
        Problem: the outbox could not read or write; the row may stay leased until the next start.
    """
    leased = outbox.lease(now)
    if leased is None:
        return Delivery(Step.IDLE)
    return settle(outbox, ask(partial(_whole, carrier), leased), now, rng, policy)


def ask(send: Callable[[Leased], Receipt], leased: Leased) -> Answer:
    """Send a leased row and return what came of it; whether it arrived is not written down yet."""
    try:
        return Answer(leased.row, send(leased))
    except Problem as problem:
        return Answer(leased.row, problem)


def _whole(carrier: Carrier, leased: Leased) -> Receipt:
    return carrier.submit(leased.row.id, leased.data, leased.row.sha256)


def settle(
    outbox: Outbox, answer: Answer, now: datetime, rng: random.Random, policy: Policy
) -> Delivery:
    """Write down what the carrier said. May be repeated where the outbox could not write.

    Raises:
        Problem: the outbox could not write.
    """
    row, said = answer.row, answer.said
    if isinstance(said, Receipt):
        outbox.acknowledge(said)
        log.info("delivered %s after %d attempts", row.id, row.attempts)
        return Delivery(Step.DELIVERED, row.id)
    if isinstance(said, TillRefused):
        # Nothing about the packet, all about the till: everything waits, no row is blamed.
        outbox.release(row.id, now, said.code)
        return Delivery(Step.PAUSED, row.id, said)
    if isinstance(said, CarrierBusy):
        # Nor here: the line waits for as long as the carrier asks, also after a restart.
        outbox.release(row.id, policy.not_before(now, said.retry_after_s), said.code)
        return Delivery(Step.POSTPONED, row.id, said)
    if said.retry is Retry.NEVER:
        outbox.quarantine(row.id, said.code)
        log.info("set aside %s: %s", row.id, said.code)
        return Delivery(Step.QUARANTINED, row.id, said)
    # What went on and was cut comes back soon: the line works, for some seconds at a time.
    tries = 1 if answer.went_on else row.attempts
    outbox.release(row.id, policy.next_try(tries, now, rng), said.code)
    log.info("postponed %s after %d attempts: %s", row.id, row.attempts, said.code)
    return Delivery(Step.POSTPONED, row.id, said)
