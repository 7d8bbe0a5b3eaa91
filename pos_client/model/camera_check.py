"""What a camera is worth for reading cards: the target it looks at, and the grades it gets."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.model.problems import Problem


class CameraUse(StrEnum):
    """What a camera looks at. One camera may do both."""

    DOCUMENT = "document"
    PERSON = "person"


class Aspect(StrEnum):
    """What is graded, the most important first."""

    RESOLUTION = "resolution"
    FOCUS = "focus"
    EXPOSURE = "exposure"
    NOISE = "noise"
    COLOUR = "colour"
    SPEED = "speed"


class Grade(StrEnum):
    """How good it is: enough and more, just enough, or too little to read cards well."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class CameraMode:
    """What was agreed with a camera's driver. `form` is its picture format, such as MJPG."""

    width: int
    height: int
    form: str
    fps: float

    def __str__(self) -> str:
        form = f" {self.form}" if self.form else ""
        return f"{self.width} x {self.height}{form}, {self.fps:.0f}/s"


@dataclass(frozen=True, slots=True)
class Mark:
    """The grade of one aspect, the figure in its unit, and what is to be changed, if anything."""

    aspect: Aspect
    grade: Grade
    figure: float
    unit: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class CameraReport:
    """The marks of one camera in one place under one light."""

    camera: str
    mode: CameraMode
    marks: tuple[Mark, ...]

    @property
    def grade(self) -> Grade:
        """No better than the worst mark."""
        order = (Grade.POOR, Grade.FAIR, Grade.GOOD)
        return min((each.grade for each in self.marks), key=order.index, default=Grade.POOR)


# -- the printed target -----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle on the target, millimetres from the card's top left, and its colour (RGB)."""

    left: float
    top: float
    width: float
    height: float
    rgb: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of text on the target, for people to look at; `height` is that of a letter."""

    left: float
    baseline: float
    height: float
    text: str


#: The target is as large as an ID-1 card (ISO/IEC 7810), millimetres.
TARGET_MM: Final = (85.6, 54.0)


@dataclass(frozen=True, slots=True)
class Target:
    """All that is printed inside the card's frame, in the order in which it is painted."""

    patches: tuple[Patch, ...]
    samples: tuple[Sample, ...]
