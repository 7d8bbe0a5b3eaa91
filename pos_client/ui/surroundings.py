"""What the window is given by whoever opens it: the time, and where receipts go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`now` is the computer's clock, `receipts` the folder for printed receipts.

    `idle_ms` overrides the policy's time until the screen locks itself; None keeps the policy's.
    """

    now: Callable[[], datetime]
    receipts: Path
    idle_ms: int | None = None
