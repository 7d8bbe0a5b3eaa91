"""Reads lines of OCR-B, the type of passports and identity numbers, with our own network."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from pos_client.capture.engine import Alphabet, Posterior
from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2

_HEIGHT: Final = 32
#: Pixels for one step of the network; widths are made multiples of it.
_STEP: Final = 4
_MIN_WIDTH: Final = 64
_MAX_WIDTH: Final = 1600
#: Less spread than this is an even ground: stretching it would make print of noise.
_LEAST_SPREAD: Final = 4.0
#: The network was taught to leave every character this much of a chance, however sure it is.
_NEVER_LESS: Final = 0.005 / 38
_LEAST: Final = 1e-6


class CodeReader:
    """Runs our network, which knows A to Z, 0 to 9 and the filler, on one crop at a time."""

    def __init__(self, network: Any) -> None:
        self._network = network
        self._input: str = network.get_inputs()[0].name
        self._alphabet = Alphabet(network.get_modelmeta().custom_metadata_map["character"])

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops of one line each (BGR)."""
        return [self._one(crop) for crop in crops]

    def _one(self, crop: Pixels) -> Posterior:
        height, width = crop.shape[:2]
        wide = round(width * _HEIGHT / height / _STEP) * _STEP
        wide = int(np.clip(wide, _MIN_WIDTH, _MAX_WIDTH))
        how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
        picture = cv2.resize(_inked(crop), (wide, _HEIGHT), interpolation=how).astype(np.float32)
        spread = max(float(picture.std()), _LEAST_SPREAD)
        blob = ((picture - picture.mean()) / spread)[None, None]
        said = np.asarray(self._network.run(None, {self._input: blob})[0][0], np.float32)
        steps = np.maximum(said - _NEVER_LESS, _LEAST)
        steps /= steps.sum(axis=1, keepdims=True)
        return Posterior(steps, self._alphabet, width / len(steps), crisp=True)


def _inked(crop: Pixels) -> Pixels:
    """The brightest of the three colours: black print stays dark, coloured patterns fade."""
    return np.asarray(crop.max(axis=2), np.uint8)
