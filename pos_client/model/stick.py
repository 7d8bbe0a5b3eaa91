"""What a stick carried out of a till, or into one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many packets or receipts, and how long the file is."""

    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file.

    `closed` registrations of this till have their receipt now, `known` had it before. `carried`
    packets of other tills are sent from here. `refused` entries were not believed, or are of
    another till's; `whole` is False where the file was cut or changed.
    """

    closed: int = 0
    known: int = 0
    carried: int = 0
    refused: int = 0
    whole: bool = True
