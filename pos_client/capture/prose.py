"""Tells print that is mere words (contracts, forms, receipts) from what a document might say."""

from collections.abc import Iterable
from typing import Final

from pos_client.capture.anchors import Kind, matches
from pos_client.capture.effort import is_legible
from pos_client.capture.lines import ReadLine
from pos_client.capture.piece import is_chinese

#: Words have this share of Chinese characters; codes and rows of a zone have none.
_WORDS: Final = 0.9
#: So many characters tell that a caption begins where the head of a line ends.
_BEGINNING: Final = 3


def is_prose(kinds: Iterable[Kind], line: ReadLine) -> bool:
    """Tell a line that was read well and begins with words of which no document has a caption."""
    words = sum(is_chinese(each.text) for each in line.chars)
    if not is_legible(line) or words < _WORDS * len(line.chars):
        return False
    return not any(matches(kind, [line]) or _begins(kind, line.text) for kind in kinds)


def _begins(kind: Kind, text: str) -> bool:
    """Tell whether a text ends within a caption: the head of a long title shows no more of it."""
    captions = (each for anchor in kind.side.anchors for each in (anchor.text, *anchor.also))
    return any(
        text.endswith(caption[:end])
        for caption in captions
        for end in range(_BEGINNING, len(caption))
    )
