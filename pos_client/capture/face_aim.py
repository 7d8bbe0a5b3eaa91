"""Holds the camera on a person: first a good look from the front, then the movements asked for."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

from pos_client.capture.aims import Apply, Work
from pos_client.capture.face import Face, FacePrint, mean_print
from pos_client.capture.face_challenge import Challenge, draw_moves
from pos_client.capture.face_gate import (
    HOLD_STILL,
    LOOK_HERE,
    ONE_PERSON,
    FaceLight,
    live_fault,
    measure_face,
    people,
    place_fault,
)
from pos_client.capture.face_nets import FaceNets
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.gate import Glance
from pos_client.capture.guidance import Guidance
from pos_client.capture.portrait import pack
from pos_client.model.document import DocumentImage, Quad, Quality
from pos_client.model.face import FaceMove
from pos_client.model.view import Phase

#: Good looks from the front, one after another: their mean is compared.
LOOKS: Final = 3
#: Seconds for all movements, counted from the first good look; slow people are not turned away,
#: and whoever runs out of time is asked again.
LIMIT_S: Final = 30.0
#: Height in pixels of the picture that a policy may have kept, and what is around the face in it.
_KEPT_PX: Final = 240
_AROUND: Final = 0.5


@dataclass(frozen=True, slots=True)
class LiveFace:
    """What came of one look at a person.

    Attributes:
        print: of the face from the front; None where the movements were not seen in time.
        moves: what was asked for last.
        at: when the picture was taken.
        picture: the face, small; None unless it is to be kept.
    """

    print: FacePrint | None = field(repr=False)
    moves: tuple[FaceMove, ...]
    at: datetime
    picture: DocumentImage | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What one frame shows. `light` and `prints` only where they were asked for."""

    frame: Frame
    faces: tuple[Face, ...]
    light: FaceLight | None
    prints: tuple[FacePrint, ...]


class FaceAim:
    """Looks until a live face was seen, or its time is over.

    Args:
        nets: find faces and make prints, in the reader's thread.
        moves: how many movements are asked for, 0 to 3.
        chance: draws them, anew after each interruption.
        keep: whether a small picture of the face is wanted.
    """

    def __init__(
        self, nets: FaceNets, *, moves: int, chance: random.Random, keep: bool = False
    ) -> None:
        self.result: LiveFace | None = None
        self.guidance = Guidance()
        self._nets, self._count, self._chance, self._keep = nets, moves, chance, keep
        self._newest: Frame | None = None
        self._worked_on: Frame | None = None
        self._good: list[tuple[_Look, Face]] = []
        self._before: Face | None = None
        self._challenge: Challenge | None = None
        self._best: _Look | None = None
        self._since: float | None = None
        self._asked: tuple[FaceMove, ...] = ()

    @property
    def done(self) -> bool:
        """True once there is a result."""
        return self.result is not None

    def saw(self, frame: Frame, glance: Glance, at: float) -> None:
        """Keep the newest frame, and end what takes too long."""
        self._newest = frame
        if self._since is not None and at - self._since > LIMIT_S and self.result is None:
            self.result = LiveFace(None, self._asked, frame.captured_at)

    def take_now(self) -> None:
        """Do nothing: a face that cannot be compared is not compared."""

    def outline(self, at: float) -> Quad | None:
        """Return nothing: the oval of the page is enough."""
        return None

    def work(self, at: float) -> Work | None:
        """Return one look at the newest frame."""
        frame = self._newest
        if frame is None or frame is self._worked_on:
            return None
        self._worked_on = frame
        see = self._follow if self._challenge is not None else self._examine
        return partial(self._look, frame, see)

    # -- in the reader's thread ---------------------------------------------------------------
    def _look(self, frame: Frame, see: Callable[[_Look, float], None]) -> Apply:
        faces = people(self._nets.find(frame.pixels))
        aligned = [self._nets.align(frame.pixels, face) for face in faces[:2]]
        wanted = len(faces) == 1 and place_fault(faces[0], frame.pixels.shape[1]) is None
        prints: tuple[FacePrint, ...] = ()
        if self._challenge is not None or wanted:
            prints = tuple(self._nets.print_of(each) for each in aligned)
        light = measure_face(aligned[0]) if aligned else None
        return partial(see, _Look(frame, faces[:2], light, prints))

    # -- in the thread that looks -------------------------------------------------------------
    def _examine(self, look: _Look, at: float) -> None:
        """Wait for some good looks from the front."""
        fault, face = self._fault(look)
        first, self._before = self._before is None, face
        if fault is not None or face is None:
            self._good = []
            if first and fault == HOLD_STILL:
                # Nobody is told to hold still who has only just come.
                self._say(Phase.FOUND, None)
            else:
                self._say(Phase.SEARCH if face is None else Phase.ADJUST, fault)
            return
        self._good.append((look, face))
        self._say(Phase.STEADY, None, len(self._good) / LOOKS)
        if len(self._good) == LOOKS:
            self._begin(at)

    def _fault(self, look: _Look) -> tuple[str | None, Face | None]:
        if len(look.faces) != 1 or look.light is None:
            return (ONE_PERSON if look.faces else LOOK_HERE), None
        face = look.faces[0]
        fault = place_fault(face, look.frame.pixels.shape[1])
        return fault or live_fault(face, look.light, self._before), face

    def _begin(self, at: float) -> None:
        """Ask for the movements; without any, the good looks are all that is needed."""
        looks = [look for look, _ in self._good]
        self._best = max(looks, key=lambda each: each.light.sharpness if each.light else 0.0)
        self._asked = draw_moves(self._count, self._chance)
        middle = mean_print(tuple(look.prints[0] for look in looks))
        self._challenge = Challenge(self._asked, self._good[-1][1], middle)
        self._good = []
        if self._since is None:
            self._since = at
        self._go_on(middle)

    def _follow(self, look: _Look, at: float) -> None:
        challenge = self._challenge
        if challenge is None:
            return
        challenge.see(look.faces, look.prints)
        if challenge.lost:
            self._challenge, self._before = None, None
            self._say(Phase.SEARCH, LOOK_HERE)
        else:
            self._go_on(challenge.start_print)

    def _go_on(self, middle: FacePrint) -> None:
        challenge, best = self._challenge, self._best
        if challenge is None or best is None:
            return
        if challenge.done:
            picture = kept_picture(best.frame, best.faces[0]) if self._keep else None
            self.result = LiveFace(middle, self._asked, best.frame.captured_at, picture)
            self._say(Phase.CAPTURED, None, 1.0)
        else:
            self._say(Phase.FOUND, challenge.hint, challenge.progress)

    def _say(self, phase: Phase, hint: str | None, steady: float = 0.0) -> None:
        self.guidance = replace(self.guidance, phase=phase, hint=hint, steady=steady)


def kept_picture(frame: Frame, face: Face) -> DocumentImage:
    """Pack the face, with little around it, as the evidence that a policy asks for."""
    around = face.width * _AROUND
    height, width = frame.pixels.shape[:2]
    left, top = max(0, round(face.x - around)), max(0, round(face.y - around))
    right = min(width, round(face.x + face.width + around))
    bottom = min(height, round(face.y + face.height + around))
    piece: Pixels = frame.pixels[top:bottom, left:right]
    packed = pack(piece, _KEPT_PX)
    light = measure_face(piece)
    scale = min(1.0, _KEPT_PX / piece.shape[0])
    return DocumentImage(
        jpeg=packed,
        sha256=hashlib.sha256(packed.reveal()).hexdigest(),
        width=max(1, round(piece.shape[1] * scale)),
        height=round(piece.shape[0] * scale),
        camera=frame.camera,
        captured_at=frame.captured_at,
        quality=Quality(
            sharpness=light.sharpness,
            brightness=light.grey,
            glare=0.0,
            coverage=face.width / width,
            tilt_deg=0.0,
        ),
    )
