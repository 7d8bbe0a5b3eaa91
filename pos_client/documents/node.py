"""A piece of a JSON file that knows its place, so that every complaint about it can name it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NoReturn, TypeVar

_T = TypeVar("_T")


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
        wrong = []
        for key in self.data:
            if key not in known:
                near = get_close_matches(str(key), known, n=1)
                right = f"did you mean {near[0]!r}?" if near else f"keys are: {', '.join(known)}"
                wrong.append(WrongError(self.where, f"unknown key {key!r}", right))
        wrong.extend(
            WrongError(self.where, f"the key {key!r} is missing", "add it")
            for key in names
            if key not in self.data
        )
        if wrong:
            raise ManyWrongError(wrong)
        return {
            key: Node(value, f"{self.where}.{key}".lstrip(".")) for key, value in self.data.items()
        }

    def items(self) -> "list[Node]":
        """Return the elements of a list."""
        if not isinstance(self.data, list):
            self.refuse("a list is expected here", "[ … ]")
        return [Node(each, f"{self.where}[{at}]") for at, each in enumerate(self.data)]

    def text(self, among: Iterable[str] | None = None) -> str:
        """Return a text that is not empty, where given one of a few."""
        if not isinstance(self.data, str) or not self.data:
            self.refuse("a text is expected here", '"…", not empty')
        if among is not None and self.data not in (choices := sorted(among)):
            near = get_close_matches(self.data, choices, n=1)
            right = f"did you mean {near[0]!r}?" if near else ""
            self.refuse(f"{self.data!r} is none of {', '.join(choices)}", right)
        return self.data

    def texts(self, among: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(each.text(among) for each in self.items())

    def number(self, *, positive: bool = True) -> float:
        """Return a number, not negative."""
        if isinstance(self.data, bool) or not isinstance(self.data, int | float):
            self.refuse("a number is expected here", "without quotation marks, e.g. 12.5")
        if self.data < 0 or (positive and self.data == 0):
            self.refuse("the number is too small", "more than 0" if positive else "0 or more")
        return float(self.data)

    def whole(self) -> int:
        """Return a whole number, 0 or more."""
        number = self.number(positive=False)
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
    """Take a member that may be missing or null; `other` stands for it then."""
    return take(table[key]) if key in table and table[key].data is not None else other
