"""Tesseract, through pytesseract's knowledge of it but without its files: pictures go by pipe.

`pytesseract` itself writes every picture and every text to a temporary file that others can read
while it exists. Here the picture goes to the program's standard input and the text comes from its
standard output, so nothing of a document touches the disk.
"""

import os
import subprocess
from collections.abc import Sequence
from typing import Final

import numpy as np

from pos_client.capture.engine import Alphabet, Posterior, TextLine
from pos_client.capture.frame import Pixels
from pos_client.capture.vision import cv2

#: A crop larger than this is no single line of print; it is not handed over.
_MOST_PIXELS: Final = 1_500_000
_LINE_HEIGHT_PX: Final = 64
_TIMEOUT_S: Final = 1.5
_PAGE_TIMEOUT_S: Final = 12.0
_BORDER_PX: Final = 12
_ONE_LINE: Final = ("--psm", "7")
_SCATTERED: Final = ("--psm", "11")
#: A text that only this reader saw is believed this much at most: its own figures are too sure.
_BELIEF: Final = 0.85
_LEAST_CONFIDENCE: Final = 20.0
_SHADE_SHARE: Final = 0.5


def available() -> bool:
    """Tell whether the program can be started here."""
    import pytesseract  # noqa: PLC0415 - brings pandas where that is installed: not at start-up

    try:
        pytesseract.get_tesseract_version()
    except (pytesseract.TesseractNotFoundError, OSError, SystemExit):
        return False
    return True


def languages() -> frozenset[str]:
    """Names of the installed traineddata, e.g. `chi_sim` and `eng`."""
    import pytesseract  # noqa: PLC0415 - see above

    try:
        return frozenset(pytesseract.get_languages())
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, OSError):
        return frozenset()


def _program() -> str:
    import pytesseract  # noqa: PLC0415 - see above

    return str(pytesseract.pytesseract.tesseract_cmd)


def run(pixels: Pixels, arguments: Sequence[str], timeout_s: float) -> str | None:
    """Pipe a picture (BGR) through Tesseract; None where it fails or takes too long."""
    _, packed = cv2.imencode(".bmp", pixels)
    # One thread: its own four fight with everything else on a small machine, for no gain on a line.
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, arguments are ours
            [_program(), "stdin", "stdout", *arguments],
            input=packed.tobytes(),
            capture_output=True,
            timeout=timeout_s,
            check=True,
            env=surroundings,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no black box on Windows
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", errors="replace")


def _prepared(crop: Pixels) -> Pixels:
    """Grey, a comfortable height, with a quiet border."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    scale = _LINE_HEIGHT_PX / max(1, grey.shape[0])
    size = max(8, round(grey.shape[1] * scale)), _LINE_HEIGHT_PX
    scaled = cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(
        scaled, *(_BORDER_PX,) * 4, cv2.BORDER_CONSTANT, value=int(np.median(scaled))
    )
    return np.asarray(framed, np.uint8)


class TesseractReader:
    """An independent opinion on one line at a time."""

    name = "tesseract"

    def __init__(self, languages: str) -> None:
        self._languages = languages

    def read_line(self, crop: Pixels, characters: str) -> str | None:
        """Read one upright line; `characters` limits what it may hold ("" for any)."""
        if crop.shape[0] * crop.shape[1] > _MOST_PIXELS:
            return None
        only = ("-c", f"tessedit_char_whitelist={characters}") if characters else ()
        language = "eng" if characters and characters.isascii() else self._languages
        text = run(_prepared(crop), ("-l", language, *_ONE_LINE, *only), _TIMEOUT_S)
        return None if text is None else "".join(text.split())


class TesseractEngine:
    """Stands in where the weights are missing: slower, upright pictures only, never quite sure."""

    name = "tesseract"
    upright_only = True

    def __init__(self, languages: str) -> None:
        self._languages = languages

    def may_hold_text(self, pixels: Pixels) -> bool:
        """Always worth a try: it has no cheaper way to tell."""
        return True

    def find_lines(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        """Find lines in an upright picture, at its own scale up to twice `longest_px`."""
        height, width = pixels.shape[:2]
        scale = min(1.0, 2 * longest_px / max(height, width))
        size = max(8, round(width * scale)), max(8, round(height * scale))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        table = run(small, ("-l", self._languages, *_SCATTERED, "tsv"), _PAGE_TIMEOUT_S)
        return _lines_of(table or "", 1 / scale)

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops; the text is dressed up as if every character had its own steps."""
        texts = [
            run(_prepared(crop), ("-l", self._languages, *_ONE_LINE), _TIMEOUT_S) or ""
            for crop in crops
        ]
        return [
            _dressed("".join(text.split()), crop.shape[1])
            for text, crop in zip(texts, crops, strict=True)
        ]

    def read_codes(self, crops: Sequence[Pixels]) -> None:
        """There is no second network here."""


def _lines_of(table: str, scale: float) -> list[TextLine]:
    """Join the words of Tesseract's table (tab-separated values) to lines."""
    words: dict[tuple[str, ...], list[tuple[int, int, int, int]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip() or float(cells[10]) < _LEAST_CONFIDENCE:  # noqa: PLR2004 - columns of its table
            continue
        left, top, width, height = (int(each) for each in cells[6:10])
        words.setdefault(tuple(cells[1:5]), []).append((left, top, left + width, top + height))
    lines = []
    for boxes in words.values():
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
        edge = (bottom - top) * 0.15
        x0, y0, x1, y1 = left - edge, top - edge, right + edge, bottom + edge
        quad = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) * scale
        lines.append(TextLine(quad, _SHADE_SHARE))
    return sorted(lines, key=lambda line: line.length, reverse=True)


def _dressed(text: str, width_px: int) -> Posterior:
    """One step for each character and a blank one between, as a network would have given."""
    known = sorted(set(text))
    alphabet = Alphabet(known)
    steps = np.zeros((max(1, 2 * len(text) + 1), len(alphabet)), np.float32)
    steps[:, 0] = 1.0
    for at, character in enumerate(text):
        steps[2 * at + 1, 0] = 1 - _BELIEF
        steps[2 * at + 1, alphabet.index(character) or 0] = _BELIEF
    return Posterior(steps, alphabet, width_px / len(steps))
