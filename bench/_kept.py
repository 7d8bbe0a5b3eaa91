"""Outcomes of a long bench, each in a file at once: what was measured is not measured again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class Kept(Generic[T]):
    """A file with one outcome to a line, to which several processes may add."""

    def __init__(self, file: Path, form: type[T]) -> None:
        self.file = file
        self._form = TypeAdapter(form)

    def all(self) -> list[T]:
        """All outcomes so far; one that was cut off in writing is left out."""
        if not self.file.exists():
            return []
        *lines, _ = self.file.read_bytes().split(b"\n")
        return [self._form.validate_json(line) for line in lines]

    def add(self, outcome: T) -> None:
        """Add an outcome: one write, so that those of several processes never mix."""
        with self.file.open("ab", buffering=0) as file:
            file.write(self._form.dump_json(outcome) + b"\n")


@contextmanager
def place(keep: Path | None) -> Iterator[Path]:
    """The file to keep outcomes in: the one that was asked for, or one that is gone afterwards."""
    if keep is not None:
        yield keep
        return
    with TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder) / "outcomes"
