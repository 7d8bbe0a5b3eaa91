"""What the camera shows while somebody holds a card: picture, outline, one hint, progress."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum

from pos_client.model.document import DocumentKind, Quad, Side


class Phase(StrEnum):
    """Where the search for one side stands (domain rule: one message at a time)."""

    SEARCH = "search"
    FOUND = "found"
    ADJUST = "adjust"
    STEADY = "steady"
    CAPTURED = "captured"
    NO_CAMERA = "no_camera"


@dataclass(frozen=True, slots=True)
class View:
    """One preview picture, in the form that a screen takes without turning it round.

    `bgrx` are width x height x 4 bytes: blue, green, red, unused; rows without padding.

    `hint` is a rule code of the CAP group; `steady` 0.0 to 1.0 is the progress of the ring;
    `waiting_s` how long this side has been searched for.
    """

    width: int
    height: int
    bgrx: bytes = field(repr=False)
    phase: Phase
    outline: Quad | None = None
    hint: str | None = None
    steady: float = 0.0
    waiting_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the desk is waiting for: a document (None: any known one) and its missing sides."""

    document: DocumentKind | None = None
    sides: frozenset[Side] = frozenset(Side)


class Shutter:
    """The clerk's hand on a running capture: take the picture now, or stop looking."""

    def __init__(self) -> None:
        self._take = threading.Event()
        self._stop = threading.Event()

    def take_now(self) -> None:
        """Ask for the next frame to be read whatever its quality."""
        self._take.set()

    def stop(self) -> None:
        """End the capture; the camera is released."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """True once `stop` was called."""
        return self._stop.is_set()

    def taken(self) -> bool:
        """Return True once for each `take_now`."""
        if self._take.is_set():
            self._take.clear()
            return True
        return False
