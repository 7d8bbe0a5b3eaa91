"""What the window is given by whoever opens it: the time, where receipts go, and how codes look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos_client.ui.look.dress import Theme
from pos_client.ui.receipt_print import QrMatrix


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`receipts` is the folder for printed receipts; `qr` draws a registration id as a code.

    `idle_ms` overrides the policy's time until the screen locks itself; None keeps the policy's.
    """

    now: Callable[[], datetime]
    receipts: Path
    qr: Callable[[str], QrMatrix]
    theme: Theme = Theme.SYSTEM
    idle_ms: int | None = None
