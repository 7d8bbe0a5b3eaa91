"""Makes fields of the lines that a plain text engine gives: lenient, and the same for all."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

#: A line and the corners of its box, where the engine tells.
Line = tuple[str, Any]

_PATTERNS: Final = {
    "name": r"姓名(.{1,24}?)(?=性别|民族|出生|$)",
    "sex": r"性别(男|女)",
    "ethnicity": r"民族(.{1,6}?)(?=出生|住址|$)",
    "address": r"住址(.+?)(?=公民身份|身份号|\d{17}|$)",
    "id_number": r"(\d{17}[\dXx])",
    "authority": r"签发机关(.+?)(?=有效期|$)",
}
_BIRTH: Final = re.compile(r"出生(\d{4})年(\d{1,2})月(\d{1,2})日")
_TERM: Final = re.compile(r"(\d{4})\D(\d\d)\D(\d\d)\D{1,3}?(?:(\d{4})\D(\d\d)\D(\d\d)|长期)")
_ZONE: Final = re.compile(r"[A-Z0-9<]{28,46}")


def fields_of(lines: Sequence[Line]) -> dict[str, str]:
    """Return the fields of the order of lines that makes most sense."""
    return max((_parsed(text) for text in _orders(lines)), key=len, default={})


def zone_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the lines that look like those of a machine-readable zone."""
    best: tuple[str, ...] = ()
    for texts in _rows(lines):
        plain = ("".join(text.split()).upper() for text in texts)
        found = tuple(text for text in plain if _ZONE.fullmatch(text))
        best = max(best, found, key=len)
    return best


def _orders(lines: Sequence[Line]) -> Iterator[str]:
    for texts in _rows(lines):
        yield "".join("".join(texts).split())


def _rows(lines: Sequence[Line]) -> Iterator[list[str]]:
    """The texts as they come, and row by row in each of the four directions of reading."""
    yield [text for text, _ in lines]
    if not lines or lines[0][1] is None:
        return
    boxes = np.array([box for _, box in lines], float)
    middles = boxes.mean(axis=1)
    longest = boxes[np.ptp(boxes, axis=1).max(axis=1).argmax()]
    edges = np.roll(longest, -1, axis=0) - longest
    edge = edges[np.linalg.norm(edges, axis=1).argmax()]
    tall = np.median(
        np.minimum(*[np.linalg.norm(boxes[:, k + 1] - boxes[:, k], axis=1) for k in (0, 1)])
    )
    for way in (edge, -edge):
        along = way / np.linalg.norm(way)
        x, y = middles @ along, middles @ np.array((-along[1], along[0]))
        row = -np.inf
        rows: list[list[int]] = []
        for at in y.argsort().tolist():
            if y[at] - row > tall * 0.6:
                rows.append([])
                row = y[at]
            rows[-1].append(at)
        yield [lines[at][0] for each in rows for at in sorted(each, key=lambda at: x[at])]


def _parsed(text: str) -> dict[str, str]:
    found = {}
    for name, pattern in _PATTERNS.items():
        match = re.search(pattern, text)
        if match:
            found[name] = match[1].upper() if name == "id_number" else match[1]
    born, term = _BIRTH.search(text), _TERM.search(text)
    if born:
        found["birth_date"] = f"{born[1]}-{int(born[2]):02}-{int(born[3]):02}"
    if term:
        found["valid_from"] = f"{term[1]}-{term[2]}-{term[3]}"
        found["valid_until"] = f"{term[4]}-{term[5]}-{term[6]}" if term[4] else "long-term"
    return found
