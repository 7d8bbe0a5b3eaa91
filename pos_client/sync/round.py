"""One round of sending: what is due goes, decisions come, what was received leaves the till."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from pos_client.carrier.api import Carrier
from pos_client.carrier.problems import (
    CaptivePortal,
    CarrierBusy,
    CarrierUnreachable,
    ClockDiffers,
    TlsNotTrusted,
)
from pos_client.model.problems import Problem, Retry
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.sync.flight import Flight, Heard
from pos_client.sync.link import Link
from pos_client.sync.pace import Pace
from pos_client.sync.policy import Policy
from pos_client.sync.ports import Leased, Outbox
from pos_client.sync.step import Answer, Delivery, Step, ask, settle
from pos_client.sync.upload import Uploads

T = TypeVar("T")

log = logging.getLogger(__name__)

#: What rows wait for that failed through no fault of their own.
LINE_CODES: Final = tuple(
    kind.code for kind in (CarrierUnreachable, CarrierBusy, CaptivePortal, TlsNotTrusted)
)
#: More pages of decisions than this in one round would be a carrier that never ends.
_MOST_PAGES: Final = 1000


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks: the wall for what is written down, monotonic seconds for waiting."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]


class Round:
    """Does a round at a time. All it remembers may be forgotten: the outbox is the truth."""

    def __init__(
        self,
        outbox: Outbox,
        carrier: Carrier,
        clocks: Clocks,
        policy: Policy,
        rng: random.Random,
        tell: Callable[[Delivery], None] = lambda _: None,
    ) -> None:
        """Prepare; `tell` hears of every row that moved, on the thread that runs the round.

        While `held` is true packets stay here; the small questions are asked all the same.
        """
        self.held = False
        self.link = Link(policy, rng)
        self.pace = Pace(policy.lanes)
        self._flight = Flight(self._send, policy.lanes)
        ready = partial(self._flight.report, Heard.ANSWERS)
        self._uploads = Uploads(carrier, self.pace, self._goes_on, clocks.monotonic, ready)
        self._outbox = outbox
        self._carrier = carrier
        self._clocks = clocks
        self._policy = policy
        self._rng = rng
        self._tell = tell
        self._quiet = 0
        self._unsettled: list[Answer] = []
        self._went_on: set[RegistrationId] = set()
        self._answers = False
        # A thousand tills that start together shall not send yesterday's queue together.
        self._sends_from = clocks.monotonic() + rng.uniform(0.0, policy.start_spread_s)
        self._due = {"decisions": float("-inf"), "purge": float("-inf"), "clock": float("-inf")}
        self._stop = threading.Event()
        self._hurry = threading.Event()

    def run(self) -> float:
        """Do what can be done now and return for how many seconds to wait before the next round.

        Never raises a Problem: what happened is in `link.view` and in the rows.
        """
        if self._hurry.is_set():
            self._hurry.clear()
            self.link.reopen()
            self._sends_from = float("-inf")
            self._due["decisions"], self._quiet = float("-inf"), 0
        try:
            self._purge()
            if not self.held and self._clocks.monotonic() >= self._sends_from:
                self._deliver_due()
                self._carry_due()
            if self._open() and not self.link.strained(self._clocks.monotonic()):
                self._compare_clocks()
            if self._open() and not self.link.strained(self._clocks.monotonic()):
                self._fetch_decisions()
        except Problem as problem:
            # The outbox itself: a full disk, a broken store. The till says so where it is used.
            log.warning("round ended early: %s", problem.code)
        return self._wait_s()

    def hurry(self) -> None:
        """Let the next round try at once, whatever the line was like. From any thread."""
        self._hurry.set()

    def stop(self) -> None:
        """Let a running round end after the row in hand. From any thread."""
        self._stop.set()

    # -- sending --------------------------------------------------------------------------------

    def _deliver_due(self) -> None:
        self._settle()
        try:
            enough = False
            while self._flight.under_way or not enough:
                if not enough:
                    self._fill()
                if not self._flight.under_way:
                    return
                landed = self._flight.land()
                if isinstance(landed, Heard):
                    self._hear(landed)
                    continue
                self._unsettled.append(landed)
                enough = self._settle() or enough
        finally:
            # Where the outbox failed us, what is under way ends all the same; it is settled later.
            while self._flight.under_way:
                if not isinstance(landed := self._flight.land(), Heard):
                    self._unsettled.append(landed)

    def _send(self, leased: Leased) -> Answer:
        """Send a packet, on the thread of its own that it has."""
        answer = ask(self._uploads.send, leased)
        went_on = leased.row.id in self._went_on
        self._went_on.discard(leased.row.id)
        return replace(answer, went_on=went_on)

    def _goes_on(self, registration: RegistrationId, sent: int) -> None:
        """The carrier took a piece: write it down, on the thread that sends."""
        self._outbox.note_sent(registration, sent)
        self._went_on.add(registration)
        self._flight.report(Heard.GOES_ON)

    def _hear(self, heard: Heard) -> None:
        """Something came back before a packet's end: the line is worth a second packet.

        Only a piece that was taken counts as good news about the carrier itself; one that is ready
        for every packet and keeps none would never be left alone.
        """
        self._answers = True
        if heard is Heard.GOES_ON and not self.link.good:
            self._met()

    def _fill(self) -> None:
        """Send what is due, as many abreast as the line has earned."""
        while self._open() and self._flight.under_way < self._abreast():
            leased = self._outbox.lease(self._clocks.now())
            if leased is None:
                return
            self._flight.depart(leased)

    def _abreast(self) -> int:
        """Return how many packets may be under way: one until the carrier has answered as itself.

        One refusal is enough to stop a thousand rows, and one fault to look twice.
        """
        return self._flight.lanes if self.link.good or self._answers else 1

    def _settle(self) -> bool:
        """Write down what came back; True where nothing more is to be sent in this round."""
        enough = False
        while self._unsettled:
            delivery = settle(
                self._outbox, self._unsettled[0], self._clocks.now(), self._rng, self._policy
            )
            self._compare_with(self._unsettled.pop(0).said)
            self._tell(delivery)
            self._note(delivery)
            enough = enough or self.link.broken or isinstance(delivery.problem, ClockDiffers)
        return enough or not self._open()

    def _note(self, delivery: Delivery) -> None:
        if delivery.problem is None or delivery.step is Step.QUARANTINED:
            self._met()
            self._due["decisions"], self._quiet = float("-inf"), 0
            return
        self._missed(delivery.problem)

    def _met(self) -> None:
        if self.link.met(self._clocks.now()):
            # It was the line that these rows waited for, and the line is back.
            self._outbox.hasten(LINE_CODES, self._clocks.now())

    def _missed(self, problem: Problem) -> None:
        if self._stop.is_set():
            return  # we hung up ourselves: that says nothing about the line
        self._answers = False
        self.link.missed(problem, self._clocks.monotonic())
        if isinstance(problem, ClockDiffers):
            self._due["clock"] = float("-inf")

    def _carry_due(self) -> None:
        """Send what came from other tills on a stick, after our own."""
        while self._open() and (carried := self._outbox.carried_due(self._clocks.now())):
            try:
                receipt = self._carrier.carry(
                    carried.id, carried.data, carried.sha256, carried.device_id
                )
            except Problem as problem:
                if problem.retry is Retry.NEVER:
                    self._outbox.carried_refused(carried.id, problem.code)
                    continue
                now = self._clocks.now()
                until = self._policy.next_try(carried.attempts, now, self._rng)
                self._outbox.carried_waits(carried.id, until, problem.code)
                self._missed(problem)
                return
            self._outbox.carried_held(receipt)
            self._met()

    # -- listening ------------------------------------------------------------------------------

    def _compare_with(self, said: Receipt | Problem) -> None:
        """Compare the clocks by a receipt, which saves the carrier a question."""
        if isinstance(said, Receipt) and not said.duplicate:
            self.link.compared((self._clocks.now() - said.received_at).total_seconds())
            self._due["clock"] = self._clocks.monotonic() + self._policy.clock_s

    def _compare_clocks(self) -> None:
        if not self._is_due("clock", self._policy.clock_s):
            return
        before = self._clocks.now()
        theirs = self._asked(self._carrier.server_time)
        if theirs is not None:
            ours = before + (self._clocks.now() - before) / 2
            self.link.compared((ours - theirs).total_seconds())

    def _fetch_decisions(self) -> None:
        if not self._is_due("decisions", self._policy.poll_wait_s(self._quiet, self._rng)):
            return
        self._quiet += 1
        for _ in range(_MOST_PAGES):
            cursor = self._outbox.feed_cursor()
            page = self._asked(partial(self._carrier.decisions, cursor))
            if not page or self._stop.is_set():
                return
            self._quiet = 0
            for decision in page:
                self._outbox.decide(decision, self._clocks.now())

    def _asked(self, question: Callable[[], T]) -> T | None:
        """Ask the carrier something that is not about a packet; None where no answer came."""
        try:
            answer = question()
        except Problem as problem:
            self._missed(problem)
            return None
        self._met()
        return answer

    # -- keeping house --------------------------------------------------------------------------

    def _purge(self) -> None:
        if self._is_due("purge", self._policy.purge_s):
            purged = self._outbox.purge(self._clocks.now(), self._policy.grace)
            if purged:
                log.info("removed %d packets the carrier holds", purged)

    def _open(self) -> bool:
        return not self._stop.is_set() and self.link.closed_for(self._clocks.monotonic()) == 0.0

    def _is_due(self, what: str, again_s: float) -> bool:
        """Say whether it is time for `what`, and if so, set its next time."""
        monotonic = self._clocks.monotonic()
        if monotonic < self._due[what]:
            return False
        self._due[what] = monotonic + again_s
        return True

    def _wait_s(self) -> float:
        monotonic = self._clocks.monotonic()
        closed = self.link.closed_for(monotonic)
        if closed > 0.0:
            return closed
        if self.link.strained(monotonic):
            return self._policy.tick_s
        until_poll = max(0.0, self._due["decisions"] - monotonic)
        return min(self._policy.tick_s, until_poll)
