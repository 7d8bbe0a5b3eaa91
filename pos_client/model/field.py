"""A value on a document together with where it came from: the smallest piece of evidence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from pos_client.model.private import Private

FieldName = NewType("FieldName", str)


class Source(StrEnum):
    """Where a value was taken from."""

    CHIP = "chip"
    MRZ = "mrz"
    BARCODE = "barcode"
    OCR = "ocr"
    TYPED = "typed"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the straightened document image, origin top left."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """One thing that was tested about a value; `reason` is a word like `checksum`, never data."""

    rule: str
    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a value: how likely it is that, and what else it may be, likeliest first."""

    text: str
    probability: float
    others: tuple[tuple[str, float], ...] = ()

    def __repr__(self) -> str:
        return f"Letter(‹private›, {self.probability:.2f})"


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a document with its provenance.

    `value` is normalised (ISO dates, `long-term`, bare numbers); `raw` is what was seen or typed.
    `confidence` is 0.0 to 1.0; `box` is None for typed values; `edited_by` is the operator number.
    `letters` are the characters of `value` one by one, where the reader told them apart.
    """

    name: FieldName
    value: Private[str]
    raw: Private[str]
    source: Source
    confidence: float
    box: Box | None = None
    checks: tuple[FieldCheck, ...] = ()
    alternatives: tuple[Private[str], ...] = ()
    edited_by: str | None = None
    letters: tuple[Letter, ...] = ()

    @property
    def checked(self) -> bool:
        """True where at least one check was made and none failed."""
        return bool(self.checks) and all(check.passed for check in self.checks)

    @property
    def doubtful(self) -> bool:
        """True where a person has to look: low confidence or a failed check, not yet edited."""
        if self.edited_by is not None:
            return any(not check.passed for check in self.checks)
        return self.confidence < SURE or any(not check.passed for check in self.checks)


#: Below this confidence a person is asked to compare the value with the print.
SURE: Final = 0.90


def grade(field: Field) -> int:
    """Rank a value by its source, 4 for the best.

    Chip 4; MRZ or barcode whose check digits hold 3; OCR whose check holds 2; any other reading 1;
    typed 0. Both the law and fraud control ask for this order (design decision 6).
    """
    if field.source is Source.CHIP:
        return 4
    if field.source in {Source.MRZ, Source.BARCODE}:
        return 3 if field.checked else 1
    if field.source is Source.OCR:
        return 2 if field.checked else 1
    return 0
