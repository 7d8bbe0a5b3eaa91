"""Everything that can go wrong that is nobody's bug, in words a shop clerk can act on."""

from enum import StrEnum
from typing import ClassVar


class Retry(StrEnum):
    """What the machine may do about a problem without a person."""

    LATER = "later"
    NEVER = "never"


class Problem(Exception):
    """Base of all expected failures. Anything else that escapes is a bug.

    `title` says what happened and `advice` what is safe and what to do next; both are English
    templates whose `{placeholders}` are filled from the keyword arguments of the constructor.
    Screens translate the template first and fill it afterwards, so values never hold personal data
    and never need translation.
    """

    code: ClassVar[str] = "P000"
    title: ClassVar[str] = "Something went wrong"
    advice: ClassVar[str] = ""
    retry: ClassVar[Retry] = Retry.NEVER

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        return f"{self.title.format_map(_Open(self.values))} [{self.code}]"


class _Open(dict[str, object]):
    """Leaves a placeholder standing where no value was given: a message must not become a crash."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
