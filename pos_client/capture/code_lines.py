"""Tells lines that are codes (rows of a zone, citizen numbers) by the quick reader made for them.

Our own network reads such a line in a twentieth of the time that the one for all scripts takes.
Print of other kinds it reads with much doubt: of the lines on resident cards that are no number
none was as clear as this, of rows and numbers nearly all.
"""

from typing import Final

from pos_client.capture.anchors import plain
from pos_client.capture.engine import TextEngine, TextLine
from pos_client.capture.frame import Pixels
from pos_client.capture.lines import ReadLine, read_codes, turned
from pos_client.capture.mrz_rows import folded_text, has_dates_of_row, looks_like_mrz
from pos_client.capture.stripes import find_stripes
from pos_client.model.numbers import cn_id
from pos_client.model.numbers.mrz import FILLER

#: Numbers of eighteen places are eleven heights of their line long, rows more.
_LONG: Final = 8.0
_CLEAR: Final = 0.95
#: A row shows by its form as well what it is: fillers, or dates where rows have them.
_CLEAR_ROW: Final = 0.85
_FILLERS: Final = 4
#: So many stripes of print are asked, for each gap that melts them.
_STRIPES: Final = 4


def told_by_stripe(engine: TextEngine, pixels: Pixels) -> tuple[ReadLine, list[TextLine]] | None:
    """Look for a code among stripes of print, which takes a quarter of a search for text.

    Returns:
        The code in reading order and all stripes that were found on the way, or None.
    """
    if engine.read_codes([]) is None:
        return None
    seen: list[TextLine] = []
    for stripes in find_stripes(pixels):
        seen += stripes
        for stripe in stripes[:_STRIPES]:
            code = told_by_code(engine, pixels, stripe)
            if code is not None:
                return code, seen
    return None


def told_by_code(engine: TextEngine, pixels: Pixels, box: TextLine) -> ReadLine | None:
    """Read a line that may stand on its head as a code.

    Returns:
        The whole line in reading order, or None where it shows no code without doubt, or where
        there is no reader for codes.
    """
    if box.length < _LONG * box.height or engine.read_codes([]) is None:
        return None
    line = max(read_codes(engine, pixels, [box, turned(box)]), key=lambda each: each.weight)
    sure = sum(each.probability for each in line.chars) / max(1, len(line.chars))
    if sure >= _CLEAR_ROW and _is_row(line):
        return line
    return line if sure >= _CLEAR and _is_number(line) else None


def _is_row(line: ReadLine) -> bool:
    text = folded_text(line.text)
    return has_dates_of_row(text) or (looks_like_mrz(line) and text.count(FILLER) >= _FILLERS)


def _is_number(line: ReadLine) -> bool:
    return cn_id.fault(plain(line.chars)) is None
