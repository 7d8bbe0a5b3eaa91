"""Turns what an engine saw along a line into characters, freely or among what a field may hold.

Connectionist temporal classification: at each step the network names a character or "none here";
equal neighbours are one character unless "none" stands between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.engine import BLANK, Posterior

_LEAST: Final = 1e-6
#: How much likelier an everyday character is than one outside GB 2312, before looking.
_USUAL: Final = 6.0
_VARIANTS: Final = 4
#: So many other possibilities of a character are kept, down to this probability.
_OTHERS: Final = 4
_FAINT: Final = 1e-3
#: Even print is told from so many characters; nothing in it stands closer than this share of the
#: usual distance.
_ENOUGH: Final = 4
_TOO_CLOSE: Final = 0.55
#: So many steps beside a character are still its own.
_EDGE: Final = 2


@dataclass(frozen=True, slots=True)
class Char:
    """One character as read: its probability, and the steps it was seen in (end not included).

    `others` are what else it may be, likeliest first.
    """

    text: str
    probability: float
    first: int
    end: int
    others: tuple[tuple[str, float], ...] = ()

    def __repr__(self) -> str:
        return f"Char(‹private›, {self.probability:.2f}, {self.first}..{self.end})"


def greedy(seen: Posterior) -> tuple[Char, ...]:
    """Read the likeliest character at each step; blanks between words are left out."""
    best = seen.probabilities.argmax(axis=1)
    firsts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = [*firsts[1:].tolist(), len(best)]
    chars: list[Char] = []
    for first, end in zip(firsts.tolist(), ends, strict=True):
        at = int(best[first])
        text = seen.alphabet.characters[at] if at != BLANK else ""
        if text.strip():
            peak = seen.probabilities[first:end].max(axis=0)
            chars.append(Char(text, float(peak[at]), first, end, _others(seen, peak, at)))
    return tuple(chars)


def _others(seen: Posterior, peak: NDArray[np.float32], best: int) -> tuple[tuple[str, float], ...]:
    """What else was seen in the steps of a character, as far as it is worth carrying along."""
    likely = [at for at in np.flatnonzero(peak > _FAINT).tolist() if at not in (BLANK, best)]
    likely.sort(key=lambda at: -peak[at])
    named = ((seen.alphabet.characters[at], float(peak[at])) for at in likely[:_OTHERS])
    return tuple((text, share) for text, share in named if text.strip())


def unread(seen: Posterior, chars: Sequence[Char], first: int, end: int) -> float:
    """How likely it is that between steps `first` and `end` a character was taken for none.

    `chars` are those that were read along the line. Steps at their edges, which waver between the
    same few characters, do not count.
    """
    steps = seen.probabilities[first:end].copy()
    steps[:, BLANK] = 0.0
    for at, text in enumerate(seen.alphabet.characters):
        if not text.strip():
            steps[:, at] = 0.0
    for char in chars:
        low, high = max(first, char.first - _EDGE), min(end, char.end + _EDGE)
        if low < high:
            known = (char.text, *(other for other, _ in char.others))
            for text in known:
                index = seen.alphabet.index(text)
                if index is not None:
                    steps[low - first : high - first, index] = 0.0
            inside = slice(max(0, char.first - first), max(0, char.end - first))
            steps[inside] = 0.0
    return float(steps.max(initial=0.0))


def greedy_even(seen: Posterior) -> tuple[Char, ...]:
    """Read even print: two characters on the room of one are one that wavered (O and 0)."""
    chars = list(greedy(seen))
    if len(chars) < _ENOUGH:
        return tuple(chars)
    starts = sorted(b.first + b.end - a.first - a.end for a, b in pairwise(chars))
    closest = starts[len(starts) // 2] * _TOO_CLOSE
    kept = chars[:1]
    for char in chars[1:]:
        last = kept[-1]
        if char.first + char.end - last.first - last.end >= closest:
            kept.append(char)
        else:
            more = max(last, char, key=lambda each: each.probability * (each.end - each.first))
            kept[-1] = replace(more, first=last.first, end=char.end)
    return tuple(kept)


def usual_characters(seen: Posterior, chars: Sequence[Char]) -> tuple[Char, ...]:
    """Prefer the everyday form where the network wavers between it and a rare variant of it.

    Networks that read all of Chinese waver between 虚 and 虛; print of the mainland has the one
    that is in GB 2312 far more often. A rare character that was clearly seen stays.
    """
    return tuple(each if is_usual(each.text) else _usual(seen, each) for each in chars)


def _usual(seen: Posterior, char: Char) -> Char:
    peak = seen.probabilities[char.first : char.end].max(axis=0)
    for at in peak.argsort()[::-1][1:_VARIANTS]:
        other, share = seen.alphabet.characters[at], float(peak[at])
        if other and is_usual(other) and share * _USUAL > char.probability:
            chance = share * _USUAL / (share * _USUAL + char.probability)
            others = ((char.text, char.probability * (1 - chance)), *char.others)
            return Char(other, chance, char.first, char.end, others[:_OTHERS])
    return char


def is_usual(text: str) -> bool:
    """Tell whether a character is an everyday one: of GB 2312, or plain ASCII."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def text_of(chars: Sequence[Char]) -> str:
    """Join characters."""
    return "".join(each.text for each in chars)


def likelihoods(seen: Posterior, words: Sequence[str]) -> NDArray[np.float64]:
    """Return the natural logarithm of the probability that the line reads exactly each word."""
    found = np.zeros(len(words))
    for length in sorted({len(word) for word in words}):
        alike = [at for at, word in enumerate(words) if len(word) == length]
        found[alike] = _of_one_length(seen, [words[at] for at in alike])
    return found


def _of_one_length(seen: Posterior, words: Sequence[str]) -> NDArray[np.float64]:
    """The same for words of equal length: the forward pass of all of them at once."""
    never = len(seen.alphabet)
    states = np.full((len(words), 2 * len(words[0]) + 1), BLANK)
    for row, word in enumerate(words):
        states[row, 1::2] = [seen.alphabet.index(each) or never for each in word]
    table = np.column_stack([seen.probabilities, np.zeros(len(seen.probabilities))])
    table = np.maximum(table.astype(np.float64), _LEAST)
    skip = np.zeros(states.shape)
    skip[:, 2:] = (states[:, 2:] != BLANK) & (states[:, 2:] != states[:, :-2])
    alpha = np.zeros(states.shape)
    alpha[:, :2] = table[0][states[:, :2]]
    total = np.zeros(len(words))
    for row in table[1:]:
        moved = alpha.copy()
        moved[:, 1:] += alpha[:, :-1]
        moved[:, 2:] += alpha[:, :-2] * skip[:, 2:]
        alpha = moved * row[states]
        mass = alpha.sum(axis=1, keepdims=True)
        alpha /= mass
        total += np.log(mass[:, 0])
    return np.asarray(total + np.log(np.maximum(alpha[:, -2:].sum(axis=1), 1e-300)))


def choose(seen: Posterior, words: Sequence[str]) -> list[tuple[str, float]]:
    """Rank `words` by how well the line reads as each; shares of probability, best first."""
    scores = likelihoods(seen, words)
    if not len(scores) or not np.isfinite(scores).any():
        return []
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    ranked = sorted(zip(words, shares.tolist(), strict=True), key=lambda each: -each[1])
    return [(word, share) for word, share in ranked if share > _LEAST]
