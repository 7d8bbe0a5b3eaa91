"""A document kind as data: sides, captions to recognise it by, fields and where they stand."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source

#: x, y, width, height in millimetres from the top left of the straightened side.
BoxMm = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A printed caption whose text tells which document and side this is, and where it lies.

    A `common` one stands on many documents (like "Name"): it only helps to lay this one straight.
    """

    text: str
    box: BoxMm
    also: tuple[str, ...] = ()
    common: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The caption as printed, then what engines make of it or other editions print."""
        return (self.text, *self.also)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that may stand in a field: the value, and how cards print it."""

    value: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """One field: its name, type, and where its value is printed (None: only in the MRZ).

    `values` are the printed words of an `enum`, `choices` the same with the value each stands for.
    `scheme` names the number in `model/numbers/schemes.py` whose tests apply; `pattern` is what
    the whole normalised value matches; `shape` what a number matches as it is printed, where that
    alone tells the kind. `order` says how dates are printed: `ymd`, `dmy` or `mdy`.
    """

    name: FieldName
    type: str
    title: dict[str, str]
    box: BoxMm | None = None
    required: bool = True
    lines: int = 1
    max_chars: int | None = None
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    scheme: str | None = None
    pattern: str | None = None
    shape: str | None = None
    order: str = "ymd"

    def value_of(self, printed: str) -> str:
        """Return the value that a printed word of an `enum` stands for."""
        return next((each.value for each in self.choices if printed in each.printed), printed)


@dataclass(frozen=True, slots=True)
class SideDeclaration:
    """One side with its anchors and fields; `photo` is where the holder's picture is printed."""

    side: Side
    title: dict[str, str]
    anchors: tuple[Anchor, ...]
    fields: tuple[FieldDeclaration, ...]
    photo: BoxMm | None = None


@dataclass(frozen=True, slots=True)
class ZoneCodes:
    """Which machine-readable zones are of this kind: document codes and issuing states.

    An empty one admits all. Of several kinds that share a format the most particular one fits.
    """

    document_codes: tuple[str, ...] = ()
    issuing_states: tuple[str, ...] = ()

    def admits(self, document_code: str, issuing_state: str) -> bool:
        """Say whether a zone that begins like this may be of this kind."""
        return (not self.document_codes or document_code in self.document_codes) and (
            not self.issuing_states or issuing_state in self.issuing_states
        )

    @property
    def particular(self) -> int:
        """How much is asked of a zone; 0 where any will do."""
        return bool(self.document_codes) + bool(self.issuing_states)


class KindGroup(StrEnum):
    """Whose documents are meant, in the order in which people look for them."""

    CITIZEN = "citizen"
    COMPATRIOT = "compatriot"
    FOREIGNER = "foreigner"
    NATIONAL = "national"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class DocumentDeclaration:
    """A document kind. `mrz` is `td1`, `td2`, `td3`, `mrva`, `mrvb` or None.

    `title` maps a language (`en`, `zh_CN`) to the name on screen; `checks` lists the rules that
    apply; `compare_key` the field by which two documents of one person are recognised, and
    `compare_chars` how many of its leading characters count (None: all);
    `mask` how many leading and trailing characters of that field may be shown.
    `country` is the issuing country (`XX`: any), `holder` who is described (`natural` or `unit`),
    `search_words` what else people call it; `since` and `until` the first and last day of issue;
    a `usual` kind is meant where two look alike; one that is not `coloured` is printed in black on
    pale paper, as grey as a copy of it.
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
    coloured: bool = True
    country: str = "XX"
    holder: str = "natural"
    search_words: tuple[str, ...] = ()
    zone_codes: ZoneCodes = ZoneCodes()
    compare_chars: int | None = None
    since: str | None = None
    until: str | None = None
    usual: bool = False
    group: KindGroup = KindGroup.NATIONAL
    note: str = ""

    def side(self, side: Side) -> SideDeclaration | None:
        """Return the declaration of `side`, or None where the document has no such side."""
        return next((each for each in self.sides if each.side is side), None)

    @property
    def photo_side(self) -> SideDeclaration | None:
        """The side with the holder's picture: the declared one, else where cards usually have it.

        None where a document has only other sides, or describes no person.
        """
        declared = next((each for each in self.sides if each.photo is not None), None)
        if declared is not None or self.holder != "natural":
            return declared
        return self.side(Side.PORTRAIT) or self.side(Side.DATA)

    @property
    def fields(self) -> tuple[FieldDeclaration, ...]:
        """All fields of all sides, in the order in which a person reads them."""
        return tuple(field for side in self.sides for field in side.fields)
