"""What lies under the demo's camera: a hand brings a document and holds it until it was taken."""

import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from specimens.camera import scene
from specimens.specimen import Specimen

FPS: Final = 15.0
#: The approach in `specimens.camera.scene` takes the first 28 % of its time.
_SECONDS: Final = 4.0
_ARRIVED: Final = round(_SECONDS * FPS * 0.30)
_HELD: Final = 8

Picture = NDArray[np.uint8]


class Held:
    """A scene drawn beforehand, so that the camera costs nothing while the client is measured."""

    def __init__(self, specimen: Specimen, seed: int) -> None:
        frames = scene(specimen, seed=seed, seconds=_SECONDS, fps=FPS)
        self._approach = list(islice(frames, _ARRIVED))
        self._still = list(islice(frames, _HELD))
        #: When the first picture of the still document was given, in monotonic seconds.
        self.still_since = 0.0

    def __call__(self) -> Iterable[Picture]:
        """Play it from the beginning; it ends when the camera is shown something else."""
        return self._play()

    def _play(self) -> Iterator[Picture]:
        yield from self._approach
        self.still_since = time.monotonic()
        yield from cycle(self._still)
