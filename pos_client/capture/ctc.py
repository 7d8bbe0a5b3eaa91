"""Turns what an engine saw along a line into characters, freely or among what a field may hold.

Connectionist temporal classification: at each step the network names a character or "none here";
equal neighbours are one character unless "none" stands between them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pos_client.capture.engine import BLANK, Posterior

_LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Char:
    """One character as read: its probability, and the steps it was seen in (end not included)."""

    text: str
    probability: float
    first: int
    end: int

    def __repr__(self) -> str:
        return f"Char(‹private›, {self.probability:.2f}, {self.first}..{self.end})"


def greedy(seen: Posterior) -> tuple[Char, ...]:
    """Read the likeliest character at each step; blanks between words are left out."""
    best = seen.probabilities.argmax(axis=1)
    peak = seen.probabilities.max(axis=1)
    chars: list[Char] = []
    at = 0
    while at < len(best):
        end = at + 1
        while end < len(best) and best[end] == best[at]:
            end += 1
        text = seen.alphabet.characters[best[at]] if best[at] != BLANK else ""
        if text.strip():
            chars.append(Char(text, float(peak[at:end].max()), at, end))
        at = end
    return tuple(chars)


def text_of(chars: Sequence[Char]) -> str:
    """Join characters."""
    return "".join(each.text for each in chars)


def likelihood(seen: Posterior, text: str) -> float:
    """Return the natural logarithm of the probability that the line reads exactly `text`.

    Characters that the engine does not know make it minus infinity.
    """
    indices = [seen.alphabet.index(each) for each in text]
    if None in indices:
        return -math.inf
    states = [BLANK]
    for index in indices:
        states += [index or BLANK, BLANK]
    emit = np.maximum(seen.probabilities[:, states], _LEAST).astype(np.float64)
    skip = np.array(
        [at > 1 and states[at] not in (BLANK, states[at - 2]) for at in range(len(states))]
    )
    alpha = np.zeros(len(states))
    alpha[: min(2, len(states))] = emit[0, :2]
    total = 0.0
    for row in emit[1:]:
        moved = alpha.copy()
        moved[1:] += alpha[:-1]
        moved[2:] += np.where(skip[2:], alpha[:-2], 0.0)
        alpha = moved * row
        mass = float(alpha.sum())
        alpha /= mass
        total += math.log(mass)
    return total + math.log(max(float(alpha[-2:].sum()), 1e-300))


def choose(seen: Posterior, words: Sequence[str]) -> list[tuple[str, float]]:
    """Rank `words` by how well the line reads as each; shares of probability, best first."""
    scores = np.array([likelihood(seen, word) for word in words])
    if not len(scores) or not np.isfinite(scores).any():
        return []
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    ranked = sorted(zip(words, shares.tolist(), strict=True), key=lambda each: -each[1])
    return [(word, share) for word, share in ranked if share > _LEAST]
