"""What the window is given by whoever opens it: the time, where receipts go, and its look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos_client.ui.look.dress import Theme


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`now` is the computer's clock, `receipts` the folder for printed receipts.

    `idle_ms` overrides the policy's time until the screen locks itself; None keeps the policy's.
    """

    now: Callable[[], datetime]
    receipts: Path
    theme: Theme = Theme.SYSTEM
    idle_ms: int | None = None
