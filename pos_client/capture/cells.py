"""Reads lines of a known number of evenly spaced characters: ID numbers and machine-readable lines.

Runs of equal characters (000, <<<<<) melt together in the network's steps, so counting its peaks
loses or invents some. Even spacing gives the count back: the line is cut into cells, one for each
character, and every cell gets its own probabilities.
"""

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture import ctc
from pos_client.capture.engine import Alphabet, Posterior

#: Neighbours may stand this much closer or further apart than the mean pitch.
_CLOSEST: Final = 0.60
_FURTHEST: Final = 1.55
#: What uneven spacing costs, for the square of the logarithm of gap over pitch.
_UNEVEN: Final = 2.0
#: The same where the engine shows each character on its own place.
_CRISP_CLOSEST: Final = 0.70
_CRISP_FURTHEST: Final = 1.40
_CRISP_UNEVEN: Final = 8.0
_ENOUGH: Final = 8
#: The first character may stand this many pitches from the start of the crop.
_LEAD: Final = 4
#: How much of a peak counts one step beside it: enough for two equal characters that melted into
#: one, too little to double a character that stands alone.
_NEIGHBOUR: Final = 0.2
#: The score of a cell where nothing was seen (more where it may be a filler, which fade easily),
#: and the shares its symbols then get.
_LEAST: Final = 1e-4
_UNSEEN: Final = 0.05
_TINY: Final = 3e-6
_BLANK_SHARE: Final = 1e-4
#: Less print than this in a cell is none: something covers it, or it was never printed.
_HIDDEN: Final = 0.5
#: How many alternatives of one cell are worth trying, and down to which probability.
_RIVALS: Final = 6
_RIVAL_SHARE: Final = 5e-6
#: What taking the other one of two look-alikes costs at most.
_DOUBLE_COST: Final = 3.0


@dataclass(frozen=True, eq=False)
class CellKind:
    """What one cell may hold: its symbols, what else is read for each, and the share of a blank.

    `folds` maps a symbol to the characters that are taken for it here; `blank_is` names the symbol
    that an empty cell most likely is.
    """

    symbols: str
    folds: Mapping[str, str] = field(default_factory=dict)
    blank_is: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Probabilities of each character in each cell: `shares` is cells x len(symbols).

    `places` holds the middle of each cell as a share 0 to 1 along the line; `fit` is the mean
    logarithm of the best probabilities, 0 for a perfect line; `seen` is what the engine would have
    read in each cell, had it been free to, and "" where it saw nothing; `hidden` tells the cells in
    which it hardly saw anything that may stand there.
    """

    symbols: str
    shares: NDArray[np.float64]
    places: NDArray[np.float64]
    fit: float
    seen: tuple[str, ...] = ()
    hidden: tuple[bool, ...] = ()

    @property
    def text(self) -> str:
        """The likeliest character of each cell."""
        return "".join(self.symbols[at] for at in self.shares.argmax(axis=1))

    def confidence(self, text: str) -> list[float]:
        """Return the probability of each character of `text`, one for each cell."""
        return [
            float(self.shares[at, self.symbols.index(each)]) if each in self.symbols else 0.0
            for at, each in enumerate(text)
        ]


def fit_cells(seen: Posterior, kinds: Sequence[CellKind]) -> Cells | None:
    """Cut the line into cells of these kinds and read each; None where the line is too short."""
    count = len(kinds)
    steps = len(seen.probabilities)
    if steps < count:
        return None
    # Most of the cells of a line are of a few kinds.
    unique = set(kinds)
    symbols = "".join(sorted({each for kind in unique for each in kind.symbols}))
    spreads = {kind: _spread(seen, kind, symbols) for kind in unique}
    tops = {
        kind: np.log(np.maximum(spread.max(axis=1), _UNSEEN if kind.blank_is else _LEAST))
        for kind, spread in spreads.items()
    }
    best = np.stack([tops[kind] for kind in kinds], axis=1)
    places = _place(best, _spacing(seen, count))
    if places is None:
        return None
    shares = np.stack([spreads[kind][at] for kind, at in zip(kinds, places, strict=True)])
    print_seen = shares.sum(axis=1)
    shares = shares / print_seen[:, None]
    fit = float(np.mean(best[places, np.arange(count)]))
    free = seen.probabilities[places].argmax(axis=1)
    characters = tuple(seen.alphabet.characters[at] for at in free)
    hidden = tuple(bool(each) for each in print_seen < _HIDDEN)
    return Cells(symbols, shares, (places + 0.5) / steps, fit, characters, hidden)


def _spread(seen: Posterior, kind: CellKind, symbols: str) -> NDArray[np.float64]:
    """Steps x len(symbols): look-alikes summed up, symbols that may not stand here at zero."""
    alike, fold, floor = _fold(seen.alphabet, kind, symbols)
    table = seen.probabilities[:, alike] @ fold
    return np.maximum(table if seen.crisp else _widened(table), floor)


@lru_cache(maxsize=256)
def _fold(
    alphabet: Alphabet, kind: CellKind, symbols: str
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Which characters of an alphabet count, for which symbol each, and what each symbol has."""
    pairs = [
        (index, symbols.index(symbol))
        for symbol in kind.symbols
        for each in symbol + kind.folds.get(symbol, "")
        if (index := alphabet.index(each)) is not None
    ]
    alike = np.array(sorted({index for index, _ in pairs}), np.int64)
    fold = np.zeros((len(alike), len(symbols)))
    for index, column in pairs:
        fold[np.searchsorted(alike, index), column] = 1.0
    floor = np.zeros(len(symbols))
    for symbol in kind.symbols:
        floor[symbols.index(symbol)] = _BLANK_SHARE if symbol == kind.blank_is else _TINY
    return alike, fold, floor


def _widened(table: NDArray[np.floating]) -> NDArray[np.floating]:
    """Let each step also see its neighbours a little: peaks are one step wide."""
    wide = table.copy()
    wide[1:] = np.maximum(wide[1:], table[:-1] * _NEIGHBOUR)
    wide[:-1] = np.maximum(wide[:-1], table[1:] * _NEIGHBOUR)
    return wide


@dataclass(frozen=True, slots=True)
class _Spacing:
    """Distance of neighbours in steps, how far it may vary, and where the first may stand."""

    pitch: float
    closest: float
    furthest: float
    uneven: float
    lead: int


def _spacing(seen: Posterior, count: int) -> _Spacing:
    """Tell the spacing by what was seen where that is crisp, else by the room there is."""
    pitch = len(seen.probabilities) / count
    chars = ctc.greedy_even(seen) if seen.crisp else ()
    middles = np.array([(each.first + each.end) / 2 for each in chars])
    if len(middles) < _ENOUGH:
        lead = max(2, math.ceil(pitch * _LEAD))
        return _Spacing(pitch, _CLOSEST, _FURTHEST, _UNEVEN, lead)
    gaps = np.diff(middles)
    usual = float(np.median(gaps))
    pitch = float(gaps[(gaps > _CLOSEST * usual) & (gaps < _FURTHEST * usual)].mean())
    lead = max(2, math.ceil(middles[0] + pitch))
    return _Spacing(pitch, _CRISP_CLOSEST, _CRISP_FURTHEST, _CRISP_UNEVEN, lead)


def _place(best: NDArray[np.float64], spacing: _Spacing) -> NDArray[np.int64] | None:
    """Find the steps of the cells with the best sum of scores under even spacing.

    `best` is steps x cells: the logarithm of the best character of that cell at that step.
    """
    steps, count = best.shape
    pitch = spacing.pitch
    first = max(1, math.floor(pitch * spacing.closest))
    gaps = np.arange(first, max(first, math.ceil(pitch * spacing.furthest)) + 1)
    cost = (spacing.uneven * np.log(gaps / pitch) ** 2)[:, None]
    # Where each step would be reached from; places before the line have no chance.
    back = np.maximum(np.arange(steps) - gaps[:, None] + gaps[-1], 0)
    before = np.full(steps + int(gaps[-1]), -np.inf)
    table = np.full((count, steps), -np.inf)
    came = np.zeros((count, steps), np.int64)
    table[0, : spacing.lead] = best[: spacing.lead, 0]
    for at in range(1, count):
        before[gaps[-1] :] = table[at - 1]
        reach = before[back] - cost
        came[at] = gaps[reach.argmax(axis=0)]
        table[at] = reach.max(axis=0) + best[:, at]
    end = int(table[-1].argmax())
    if not np.isfinite(table[-1, end]):
        return None
    places = [end]
    for at in range(count - 1, 0, -1):
        places.append(places[-1] - int(came[at, places[-1]]))
    return np.array(places[::-1])


def rivals(cells: Cells, doubles: Mapping[str, str] | None = None) -> list[list[tuple[float, str]]]:
    """For each cell the characters worth trying with their cost, the best one at 0 first.

    `doubles` names look-alikes that are worth trying however sure the engine was of the other one.
    """
    lists: list[list[tuple[float, str]]] = []
    for row in cells.shares:
        order = row.argsort()[::-1][:_RIVALS]
        top = float(row[order[0]])
        costs = {
            cells.symbols[at]: math.log(top / float(row[at]))
            for at in order
            if row[at] > _RIVAL_SHARE
        } or {cells.symbols[order[0]]: 0.0}
        for other in (doubles or {}).get(cells.symbols[order[0]], ""):
            if other in cells.symbols and row[cells.symbols.index(other)] > 0:
                costs[other] = min(costs.get(other, _DOUBLE_COST), _DOUBLE_COST)
        lists.append(sorted((cost, symbol) for symbol, cost in costs.items()))
    return lists


def cheapest(
    options: Sequence[Sequence[tuple[float, str]]], limit: int
) -> Iterator[tuple[float, str]]:
    """Give texts with one option for each place, cheapest first, at most `limit` of them."""
    # Each further text is made from an earlier one by taking the next option at or after the last
    # changed place, so that none is made twice.
    moves = [at for at, each in enumerate(options) if len(each) > 1]
    start: tuple[int, ...] = (0,) * len(moves)
    heap: list[tuple[float, int, tuple[int, ...]]] = [(0.0, 0, start)]
    for _ in range(limit):
        if not heap:
            return
        cost, last, chosen = heapq.heappop(heap)
        picked = dict(zip(moves, chosen, strict=True))
        yield cost, "".join(each[picked.get(at, 0)][1] for at, each in enumerate(options))
        for at in range(last, len(moves)):
            place = options[moves[at]]
            if chosen[at] + 1 < len(place):
                step = place[chosen[at] + 1][0] - place[chosen[at]][0]
                changed = (*chosen[:at], chosen[at] + 1, *chosen[at + 1 :])
                heapq.heappush(heap, (cost + step, at, changed))


def valid_texts(
    options: Sequence[Sequence[tuple[float, str]]],
    holds: Callable[[str], bool],
    *,
    limit: int = 1500,
    wanted: int = 2,
) -> list[tuple[float, str]]:
    """Return up to `wanted` texts that hold, cheapest first, from the `limit` likeliest."""
    found: list[tuple[float, str]] = []
    for cost, text in cheapest(options, limit):
        if holds(text):
            found.append((cost, text))
            if len(found) == wanted:
                break
    return found
