"""Puts several looks at the same print together, character by character."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pos_client.model.field import Letter

#: Stands for "no character here" where looks differ in length.
_NONE: Final = ""
#: What is left of a probability for everything that a look did not name.
_REST: Final = 0.004
#: How sure a look is that nothing stands where it read nothing, and the most of that where it did.
_ABSENT: Final = 0.75
_PERHAPS_ABSENT: Final = 0.02
#: What a look that read nothing leaves for each character: light hides one far more often than
#: another look sees one clearly where none stands.
_OVERLOOKED: Final = 0.05
#: What it costs to take a character of one look for one that another look has not.
_GAP: Final = -1.1
_LEAST: Final = 1e-9
_KEPT: Final = 4

Letters = Sequence[Letter]
#: One look: what it read, and what it counts.
Look = tuple[Letters, float]


@dataclass(slots=True)
class _Place:
    """A place in the text: what the looks say about it, None for a look that read nothing."""

    votes: list[Letter | None]


def fused(looks: Sequence[Look], strength: float) -> tuple[Letter, ...]:
    """Vote on each character; the looks share `strength`: 1 for what one look alone is worth.

    Looks of one picture err together, so their votes are a mean (1); frames of a hand that trembles
    are worth more than one, and less than their number.
    """
    ranked = sorted(looks, key=lambda look: -_worth(look))
    places = [_Place([letter]) for letter in ranked[0][0]]
    for count, (letters, _) in enumerate(ranked[1:], start=1):
        places = _joined(places, letters, count)
    total = sum(weight for _, weight in ranked)
    shares = [strength * weight / total for _, weight in ranked]
    elected = (_elected(place, shares) for place in places)
    return tuple(letter for letter in elected if letter.text != _NONE)


def _worth(look: Look) -> float:
    letters, weight = look
    return weight * sum(letter.probability for letter in letters)


def _joined(places: list[_Place], letters: Letters, count: int) -> list[_Place]:
    """Lay another look along the places, opening new ones where it has more characters."""
    scores = _table(places, letters)
    joined: list[_Place] = []
    row, column = len(places), len(letters)
    while row or column:
        here = scores[row][column]
        if row and column:
            alike = scores[row - 1][column - 1] + _alike(places[row - 1], letters[column - 1])
            if math.isclose(here, alike):
                row, column = row - 1, column - 1
                joined.append(_Place([*places[row].votes, letters[column]]))
                continue
        if row and math.isclose(here, scores[row - 1][column] + _GAP):
            row -= 1
            joined.append(_Place([*places[row].votes, None]))
        else:
            column -= 1
            joined.append(_Place([*[None] * count, letters[column]]))
    return joined[::-1]


def _table(places: list[_Place], letters: Letters) -> list[list[float]]:
    scores = [[_GAP * column for column in range(len(letters) + 1)]]
    for row, place in enumerate(places, start=1):
        line = [_GAP * row]
        for column, letter in enumerate(letters, start=1):
            line.append(
                max(
                    scores[row - 1][column - 1] + _alike(place, letter),
                    scores[row - 1][column] + _GAP,
                    line[column - 1] + _GAP,
                )
            )
        scores.append(line)
    return scores


def _alike(place: _Place, letter: Letter) -> float:
    """How well a character fits a place: about 1 for the same, below 0 for another one."""
    shares = _shares(letter)
    best = -1.0
    for vote in place.votes:
        if vote is not None:
            same = sum(min(share, shares.get(text, 0.0)) for text, share in _shares(vote).items())
            best = max(best, 1.4 * same - 0.4)
    return best


def _shares(letter: Letter) -> dict[str, float]:
    return {**dict(letter.others), letter.text: letter.probability}


def _elected(place: _Place, shares: Sequence[float]) -> Letter:
    """The likeliest character of a place by the weighed votes, with its rivals."""
    known = [None if vote is None else _shares(vote) for vote in place.votes]
    texts = {text for each in known if each for text in each}
    sums: dict[str, float] = {}
    for text in (*texts, _NONE):
        sums[text] = sum(
            share * math.log(max(_chance(each, text), _LEAST))
            for each, share in zip(known, shares, strict=True)
        )
    top = max(sums.values())
    weights = {text: math.exp(value - top) for text, value in sums.items()}
    whole = sum(weights.values())
    ranked = sorted(
        ((text, weight / whole) for text, weight in weights.items()), key=lambda x: -x[1]
    )
    (text, probability), *others = ranked
    # Nobody is surer than the print was clear: a share for all that no look has named.
    clear = max((sum(each.values()) for each in known if each), default=1.0)
    kept = tuple((other, share) for other, share in others if other != _NONE)[:_KEPT]
    return Letter(text, probability * (1 - max(0.0, 1 - clear) ** max(1.0, sum(shares))), kept)


def _chance(shares: dict[str, float] | None, text: str) -> float:
    """What one look gives for a character, or for none, at a place."""
    if shares is None:
        return _ABSENT if text == _NONE else _OVERLOOKED
    if text == _NONE:
        return min(_PERHAPS_ABSENT, max(0.0, 1 - sum(shares.values())) + _REST)
    return max(shares.get(text, 0.0), min(_REST, (1 - max(shares.values())) / 2))
