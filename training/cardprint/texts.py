"""What stands on the lines: names, parts of addresses, offices, dates and captions, all invented.

Characters are drawn by how often they are written, flattened, and one in five by no frequency at
all: rare ones stand in names, and a reader that has never met them takes them for common ones.
"""

import csv
import itertools
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

#: How much of the difference between frequent and rare characters is left.
_FLATTENED: Final = 0.45
_WITHOUT_FREQUENCY: Final = 0.28
_GROUNDS: Final = (
    "镇 乡 村 路 街 组 弄 巷 大道 社区 街道 山庄 屯 庄 寨 苏木 区 县 市 大院 家属院 园 里 南路 "
    "北大街 新村 支路 坪 营 公寓"
).split()
_UNITS: Final = "号 组 弄 幢 单元 室 号楼 栋 号附1号 号B座".split()
_MONTHS: Final = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DICTIONARY_COLUMNS: Final = 3


def gb2312(first: int, last: int) -> list[str]:
    """The characters of some rows of the national standard: 16 to 55 frequent, 56 to 87 others."""
    cells = ((row, cell) for row in range(first, last + 1) for cell in range(1, 95))
    raw = (bytes([row + 0xA0, cell + 0xA0]) for row, cell in cells)
    return [text for each in raw if (text := each.decode("gb2312", errors="ignore"))]


class Texts:
    """Invents lines.

    Args:
        known: the characters that the reader can tell apart.
        dictionary: words with their frequency and part of speech, one to a line.
        regions: the districts of the land, a table with a column `name`.
        surnames: a list as in `resources/names`.
    """

    def __init__(
        self, known: Iterable[str], dictionary: Path, regions: Path, surnames: Path
    ) -> None:
        self._known = frozenset(known)
        with regions.open(encoding="utf-8", newline="") as file:
            self._regions = [row["name"] for row in csv.DictReader(file)]
        lines = surnames.read_text(encoding="utf-8").splitlines()
        self._surnames = [
            name
            for line in lines
            if not line.startswith("#")
            for name in line.split()
            if len(name) == 1 and name in self._known
        ]
        written: Counter[str] = Counter()
        self._people: list[str] = []
        self._places: list[str] = []
        self._words: list[str] = []
        begins = frozenset(self._surnames)
        for line in dictionary.read_text(encoding="utf-8").splitlines():
            parts = line.split()
            if len(parts) != _DICTIONARY_COLUMNS:
                continue
            word, times, kind = parts[0], int(parts[1]), parts[2]
            written.update(dict.fromkeys(word, times))
            if not self._known.issuperset(word):
                continue
            if kind == "nr" and len(word) in {2, 3} and word[0] in begins:
                self._people.append(word)
            elif kind == "ns" and 2 <= len(word) <= 4:
                self._places.append(word)
            elif kind in {"n", "nz", "b", "v", "a"} and len(word) == 2 and times > 30:
                self._words.append(word)
        self._levels = [
            [each for each in gb2312(*rows) if each in self._known] for rows in ((16, 55), (56, 87))
        ]
        both = frozenset(itertools.chain(*self._levels))
        rest = sorted(c for c in self._known if "\u4e00" <= c <= "\u9fff" and c not in both)
        self._levels.append(rest)
        self._all = [*itertools.chain(*self._levels)]
        self._cumulated = list(
            itertools.accumulate(max(written[each], 3) ** _FLATTENED for each in self._all)
        )

    def line(self, rng: random.Random) -> tuple[str, bool]:
        """Invent one line, and say whether it is Chinese."""
        kind = rng.random()
        if kind < 0.38:
            return self._name(rng), True
        if kind < 0.80:
            return self._part_of_address(rng), True
        if kind < 0.93:
            return self._form(rng), True
        return _latin(rng), False

    def _frequent(self, rng: random.Random) -> str:
        return rng.choices(self._all, cum_weights=self._cumulated)[0]

    def _any(self, rng: random.Random) -> str:
        if rng.random() >= _WITHOUT_FREQUENCY:
            return self._frequent(rng)
        return rng.choice(rng.choices(self._levels, (0.5, 0.35, 0.15))[0])

    def _name(self, rng: random.Random) -> str:
        if rng.random() < 0.05:
            words = ("".join(self._frequent(rng) for _ in range(rng.randint(2, 4))) for _ in "ab")
            return "·".join(words)
        if rng.random() < 0.3:
            return rng.choice(self._people)
        first = rng.choice(self._surnames) if rng.random() < 0.7 else self._any(rng)
        return first + "".join(self._any(rng) for _ in range(rng.randint(1, 3)))

    def _part_of_address(self, rng: random.Random) -> str:
        text = rng.choice(self._regions) if rng.random() < 0.6 else ""
        text += rng.choice(self._regions) if rng.random() < 0.25 else ""
        for _ in range(rng.randint(1, 3)):
            kind = rng.random()
            if kind < 0.25:
                text += rng.choice(self._places)
            elif kind < 0.55:
                text += rng.choice(self._words)
            else:
                text += "".join(self._any(rng) for _ in range(rng.randint(1, 3)))
            text += rng.choice(_GROUNDS)
            if rng.random() < 0.12:
                text += f"第{rng.choice('一二三四五六七八九十')}组"
            elif rng.random() < 0.55:
                text += str(rng.randint(1, 1500)) + rng.choice(_UNITS)
        length = rng.randint(2, 13)
        first = 0 if rng.random() < 0.4 else rng.randint(0, max(0, len(text) - length))
        return text[first : first + length]

    def _form(self, rng: random.Random) -> str:
        year, month, day = rng.randint(1930, 2026), rng.randint(1, 12), rng.randint(1, 28)
        begins = f"{year}.{month:02}.{day:02}"
        name = "".join(self._frequent(rng) for _ in "abc")
        return rng.choice(
            (
                f"{year}年{month}月{day}日",
                f"{begins}-{year + 20}.{month:02}.{day:02}",
                f"{begins}-长期",
                f"{rng.choice(self._regions)}公安局",
                f"{rng.choice(self._regions)}公安局",
                f"{rng.choice(self._regions)}公安局{rng.choice(self._places)[:2]}分局",
                f"姓名{name}",
                "性别男",
                "性别女民族汉",
                "民族汉",
                f"出生{year}",
                f"住址{rng.choice(self._regions)[:6]}",
                "签发机关",
                "有效期限",
                "公民身份号码",
                f"{month}月{day}日",
                str(day),
                str(year),
            )
        )


def _latin(rng: random.Random) -> str:
    day, year = rng.randint(1, 28), rng.randint(1930, 2030)
    return rng.choice(
        (
            f"{_word(rng)} {_word(rng)}",
            f"{_word(rng).capitalize()} {_word(rng).lower()}",
            str(rng.randint(10**7, 10**10)),
            f"{day:02}/{rng.randint(1, 12):02}/{year}",
            f"{_word(rng)}{rng.randint(1, 9999)}",
            f"{day:02} {rng.choice(_MONTHS)} {year}",
        )
    )


def _word(rng: random.Random) -> str:
    letters: Sequence[str] = [rng.choice(_LETTERS) for _ in range(rng.randint(2, 8))]
    return "".join(letters)
