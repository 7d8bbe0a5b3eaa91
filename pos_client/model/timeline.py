"""What happened to one registration since it was sealed, in order; events, never values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `event` is a word of the journal, `times` how often in a row."""

    at: datetime
    event: str
    times: int = 1
