"""A piece of a JSON file that knows its place, so that every complaint about it can name it."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, NoReturn, TypeVar

_T = TypeVar("_T")

#: A complaint shows so much of a text of the file, and proposes a word for so many wrong ones.
_SHOWN: Final = 60
_PROPOSALS: Final = 50
#: No caption, title or word is longer; a note may be.
MOST_CHARS: Final = 200
#: There are 56 ethnic groups; no list is longer than a few times that.
MOST_ITEMS: Final = 300
#: Two signs that nobody sees, without which some scripts cannot be written.
_JOINERS: Final = frozenset("\u200c\u200d")


class WrongError(Exception):
    """One thing is wrong at one place."""

    def __init__(self, where: str, message: str, right: str = "") -> None:
        """Name the place, what is wrong there, and what would be right."""
        super().__init__(message)
        self.where = where or "top"
        self.message = message
        self.right = right


class ManyWrongError(Exception):
    """Several things are wrong, each at its place."""

    def __init__(self, wrong: list[WrongError]) -> None:
        """Keep them in the order of the file."""
        super().__init__(f"{len(wrong)} things are wrong")
        self.wrong = wrong


class Table(dict[str, object]):
    """An object of the file that remembers which of its keys stand there more than once."""

    twice: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """Collects what is wrong, so that one look at a file finds everything."""

    wrong: list[WrongError] = field(default_factory=list)

    def attempt(self, take: Callable[[], _T]) -> _T | None:
        """Return what `take` makes, or note why it could not and return None."""
        try:
            return take()
        except ManyWrongError as many:
            self.wrong.extend(many.wrong)
        except WrongError as one:
            self.wrong.append(one)
        return None

    def member(
        self, table: "dict[str, Node]", key: str, take: "Callable[[Node], _T]", other: _T
    ) -> _T:
        """Return a member that may be missing; `other` also where it is wrong, which is noted."""
        taken = self.attempt(lambda: (optional(table, key, take, other),))
        return taken[0] if taken else other

    def each(self, take: Callable[["Node"], _T], nodes: "Iterable[Node]") -> tuple[_T, ...]:
        """Take every node, noting each that is wrong."""
        made = [(self.attempt(lambda node=node: take(node)),) for node in nodes]  # type: ignore[misc]
        return tuple(one for (one,) in made if one is not None)

    def done(self) -> None:
        """End the collecting. Raises ManyWrongError where anything was noted."""
        if self.wrong:
            raise ManyWrongError(self.wrong)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the file together with its place."""

    data: object
    where: str

    def refuse(self, message: str, right: str = "") -> NoReturn:
        """Say what is wrong here and what would be right."""
        raise WrongError(self.where, message, right)

    def table(self, required: str, optional: str = "") -> "dict[str, Node]":
        """Return the members; a missing or unknown key is refused, all of them at once."""
        if not isinstance(self.data, Mapping):
            self.refuse("an object is expected here", "{ … }")
        names, may = required.split(), optional.split()
        known = [*names, *may]
        wrong: list[WrongError] = []
        for key in self.data:
            if key not in known:
                right = meant(key, known) if len(wrong) < _PROPOSALS else ""
                right = right or f"keys are: {', '.join(known)}"
                wrong.append(WrongError(self.where, f"unknown key {shown(key)}", right))
        wrong.extend(
            WrongError(self.where, f"the key {key!r} is missing", "add it")
            for key in names
            if key not in self.data
        )
        twice = self.data.twice if isinstance(self.data, Table) else ()
        wrong.extend(
            WrongError(self.where, f"the key {key!r} stands here more than once", "keep one")
            for key in twice
            if key in known
        )
        if wrong:
            raise ManyWrongError(wrong)
        return {
            key: Node(value, f"{self.where}.{key}".lstrip(".")) for key, value in self.data.items()
        }

    def items(self, least: int = 0, most: int = MOST_ITEMS) -> "list[Node]":
        """Return the elements of a list that is neither too short nor endless."""
        if not isinstance(self.data, list):
            self.refuse("a list is expected here", "[ … ]")
        if len(self.data) < least:
            self.refuse("this list is too short", f"at least {least}")
        if len(self.data) > most:
            self.refuse("this list is too long", f"at most {most}")
        return [Node(each, f"{self.where}[{at}]") for at, each in enumerate(self.data)]

    def text(self, among: Iterable[str] | None = None, most: int = MOST_CHARS) -> str:
        """Return a text that is neither empty nor endless, where given one of a few."""
        if not isinstance(self.data, str) or not self.data.strip():
            self.refuse("a text is expected here", '"…", not empty')
        if among is not None and self.data not in (choices := sorted(map(str, among))):
            self.refuse(
                f"{shown(self.data)} is none of {', '.join(choices)}", meant(self.data, choices)
            )
        if len(self.data) > most:
            self.refuse("the text is too long", f"at most {most} characters")
        unseen = next((each for each in self.data if _is_unseen(each)), None)
        if unseen is not None:
            self.refuse(f"there is a sign in it that nobody sees: U+{ord(unseen):04X}", "remove it")
        return self.data

    def texts(self, among: Iterable[str] | None = None, least: int = 0) -> tuple[str, ...]:
        """Return the texts of a list, each different."""
        nodes = self.items(least)
        found = tuple(each.text(among) for each in nodes)
        for at, text in enumerate(found):
            if text in found[:at]:
                nodes[at].refuse(f"{shown(text)} stands in this list twice", "keep one")
        return found

    def number(self, least: float, most: float) -> float:
        """Return a number within bounds."""
        given = self.data
        if isinstance(given, bool) or not isinstance(given, int | float) or math.isnan(given):
            self.refuse("a number is expected here", "without quotation marks, e.g. 12.5")
        right = f"from {least:g} to {most:g}"
        if given > most:
            self.refuse("the number is too large", right)
        if given < least:
            self.refuse("the number is too small", right)
        return float(given)

    def whole(self, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        number = self.number(least, most)
        if number != int(number):
            self.refuse("a whole number is expected here", f"{round(number)}?")
        return int(number)

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.data, bool):
            self.refuse("true or false is expected here", "without quotation marks")
        return self.data

    def titles(self, languages: Iterable[str]) -> dict[str, str]:
        """Return one text for each language."""
        table = self.table(" ".join(languages))
        return {language: node.text() for language, node in table.items()}


def optional(table: dict[str, Node], key: str, take: Callable[[Node], _T], other: _T) -> _T:
    """Take a member that may be missing; `other` stands for it then."""
    return take(table[key]) if key in table else other


def shown(text: str) -> str:
    """Return a text of the file as a complaint may show it: short, and without hidden signs."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def meant(text: str, choices: list[str]) -> str:
    """Ask for the word that was perhaps meant; empty where none is near."""
    near = get_close_matches(text[:_SHOWN], choices, n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def _is_unseen(char: str) -> bool:
    """Control characters, and signs that turn or hide what stands beside them."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} and char not in _JOINERS
