"""Turns the parts of lines that belong to a field into its value, each type in its own way."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pos_client.capture import ctc
from pos_client.capture.cells import CellKind, Cells, fit_cells, rivals, valid_texts
from pos_client.capture.dates import DATE, DIGIT_FOLDS, ctc_plain, day_of, read_term
from pos_client.capture.engine import Posterior
from pos_client.capture.fading import blown_beyond, covered_beyond, fades, fades_into_light
from pos_client.capture.page import Page
from pos_client.capture.piece import (
    Piece,
    is_row_missing,
    is_row_short,
    large_print,
    something_between,
    union,
)
from pos_client.capture.tidy_text import DOTS, half_width, only_han, usual, with_digits
from pos_client.model.declaration import FieldDeclaration
from pos_client.model.field import SURE, Box, Letter
from pos_client.model.numbers import cn_id

_DIGIT: Final = CellKind("0123456789", DIGIT_FOLDS)
_FIRST: Final = CellKind("12345678", DIGIT_FOLDS)
_LAST: Final = CellKind("0123456789X", DIGIT_FOLDS)
_ID_CELLS: Final = (_FIRST, *(_DIGIT,) * 16, _LAST)
#: Traditional forms that networks give for the simplified ones in the names of ethnic groups.
_TRADITIONAL: Final = dict(
    zip(
        "漢滿壯維爾烏別東鄉納達羅門倫獨龍錫溫頗鮮瑤薩諾蘇",
        "汉满壮维尔乌别东乡纳达罗门伦独龙锡温颇鲜瑶萨诺苏",
        strict=True,
    )
)
#: A repaired number is only as sure as this, however likely: a person looks at it.
_REPAIRED: Final = 0.75
_REPAIR_COST: Final = 9.0
#: A word less likely than this, none of whose characters was read, does not stand there.
_NO_WORD: Final = 0.001
#: The share of a digit that no frame has named, and how many rivals of each are kept.
_UNHEARD: Final = 1e-5
_KEPT_RIVALS: Final = 5
#: A text whose beginning is not where values begin may have lost some of it.
_INCOMPLETE: Final = 0.5
_PERHAPS_MORE: Final = 0.85
#: A line below a text that is this clear goes on with it; one with such a character may.
_CLEARLY: Final = 0.75
_HALF_SEEN: Final = 0.7
#: A second reader of the lines above says nothing about it: its agreement must not make this sure.
_MORE_BELOW: Final = 0.65
#: One character or letters below an address that has ended so may as well be a watermark.
_ENDS: Final = ("号", "室", "组", "户")
_BEGINS: Final = 1.2
#: A name of so many characters is of two words if one step in it is so much wider than usual.
_LONG_NAME: Final = 5
_ROOM_FOR_DOT: Final = 1.35
#: Text without a check of its own: sure from here on, with a rare character from there on; what it
#: is worth below that: not quite sure, so that a person compares it.
_SURE_TEXT: Final = 0.96
_RARE: Final = 0.995
NOT_SURE: Final = 0.88
_USUAL_LINES: Final = 2
#: A wrong text passes check characters of this many values by chance once in so many times.
_CHANCE: Final = 11


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds: normalised text, text as seen, confidence, place, and other readings."""

    text: str
    raw: str
    confidence: float
    box: Box
    alternatives: tuple[str, ...] = ()
    repaired: bool = False
    letters: tuple[Letter, ...] = ()

    def __repr__(self) -> str:
        return f"Value(‹private›, {self.confidence:.2f})"


Decoder = Callable[[Page, FieldDeclaration, list[Piece]], "Value | None"]


def decode(page: Page, field: FieldDeclaration) -> Value | None:
    """Read one field of a straightened document; None where nothing stands there."""
    pieces = page.pieces(field) or page.looked_up(field)
    return _DECODERS[field.type](page, field, pieces) if pieces else None


def _certainty(chars: Sequence[ctc.Char]) -> float:
    return math.prod(each.probability for each in chars)


def _text(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    found = pieces
    pieces = with_digits([usual(piece) for piece in _joined(page, large_print(pieces))])
    raw = "".join(piece.text for piece in pieces)
    text = unicodedata.normalize("NFC", "".join(map(half_width, raw)))
    box = union([piece.box for piece in pieces])
    confidence = min(_certainty(piece.chars) for piece in pieces)
    in_place = [page.begins_in_place(field, piece) for piece in pieces]
    holes = something_between(found) or any(
        piece.has_hole(begins_in_place=there) for piece, there in zip(pieces, in_place, strict=True)
    )
    rows = is_row_short(pieces) or is_row_missing(pieces) or page.begins_low(field, pieces[0])
    if holes or rows or pieces[0].clipped or page.begins_late(field, pieces[0]):
        confidence = min(confidence, _INCOMPLETE)
    if any(blown_beyond(page.flat, each) or fades_into_light(page.flat, each) for each in pieces):
        confidence = min(confidence, _PERHAPS_MORE)
    confidence *= 1 - max(
        ctc.unread(each.line.seen, each.line.chars, each.first, each.end) for each in pieces
    )
    chars = [char for piece in pieces for char in piece.chars]
    confidence = _soberly(confidence, chars)
    if len(pieces) < len(found) and pieces[-1].line is not found[-1].line:
        # What was left out as another script's stands below: it may have been the end of this one.
        confidence = min(confidence, NOT_SURE)
    letters = _letters(chars)
    return Value(text, raw, confidence, box, letters=letters if len(letters) == len(text) else ())


def _soberly(confidence: float, chars: Sequence[ctc.Char]) -> float:
    """What nothing checks has to be surer than other values, and rare characters surer still.

    Type faces draw 决 so that it looks like 決 and 颍 like 颖; networks are then quite sure.
    """
    rare = any(not ctc.is_usual(char.text) and char.probability < _RARE for char in chars)
    return min(confidence, NOT_SURE) if rare or confidence < _SURE_TEXT else confidence


def _letters(chars: Iterable[ctc.Char]) -> tuple[Letter, ...]:
    return tuple(
        Letter(
            half_width(each.text),
            each.probability,
            tuple((half_width(other), share) for other, share in each.others),
        )
        for each in chars
    )


def _joined(page: Page, pieces: list[Piece]) -> list[Piece]:
    """Read rows that a reflection broke in two once more as a whole, in evened light."""
    whole = pieces[:1]
    for piece in pieces[1:]:
        last = whole[-1]
        if something_between([last, piece]):
            line = page.reread_evenly(union([last.box, piece.box]))
            more = len(line.chars) > len(last.chars) + len(piece.chars)
            if more and (line.text[0], line.text[-1]) == (last.text[0], piece.text[-1]):
                whole[-1] = Piece(line, line.chars, 0, len(line.seen.probabilities))
                continue
        whole.append(piece)
    return whole


def _long_text(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    """Text of several lines, the last of which may hide below."""
    line = page.line_below(field, pieces)
    seen = [each for each in line.chars if each.probability > _HALF_SEEN] if line else []
    if line and seen and line.point(seen[0])[0] > pieces[-1].box.x + _BEGINS * line.line.height:
        seen = []  # a text that goes on does so from the left; this is the pattern of the ground
    below: list[Piece] = []
    letters = all(each.text.isascii() and each.text.isalpha() for each in seen)
    ended = (len(seen) == 1 or letters) and pieces[-1].text.endswith(_ENDS)
    clearly = sum(each.probability for each in seen) > _CLEARLY * len(seen)
    if line and seen and clearly and not ended:
        below = [Piece(line, tuple(seen), 0, len(line.seen.probabilities))]
    value = _text(page, field, [*pieces, *below])
    full = max((len(piece.chars) for piece in pieces[:-1]), default=0)
    # The last line is as full as the others and there was no room to look below it.
    unseen = len(pieces) > _USUAL_LINES and len(pieces[-1].chars) >= full
    if value and not below and (unseen or seen):
        most = _MORE_BELOW if seen else _PERHAPS_MORE
        return replace(value, confidence=min(value.confidence, most))
    return value


def _name(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    """Han characters and dots only; a line in a second script is left to the picture."""
    chinese = [kept for piece in pieces if (kept := only_han(piece)) is not None]
    value = _text(page, field, chinese) if chinese else None
    if value is None:
        return None
    value = _with_dot(value, chinese)
    # Nobody's whole name is one character: the others were not seen.
    confidence = min(value.confidence, _INCOMPLETE) if len(value.text) == 1 else value.confidence
    # A name has no last word that would be missed: 郭诗 is as good a name as 郭诗山.
    hidden = (fades(page.flat, each) or covered_beyond(page.flat, each) for each in chinese)
    if any(hidden):
        confidence = min(confidence, _PERHAPS_MORE)
    letters = tuple(replace(each, text=each.text.translate(DOTS)) for each in value.letters)
    text = value.text.translate(DOTS)
    return replace(value, text=text, confidence=confidence, letters=letters)


def _with_dot(value: Value, pieces: Sequence[Piece]) -> Value:
    """The name with a dot where a long one has room for it: it is the first thing to fade."""
    text, letters = value.text, value.letters
    spots = [float(piece.line.point(each)[0]) for piece in pieces for each in piece.chars]
    if len(pieces) > 1 or len(letters) != len(spots) or len(spots) < _LONG_NAME or _has_dot(text):
        return value
    gaps = np.diff(spots)
    at = int(gaps.argmax()) + 1
    if gaps[at - 1] < _ROOM_FOR_DOT * float(np.median(gaps)):
        return value
    return replace(
        value,
        text=f"{text[:at]}·{text[at:]}",
        letters=(*letters[:at], Letter("·", _INCOMPLETE), *letters[at:]),
        confidence=min(value.confidence, _INCOMPLETE),
        alternatives=(text, *value.alternatives),
        repaired=True,
    )


def _has_dot(text: str) -> bool:
    return any(ord(each) in DOTS for each in text)


def _choice(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    """The likeliest of the words that may stand here, by all that was seen along the line."""
    piece = max(pieces, key=lambda each: _certainty(each.chars) * len(each.chars))
    raw = "".join(each.text for each in pieces)
    seen = piece.seen.folded(_TRADITIONAL)
    best = ctc.text_of(ctc.greedy(seen))
    ranked = ctc.choose(seen, field.values)
    if not ranked:
        return None
    word, share = ranked[0]
    mine, free = ctc.likelihoods(seen, [word, best])
    confidence = share * math.exp(min(0.0, float(mine - free)))
    if word != best:
        confidence = min(confidence, _REPAIRED)
    if confidence < _NO_WORD and not set(word) & set(best):
        return Value("", raw, 0.0, piece.box)  # a caption, or a wave of the ground
    others = tuple(other for other, _ in ranked[1:3])
    return Value(word, raw, confidence, piece.box, others, repaired=word != best)


def _date(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    chars = [char for piece in pieces for char in piece.chars]
    raw = ctc.text_of(chars)
    box = union([piece.box for piece in pieces])
    found = DATE.search(ctc_plain(raw))
    day = day_of(*found.groups()) if found else None
    if found is None or day is None:
        return Value("", raw, 0.0, box)
    digits = [char for char in chars[found.start() : found.end()] if ctc_plain(char.text).isdigit()]
    return Value(day.isoformat(), raw, _certainty(digits), box)


def _number(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    """Eighteen evenly spaced digits under their check character."""
    raw = "".join(piece.text for piece in pieces)
    box = union([piece.box for piece in pieces])
    seen = [pieces[0].seen] if len(pieces) == 1 else []
    value = _best_number(seen, raw, box)
    if value is None or value.confidence < SURE:
        # The box may have lost the first or last digit: look again, a little further out.
        wide = page.widened(box, pieces[0].tall * 0.6)
        again = _best_number([*seen, page.reread(wide).seen], raw, wide)
        value = max((value, again), key=lambda each: each.confidence if each else -1.0)
    return value or Value(cn_id.normalise(raw), raw, 0.0, box)


def _best_number(seen: Sequence[Posterior], raw: str, box: Box) -> Value | None:
    """The surest number among several looks at the same print."""
    fitted = [cells for each in seen if (cells := fit_cells(each, _ID_CELLS)) is not None]
    values = [_checked_number(cells, raw, box) for cells in fitted]
    return max(values, key=lambda each: each.confidence, default=None)


def number_of(letters: Sequence[Letter], raw: str, box: Box) -> Value:
    """The number that its characters, voted on one by one, make under the check character."""
    if len(letters) != len(_ID_CELLS):
        return Value("".join(letter.text for letter in letters), raw, 0.0, box)
    symbols = _LAST.symbols
    shares = np.full((len(letters), len(symbols)), _UNHEARD)
    for row, letter in zip(shares, letters, strict=True):
        for text, share in (*letter.others, (letter.text, letter.probability)):
            if text in symbols:
                row[symbols.index(text)] = max(share, _UNHEARD)
    shares /= shares.sum(axis=1, keepdims=True)
    places = (np.arange(len(letters)) + 0.5) / len(letters)
    return _checked_number(Cells(symbols, shares, places, 0.0), raw, box)


def _checked_number(cells: Cells, raw: str, box: Box) -> Value:
    best = cells.text
    certain = math.prod(cells.confidence(best))
    if cn_id.fault(best) is None:
        confidence = 1 - (1 - certain) / _CHANCE
        if best != cn_id.normalise(raw):
            confidence = min(confidence, certain)
        return Value(best, raw, confidence, box, letters=_cell_letters(cells, best))
    found = valid_texts(rivals(cells), lambda text: cn_id.fault(text) is None)
    near = [(cost, text) for cost, text in found if cost < _REPAIR_COST]
    letters = _cell_letters(cells, best)
    if not near:
        return Value(best, raw, min(certain, _REPAIRED), box, letters=letters)
    weights = [math.exp(-cost) for cost, _ in near]
    confidence = _REPAIRED * weights[0] / sum(weights)
    others = tuple(text for _, text in near[1:])
    return Value(near[0][1], raw, confidence, box, others, repaired=True, letters=letters)


def _cell_letters(cells: Cells, text: str) -> tuple[Letter, ...]:
    """The cells as seen, before the check digit had its say: that is what further frames add to."""
    letters = []
    for row, wanted in zip(cells.shares, text, strict=True):
        ranked = [(cells.symbols[at], float(row[at])) for at in row.argsort()[::-1][:_KEPT_RIVALS]]
        own = float(row[cells.symbols.index(wanted)]) if wanted in cells.symbols else 0.0
        letters.append(Letter(wanted, own, tuple(each for each in ranked if each[0] != wanted)))
    return tuple(letters)


def _validity_start(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    term = read_term(page, field, pieces)
    return Value(term.start, term.raw, term.confidence, term.box, repaired=term.guessed)


def _validity_end(page: Page, field: FieldDeclaration, pieces: list[Piece]) -> Value | None:
    term = read_term(page, field, pieces)
    return Value(term.until, term.raw, term.confidence, term.box, repaired=term.guessed)


_DECODERS: Final[dict[str, Decoder]] = {
    "person_name_zh": _name,
    "text_zh": _long_text,
    "enum": _choice,
    "date": _date,
    "validity_start": _validity_start,
    "validity_end": _validity_end,
    "cn_id18": _number,
}
