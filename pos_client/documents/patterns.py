r"""Says whether the pattern of a number is one that can be tried quickly on any text.

A regular expression can take years on a line of forty characters. What is admitted here cannot:
characters, sets `[A-Z]`, the classes `\d \w \s`, groups, `|`, and repetition. Of all that it is
counted in how many ways it can be laid over a text; every way costs one walk along the line at
most, so that their number bounds the time. A number's form needs a few dozen.
"""

import re
import warnings
from typing import Final, NamedTuple, NoReturn

#: More ways than this are refused. Two repetitions without an end are still admitted.
MOST_WAYS: Final = 10_000
#: As often as this is "without an end" on a line of print.
_LINE: Final = 100
#: No pattern is longer, no group stands in more others, and no repetition is asked for more often.
MOST_CHARS: Final = 200
_DEEPEST: Final = 8
_MOST_TIMES: Final = 100

_TIMES: Final = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
_CLASSES: Final = frozenset("dDwWsS")
_SIGNS: Final = frozenset(r".^$*+?{}[]\|()-/ " + "'\"&~#,:;!@%=<>_")
#: Python reads these in a set as one character each today, and will read more into them one day.
_DOUBLED: Final = ("--", "&&", "~~", "||", "[")


class PatternError(ValueError):
    """A pattern is not admitted; the text says why."""


def try_pattern(text: str) -> None:
    """Look at a pattern before it is used.

    Raises:
        PatternError: it is broken, uses more than is admitted, or may take too long.
    """
    if len(text) > MOST_CHARS:
        msg = f"it is longer than {MOST_CHARS} characters"
        raise PatternError(msg)
    ways = _Walk(text).whole()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(text)
    except (re.error, OverflowError, RecursionError, Warning) as err:
        raise PatternError(str(err)) from err
    if ways > MOST_WAYS:
        raise PatternError("it may take too long: repetitions in or beside others, or too many |")


class _Laid(NamedTuple):
    """In how many ways a part can be laid over a text, and over how many characters at least."""

    ways: int
    least: int


class _Walk:
    """Goes along a pattern once and counts in how many ways it can be laid over a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def whole(self) -> int:
        """Return the number of ways of the whole pattern, cut off above the limit."""
        laid = self._choices(0)
        if self._at < len(self._text):
            self._refuse("a ) without its (")
        return laid.ways

    def _choices(self, depth: int) -> _Laid:
        if depth > _DEEPEST:
            self._refuse("groups stand too deep in one another")
        laid = self._row(depth)
        while self._take("|"):
            other = self._row(depth)
            laid = _Laid(_cut(laid.ways + other.ways), min(laid.least, other.least))
        return laid

    def _row(self, depth: int) -> _Laid:
        laid = _Laid(1, 0)
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            next_one = self._repeated(self._one(depth))
            laid = _Laid(_cut(laid.ways * next_one.ways), laid.least + next_one.least)
        return laid

    def _one(self, depth: int) -> _Laid:
        """Go over one character, set or group."""
        sign = self._text[self._at]
        if self._take("("):
            if self._take("?") and not self._take(":"):
                self._refuse("of the groups that begin with (? only (?: is admitted")
            laid = self._choices(depth + 1)
            if not self._take(")"):
                self._refuse("a ( without its )")
            return laid
        if self._take("["):
            self._set()
        elif self._take("\\"):
            self._escaped()
        elif sign in "*+?{":
            self._refuse("there is nothing to repeat")
        else:
            self._at += 1
        return _Laid(1, 0 if sign in "^$" else 1)

    def _set(self) -> None:
        self._take("^")
        first = True
        while first or not self._take("]"):
            if self._at >= len(self._text):
                self._refuse("a [ without its ]")
            if self._text.startswith(_DOUBLED, self._at):
                self._refuse("write a \\ before such a sign in a set")
            if self._take("\\"):
                self._escaped()
            else:
                self._at += 1
            first = False

    def _escaped(self) -> None:
        r"""Go over what follows a backslash: a class or a plain sign, not \1, \b or \p."""
        sign = self._text[self._at : self._at + 1]
        if not sign or sign not in _CLASSES | _SIGNS:
            self._refuse(f"\\{sign} is not admitted")
        self._at += 1

    def _repeated(self, laid: _Laid) -> _Laid:
        least, most = self._times()
        self._take("?")  # as little as possible first: the ways are the same
        if self._at < len(self._text) and self._text[self._at] in "*+?{":
            self._refuse("a repetition is repeated")
        if most > 1 and not laid.least:
            # Nothing, repeated, is a walk that goes nowhere and has no end.
            self._refuse("what is repeated may be empty")
        ways = _cut(sum(_power(laid.ways, times) for times in range(least, most + 1)))
        return _Laid(ways, laid.least * least)

    def _times(self) -> tuple[int, int]:
        for sign, times in (("*", (0, _LINE)), ("+", (1, _LINE)), ("?", (0, 1))):
            if self._take(sign):
                return times
        if not self._text.startswith("{", self._at):
            return 1, 1
        found = _TIMES.match(self._text, self._at)
        if found is None:
            self._refuse("{…} is written {3}, {2,} or {2,4}")
        self._at = found.end()
        least = int(found[1])
        most = int(found[3]) if found[3] else max(_LINE, least) if found[2] else least
        if not least <= most <= _MOST_TIMES:
            self._refuse(f"at most {_MOST_TIMES} times, the smaller number first")
        return least, most

    def _take(self, sign: str) -> bool:
        taken = self._text.startswith(sign, self._at)
        self._at += len(sign) * taken
        return taken

    def _refuse(self, why: str) -> NoReturn:
        msg = f"{why} (character {min(self._at + 1, len(self._text))})"
        raise PatternError(msg)


def _cut(ways: int) -> int:
    return min(ways, MOST_WAYS + 1)


def _power(ways: int, times: int) -> int:
    product = 1
    for _ in range(times if ways > 1 else 0):
        product = _cut(product * ways)
    return product
