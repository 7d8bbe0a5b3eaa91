"""Counts what the network gets wrong on lines that it did not learn from."""

from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from training.ocrb.faces import Glyphs
from training.ocrb.lines import draw
from training.ocrb.network import LineNet
from training.ocrb.reading import distance, read

#: Seeds that no batch has.
_SEED: Final = 77_000_000


def errors(
    net: LineNet,
    faces: list[tuple[float, Glyphs]],
    papers: list[NDArray[np.float32]],
    count: int = 400,
) -> dict[str, float]:
    """Give the share of lines read wrongly and of characters wrong, lost or too many, percent."""
    net.eval()
    wrong, edits, letters = 0, 0, 0
    with torch.no_grad():
        for at in range(count):
            line = draw(np.random.default_rng((_SEED, at)), faces, papers, 384)
            scores = net(torch.from_numpy(line.picture)[None, None])[0]
            text = read(scores.numpy())
            wrong += text != line.text
            edits += distance(text, line.text)
            letters += len(line.text)
    return {
        "lines wrong %": round(100 * wrong / count, 2),
        "characters wrong %": round(100 * edits / letters, 3),
    }
