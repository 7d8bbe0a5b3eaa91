"""What the client made out on one side of a document, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.model.document import DocumentImage, DocumentKind, Side
from pos_client.model.field import Field, FieldName
from pos_client.model.private import Private


class Verdict(StrEnum):
    """How far a reading can be trusted as a whole."""

    READ = "read"
    DOUBT = "doubt"
    UNREADABLE = "unreadable"


class RepairReason(StrEnum):
    """Why a character of a machine-readable line was not left as it was seen."""

    ALPHABET = "alphabet"
    """What was seen cannot stand in this place: a letter in a date, a digit in a name."""
    STATE = "state"
    """What was seen is no state."""
    FILLERS = "fillers"
    """A name had a filler too many in the midst of it."""
    CHECK_DIGIT = "check_digit"
    """A check digit did not hold with what was seen."""
    SECOND_READER = "second_reader"
    """The first reader was not sure of a name's letter; the second one was, of another."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One character of a machine-readable line that was changed; row and place count from 1."""

    row: int
    place: int
    seen: Private[str]
    taken: Private[str]
    reason: RepairReason


@dataclass(frozen=True, slots=True)
class Reading:
    """One side, read. `document` and `side` are None where nothing was recognised.

    `reason` is a short word for an unreadable picture (`no_document`, `broken_file`, ...);
    `ms` is the time from frame to fields in milliseconds; `repairs` tells what was changed in the
    lines of `mrz`, in the order in which it was done.
    """

    verdict: Verdict
    document: DocumentKind | None
    side: Side | None
    fields: tuple[Field, ...]
    mrz: tuple[Private[str], ...]
    image: DocumentImage | None
    ms: int
    reason: str = ""
    repairs: tuple[Repair, ...] = ()

    def field(self, name: FieldName) -> Field | None:
        """Return the field called `name`, or None where it was not read."""
        return next((field for field in self.fields if field.name == name), None)
