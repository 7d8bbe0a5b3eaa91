"""Days and terms as cards print them: found in what was read, and made out where print is faint."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pos_client.capture import ctc
from pos_client.capture.engine import Posterior
from pos_client.capture.page import Page
from pos_client.capture.piece import Piece, union
from pos_client.model.declaration import FieldDeclaration
from pos_client.model.field import SURE, Box

LONG_TERM: Final = "long-term"
#: Terms for which a resident card is issued, in years.
TERMS: Final = (5, 10, 20)

DIGIT_FOLDS: Final = {
    "0": "OoQD\u041e\u3007\u25cb",
    "1": "Il|\u4e28i",
    "2": "Zz",
    "5": "Ss",
    "6": "Gb",
    "8": "B",
    "9": "gq",
    "X": "x\u0425\u03a7\u00d7\u2715",
}
_FOLDED: Final = {
    ord(other): digit for digit, others in DIGIT_FOLDS.items() for other in others if digit != "X"
}
DATE: Final = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)")
_TERM: Final = re.compile(
    r"(\d{4})\D?(\d{2})\D?(\d{2})[^\d长]{0,2}"
    r"(?:(\d{4})\D?(\d{2})\D?(\d{2})(?!\d)|长期|长\D|\D期)"
)
_TERM_BEFORE_MORE: Final = re.compile(_TERM.pattern.replace(r"(?!\d)", ""))
_ONE_DAY: Final = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})")
#: What was made out in evened light is worth no more, a term of which one day was read no more:
#: a person compares them with the print.
_EVENED: Final = 0.85
_GUESSED: Final = 0.6
#: The likeliest term has to be this much likelier than the next (natural logarithm).
_CLEAR: Final = 2.0
_LEAP_DAY: Final = 28


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when a card is valid (ISO or long-term); both empty where not made out."""

    start: str
    until: str
    raw: str
    confidence: float
    box: Box
    guessed: bool = False

    def __repr__(self) -> str:
        return f"Term(‹private›, {self.confidence:.2f})"


def ctc_plain(text: str) -> str:
    """Digits in their plain form, one character for one; look-alikes folded."""
    plain = "".join(unicodedata.normalize("NFKC", each)[:1] for each in text)
    return plain.translate(_FOLDED)


def day_of(year: str, month: str, day: str) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def term_holds(start: str, until: str) -> bool:
    """Tell whether a term is one that is issued: 5, 10 or 20 years to the day, or long-term."""
    if not start or not until:
        return False
    if until == LONG_TERM:
        return True
    first, last = date.fromisoformat(start), date.fromisoformat(until)
    near = abs(_early(first).replace(year=last.year) - _early(last))
    return last.year - first.year in TERMS and near.days <= 1


def _early(day: date) -> date:
    return day.replace(day=min(day.day, _LEAP_DAY))


def read_term(page: Page, field: FieldDeclaration, pieces: Sequence[Piece]) -> Term:
    """Read a term like 2016.05.04-2026.05.04 or 2016.05.04-长期.

    Where it is doubtful, its row is read once more in evened light; where that does not help and
    one of its days was read, the likeliest of the few terms that have this day is taken.
    """
    box = union([piece.box for piece in pieces])
    first = _term_of([char for piece in pieces for char in piece.chars], box)
    if first.confidence >= SURE:
        return first
    lines = [page.reread_evenly(each) for each in (box, page.row_to_end(field, box))]
    again = [_term_of(line.chars, box) for line in lines]
    evened = [replace(term, confidence=min(term.confidence, _EVENED)) for term in again]
    best = max(first, *evened, key=lambda term: term.confidence)
    if best.confidence:
        return best
    for seen in (*(line.seen for line in lines), *(piece.seen for piece in pieces)):
        guess = _likeliest(seen, box)
        if guess is not None:
            return guess
    return first


def _term_of(chars: Sequence[ctc.Char], box: Box) -> Term:
    """The term in these characters; worth nothing where it is none that is issued."""
    raw = ctc.text_of(chars)
    plain = ctc_plain(raw)
    found, start, until = _search(_TERM, plain)
    if not term_holds(start, until):
        # Print that follows too closely looks like one more digit; that the term is one tells.
        behind = _search(_TERM_BEFORE_MORE, plain)
        if term_holds(*behind[1:]):
            found, start, until = behind
    if found is None:
        return Term("", "", raw, 0.0, box)
    mine = [char for char in chars[found.start() : found.end()] if char.text.isalnum()]
    certain = math.prod(char.probability for char in mine)
    return Term(start, until, raw, certain if term_holds(start, until) else 0.0, box)


def _search(form: re.Pattern[str], plain: str) -> tuple[re.Match[str] | None, str, str]:
    """Where a term stands in a text, and its two days, "" where one is none."""
    found = form.search(plain)
    if found is None:
        return None, "", ""
    start, until = day_of(*found.groups()[:3]), LONG_TERM
    if found.group(4):
        last = day_of(*found.groups()[3:6])
        until = last.isoformat() if last else ""
    return found, start.isoformat() if start else "", until


def _likeliest(seen: Posterior, box: Box) -> Term | None:
    """The likeliest of all terms that begin or end with a day that was read; None in doubt."""
    raw = ctc.text_of(ctc.greedy(seen))
    days = {day for each in _ONE_DAY.finditer(ctc_plain(raw)) if (day := day_of(*each.groups()))}
    terms = list({term for day in days for term in _terms_with(day)})
    likely = ctc.likelihoods(seen, [_printed(*term) for term in terms]).tolist()
    ranked = sorted(zip(likely, terms, strict=True), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
        return None
    start, until = ranked[0][1]
    return Term(start, until, raw, _GUESSED, box, guessed=True)


def _terms_with(day: date) -> Iterator[tuple[str, str]]:
    yield day.isoformat(), LONG_TERM
    for years in TERMS:
        earlier, later = (_early(day).replace(year=day.year + by) for by in (-years, years))
        if day.day <= _LEAP_DAY:
            yield day.isoformat(), later.isoformat()
            yield earlier.isoformat(), day.isoformat()
        else:
            yield day.isoformat(), _same_day(later, day.day)
            yield _same_day(earlier, day.day), day.isoformat()


def _same_day(early: date, day: int) -> str:
    """The day of that month, or its last one where it has no such day."""
    for each in range(day, _LEAP_DAY - 1, -1):
        try:
            return early.replace(day=each).isoformat()
        except ValueError:
            continue
    return early.isoformat()


def _printed(start: str, until: str) -> str:
    end = "长期" if until == LONG_TERM else until.replace("-", ".")
    return f"{start.replace('-', '.')}-{end}"
