"""Description files that are wrong in one way each, with the place and what is to be said there."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Final

_NUMBER: Final = ("sides", 0, "fields", 4)
_FIRST: Final = ("sides", 0, "fields", 0)
_SEX: Final = ("sides", 0, "fields", 3)


@dataclass(frozen=True, slots=True)
class Broken:
    """One wrong thing: where it is put into a sound file, what it is, and the complaint.

    `by_schema` says that an editor finds it too; some things only show beside one another.
    """

    name: str
    at: tuple[str | int, ...]
    value: Any
    where: str
    message: str
    by_schema: bool = True

    def put_into(self, sound: dict[str, Any]) -> dict[str, Any]:
        """Return a spoiled copy."""
        spoiled = copy.deepcopy(sound)
        piece: Any = spoiled
        for step in self.at[:-1]:
            piece = piece[step]
        piece[self.at[-1]] = self.value
        return spoiled


def _pattern(name: str, pattern: str, message: str) -> Broken:
    where = "sides[0].fields[4].pattern"
    return Broken(name, (*_NUMBER, "pattern"), pattern, where, message, by_schema=False)


BROKEN: Final = (
    Broken("endless width", ("width_mm",), float("inf"), "width_mm", "too large"),
    Broken("huge width", ("width_mm",), 1e9, "width_mm", "too large"),
    Broken("tiny width", ("height_mm",), 0.001, "height_mm", "too small"),
    Broken("number of 5000 digits", ("width_mm",), 10**400, "width_mm", "too large"),
    Broken("no rows", (*_FIRST, "lines"), 0, "sides[0].fields[0].lines", "too small"),
    Broken("endless rows", (*_FIRST, "lines"), 1e999, "sides[0].fields[0].lines", "too large"),
    Broken("many rows", (*_FIRST, "lines"), 10**9, "sides[0].fields[0].lines", "too large"),
    Broken("no chars", (*_FIRST, "max_chars"), 0, "sides[0].fields[0].max_chars", "too small"),
    Broken("box null", (*_FIRST, "box"), None, "sides[0].fields[0].box", "a list is expected"),
    Broken("scheme null", (*_NUMBER, "scheme"), None, "sides[0].fields[4].scheme", "a text is"),
    Broken("mask wide", ("mask",), [100, 100], "mask[0]", "too large"),
    Broken("mask all", ("mask",), [6, 5], "mask", "the whole number of 11", by_schema=False),
    Broken("compare none", ("compare_chars",), 0, "compare_chars", "too small"),
    Broken("no source", ("accepted_sources",), [], "accepted_sources", "too short"),
    Broken("source twice", ("accepted_sources",), ["ocr", "ocr"], "accepted_sources[1]", "twice"),
    Broken("no such rule", ("checks",), ["ABC99"], "checks[0]", "no rule 'ABC99'"),
    Broken("rule twice", ("checks",), ["NUM10", "NUM10"], "checks[1]", "twice"),
    Broken("day of a week", ("since",), "2023-W48-5", "since", "a day is expected"),
    Broken("day without dashes", ("since",), "20231201", "since", "a day is expected"),
    Broken("no such day", ("until",), "2023-02-30", "until", "a day is", by_schema=False),
    Broken("blank title", ("title", "en"), "  ", "title.en", "a text is expected"),
    Broken("hidden sign", ("title", "en"), "a\x1b[31mb", "title.en", "U+001B"),
    Broken("turned text", ("title", "zh_CN"), "a\u202eb", "title.zh_CN", "U+202E"),
    Broken("long title", ("title", "en"), "a" * 900, "title.en", "too long"),
    Broken(
        "blank caption",
        ("sides", 0, "anchors", 0, "text"),
        " ",
        "sides[0].anchors[0].text",
        "a text is expected",
    ),
    Broken(
        "single caption",
        ("sides", 0, "anchors"),
        [{"text": "N", "box": [1, 1, 2, 2]}],
        "sides[0].anchors",
        "nothing tells this kind",
        by_schema=False,
    ),
    Broken(
        "common captions",
        ("sides", 0, "anchors"),
        [{"text": "Surname", "box": [1, 1, 20, 2], "common": True}],
        "sides[0].anchors",
        "nothing tells this kind",
        by_schema=False,
    ),
    Broken("no words", (*_SEX, "values"), [], "sides[0].fields[3].values", "too short"),
    Broken(
        "numbers for words", (*_SEX, "values"), [1, 2], "sides[0].fields[3].values[0]", "a word is"
    ),
    Broken(
        "word that is not printed",
        (*_SEX, "values"),
        [{"value": "M", "printed": []}],
        "sides[0].fields[3].values[0].printed",
        "too short",
    ),
    Broken(
        "word of two meanings",
        (*_SEX, "values"),
        [{"value": "M", "printed": ["X"]}, {"value": "F", "printed": ["X"]}],
        "sides[0].fields[3].values[1]",
        "stands for two values",
        by_schema=False,
    ),
    Broken(
        "order of a name", (*_FIRST, "order"), "dmy", "sides[0].fields[0].order", "only dates have"
    ),
    Broken("zone of a card", ("mrz",), "td4", "mrz", "is none of"),
    _pattern("exploding", "(([0-9]+)+)+X", "may take too long"),
    _pattern("exploding by choice", "(a|aa)+$", "may take too long"),
    _pattern("exploding side by side", "a?" * 30 + "a" * 30, "may take too long"),
    _pattern("three without an end", "[0-9]*[0-9]*[0-9]*", "may take too long"),
    _pattern("nothing repeated", "(?:(?:){100}){100}", "may be empty"),
    _pattern("repeated for ever", "[0-9]{99999999999}", "is written {3}"),
    _pattern("repeated too often", "[0-9]{1000}", "at most 100 times"),
    _pattern("deep", "(" * 50 + "a" + ")" * 50, "too deep"),
    _pattern("looking back", r"([0-9])\1{10}", r"\1 is not admitted"),
    _pattern("looking around", "(?<=a)b", "only (?: is admitted"),
    _pattern("never", "(?!)", "only (?: is admitted"),
    _pattern("flags", "[a-z](?i)", "only (?: is admitted"),
    _pattern("open set", "[0-9", "a [ without its ]"),
    _pattern("range from z to a", "[z-a]", "no regular expression"),
)
