"""The data that the reader learns from: which faces and grounds, and batch after batch of lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Queue, get_context
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from training.ocrb import paper
from training.ocrb.faces import HELD_BACK, TRAINED, Face, Glyphs, cut_glyphs, find
from training.ocrb.lines import Line, draw

SEED: Final = 9303
BATCH: Final = 16
#: Widths take turns; the network has no width of its own.
_WIDTHS: Final = (256, 320, 384)
_PAPERS: Final = 160
#: Batches that wait, drawn, for the network.
_AHEAD: Final = 4

Batch = tuple[NDArray[np.float32], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Faces with their weights, those kept back for testing, and the grounds."""

    trained: list[tuple[float, Glyphs]]
    held_back: list[tuple[float, Glyphs]]
    papers: list[NDArray[np.float32]]

    @classmethod
    def load(cls, folders: list[Path]) -> "Recipe":
        """Cut all letters out of the installed faces.

        Raises:
            FaceMissing: a face of the recipe is not installed.
        """

        def cut(faces: tuple[Face, ...]) -> list[tuple[float, Glyphs]]:
            return [(each.weight, cut_glyphs(find(each, folders))) for each in faces]

        papers = paper.textures(np.random.default_rng(SEED), _PAPERS)
        return cls(cut(TRAINED), cut(HELD_BACK), papers)

    def batch(self, number: int) -> Batch:
        """Draw one batch: always the same for the same number."""
        width = _WIDTHS[number % len(_WIDTHS)]
        lines = [self.line((SEED, number, at), width) for at in range(BATCH)]
        return (
            np.stack([each.picture for each in lines])[:, None],
            np.stack([each.steps for each in lines]),
        )

    def line(self, seed: tuple[int, ...], width: int) -> Line:
        """Draw one line of a trained face."""
        return draw(np.random.default_rng(seed), self.trained, self.papers, width)


def batches(recipe: Recipe, first: int, count: int) -> Iterator[Batch]:
    """Draw batches in a process of their own, a few ahead, in order."""
    context = get_context("fork")
    ready: Queue[Batch] = context.Queue(_AHEAD)
    artist = context.Process(target=_draw, args=(recipe, first, count, ready), daemon=True)
    artist.start()
    for _ in range(count):
        yield ready.get()
    artist.join()


def _draw(recipe: Recipe, first: int, count: int, ready: "Queue[Batch]") -> None:
    cv2.setNumThreads(1)
    for number in range(first, first + count):
        ready.put(recipe.batch(number))
