"""Counts how many lines and characters a network reads wrongly."""

from collections.abc import Sequence

import torch

from training.cardprint.lines import Artist
from training.cardprint.network import Recogniser


def errors(net: Recogniser, artist: Artist, first: int, batches: int) -> tuple[float, float]:
    """The share of lines read wrongly, and of characters that are wrong, lost or too many."""
    lines = wrong = characters = off = 0
    for number in range(first, first + batches):
        pictures, wanted = artist.batch(number)
        with torch.no_grad():
            best = net(torch.from_numpy(pictures)).argmax(-1).tolist()
        for steps, truth in zip(best, wanted, strict=True):
            read = [
                each for at, each in enumerate(steps) if each and (not at or steps[at - 1] != each)
            ]
            lines, wrong = lines + 1, wrong + (read != truth)
            characters, off = characters + len(truth), off + _distance(read, truth)
    return wrong / lines, off / characters


def _distance(read: Sequence[int], truth: Sequence[int]) -> int:
    row = list(range(len(truth) + 1))
    for at, mine in enumerate(read, 1):
        before, row[0] = row[0], at
        for place, theirs in enumerate(truth, 1):
            change = before + (mine != theirs)
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, change)
    return row[-1]
