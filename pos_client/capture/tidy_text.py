"""Tidies what was read of names and addresses, character by character: marks, dashes, digits."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from pos_client.capture import ctc
from pos_client.capture.piece import Piece

DOTS: Final = dict.fromkeys(
    map(ord, "\u2022\u30fb\u2027\uff0e\u2219\u22c5.\u00b7\u25cf\u02d9"), "·"
)
_DASHES: Final = frozenset("-\u2013\u2014\u2015\u2212\uff0d")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NO_MARKS: Final = frozenset("?？!！。，,;；:：'\"“”*=<>《》|~^_")
_LIKE_DIGITS: Final = {"O": "0", "o": "0", "I": "1", "l": "1"}
#: What the second choice for a mark is worth, and a flat character where a dash was read.
_SECOND_CHOICE: Final = 0.5
_PERHAPS: Final = 0.88


def usual(piece: Piece) -> Piece:
    """The piece with characters as they are usually printed, and without marks."""
    chars = ctc.usual_characters(piece.line.seen, piece.chars)
    return replace(piece, chars=tuple(map(_in_addresses, chars)))


def with_digits(pieces: Sequence[Piece]) -> list[Piece]:
    """Letters that stand beside digits and look like one are digits: there is no house 78O.

    What ends one line and begins the next stands side by side.
    """
    chars = [char for piece in pieces for char in piece.chars]
    both_ways = (*range(len(chars)), *reversed(range(len(chars))))
    for at in both_ways:
        digit = _LIKE_DIGITS.get(half_width(chars[at].text))
        beside = [chars[other].text for other in (at - 1, at + 1) if 0 <= other < len(chars)]
        if digit and any(half_width(text).isdigit() for text in beside):
            others = tuple(each for each in chars[at].others if each[0] != digit)
            chars[at] = replace(chars[at], text=digit, others=others)
    left = iter(chars)
    return [replace(each, chars=tuple(islice(left, len(each.chars)))) for each in pieces]


def _in_addresses(char: ctc.Char) -> ctc.Char:
    """What else was seen in place of a mark that stands in no name and no address."""
    if char.text not in _NO_MARKS:
        return char
    likely = ((text, share) for text, share in char.others if text not in _NO_MARKS)
    text, share = next(likely, (char.text, char.probability))
    return replace(char, text=text, probability=min(share, _SECOND_CHOICE))


def half_width(character: str) -> str:
    """Full-width letters and digits become plain; brackets and dots stay as printed."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isascii() and plain.isalnum() else character


def only_han(piece: Piece) -> Piece | None:
    """The Chinese characters and dots of a piece; None where it is mostly something else."""
    chars = (piece.chars[0], *map(_with_one, piece.chars[1:]))
    kept = tuple(each for each in chars if _HAN.match(each.text) or ord(each.text) in DOTS)
    han = [each for each in kept if _HAN.match(each.text)]
    if len(han) * 2 < len(piece.chars) or not han:
        return None
    return replace(piece, chars=kept)


def _with_one(char: ctc.Char) -> ctc.Char:
    """A flat 一 where a dash was read: no dash stands in a name."""
    return replace(char, text="一", probability=_PERHAPS) if char.text in _DASHES else char
