"""A document kind as data: sides, captions to recognise it by, fields and where they stand."""

from dataclasses import dataclass

from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source

#: x, y, width, height in millimetres from the top left of the straightened side.
BoxMm = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A printed caption whose text tells which document and side this is, and where it lies."""

    text: str
    box: BoxMm


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """One field: its name, type, and where its value is printed (None: only in the MRZ)."""

    name: FieldName
    type: str
    title: dict[str, str]
    box: BoxMm | None = None
    required: bool = True
    lines: int = 1
    max_chars: int | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideDeclaration:
    """One side with its anchors and fields."""

    side: Side
    title: dict[str, str]
    anchors: tuple[Anchor, ...]
    fields: tuple[FieldDeclaration, ...]


@dataclass(frozen=True, slots=True)
class DocumentDeclaration:
    """A document kind. `mrz` is `td1`, `td2`, `td3`, `mrva`, `mrvb` or None.

    `title` maps a language (`en`, `zh_CN`) to the name on screen; `checks` lists the rules that
    apply; `compare_key` the field by which two documents of one person are recognised;
    `mask` how many leading and trailing characters of that field may be shown.
    """

    code: DocumentKind
    title: dict[str, str]
    width_mm: float
    height_mm: float
    mrz: str | None
    sides: tuple[SideDeclaration, ...]
    checks: tuple[str, ...]
    accepted_sources: tuple[Source, ...]
    compare_key: FieldName
    mask: tuple[int, int]
    image_allowed: bool = True

    def side(self, side: Side) -> SideDeclaration | None:
        """Return the declaration of `side`, or None where the document has no such side."""
        return next((each for each in self.sides if each.side is side), None)

    @property
    def fields(self) -> tuple[FieldDeclaration, ...]:
        """All fields of all sides, in the order in which a person reads them."""
        return tuple(field for side in self.sides for field in side.fields)
