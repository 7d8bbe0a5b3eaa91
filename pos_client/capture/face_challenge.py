"""Asks for movements in an order nobody knows before, and follows one face through all of them."""

import random
from typing import Final

from pos_client.capture.face import Face, FacePrint, likeness, overlap
from pos_client.model.face import FaceMove

#: What is said for each movement, and to look straight ahead between two of them.
HINT_OF: Final = {FaceMove.LEFT: "FAC16", FaceMove.RIGHT: "FAC17", FaceMove.CLOSER: "FAC18"}
STRAIGHT: Final = "FAC19"

#: How far the nose goes from where it was, see `Face.turn`: some 25 degrees. Flat pictures of drawn
#: faces, turned by up to 50 degrees, went by 0.18 at most; at 60 they are too narrow, see below.
TURNED: Final = 0.20
#: And how much of the distance of the eyes a turned head keeps, see `Face.spread`.
LEAST_SPREAD: Final = 0.70
#: Back where it was, within this.
BACK: Final = 0.09
#: How much wider the face is once it has come closer.
CLOSER: Final = 1.2
#: Looks in which a movement has to be seen, one after another: a single one may be misread.
_SEEN_TWICE: Final = 2
#: Looks without the face that a blink of the finder is forgiven for.
_LOOKS_WITHOUT: Final = 3
#: One face does not jump, and stays like itself, turned head or not.
_LEAST_OVERLAP: Final = 0.2
_LEAST_LIKE: Final = 0.30


def turned(face: Face, start: Face) -> float:
    """How far a head has turned since `start`, see `Face.turn`; 0 for one as flat as a picture."""
    solid = face.spread >= start.spread * LEAST_SPREAD
    return face.turn - start.turn if solid else 0.0


def draw_moves(count: int, chance: random.Random) -> tuple[FaceMove, ...]:
    """Draw `count` different movements, 0 to 3, in an order that cannot be foreseen."""
    return tuple(chance.sample(tuple(FaceMove), count))


class Challenge:
    """One face, watched from looking straight until all movements were made.

    It never says no: either all was seen, or the face was `lost`, and whoever asked begins anew or
    runs out of time.
    """

    def __init__(self, moves: tuple[FaceMove, ...], start: Face, start_print: FacePrint) -> None:
        self.moves, self.start_print = moves, start_print
        self.lost = False
        self._start = start
        self._last = start
        self._made = 0
        self._seen = 0
        self._coming_back = False
        self._without = 0

    @property
    def done(self) -> bool:
        """True once all movements were made, and the face looks straight again."""
        return self._made == len(self.moves) and not self._coming_back and not self.lost

    @property
    def progress(self) -> float:
        """How much was made, 0 to 1."""
        return self._made / len(self.moves) if self.moves else 1.0

    @property
    def hint(self) -> str | None:
        """What to say now; None once it is done."""
        if self._coming_back:
            return STRAIGHT
        return HINT_OF[self.moves[self._made]] if self._made < len(self.moves) else None

    def see(self, faces: tuple[Face, ...], prints: tuple[FacePrint, ...]) -> None:
        """Take in one look: all faces in it, with the print of each."""
        if self.done or self.lost:
            return
        followed = [
            face
            for face, numbers in zip(faces, prints, strict=True)
            if overlap(face, self._last) >= _LEAST_OVERLAP
            and likeness(numbers, self.start_print) >= _LEAST_LIKE
        ]
        if len(faces) > 1 or (faces and not followed):
            # Somebody else, or something held before the camera.
            self.lost = True
        elif not followed:
            self._without += 1
            self.lost = self._without > _LOOKS_WITHOUT
        else:
            self._without = 0
            self._last = followed[0]
            self._judge(followed[0])

    def _judge(self, face: Face) -> None:
        if self._coming_back:
            self._coming_back = abs(face.turn - self._start.turn) > BACK
            return
        self._seen = self._seen + 1 if self._is_made(face) else 0
        if self._seen >= _SEEN_TWICE:
            self._coming_back = self.moves[self._made] is not FaceMove.CLOSER
            self._made, self._seen = self._made + 1, 0

    def _is_made(self, face: Face) -> bool:
        turn = turned(face, self._start)
        return {
            FaceMove.LEFT: turn >= TURNED,
            FaceMove.RIGHT: turn <= -TURNED,
            FaceMove.CLOSER: face.width >= self._start.width * CLOSER,
        }[self.moves[self._made]]
