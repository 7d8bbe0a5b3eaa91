"""Reads one line of text into probabilities of characters along it."""

from collections.abc import Sequence
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
    """Runs the recognition network on one crop at a time: on few cores a batch gains nothing."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input: str = session.get_inputs()[0].name
        known = session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ("", *known, " ")

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops of one line each."""
        return [self._one(crop) for crop in crops]

    def _one(self, crop: Pixels) -> Posterior:
        height, width = crop.shape[:2]
        wide = int(np.clip(round(width * _HEIGHT / height), _MIN_WIDTH, _MAX_WIDTH))
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
