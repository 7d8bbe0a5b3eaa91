"""What passes between the search for a card and its reader: frames, errands, and the capture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.capture.frame import Frame
from pos_client.capture.gate import Glance
from pos_client.capture.locate import Located
from pos_client.capture.print_seen import Likeness
from pos_client.model.document import Quad
from pos_client.model.reading import Reading

#: A frame this much sharper than another is worth a second reading (1 / 0.8).
_MUCH: Final = 1.25


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A frame with what was seen at a glance. `rest` numbers the time of stillness, 0 for none."""

    frame: Frame
    glance: Glance
    at: float
    rest: int

    def much_sharper_than(self, other: "Sight") -> bool:
        """Say whether this frame promises more than the other; both show the same scene."""
        return self.glance.sharpness > _MUCH * other.glance.sharpness


class Task(StrEnum):
    """What the reader is asked to do with a frame."""

    FIND = "find"
    READ = "read"


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One errand for the reader. `forced`: the clerk pressed the key, so any result is taken.

    `placed` is where the card was found in this very frame, `lies` where it was found in this or
    another frame of the same stillness. `quick`: if this is not enough there will be another.
    """

    task: Task
    sight: Sight
    placed: Located | None = None
    forced: bool = False
    lies: Located | None = None
    quick: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """The end of a search: the reading, the frame it is of, and the print to know again."""

    reading: Reading
    sight: Sight
    quad: Quad | None
    print: Likeness | None


@dataclass(frozen=True, slots=True, eq=False)
class Rest:
    """A time in which nothing moves: its first frame, its sharpest, and how many there were."""

    first: Sight
    best: Sight
    frames: int = 1

    @property
    def number(self) -> int:
        """Which time of stillness this is."""
        return self.first.rest

    def with_frame(self, sight: Sight) -> "Rest":
        """Count one more frame, and keep it where it is the sharpest."""
        sharper = sight.glance.sharpness > self.best.glance.sharpness
        return Rest(self.first, sight if sharper else self.best, self.frames + 1)
