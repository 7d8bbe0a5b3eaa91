"""What every trial of the fault suite promises: how many faults it played, and what went wrong."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

#: Called while a trial runs, with how many faults were played so far and how many there will be.
Progress = Callable[[int, int], None]

#: Memory that looks like a disk. A killed process loses nothing that it gave to the system, so it
#: does not matter to kills whether that is a disk; it matters to the disk.
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile


class Size(StrEnum):
    """How much of a trial is run: with the tests, on demand, or as a soak."""

    SHORT = "short"
    USUAL = "usual"
    LONG = "long"


@dataclass
class Outcome:
    """What a trial found. `wrong` must stay empty; `seen` shows that things happened.

    `zeros` are kinds of harm that are counted also where there was none.
    """

    faults: int = 0
    wrong: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    zeros: tuple[str, ...] = ()

    def expect(self, holds: bool, sentence: str) -> None:
        """Note the sentence as wrong unless it holds."""
        if not holds:
            self.wrong.append(sentence)

    def harm(self) -> dict[str, int]:
        """Return how many things are wrong, by what stands before the colon."""
        return dict.fromkeys(self.zeros, 0) | Counter(each.partition(":")[0] for each in self.wrong)


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of fault, played over and over."""

    name: str
    title: str
    run: Callable[[Size, Progress], Outcome]


@contextmanager
def scratch(*, memory: bool = False) -> Iterator[Path]:
    """Give a folder that is gone afterwards, in memory where that is asked for and there is any."""
    where = _MEMORY if memory and _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="faults-", dir=where) as folder:
        yield Path(folder)
