"""Counting wrong PINs: five, then a pause that doubles, at ten somebody else has to help."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pos_client.outbox import durable, times
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.key_problems import KeysDamaged, NeedsNewPin, SignInPaused

TRIES: Final = 5
FIRST_PAUSE: Final = timedelta(seconds=30)
#: After so many in a row an operator needs a new PIN. Supervisors and administrators only wait:
#: there may be nobody else on this till.
MOST: Final = 10
LONGEST_PAUSE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Count:
    """Wrong PINs in a row for one number; `seen` is the latest time that was ever told."""

    wrong: int
    seen: datetime
    paused_until: datetime | None

    @property
    def tries_left(self) -> int:
        """How many tries until the next pause."""
        return max(0, TRIES - self.wrong)

    def seconds_left(self, now: datetime) -> int:
        """Return how long the pause still lasts. A clock that was set back shortens nothing."""
        if self.paused_until is None:
            return 0
        left = self.paused_until - max(now, self.seen)
        return max(0, -(-left // timedelta(seconds=1)))


class Tries:
    """The counts of all numbers, in a file beside the keys.

    Whoever may write the disk can put an older file back, or set the clock forward: this slows
    down people at the counter, Argon2id and the keystore's secret slow down thieves.
    """

    def __init__(self, path: Path) -> None:
        """Keep the counts in `path`."""
        self._path = path

    def spend(self, number: str, now: datetime, *, limited: bool = False) -> Count:
        """Count a try as wrong before it is made, so that a killed process gives none away.

        Raises:
            SignInPaused: the number has to wait.
            NeedsNewPin: a `limited` number had its last try.
        """
        counts = self._load()
        count = counts.get(number, Count(0, now, None))
        if limited and count.wrong >= MOST:
            raise NeedsNewPin
        if left := count.seconds_left(now):
            raise SignInPaused(seconds=left)
        seen = max(now, count.seen)
        wrong = count.wrong + 1
        over = wrong - TRIES
        pause = min(FIRST_PAUSE * 2 ** min(over, 20), LONGEST_PAUSE) if over >= 0 else None
        counts[number] = Count(wrong, seen, seen + pause if pause else None)
        self._save(counts)
        return counts[number]

    def forgive(self, number: str) -> None:
        """Start from zero: the PIN was right."""
        counts = self._load()
        if counts.pop(number, None) is not None:
            self._save(counts)

    def _load(self) -> dict[str, Count]:
        with disk_faults():
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                return {}
        try:
            return {number: _count(entry) for number, entry in json.loads(data).items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
            raise KeysDamaged from err

    def _save(self, counts: dict[str, Count]) -> None:
        stored = {number: _entry(count) for number, count in counts.items()}
        with disk_faults():
            durable.replace(self._path, json.dumps(stored).encode())


def _count(entry: dict[str, str | int | None]) -> Count:
    until = entry["paused_until"]
    return Count(
        wrong=int(entry["wrong"] or 0),
        seen=times.moment(str(entry["seen"])),
        paused_until=times.moment(str(until)) if until else None,
    )


def _entry(count: Count) -> dict[str, str | int | None]:
    until = count.paused_until
    return {
        "wrong": count.wrong,
        "seen": times.text(count.seen),
        "paused_until": times.text(until) if until else None,
    }
