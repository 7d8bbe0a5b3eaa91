"""A drawn person before a synthetic camera, who listens to what the client says."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from pos_client.model.private import Private
from pos_client.model.view import Phase, View
from specimens.faces import draw_face
from specimens.live_face import stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_client.capture.frame import Pixels
    from pos_client.capture.source_synthetic import SyntheticSource

#: What is done at each hint: a turn to and fro, so that slow and fast looks both see enough of it.
_DOES: Final[dict[str, tuple[dict[str, float], ...]]] = {
    "FAC16": tuple({"turn": t} for t in (0.8, 1.0, 1.1, 1.2, 1.3, 1.2, 1.1, 1.0)),
    "FAC17": tuple({"turn": -t} for t in (0.7, 0.8, 0.9, 1.0, 0.9, 0.8)),
    "FAC18": ({"near": 1.2}, {"near": 1.3}),
}


def view(phase: Phase, *, hint: str | None = None, steady: float = 0.0, turn: float = 0.0) -> View:
    """Return a drawn person before the camera."""
    pixels = np.asarray(cv2.cvtColor(stand(3, turn=turn), cv2.COLOR_BGR2BGRA), np.uint8)
    height, width = pixels.shape[:2]
    return View(width, height, pixels.tobytes(), phase, None, hint, steady)


def photo() -> Private[bytes]:
    """Return the drawn person's photo on the card, marked as a specimen."""
    drawn, _ = draw_face(260, 320, 3)
    pixels = np.ascontiguousarray(drawn[:, :, ::-1])
    cv2.putText(pixels, "SPECIMEN", (30, 306), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (40, 40, 170), 2)
    return Private(cv2.imencode(".jpg", pixels)[1].tobytes())


class DrawnPerson:
    """Stands there, and does what a hint asks for; give `hear` to whatever shows the views.

    `deaf` people look at the camera and do nothing else.
    """

    def __init__(self, source: SyntheticSource, seed: int, *, deaf: bool = False) -> None:
        self._source, self._seed, self._deaf = source, seed, deaf
        self._doing: str | None = ""
        self.heard: list[str] = []

    def arrive(self) -> None:
        """Step before the camera."""
        self._do(None)

    def hear(self, view: View) -> None:
        """Follow the hint of a view."""
        hint = view.hint
        if hint is not None and (not self.heard or self.heard[-1] != hint):
            self.heard.append(hint)
        wanted = None if self._deaf or hint not in _DOES else hint
        if wanted != self._doing:
            self._do(wanted)

    def _do(self, hint: str | None) -> None:
        self._doing = hint
        poses = _DOES[hint] if hint else ({},)
        pictures = [stand(self._seed, **pose) for pose in poses]  # type: ignore[arg-type]  # all floats

        def scene() -> Iterator[Pixels]:
            for picture in itertools.cycle(pictures):
                # Each pose for a while: a look takes longer than a frame.
                yield from itertools.repeat(picture, 6)

        self._source.show(scene)
