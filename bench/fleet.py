"""Ten thousand tills after a day's outage: how hard they press the carrier, and for how long.

Every till is the client's own `Round` with its own `Link` and `Policy`; only the network, the clock
and the carrier's capacity are played. Beside it the same rounds with other people's waiting.
"""

import argparse
import heapq
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from pos_client.carrier.problems import CarrierBusy, CarrierUnreachable
from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.sync.policy import Policy
from pos_client.sync.round import Round
from tests.fakes.scripted_carrier import ScriptedCarrier
from tests.fakes.small_outbox import Machine, SmallOutbox, dice

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
#: What one request takes there and back.
REQUEST_S: Final = 0.15
#: How long the last part of the outage is played, so that every till has found its patience; who
#: waits the same time always has found it at once.
_OUTAGE_S: Final = 3600.0
_SHORT_OUTAGE_S: Final = 90.0
#: Shops open within ten minutes of each other.
_OPENING_S: Final = 600.0
_RETRY_AFTER_S: Final = 30.0
_GIVEN_UP_S: Final = 3_000.0


class Fixed(Policy):
    """Waits five seconds, always, whatever it is told."""

    def wait_s(
        self, attempts: int, rng: random.Random, retry_after_s: float | None = None
    ) -> float:
        """See `Policy.wait_s`."""
        del attempts, rng, retry_after_s
        return 5.0


class Unjittered(Policy):
    """Doubles its wait up to five minutes, to the second."""

    def wait_s(
        self, attempts: int, rng: random.Random, retry_after_s: float | None = None
    ) -> float:
        """See `Policy.wait_s`."""
        del rng, retry_after_s
        return min(self.longest_s, self.first_s * 2.0 ** min(max(attempts - 1, 0), 30))


class Obedient(Policy):
    """Comes back exactly when it was told to."""

    def wait_s(
        self, attempts: int, rng: random.Random, retry_after_s: float | None = None
    ) -> float:
        """See `Policy.wait_s`."""
        del attempts, rng
        return retry_after_s or _RETRY_AFTER_S


@dataclass
class Server:
    """Takes so many requests a second; from `opens` on. Says 503 to the others."""

    capacity: int
    opens: float
    asked: Counter[int] = field(default_factory=Counter)
    useful: int = 0

    def meets(self, at: float, *, upload: bool) -> Problem | None:
        """Say what comes of a request at a second."""
        if at < self.opens:
            return CarrierUnreachable(cause="connection")
        second = int(at - self.opens)
        self.asked[second] += 1
        if self.asked[second] > self.capacity:
            return CarrierBusy(retry_after_s=_RETRY_AFTER_S)
        self.useful += upload
        return None


class Till:
    """One till: the real round over an outbox in memory."""

    def __init__(self, number: int, items: int, policy: Policy, server: Server) -> None:
        self.machine = Machine(wall=NOON, seconds=0.0, request_s=REQUEST_S)
        self.outbox = SmallOutbox()
        for item in range(items):
            self.outbox.put(f"{number}-{item}", NOON + timedelta(microseconds=item))
        self.server = server
        self.last_useful = 0.0
        carrier = ScriptedCarrier(self.machine, weather=self._weather)
        self.round = Round(self.outbox, carrier, self.machine.clocks, policy, dice(number))

    def run(self) -> float:
        """Do one round; return when the next is."""
        wait = self.round.run()
        self.machine.wait(max(wait, 0.01))
        return self.machine.seconds

    def _weather(self, registration: RegistrationId) -> Problem | None:
        met = self.server.meets(self.machine.seconds, upload=bool(registration))
        if met is None and registration:
            self.last_useful = self.machine.seconds
        return met


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: `drained_s` seconds after the carrier is back until it has everything."""

    requests: int
    useful: int
    peak: int
    drained_s: float


def play(
    tills: int, items: int, capacity: int, waiting: "Waiting", opening_s: float = _OPENING_S
) -> Outcome:
    """Play the end of the outage, and what follows until everything has arrived."""
    server = Server(capacity, opens=waiting.outage_s)
    rng, policy = dice(99), waiting.policy()
    fleet = [Till(number, items, policy, server) for number in range(tills)]
    heap: list[tuple[float, int]] = []
    for number, till in enumerate(fleet):
        till.machine.wait(rng.uniform(0.0, min(opening_s, waiting.outage_s * 2 / 3)))
        heapq.heappush(heap, (till.machine.seconds, number))
    while server.useful < tills * items:
        at, number = heapq.heappop(heap)
        if at > waiting.outage_s + _GIVEN_UP_S:
            break
        heapq.heappush(heap, (fleet[number].run(), number))
    last = max(till.last_useful for till in fleet)
    drained = last - waiting.outage_s if server.useful == tills * items else float("inf")
    return Outcome(server.asked.total(), server.useful, max(server.asked.values()), drained)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A way to wait, and how long an outage shows all there is to it."""

    policy: Callable[[], Policy]
    outage_s: float = _OUTAGE_S


POLICIES: Final[dict[str, Waiting]] = {
    "this client": Waiting(Policy),
    "fixed wait of 5 s": Waiting(
        lambda: Fixed(start_spread_s=0.0, break_after=10**9), _SHORT_OUTAGE_S
    ),
    "exponential, no jitter, up to 300 s": Waiting(lambda: Unjittered(start_spread_s=0.0)),
    "Retry-After only (30 s)": Waiting(
        lambda: Obedient(start_spread_s=0.0, break_after=10**9), _SHORT_OUTAGE_S
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Play every policy and print the table; 0 where this client keeps its promises."""
    parser = argparse.ArgumentParser(prog="bench fleet", description=__doc__)
    parser.add_argument("--tills", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=3)
    parser.add_argument("--capacity", type=int, default=200, help="requests a second")
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--together", action="store_true", help="all open in the same second")
    options = parser.parse_args(argv)
    ideal = options.tills * options.items / options.capacity
    print(
        f"{options.tills} tills with {options.items} registrations each; the carrier takes"
        f" {options.capacity} requests a second, so {ideal:.0f} s at the least\n"
    )
    print("| waiting | requests per useful | peak, × capacity | drained after | × ideal |")
    print("|---|--:|--:|--:|--:|")
    kept = False
    opening_s = 0.0 if options.together else _OPENING_S
    for name, waiting in POLICIES.items():
        if options.only_ours and name != "this client":
            continue
        found = play(options.tills, options.items, options.capacity, waiting, opening_s)
        per_useful = found.requests / max(1, found.useful)
        peak, over = found.peak / options.capacity, found.drained_s / ideal
        drained = f"{found.drained_s:.0f} s | {over:.2f}"
        if found.drained_s == float("inf"):
            share = found.useful / options.tills / options.items
            drained = f"{share:.0%} in {_GIVEN_UP_S:.0f} s | –"
        print(f"| {name} | {per_useful:.2f} | {peak:.2f} | {drained} |", flush=True)
        if name == "this client":
            kept = per_useful <= 2.5 and peak <= 3.0 and over <= 2.5
    verdict = "kept" if kept else "NOT kept"
    print(f"\npromise (at most 2.5 requests per useful one, peak 3 ×, drained 2.5 ×): {verdict}")
    return 0 if kept else 1
