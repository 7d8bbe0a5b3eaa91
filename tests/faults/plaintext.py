"""Reads along with everything that the real window writes, and looks for the customer in it.

The whole way on the window (camera, both readers, submit, no network, receipts on paper, a lock, a
crash) runs under strace with the whole of every write. No value of a customer may be in any of
them in any encoding, but in the sealed packet and the encrypted store. Paper is the one exception,
and it is looked at by itself: a receipt is masked, but for the number that was bought.
"""

from pathlib import Path
from typing import Final

from tests.faults.trial import Outcome, Progress, Size, Trial, scratch
from tests.journey.leaks import LEAKS, is_noticed
from tests.journey.watched import Watched
from tests.journey.watched_way import WatchedWay


def plaintext(size: Size, progress: Progress) -> Outcome:
    """Go the way once, watched."""
    del size  # the way is as long as it is
    outcome = Outcome(zeros=("leak",))
    with scratch() as folder:
        way = WatchedWay(folder, "window_way")
        for part, seen in zip(("until the crash", "after it"), way.seen, strict=True):
            outcome.seen[f"bytes written {part}"] = seen.bytes_written
            outcome.seen[f"files and lines written to {part}"] = len(seen.places)
            outcome.wrong += _leaks(folder / "client", way, seen)
            outcome.faults += len(seen.places)
        left = way.canary.found_below(folder / "client")
        outcome.wrong += [f"leak: left in {path}: {hits}" for path, hits in left.items()]
    progress(1, 1)
    return outcome


def _leaks(client: Path, way: WatchedWay, seen: Watched) -> list[str]:
    """Return what was seen that nobody may see."""
    allowed = (str(client / "till"), str(client / "receipts"), "/dev/null")
    said = {"said": seen.ended.said, "logged": seen.ended.logged}
    return [
        *(f"leak: {place}: {hits}" for place, hits in seen.leaks.items()),
        *(f"leak: a picture in {place}" for place in seen.pictures),
        *(f"leak: unseen: {call}" for call in seen.unseen),
        *(f"leak: {how}: {hit}" for how, text in said.items() for hit in _found(way, text)),
        *(f"leak: called {host}" for host in seen.called - {way.carrier}),
        *(
            f"leak: wrote outside its folder: {place}"
            for place in seen.places
            if place.startswith("/") and not place.startswith(allowed)
        ),
    ]


def _found(way: WatchedWay, text: str) -> list[str]:
    return [str(hit) for hit in way.canary.found_in(text.encode())]


def planted_leaks(size: Size, progress: Progress) -> Outcome:
    """Leak on purpose in eight ways; each has to be noticed."""
    del size  # it is noticed, or it is not
    outcome = Outcome(zeros=("not noticed",))
    for number, leak in enumerate(LEAKS, start=1):
        with scratch() as folder:
            outcome.expect(is_noticed(leak, folder), f"not noticed: {leak}")
        outcome.faults += 1
        progress(number, len(LEAKS))
    return outcome


TRIALS: Final = (
    Trial("plaintext", "Everything the window writes is read along", plaintext),
    Trial("leaks", "Eight planted leaks", planted_leaks),
)
