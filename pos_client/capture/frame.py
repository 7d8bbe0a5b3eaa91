"""One picture from a camera, and the promise of whatever delivers them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

#: height x width x 3, uint8, blue-green-red.
Pixels = NDArray[np.uint8]
#: Any float array; the shape stands in the docstring of whoever returns it.
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, held in memory only. `number` counts from 0 for each opened source."""

    pixels: Pixels
    camera: str
    captured_at: datetime
    number: int = 0


class FrameSource(Protocol):
    """A camera, a video file, a folder of pictures, or a synthetic scene.

    One thread reads. A source never queues: `read` gives the newest picture and drops the rest.
    """

    name: str

    def read(self) -> Frame | None:
        """Return the next picture, or None when the source has ended or was unplugged.

        Raises:
            CameraLost: the device stopped answering; opening it again may help.
        """
        ...

    def close(self) -> None:
        """Release the device; safe to call twice."""
        ...
