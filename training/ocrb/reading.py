"""Reads out what the network says, and counts how far that is from what was drawn."""

import numpy as np
from numpy.typing import NDArray

from training.ocrb.faces import ALPHABET


def read(scores: NDArray[np.float32]) -> str:
    """Take the likeliest class of each step; neighbours of one class are one letter."""
    best = scores.argmax(axis=1)
    kept = [at for at, one in enumerate(best) if one and (at == 0 or best[at - 1] != one)]
    return "".join(ALPHABET[best[at] - 1] for at in kept)


def distance(one: str, other: str) -> int:
    """Count the letters to change, add or leave out to make one text of the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            before, row[to] = (
                row[to],
                min(row[to] + 1, row[to - 1] + 1, before + (letter != wanted)),
            )
    return row[-1]
