"""What the reader needs from whatever recognises text, and what it gets back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.frame import Floats, Pixels

#: Index of "no character here" in every alphabet (connectionist temporal classification).
BLANK = 0


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """Where a line of text lies: corners 4 x 2 in pixels, the first edge along the line.

    Whether that edge is the upper one is not known before the text is read.
    """

    quad: Floats
    score: float

    @property
    def length(self) -> float:
        """Length along the text, pixels."""
        return float(np.linalg.norm(self.quad[1] - self.quad[0]))

    @property
    def height(self) -> float:
        """Height of the box across the text, pixels."""
        return float(np.linalg.norm(self.quad[3] - self.quad[0]))

    @property
    def middle(self) -> Floats:
        """Middle of the box: 2 numbers, pixels."""
        return np.asarray(self.quad.mean(axis=0))


class Alphabet:
    """The characters an engine can tell apart; index 0 is `BLANK`."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = ("", *characters)
        self._index = {each: at for at, each in reversed(list(enumerate(self.characters)))}

    def index(self, character: str) -> int | None:
        """Return the index of a character, or None where the engine does not know it."""
        return self._index.get(character)

    def __len__(self) -> int:
        return len(self.characters)


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What an engine saw along one line: a probability for each step and character.

    `probabilities` is steps x len(alphabet), each row sums to about 1. Step `t` covers the pixels
    from `t * step_px` to `(t + 1) * step_px` of the crop that was read.
    """

    probabilities: NDArray[np.float32]
    alphabet: Alphabet = field(repr=False)
    step_px: float
    #: Equal neighbours never melt into one and peaks lie on the middles: taught so.
    crisp: bool = False

    def part(self, first: int, end: int) -> "Posterior":
        """Return the steps from `first` up to `end`, which is not included."""
        return replace(self, probabilities=self.probabilities[first:end])

    def folded(self, variants: Mapping[str, str]) -> "Posterior":
        """Count every variant (a key) as the character it stands for (its value)."""
        table = self.probabilities.copy()
        for variant, character in variants.items():
            one, other = self.alphabet.index(variant), self.alphabet.index(character)
            if one is not None and other is not None:
                table[:, other] += table[:, one]
                table[:, one] = 0.0
        return replace(self, probabilities=table)


class TextEngine(Protocol):
    """Finds lines of text and reads them, in process, without touching the disk.

    Safe to call from several threads. Never raises for the content of a picture.
    """

    name: str
    #: True where lines are only found in pictures that are the right way up.
    upright_only: bool

    def may_hold_text(self, pixels: Pixels) -> bool:
        """Say in a few milliseconds whether it is worth looking for lines; in doubt, it is."""
        ...

    def find_lines(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        """Find the lines in `pixels` (BGR), looking at it with its longer side at `longest_px`."""
        ...

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops of one line each (BGR, any size), one posterior for each, in order."""
        ...

    def read_codes(self, crops: Sequence[Pixels]) -> list[Posterior] | None:
        """Read lines of machine-readable zones and identity numbers with a reader made for them.

        Returns:
            One posterior over A to Z, 0 to 9 and `<` for each, or None where there is no such
            reader here: then `recognise` has to do.
        """
        ...


class SecondReader(Protocol):
    """An independent opinion on a small crop; slow, so asked only in doubt."""

    name: str

    def read_line(self, crop: Pixels, characters: str) -> str | None:
        """Read one upright line; `characters` limits what it may hold ("" for any).

        Returns:
            The text without blanks, or None where the reader gave none in time.
        """
        ...
