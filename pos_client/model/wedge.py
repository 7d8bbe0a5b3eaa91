"""Tells a scanner that types like a keyboard from a person at the keyboard, by its speed."""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pos_client.model.private import Private

#: Longest time between two keys of a scanner, seconds. People need twice as long.
GAP_S: Final = 0.035
#: A scan has at least so many characters; a fast typist's burst has fewer.
LEAST: Final = 10
#: No code on a SIM card or a receipt is longer: what goes on for ever is not a scan.
_MOST: Final = 512

_ENDS: Final = frozenset("\r\n\t")

#: Whatever the screen needs to play a held-back key again.
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Key]):
    """What to do now: give `released` to the widget they were for, and take `scan` as scanned.

    Keys that are in neither are held back, or were part of the scan and are swallowed.
    """

    released: tuple[Key, ...] = ()
    scan: Private[str] | None = None


class Wedge(Generic[Key]):
    """Holds keys back for as long as they may be the beginning of a scan.

    A person's key is held for at most `GAP_S`, which nobody notices. The screen calls `press` for
    each key and, `GAP_S` after the last one, `overdue`.
    """

    def __init__(self) -> None:
        self._held: list[Key] = []
        self._text = ""
        self._last = 0.0

    def press(self, text: str, key: Key, at: float, *, repeated: bool = False) -> Outcome[Key]:
        """Take in a key that produces `text` (empty for keys that write nothing).

        Args:
            text: one printable character, a line end or a tab, or nothing.
            key: given back when the key turns out to be a person's.
            at: a monotonic time in seconds.
            repeated: the key is held down and repeats by itself; scanners never do that.
        """
        late = bool(self._held) and at - self._last > GAP_S
        before = self._give_back() if late else ()
        self._last = at
        if text in _ENDS and self._is_scan(repeated=repeated):
            scan = Private(self._text)
            self._give_back()
            return Outcome(before, scan)
        self._held.append(key)
        self._text += text
        if repeated or len(text) != 1 or text in _ENDS or len(self._held) >= _MOST:
            return Outcome(before + self._give_back())
        return Outcome(before)

    def overdue(self, at: float) -> Outcome[Key]:
        """Give back what was held, where the next key of a scanner would have come by now."""
        if at - self._last < GAP_S:
            return Outcome()
        return Outcome(self._give_back())

    def _is_scan(self, *, repeated: bool) -> bool:
        # One character over and over is a key held down, also where the screen cannot tell.
        return not repeated and len(self._text) >= LEAST and len(set(self._text)) > 1

    def _give_back(self) -> tuple[Key, ...]:
        held, self._held, self._text = tuple(self._held), [], ""
        return held
