"""Decides which kind of document lines of text belong to, where several kinds look alike.

Captions tell most. Cards that carry the same ones (resident card, residence permit) are told apart
by the form of their number, and by captions that one has and the other lacks.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from pos_client.capture.anchors import (
    ENOUGH,
    Kind,
    Match,
    fitting,
    full_worth,
    matches,
    plain,
    view_of,
    worth_of,
)
from pos_client.capture.lines import ReadLine
from pos_client.model.document import DocumentKind
from pos_client.model.numbers import cn_id
from pos_client.model.numbers.mrz import MrzFormat

#: What a number of the right form is worth, in characters of captions; and one that is missing.
_RIGHT_NUMBER: Final = 6.0
_NO_NUMBER: Final = -1.0
_WRONG_NUMBER: Final = -3.0
#: What it is worth that a kind is expected, or the usual one: less than any caption.
_WANTED: Final = 0.5
_USUAL: Final = 0.25
#: Numbers shorter than this stand on everything.
_LEAST_NUMBER: Final = 9
_SEPARATORS: Final = re.compile(r"[\s\-./]")
#: A day in figures: without its dots it would look like the number of a permit.
_DAY: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d[.年]\d{1,2}[.月]\d{1,2}(?!\d)")
#: Of what its captions can tell, this share leaves no doubt about a kind.
_HALF: Final = 0.5
#: A side that shares this much of its captions with another one is its rival.
_ALIKE: Final = 0.4


def best_kind(
    kinds: Iterable[Kind], lines: Sequence[ReadLine], wanted: DocumentKind | None = None
) -> tuple[Kind, list[Match]] | None:
    """Return the side that the lines tell of, or None where they tell too little.

    Where two sides fit alike, the one of the `wanted` kind is taken, else the usual one.
    """
    texts = _texts(lines)
    best: tuple[float, Kind, list[Match]] | None = None
    for kind in kinds:
        if not kind.side.anchors:
            continue
        found = matches(kind, lines)
        if worth_of(found) < ENOUGH or not _is_told(kind, found, texts):
            continue
        score = _score(kind, found, texts, wanted)
        if best is None or score > best[0]:
            best = (score, kind, found)
    return (best[1], best[2]) if best else None


def best_fitting(
    kinds: Iterable[Kind], lines: Sequence[ReadLine], wanted: DocumentKind | None = None
) -> Kind | None:
    """Return the side most of whose captions stand where one view puts them; None for none.

    Takes longer than `best_kind`: captions of other documents that lie about do not count.
    """
    texts = _texts(lines)
    best: tuple[float, Kind] | None = None
    for kind in kinds:
        found = matches(kind, lines)
        view = view_of(kind, found) if worth_of(found) >= ENOUGH else None
        fit = fitting(view, found) if view is not None else []
        if worth_of(fit) >= ENOUGH and _is_told(kind, fit, texts):
            score = _score(kind, fit, texts, wanted)
            best = (score, kind) if best is None or score > best[0] else best
    return best[1] if best else None


def is_borne_out(kind: Kind, lines: Sequence[ReadLine], others: Iterable[Kind] = ()) -> bool:
    """Tell whether so much speaks for a kind that no other one need be thought of.

    A number in the form of this kind does, or half of what its captions can tell; unless all that
    was seen stands on a side of the `others` too: the title of a card is on both of its sides.
    """
    found = matches(kind, lines)
    if any(match.is_number for match in found) or _number_worth(kind, _texts(lines)) > 0:
        return True
    seen = {match.text for match in found if match.worth}
    if any(seen <= {anchor.text for anchor in each.side.anchors} for each in others):
        return False
    return worth_of(found) >= _HALF * full_worth(kind)


def _texts(lines: Sequence[ReadLine]) -> list[str]:
    """What lines say, for numbers to be found in: without separators, and without days."""
    plainly = (_DAY.sub(" ", plain(line.chars)) for line in lines)
    # The last place of a number is often read as a small letter.
    return [_SEPARATORS.sub("", text).replace("x", "X") for text in plainly]


def _score(
    kind: Kind, found: Sequence[Match], texts: Sequence[str], wanted: DocumentKind | None
) -> float:
    score = worth_of(found) + _number_worth(kind, texts)
    return score + _WANTED * (kind.document.code == wanted) + _USUAL * kind.document.usual


def rivals(kind: Kind, kinds: Iterable[Kind], wanted: DocumentKind | None = None) -> list[Kind]:
    """Return the other kinds' sides that have this one's size, and share captions or are wanted."""
    return [
        each
        for each in kinds
        if each is not kind
        and each.size_mm == kind.size_mm
        and (each.document.code == wanted or _alike(kind, each) > _ALIKE)
    ]


def _alike(one: Kind, other: Kind) -> float:
    """The share of the shorter side's captions that the other one has too, by characters."""
    captions = [{anchor.text for anchor in each.side.anchors} for each in (one, other)]
    least = min(sum(map(len, each)) for each in captions)
    return sum(map(len, captions[0] & captions[1])) / least if least else 0.0


def zone_kind(kinds: Iterable[Kind], form: MrzFormat | None) -> Kind | None:
    """Return the side that carries a zone of this form, before its codes are known."""
    fitting = (each for each in kinds if each.document.mrz == form and _has_zone(each))
    return min(fitting, key=lambda each: each.document.zone_codes.particular, default=None)


def kind_of_zone(kinds: Iterable[Kind], form: MrzFormat, code: str, state: str) -> Kind | None:
    """Return the most particular side whose zone begins with such a code and state."""
    fitting = (
        each
        for each in kinds
        if each.document.mrz == form
        and _has_zone(each)
        and each.document.zone_codes.admits(code, state)
    )
    return max(fitting, key=lambda each: each.document.zone_codes.particular, default=None)


def _has_zone(kind: Kind) -> bool:
    return any(field.type == "mrz" for field in kind.side.fields)


def _is_told(kind: Kind, found: Sequence[Match], texts: Sequence[str]) -> bool:
    """A number alone tells a kind only where it is right, or where its shape is of this kind."""
    captions = {anchor.text for anchor in kind.side.anchors}
    if any(match.text in captions and match.worth for match in found):
        return True
    if any(field.shape is not None for field in kind.side.fields):
        return True
    runs = (run for text in texts for run in _numbers(text))
    return any(cn_id.fault(run[-cn_id.LENGTH :]) is None for run in runs)


def _number_worth(kind: Kind, texts: Sequence[str]) -> float:
    """What the numbers on the lines say for or against a kind."""
    worth = 0.0
    for field in kind.side.fields:
        if field.pattern is None or field.type != "number" or not field.required:
            continue
        runs = [run for text in texts for run in _numbers(text)]
        if any(_whole(field.pattern).fullmatch(run) for run in runs):
            worth += _RIGHT_NUMBER
        elif any(len(run) == field.max_chars for run in runs):
            worth += _WRONG_NUMBER
        else:
            worth += _NO_NUMBER
    return worth


def _numbers(text: str) -> list[str]:
    """Runs of capitals and digits that are long enough to be a number."""
    return [run for run in _RUN.findall(text) if sum(each.isdigit() for each in run) * 2 > len(run)]


_RUN: Final = re.compile(rf"[A-Z0-9()]{{{_LEAST_NUMBER - 1},}}")


@cache
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
