"""Machine-readable zones of passports, cards and visas: their layout, check digits and values.

Source: ICAO Doc 9303 parts 3 (characters and check digits), 4 (TD3), 5 (TD1), 6 (TD2), 7 (visas).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pos_client.model.numbers.icao import check_digit

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
FILLER: Final = "<"


#: An expiry date lies between these many years before and after the day of reading.
_EXPIRED_YEARS: Final = 10
_VALID_YEARS: Final = 50


class MrzFormat(StrEnum):
    """The five shapes of a machine-readable zone."""

    TD1 = "td1"
    TD2 = "td2"
    TD3 = "td3"
    MRVA = "mrva"
    MRVB = "mrvb"


class MrzFault(StrEnum):
    """Why lines are not a valid machine-readable zone; the last five name the check digit."""

    LENGTH = "length"
    CHARSET = "charset"
    DOCUMENT_NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    EXPIRY_DATE = "expiry_date"
    OPTIONAL_DATA = "optional_data"
    COMPOSITE = "composite"


class Kind(StrEnum):
    """Which characters a position may hold."""

    ANY = "any"
    LETTERS = "letters"
    DIGITS = "digits"
    DATE = "date"
    SEX = "sex"
    CHECK = "check"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Part:
    """One run of positions: `line` and `start` from 0, `end` not included."""

    name: str
    line: int
    start: int
    end: int
    kind: Kind = Kind.ANY

    def of(self, lines: tuple[str, ...]) -> str:
        """Return the characters of this part."""
        return lines[self.line][self.start : self.end]

    @property
    def values(self) -> tuple[str, ...]:
        """Name the values that stand here, or that the check digit here vouches for."""
        if self.name == "names":
            return "surname", "given_names"
        if self.name == "composite_check":
            return ("document_number",)
        return (self.name.removesuffix("_check"),)


@dataclass(frozen=True, slots=True)
class CheckSpan:
    """One check digit: where it stands, and the runs it covers."""

    fault: MrzFault
    digit: tuple[int, int]
    covers: tuple[tuple[int, int, int], ...]

    def text(self, lines: tuple[str, ...]) -> str:
        """Return the characters that the digit is computed over."""
        return "".join(lines[line][start:end] for line, start, end in self.covers)


@dataclass(frozen=True, slots=True)
class Shape:
    """One format: number and length of its lines, its parts and its check digits."""

    lines: int
    length: int
    parts: tuple[Part, ...]
    checks: tuple[CheckSpan, ...]

    def part(self, name: str) -> Part:
        """Return the part of this name, which every format has."""
        return next(part for part in self.parts if part.name == name)


@dataclass(frozen=True, slots=True)
class Mrz:
    """A parsed zone. `values` are normalised by name; `faults` are the check digits that fail."""

    format: MrzFormat
    lines: tuple[str, ...]
    values: dict[str, str]
    faults: tuple[MrzFault, ...]

    def __repr__(self) -> str:
        return f"Mrz({self.format}, faults={self.faults})"


def _upper(length: int) -> tuple[Part, ...]:
    """The first line of every two-line format."""
    return (
        Part("document_code", 0, 0, 2, Kind.CODE),
        Part("issuing_state", 0, 2, 5, Kind.LETTERS),
        Part("names", 0, 5, length, Kind.LETTERS),
    )


def _lower(optional_end: int) -> tuple[Part, ...]:
    """The second line of every two-line format, up to the end of the optional data."""
    return (
        Part("document_number", 1, 0, 9),
        Part("document_number_check", 1, 9, 10, Kind.CHECK),
        Part("nationality", 1, 10, 13, Kind.LETTERS),
        Part("birth_date", 1, 13, 19, Kind.DATE),
        Part("birth_date_check", 1, 19, 20, Kind.CHECK),
        Part("sex", 1, 20, 21, Kind.SEX),
        Part("expiry_date", 1, 21, 27, Kind.DATE),
        Part("expiry_date_check", 1, 27, 28, Kind.CHECK),
        Part("optional_data", 1, 28, optional_end),
    )


_LOWER_CHECKS: Final = (
    CheckSpan(MrzFault.DOCUMENT_NUMBER, (1, 9), ((1, 0, 9),)),
    CheckSpan(MrzFault.BIRTH_DATE, (1, 19), ((1, 13, 19),)),
    CheckSpan(MrzFault.EXPIRY_DATE, (1, 27), ((1, 21, 27),)),
)

SHAPES: Final[dict[MrzFormat, Shape]] = {
    MrzFormat.TD3: Shape(
        2,
        44,
        (
            *_upper(44),
            *_lower(42),
            Part("optional_data_check", 1, 42, 43, Kind.CHECK),
            Part("composite_check", 1, 43, 44, Kind.CHECK),
        ),
        (
            *_LOWER_CHECKS,
            CheckSpan(MrzFault.OPTIONAL_DATA, (1, 42), ((1, 28, 42),)),
            CheckSpan(MrzFault.COMPOSITE, (1, 43), ((1, 0, 10), (1, 13, 20), (1, 21, 43))),
        ),
    ),
    MrzFormat.TD2: Shape(
        2,
        36,
        (*_upper(36), *_lower(35), Part("composite_check", 1, 35, 36, Kind.CHECK)),
        (
            *_LOWER_CHECKS,
            CheckSpan(MrzFault.COMPOSITE, (1, 35), ((1, 0, 10), (1, 13, 20), (1, 21, 35))),
        ),
    ),
    MrzFormat.MRVA: Shape(2, 44, (*_upper(44), *_lower(44)), _LOWER_CHECKS),
    MrzFormat.MRVB: Shape(2, 36, (*_upper(36), *_lower(36)), _LOWER_CHECKS),
    MrzFormat.TD1: Shape(
        3,
        30,
        (
            Part("document_code", 0, 0, 2, Kind.CODE),
            Part("issuing_state", 0, 2, 5, Kind.LETTERS),
            Part("document_number", 0, 5, 14),
            Part("document_number_check", 0, 14, 15, Kind.CHECK),
            Part("optional_data", 0, 15, 30),
            Part("birth_date", 1, 0, 6, Kind.DATE),
            Part("birth_date_check", 1, 6, 7, Kind.CHECK),
            Part("sex", 1, 7, 8, Kind.SEX),
            Part("expiry_date", 1, 8, 14, Kind.DATE),
            Part("expiry_date_check", 1, 14, 15, Kind.CHECK),
            Part("nationality", 1, 15, 18, Kind.LETTERS),
            Part("optional_data_2", 1, 18, 29),
            Part("composite_check", 1, 29, 30, Kind.CHECK),
            Part("names", 2, 0, 30, Kind.LETTERS),
        ),
        (
            CheckSpan(MrzFault.DOCUMENT_NUMBER, (0, 14), ((0, 5, 14),)),
            CheckSpan(MrzFault.BIRTH_DATE, (1, 6), ((1, 0, 6),)),
            CheckSpan(MrzFault.EXPIRY_DATE, (1, 14), ((1, 8, 14),)),
            CheckSpan(
                MrzFault.COMPOSITE, (1, 29), ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29))
            ),
        ),
    ),
}


def format_of(lines: tuple[str, ...]) -> MrzFormat | None:
    """Tell the format from the lines' number, length and first letter; None where none fits."""
    size = (len(lines), len(lines[0]) if lines else 0)
    if any(len(line) != size[1] for line in lines):
        return None
    visa = lines[0].startswith("V") if lines else False
    return {
        (3, 30): MrzFormat.TD1,
        (2, 36): MrzFormat.MRVB if visa else MrzFormat.TD2,
        (2, 44): MrzFormat.MRVA if visa else MrzFormat.TD3,
    }.get(size)


def faults_of(lines: tuple[str, ...]) -> tuple[MrzFault, ...]:
    """Check lines of any origin: shape, characters, then every check digit."""
    form = format_of(lines)
    if form is None:
        return (MrzFault.LENGTH,)
    if any(character not in ALPHABET for line in lines for character in line):
        return (MrzFault.CHARSET,)
    return tuple(span.fault for span in SHAPES[form].checks if not holds(form, span, lines))


def holds(form: MrzFormat, span: CheckSpan, lines: tuple[str, ...]) -> bool:
    """Tell whether one check digit holds in lines of this format, all of the alphabet."""
    printed = lines[span.digit[0]][span.digit[1]]
    text = span.text(lines)
    if span.fault is MrzFault.DOCUMENT_NUMBER and printed == FILLER:
        number, digit, _ = _long_number(form, lines)
        return digit != "" and check_digit(number) == digit
    if span.fault is MrzFault.OPTIONAL_DATA and printed == FILLER:
        return not text.strip(FILLER)  # an empty field may go without its digit (9303-4, 4.2.2.2)
    if span.fault in {MrzFault.BIRTH_DATE, MrzFault.EXPIRY_DATE} and printed == FILLER:
        return not text.strip(FILLER)
    return check_digit(text) == printed


def _long_number(form: MrzFormat, lines: tuple[str, ...]) -> tuple[str, str, str]:
    """Return number, check digit and rest of the optional data of a number longer than nine.

    Its check digit's place holds a filler and the number goes on in the optional data, followed by
    the digit (9303-5, note j; 9303-6 likewise). Where nothing goes on, the digit is empty.
    """
    parts = {part.name: part for part in SHAPES[form].parts}
    head = parts["document_number"].of(lines)
    optional = parts["optional_data"].of(lines)
    if form not in {MrzFormat.TD1, MrzFormat.TD2}:
        return head, "", optional
    tail, _, rest = optional.partition(FILLER)
    return head + tail[:-1], tail[-1:], rest


def parse(lines: tuple[str, ...], today: date) -> Mrz | None:
    """Parse lines of a proper shape into values; None where the shape or a character is wrong.

    Dates are ISO; an unknown day or month is left off (`1985-03`, `1985`), a wholly unknown or
    impossible date is kept as printed. Sex is `M`, `F` or `X`. Two-digit years are placed against
    `today`.
    """
    faults = faults_of(lines)
    if faults in {(MrzFault.LENGTH,), (MrzFault.CHARSET,)}:
        return None
    form = format_of(lines)
    assert form is not None  # noqa: S101 - faults_of said so one line above
    texts = {part.name: part.of(lines) for part in SHAPES[form].parts}
    optional = texts["optional_data"]
    number = texts["document_number"]
    if texts["document_number_check"] == FILLER:
        long, digit, rest = _long_number(form, lines)
        if digit:
            number, optional = long, rest
    surname, given = _names(texts["names"])
    values = {
        "document_code": texts["document_code"].rstrip(FILLER),
        "issuing_state": texts["issuing_state"].rstrip(FILLER),
        "surname": surname,
        "given_names": given,
        "document_number": number.replace(FILLER, ""),
        "nationality": texts["nationality"].rstrip(FILLER),
        "birth_date": birth_date(texts["birth_date"], today),
        "sex": texts["sex"].replace(FILLER, "X"),
        "expiry_date": expiry_date(texts["expiry_date"], today),
        "optional_data": _optional(optional, texts.get("optional_data_2", "")),
    }
    return Mrz(form, lines, values, faults)


def _optional(*texts: str) -> str:
    stripped = (text.strip(FILLER).replace(FILLER, " ") for text in texts)
    return " ".join(text for text in stripped if text)


def _names(text: str) -> tuple[str, str]:
    surname, _, given = text.rstrip(FILLER).partition(FILLER * 2)
    return surname.replace(FILLER, " ").strip(), " ".join(given.replace(FILLER, " ").split())


def birth_date(text: str, today: date) -> str:
    """Place `YYMMDD` in the latest century that is not in the future; keep what is no date."""
    century = today.year // 100 * 100
    for year in (century, century - 100):
        dated = _dated(text, year)
        if dated and dated[: len(today.isoformat())] <= today.isoformat()[: len(dated)]:
            return dated
    return text


def expiry_date(text: str, today: date) -> str:
    """Place `YYMMDD` between ten years before and fifty years after `today`."""
    century = today.year // 100 * 100
    for year in (century, century - 100, century + 100):
        dated = _dated(text, year)
        if dated and -_EXPIRED_YEARS <= int(dated[:4]) - today.year < _VALID_YEARS:
            return dated
    return _dated(text, century) or text


def _dated(text: str, century: int) -> str:
    """Return the ISO form of `YYMMDD` in `century`, shortened where fillers stand, or ""."""
    year, month, day = text[:2], text[2:4], text[4:6]
    if not year.isdigit():
        return ""
    whole = century + int(year)
    if month == FILLER * 2 and day == FILLER * 2:
        return f"{whole:04}"
    try:
        known = date(whole, int(month), 1 if day == FILLER * 2 else int(day))
    except ValueError:
        return ""
    return known.isoformat()[:7] if day == FILLER * 2 else known.isoformat()
