"""What a field row has to show, and the one mark that sums it up."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.model.field import Field, FieldName
from pos_client.model.rules import Severity
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.print_crop import PrintedSide


class Mark(StrEnum):
    """How a value stands: nothing to do, compare it, was changed, must be mended, not there."""

    OK = "ok"
    CHECK = "check"
    DIFFERS = "differs"
    FIX = "fix"
    MISSING = "missing"


#: Colour and shape of each mark; no two share a shape.
MARK_SIGN: Final = {
    Mark.OK: (Tone.OK, "check"),
    Mark.CHECK: (Tone.WARN, "triangle"),
    Mark.DIFFERS: (Tone.INFO, "differs"),
    Mark.FIX: (Tone.STOP, "octagon"),
    Mark.MISSING: (Tone.WARN, "dashed"),
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of a draft as its row shows it.

    `field` is the current value, `read` what the camera read (both None where there is nothing
    yet), `side` the picture it was read from, `sentences` what the rules say about it, worst first
    in `severity`; `confirmed` that the operator compared it with the print.
    """

    name: FieldName
    title: str
    field: Field | None = None
    read: Field | None = None
    side: PrintedSide | None = None
    sentences: tuple[str, ...] = ()
    severity: Severity | None = None
    confirmed: bool = False
    required: bool = True

    @property
    def value(self) -> str:
        """The current value in the open, for the one widget that shows it."""
        return "" if self.field is None else self.field.value.reveal()

    @property
    def mark(self) -> Mark:
        """The one mark that sums the field up."""
        if self.severity is Severity.BLOCK and self.value:
            return Mark.FIX
        if self.field is None or not self.value:
            return Mark.MISSING if self.required else Mark.OK
        asked = self.field.doubtful or self.severity in {Severity.WARN, Severity.REVIEW}
        if asked and not self.confirmed:
            return Mark.CHECK
        if self.field.edited_by and self.read is not None and self.read.value != self.field.value:
            return Mark.DIFFERS
        return Mark.OK

    @property
    def open(self) -> bool:
        """True where somebody still has to look at it."""
        return self.mark in {Mark.CHECK, Mark.FIX, Mark.MISSING}


def difference(current: str, other: str) -> str:
    """Show where another reading differs, two characters around it: `…路洋本…`."""
    ahead = 0
    while ahead < min(len(current), len(other)) and current[ahead] == other[ahead]:
        ahead += 1
    behind = 0
    while (
        behind < min(len(current), len(other)) - ahead
        and current[len(current) - 1 - behind] == other[len(other) - 1 - behind]
    ):
        behind += 1
    start, end = max(0, ahead - 2), min(len(other), len(other) - behind + 2)
    front, back = "…" if start else "", "…" if end < len(other) else ""
    return f"{front}{other[start:end]}{back}"
