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


@dataclass(frozen=True, slots=True)
class Reading:
    """One side, read. `document` and `side` are None where nothing was recognised.

    `reason` is a short word for an unreadable picture (`no_document`, `broken_file`, ...);
    `ms` is the time from frame to fields in milliseconds.
    """

    verdict: Verdict
    document: DocumentKind | None
    side: Side | None
    fields: tuple[Field, ...]
    mrz: tuple[Private[str], ...]
    image: DocumentImage | None
    ms: int
    reason: str = ""

    def field(self, name: FieldName) -> Field | None:
        """Return the field called `name`, or None where it was not read."""
        return next((field for field in self.fields if field.name == name), None)
