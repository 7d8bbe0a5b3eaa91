"""How the sandbox carrier behaves: what it decides, when, and what goes wrong on the way."""

import random
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """What can go wrong with one upload."""

    NONE = "none"
    BUSY_503 = "busy_503"
    ERROR_500 = "error_500"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    HTML_200 = "html_200"
    REDIRECT = "redirect"
    FORGED_RECEIPT = "forged_receipt"
    WRONG_PACKET = "wrong_packet"
    TRUNCATED = "truncated"
    SLOW = "slow"
    CORRUPT = "corrupt"
    DRIP = "drip"
    HUGE_HEADER = "huge_header"
    GZIP_BOMB = "gzip_bomb"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the carrier decides: `accepted`, `returned` or `refused`, why, and about which field."""

    outcome: str
    reason: str | None = None
    about: str | None = None


ACCEPTED = Verdict("accepted")


@dataclass(frozen=True, slots=True)
class Outage:
    """From `at_s` seconds after the first request, for `for_s` seconds, nobody answers."""

    at_s: float
    for_s: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A verdict for the registrations that `applies` says yes to; it is given the opened record."""

    applies: Callable[[dict[str, Any]], bool]
    verdict: Verdict


def number_ends(suffix: str) -> Callable[[dict[str, Any]], bool]:
    """Return a test for registrations of a mobile number that ends with `suffix`."""
    return lambda record: any(
        str(line.get("msisdn", "")).endswith(suffix) for line in record.get("lines", ())
    )


def authority(asked: dict[str, Any]) -> tuple[str, str]:
    """Answer like the authority's register would: two endings of a number stand for trouble."""
    number = str(asked.get("number", ""))
    if number.endswith("9999"):
        return "unavailable", "unavailable"
    return ("mismatch", "mismatch") if number.endswith("0000") else ("match", "match")


@dataclass(slots=True)
class Behaviour:
    """A script the sandbox follows; may be changed while it runs.

    `script` names the faults of the next uploads, one each; after it, a fault of `faults` happens
    with `probability` 0..1, by `seed`. Decisions fall `decide_after_s` seconds after the receipt,
    by the first of `rules` that applies, else accepted; None leaves them to people. `identity`
    answers for the authority (the person, the portrait); `otp_code` None makes a new one each time.
    Every answer waits `delay_s`, and during an outage connections are cut.
    """

    script: Iterable[Fault] = ()
    probability: float = 0.0
    faults: tuple[Fault, ...] = tuple(fault for fault in Fault if fault is not Fault.NONE)
    seed: int = 0
    slow_s: float = 1.0
    retry_after_s: int = 1
    decide_after_s: float | None = 2.0
    rules: tuple[Rule, ...] = ()
    identity: Callable[[dict[str, Any]], tuple[str, str]] = authority
    otp_code: str | None = None
    quota: int = 5
    offline_registrations: int = 100
    delay_s: float = 0.0
    outages: tuple[Outage, ...] = ()
    _began: float | None = field(init=False, default=None)
    _queue: deque[Fault] = field(init=False)
    _rng: random.Random = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._queue = deque(self.script)
        self._rng = random.Random(self.seed)  # noqa: S311 - a repeatable run, not a secret

    def next_fault(self) -> Fault:
        """Return what shall happen to the upload that has just come in."""
        with self._lock:
            if self._queue:
                return self._queue.popleft()
            if self._rng.random() < self.probability:
                return self._rng.choice(self.faults)
            return Fault.NONE

    def away(self, clock_s: float) -> bool:
        """Say whether there is an outage just now; `clock_s` is any clock that only goes on."""
        with self._lock:
            if self._began is None:
                self._began = clock_s
            since = clock_s - self._began
        return any(each.at_s <= since < each.at_s + each.for_s for each in self.outages)

    def then(self, *faults: Fault) -> None:
        """Add faults for uploads to come."""
        with self._lock:
            self._queue.extend(faults)

    def verdict(self, record: dict[str, Any]) -> Verdict:
        """Decide about an opened record."""
        return next((rule.verdict for rule in self.rules if rule.applies(record)), ACCEPTED)
