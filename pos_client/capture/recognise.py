"""Reads one line of text into probabilities of characters along it."""

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any, Final

import numpy as np

from pos_client.capture.engine import BLANK, Alphabet, Posterior
from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2

_HEIGHT: Final = 48
_MIN_WIDTH: Final = 48
_MAX_WIDTH: Final = 2000
_OUT_OF_QUESTION: Final = 1e-5


class LineRecogniser:
    """Runs the recognition network, one crop on each thread.

    Two threads that share each layer of a line get 1.5 times as far as one, two that read a line
    each 1.9 times; a batch is as wide as its longest line and gains nothing.

    Args:
        session: the network, which runs in the thread that calls it.
        threads: where lines are read.
    """

    def __init__(self, session: Any, threads: Executor) -> None:
        self._session = session
        self._threads = threads
        self._input: str = session.get_inputs()[0].name
        known = session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ("", *known, " ")

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops of one line each."""
        # The longest first: the last one to end should be a short one.
        order = sorted(range(len(crops)), key=lambda at: -_wide(crops[at]))
        read = self._threads.map(self._one, [crops[at] for at in order])
        found = dict(zip(order, read, strict=True))
        return [found[at] for at in range(len(crops))]

    def _one(self, crop: Pixels) -> Posterior:
        height, width = crop.shape[:2]
        wide = _wide(crop)
        how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
        scaled = cv2.resize(crop, (wide, _HEIGHT), interpolation=how)
        normal = scaled.astype(np.float32) / 127.5 - 1.0
        blob = np.ascontiguousarray(normal.transpose(2, 0, 1)[None])
        steps = np.asarray(self._session.run(None, {self._input: blob})[0][0], np.float32)
        # Of 18,710 characters a line leaves a few hundred open: the rest is not carried along.
        open_ones = np.flatnonzero(steps[:, 1:].max(axis=0) > _OUT_OF_QUESTION) + 1
        alphabet = Alphabet([self._characters[at] for at in open_ones])
        table = np.ascontiguousarray(steps[:, [BLANK, *open_ones]])
        return Posterior(table, alphabet, width / len(steps))


def _wide(crop: Pixels) -> int:
    """How wide a line is in pixels at the height that the network works on."""
    height, width = crop.shape[:2]
    return int(np.clip(round(width * _HEIGHT / height), _MIN_WIDTH, _MAX_WIDTH))
