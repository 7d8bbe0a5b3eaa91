"""Reads the kinds of values that cards of all countries are made of: numbers, names, dates, terms.

Nothing here knows a country: what a number may look like and how a date is printed, the declaration
says. What a declaration leaves as it is on the Chinese resident card is read by `values`.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from pos_client.capture import ctc, values
from pos_client.capture.dates import ctc_plain
from pos_client.capture.page import Page
from pos_client.capture.piece import Piece, union
from pos_client.capture.values import Decoder, Value
from pos_client.model.declaration import FieldDeclaration
from pos_client.model.field import SURE, Box
from pos_client.model.numbers import schemes

#: What engines take for digits, and digits for letters, where only one of the two can stand.
_AS_DIGIT: Final = dict(zip("OoQDIl|iZzSsGbBgq", "00001111225566899", strict=True))
_AS_LETTER: Final = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"}
_DIGITS: Final = frozenset("0123456789")
#: A mended number is only as sure as this, however likely: a person looks at it.
_REPAIRED: Final = 0.75
#: A number that does not hold is worth no more; nor is one without any proof, however clear.
_BROKEN: Final = 0.5
_FORM_ONLY: Final = 0.97
#: A number that was picked out of a longer line is worth no more.
_AMONG_OTHERS: Final = 0.93
#: A wrong text passes a check digit by chance once in so many times.
_CHANCE: Final = 10
#: How unlikely (natural logarithm) another character may be to be considered, and how many are.
_FAR: Final = 9.0
_RIVALS: Final = 4
_LEAST: Final = 1e-6

_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "JAN JANUARI", "FEB FEBRUARI", "MAR MARET", "APR", "MAY MEI", "JUN JUNI", "JUL JULI",
            "AUG AGU AGS AGUSTUS", "SEP SEPT", "OCT OKT OKTOBER", "NOV", "DEC DES DESEMBER",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS: Final = re.compile(r"(?<!\d)(\d{1,4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,4})(?!\d)")
_NAMED: Final = re.compile(r"(?<!\d)(\d{1,2})[^A-Z0-9]{0,2}([A-Z]{3,9})[^A-Z0-9]{0,2}(\d{4})(?!\d)")
_PERIOD: Final = re.compile(
    r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D{1,3}(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)"
)
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z\u00c0-\u024f'\u2019.,\- ]+")
_YEAR: Final = 4
#: A step after a full stop that is wider than this share of the usual one holds a blank.
_AFTER_STOP: Final = 0.8
#: A word of so many letters is not cut short; this much of a comma has to be seen behind it.
_WHOLE_WORD: Final = 5
_PERHAPS_COMMA: Final = 0.03
_COMMAS: Final = frozenset(",，")
#: Heights of a line that may be empty between its last character and its end.
_ROOM: Final = 1.6


def decode(page: Page, field: FieldDeclaration) -> Value | None:
    """Read one field of a straightened document; None where nothing stands there."""
    decoder = _decoder(page, field)
    if decoder is None:
        value = None if field.type == "written" else values.decode(page, field)
        value = _meant(field, value)
    else:
        pieces = page.pieces(field) or page.looked_up(field)
        value = decoder(page, field, pieces) if pieces else None
    if field.type == "date" and (value is None or not value.text):
        return _only_day(page, field) or value
    return value


def _decoder(page: Page, field: FieldDeclaration) -> Decoder | None:
    """What reads this field; None where it is read as on a resident card, or not at all."""
    if field.type in {"validity_start", "validity_end"}:
        return None if "DOC05" in page.kind.document.checks else _DECODERS[field.type]
    if field.type == "date" and field.order == "ymd":
        return None
    return _DECODERS.get(field.type)


def _meant(field: FieldDeclaration, value: Value | None) -> Value | None:
    """The value that a printed word stands for, where the declaration says more than the word."""
    if value is None or not field.choices:
        return value
    others = tuple(dict.fromkeys(map(field.value_of, value.alternatives)))
    meant = field.value_of(value.text)
    return replace(value, text=meant, alternatives=tuple(o for o in others if o != meant))


@dataclass(frozen=True, slots=True)
class _Place:
    """One character of a number: what it may be, likeliest first, each with its probability."""

    options: tuple[tuple[str, float], ...]


def _number(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    value = _tested(field, pieces)
    if value.confidence < SURE:
        # The box may have lost the first or last character: look again, a little further out.
        wide = page.widened(value.box, pieces[0].tall * 0.6)
        line = page.reread(wide)
        if line.chars:
            whole = [Piece(line, line.chars, 0, len(line.seen.probabilities))]
            value = max(value, _tested(field, whole), key=lambda each: each.confidence)
    return value


def _tested(field: FieldDeclaration, pieces: Sequence[Piece]) -> Value:
    raw = "".join(piece.text for piece in pieces)
    box = union([piece.box for piece in pieces])
    places = [place for piece in pieces for place in _places(field, piece)]
    best = "".join(place.options[0][0] for place in places)
    certain = math.prod(place.options[0][1] for place in places)
    if _holds(field, best):
        return Value(best, raw, _worth(field, certain), box)
    part = _part_that_holds(field, places)
    if part is not None:
        certain = math.prod(place.options[0][1] for place in places[part])
        return Value(best[part], raw, min(_worth(field, certain), _AMONG_OTHERS), box)
    mended = sorted(_one_exchanged(field, places), reverse=True)
    if not mended:
        return Value(best, raw, min(certain, _BROKEN), box)
    total = sum(share for share, _ in mended)
    share, text = mended[0]
    others = tuple(other for _, other in mended[1:3])
    return Value(text, raw, _REPAIRED * share / total, box, others, repaired=True)


def _part_that_holds(field: FieldDeclaration, places: Sequence[_Place]) -> slice | None:
    """The one part of a line that is such a number, where other print stands beside it."""
    if field.scheme is None:
        return None
    best = "".join(place.options[0][0] for place in places)
    parts = [
        slice(start, start + length)
        for length in schemes.SCHEMES[field.scheme].lengths
        for start in range(len(best) - length + 1)
        if _holds(field, best[start : start + length])
    ]
    return parts[0] if len(parts) == 1 else None


def _worth(field: FieldDeclaration, certain: float) -> float:
    """A check digit makes a number surer than its characters; a mere form does not."""
    if field.scheme and schemes.SCHEMES[field.scheme].proves:
        return 1 - (1 - certain) / _CHANCE
    return min(certain, _FORM_ONLY)


def _holds(field: FieldDeclaration, text: str) -> bool:
    if field.pattern is not None and re.fullmatch(field.pattern, text) is None:
        return False
    if field.scheme is None:
        return bool(text)
    # Whether a birth date lies in the future is for the rules to say; here only the print counts.
    fault = schemes.fault(field.scheme, text, date.max)
    return fault is None or not schemes.stops(field.scheme, fault)


def _places(field: FieldDeclaration, piece: Piece) -> Iterator[_Place]:
    """The characters that may belong to a number; dots, dashes and blanks between them do not."""
    charset = schemes.SCHEMES[field.scheme].charset if field.scheme else _charset(field)
    probabilities, alphabet = piece.line.seen.probabilities, piece.line.seen.alphabet.characters
    for char in piece.chars:
        seen = probabilities[char.first : char.end].max(axis=0)
        options: dict[str, float] = {}
        for at in np.argsort(seen)[::-1][:_RIVALS]:
            share = max(float(seen[at]), _LEAST)
            for each in _possible(alphabet[int(at)], charset):
                options[each] = max(options.get(each, 0.0), share)
        if options and (char.text.isalnum() or char.text in charset):
            ranked = sorted(options.items(), key=lambda each: -each[1])
            yield _Place(tuple(ranked))


def _charset(field: FieldDeclaration) -> str:
    """What may stand in a number of which only a pattern is known."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if field.pattern and "[A-Z]" in field.pattern else ""
    single = "".join(re.findall(r"[A-Z]", re.sub(r"\[A-Z\]", "", field.pattern or "")))
    return "0123456789" + (letters or single)


def _possible(text: str, charset: str) -> Iterator[str]:
    """What a character may stand for in a number of these characters."""
    plain = unicodedata.normalize("NFKC", text)[:1]
    for each in (plain, plain.upper()):
        if each and each in charset:
            yield each
    as_digit = _AS_DIGIT.get(plain)
    if as_digit and as_digit in charset:
        yield as_digit
    as_letter = _AS_LETTER.get(plain)
    if as_letter and as_letter in charset:
        yield as_letter


def _one_exchanged(
    field: FieldDeclaration, places: Sequence[_Place]
) -> Iterator[tuple[float, str]]:
    """Every text that holds with one character taken for another one that was also seen there."""
    best = [place.options[0] for place in places]
    for at, place in enumerate(places):
        for other, share in place.options[1:]:
            cost = math.log(max(best[at][1], _LEAST)) - math.log(max(share, _LEAST))
            text = "".join(c for c, _ in best[:at]) + other + "".join(c for c, _ in best[at + 1 :])
            if cost < _FAR and _holds(field, text):
                yield math.exp(-cost), text


def _latin(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    """Words in Latin letters, blanks between them kept, lines joined by a blank."""
    raw = " ".join(_spaced(piece).lstrip(" :") for piece in pieces)
    text = _without_edges(unicodedata.normalize("NFC", raw))
    text = re.sub(r",(?=[^\W\d])", ", ", re.sub(r"\s+", " ", text))
    if not text:
        return None
    confidence = min(math.prod(c.probability for c in piece.chars) for piece in pieces)
    part = _only_part(field, text)
    if part is None or (field.max_chars is not None and len(part) > field.max_chars):
        confidence = min(confidence, _BROKEN)  # print of another row stands with it
    text = part or text
    if any(each.clipped or _ends_early(each) for each in pieces):
        confidence = min(confidence, _BROKEN)
    return Value(text, raw, confidence, union([piece.box for piece in pieces]))


def _without_edges(text: str) -> str:
    """A text without signs around it, but for the full stop of a single letter: S.T."""
    bare = text.strip(" :.,-")
    return f"{bare}." if re.search(r"\b[A-Za-z]$", bare) and f"{bare}." in text else bare


def _only_part(field: FieldDeclaration, text: str) -> str | None:
    """The one part of a text that has its declared form: CAN, where 加拿大/CAN is printed."""
    if field.pattern is None:
        return text
    found = re.finditer(rf"(?<![A-Z0-9])(?:{field.pattern})(?![A-Z0-9])", text)
    parts = [each.group() for each in found]
    return parts[0] if len(parts) == 1 else None


def _ends_early(piece: Piece) -> bool:
    """Tell whether print goes on behind the last character: its line swallowed a word."""
    room = float(piece.line.line.quad[1][0] - piece.line.point(piece.chars[-1])[0])
    return piece.chars[-1] is piece.line.chars[-1] and room > _ROOM * piece.tall


def _latin_name(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    value = _latin(page, field, [_with_commas(piece) for piece in pieces])
    if value is None:
        return None
    name = _without_edges(re.sub(r"\s+", " ", _NOT_IN_NAMES.sub(" ", value.text)))
    lost = name != value.text
    return replace(value, text=name, confidence=min(value.confidence, _BROKEN if lost else 1.0))


def _with_commas(piece: Piece) -> Piece:
    """Full stops in names end what is cut short; behind a whole word stands a comma."""
    chars = list(piece.chars)
    for at, char in enumerate(chars):
        word = chars[max(0, at - _WHOLE_WORD) : at]
        whole = len(word) == _WHOLE_WORD and all(each.text.isalpha() for each in word)
        comma = sum(share for text, share in char.others if text in _COMMAS)
        if char.text == "." and whole and comma > _PERHAPS_COMMA:
            chars[at] = replace(char, text=",", probability=comma)
    return replace(piece, chars=tuple(chars))


def _spaced(piece: Piece) -> str:
    """The characters of a piece with the blanks that were seen between them."""
    seen, words = piece.line.seen, ""
    best = seen.probabilities.argmax(axis=1)
    middles = [(char.first + char.end) / 2 for char in piece.chars]
    usual = float(np.median(np.diff(middles))) if len(middles) > 1 else 0.0
    for at, char in enumerate(piece.chars):
        if at:
            between = best[piece.chars[at - 1].end : char.first]
            blank = any(seen.alphabet.characters[int(b)] == " " for b in between)
            # A full stop is narrow: a usual step after it holds a blank that engines overlook.
            stop = piece.chars[at - 1].text in ".,"
            wide = middles[at] - middles[at - 1] > _AFTER_STOP * usual
            words += " " if blank or (stop and wide) else ""
        words += unicodedata.normalize("NFKC", char.text)[:1]
    return words


def _date(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    raw = "".join(piece.text for piece in pieces)
    box = union([piece.box for piece in pieces])
    day = _named_day(raw) or _numbered_day(raw, field.order)
    if day is None:
        return Value("", raw, 0.0, box)
    sure = (c.probability for piece in pieces for c in piece.chars if c.text.isalnum())
    return Value(day.isoformat(), raw, math.prod(sure), box)


def _only_day(page: Page, field: FieldDeclaration) -> Value | None:
    """The one day that is printed on a side which has one, where it is not in its place.

    A card without captions is laid by its number alone, which printers set more or less wide.
    """
    if page.is_captioned or sum(each.type == "date" for each in page.kind.side.fields) > 1:
        return None
    found = []
    for line in page.without_field():
        raw = line.text
        day = _named_day(raw) or _numbered_day(raw, field.order)
        if day is not None:
            box = Piece(line, line.chars, 0, len(line.seen.probabilities)).box
            found.append(Value(day.isoformat(), raw, _BROKEN, box))
    return found[0] if len(found) == 1 else None


def _named_day(raw: str) -> date | None:
    found = _NAMED.search(unicodedata.normalize("NFKC", raw).upper())
    if found is None:
        return None
    month = _MONTHS.get(found.group(2)) or _MONTHS.get(found.group(2)[:3])
    return _day(found.group(3), str(month), found.group(1)) if month else None


def _numbered_day(raw: str, order: str) -> date | None:
    """The first day in a text, as it was read, or else with letters taken for the digits they are.

    Not the other way round: KIDUL, 26-02-1985 would begin with figures.
    """
    for text in (unicodedata.normalize("NFKC", raw), ctc_plain(raw)):
        for found in _NUMBERS.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            day = _day(parts["y"], parts["m"], parts["d"]) if len(parts["y"]) == _YEAR else None
            if day is not None:
                return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _period(pieces: list[Piece]) -> tuple[str, str, str, float, Box]:
    """From, until, raw, confidence and box of a period of any length that ends after it began."""
    chars = [char for piece in pieces for char in piece.chars]
    raw, box = ctc.text_of(chars), union([piece.box for piece in pieces])
    found = _PERIOD.search(ctc_plain(raw))
    first = _day(*found.groups()[:3]) if found else None
    last = _day(*found.groups()[3:]) if found else None
    if found is None or first is None or last is None or first >= last:
        return "", "", raw, 0.0, box
    mine = [char for char in chars[found.start() : found.end()] if char.text.isalnum()]
    sure = math.prod(char.probability for char in mine)
    return first.isoformat(), last.isoformat(), raw, sure, box


def _period_start(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    start, _, raw, confidence, box = _period(pieces)
    return Value(start, raw, confidence, box)


def _period_end(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    _, until, raw, confidence, box = _period(pieces)
    return Value(until, raw, confidence, box)


_DECODERS: Final[dict[str, Decoder]] = {
    "number": _number,
    "text_latin": _latin,
    "person_name_latin": _latin_name,
    "date": _date,
    "validity_start": _period_start,
    "validity_end": _period_end,
}
