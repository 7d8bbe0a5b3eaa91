"""Mends places in addresses and names of offices by the list of the land's districts.

A blurred 临滩县 is 临沭县 where the number says that its holder was first registered there. What
was mended this way stays in doubt: people move, and a person compares it with the print.
"""

import csv
import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pos_client.capture.values import NOT_SURE, Value
from pos_client.model.declaration import SideDeclaration
from pos_client.model.field import SURE, Letter
from pos_client.model.numbers import cn_id
from pos_client.resources import folder

#: A character is mended only where the reader itself was not sure of it; what it is then worth.
_SURE: Final = 0.97
_MENDED: Final = 0.80
#: What a character costs that the reader did not name, and what a whole place may cost.
_UNNAMED: Final = 5.5
_UNNAMED_FAINT: Final = 4.0
_MOST_COST: Final = 9.0
#: The same for a whole name: that nothing follows it tells as much as two more characters.
_MOST_COST_WHOLE: Final = 16.0
#: This much of a place has to be read as it is.
_LEAST_ALIKE: Final = 0.6
#: The next best place has to be this much dearer, unless both say the same.
_CLEAR: Final = 1.5
#: Levels of the list that are no places of their own.
_NO_PLACE: Final = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_SHORT: Final = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
_OFFICES: Final = ("公安局", "分局")
_CUT_SHORT: Final = ("公安", "分")
_ENDINGS: Final = ("局", "厅", "处", "队", "所", "部")
_HALF: Final = 0.5
#: What a character costs that a place has and the reader has not, or the other way round; one that
#: the reader saw as clearly as this is there. So many may be missing of an office's name.
_LOST: Final = 3.0
_FAINT: Final = 0.6
_MOST_LOST: Final = 3
_COMPARED: Final = 40
#: An address that begins like no place is held against so many of those that look most like it,
#: among those that share the first characters.
_LOOKED_AT: Final = 12
_PREFIX: Final = 2
#: What a line of the ground looks like.
_FLAT: Final = "一-\u2013\u2014\u2015\u2212\uff0d"
#: District names of two characters keep their last one in the name of an office.
_SHORTEST: Final = 2


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, ...]]:
    """All names that a code has had."""
    names: dict[str, list[str]] = {}
    with (folder("regions") / "cn_regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["code"], []).append(row["name"])
    return {code: tuple(each) for code, each in names.items()}


def beginnings(code: str) -> tuple[str, ...]:
    """How addresses in the district of this code (six digits) begin, as cards print them."""
    names = _names()
    provinces = names.get(f"{code[:2]}0000", ())
    cities = [each for each in names.get(f"{code[:4]}00", ()) if each not in _NO_PLACE]
    districts = [each for each in names.get(code, ()) if each not in _NO_PLACE]
    found = []
    for province in provinces:
        for land in {province, _SHORT.get(province, province)}:
            found += [land + district for district in districts]
            found += [land + city + district for city in cities for district in districts]
            found += [land + city for city in cities]
    found += [city + district for city in cities for district in districts]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _all_beginnings() -> frozenset[str]:
    """How addresses begin in any district: people move, often to the one next door."""
    return frozenset(way for code in _names() for way in beginnings(code))


@lru_cache(maxsize=1)
def _by_prefix() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for way in _all_beginnings():
        found.setdefault(way[:_PREFIX], []).append(way)
    return {prefix: tuple(ways) for prefix, ways in found.items()}


def _like(text: str) -> list[str]:
    """The places of the land that an address may begin with, where it begins with none."""

    def differs(place: str) -> float:
        return sum(map(str.__ne__, place, text)) / len(place)

    near = [way for way in _by_prefix().get(text[:_PREFIX], ()) if len(way) <= len(text)]
    if any(text.startswith(way) for way in near):
        return []
    alike = (way for way in near if differs(way) <= 1 - _LEAST_ALIKE)
    return heapq.nsmallest(_LOOKED_AT, alike, key=differs)


@lru_cache(maxsize=1)
def offices() -> frozenset[str]:
    """The names of police offices of every city and county that has been, as cards print them."""
    found: set[str] = set()
    for code, names in _names().items():
        own = [name for name in names if name not in _NO_PLACE and len(name) > 1]
        above = [
            city
            for each in (f"{code[:2]}0000", f"{code[:4]}00")
            for city in _names().get(each, ())
            if each != code and city.endswith("市")
        ]
        found.update(f"{name}公安局" for name in own)
        found.update(f"{city}{name}公安局" for name in own for city in above)
        short = [name[:-1] if len(name) > _SHORTEST else name for name in own]
        found.update(f"{city}公安局{name}分局" for name in short for city in above)
    return frozenset(found)


def with_places(side: SideDeclaration, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values, places in the address and the office among them mended where possible."""
    mended = dict(values)
    number = next((values.get(f.name) for f in side.fields if f.type == "cn_id18"), None)
    address, office = (_begun(values.get(name)) for name in ("address", "authority"))
    if address is not None and number is not None:
        if cn_id.fault(number.text) is None:
            address = _at_home(address, beginnings(number.text[:6]))
        address = _without(address, number.text)
    if address is not None:
        mended["address"] = _mended(address, _like(address.text))
    if office is not None:
        mended["authority"] = _office(office)
    return mended


def _begun(value: Value | None) -> Value | None:
    """The value without a dash before it, or a wave of the ground: no place is called 一."""
    text = "" if value is None else value.text.lstrip(_FLAT)
    if value is None or text == value.text:
        return value
    first = len(value.text) - len(text)
    others = (value.text, *value.alternatives)
    value = replace(value, text=text, letters=value.letters[first:], alternatives=others)
    return _not_sure(value) if text else replace(value, confidence=0.0)


def _at_home(address: Value, ways: Sequence[str]) -> Value:
    """The address, its place mended where it may be the one that the holder's number names."""
    if _nearly(address.text, ways) not in {None, *_all_beginnings()}:
        address = _not_sure(address)
    return _mended(address, ways)


def _office(office: Value) -> Value:
    """The name of an office, mended and ended as such names are."""
    if not office.text.endswith(_ENDINGS):
        # A police office ends in 局; another ending is one that was not read to its end.
        office = replace(office, confidence=min(office.confidence, _HALF))
    if office.text.endswith(_CUT_SHORT):
        last = Letter("局", _MENDED)
        letters = (*office.letters, last) if office.letters else ()
        text, others = office.text + last.text, (office.text, *office.alternatives)
        office = replace(office, text=text, letters=letters, alternatives=others, repaired=True)
    if not office.text.endswith(_OFFICES):
        return office
    near = _likeliest(office.text)
    if office.text not in near and _nearly(
        office.text, [n for n in near if len(n) == len(office.text)]
    ):
        office = _not_sure(office)
    return _mended(office, near, whole=True)


def _nearly(text: str, places: Iterable[str]) -> str | None:
    """The beginning of a text that is one character off a place, as 颖东 is off 颍东."""
    for place in places:
        start = text[: len(place)]
        if len(start) == len(place) and sum(map(str.__ne__, start, place)) == 1:
            return start
    return None


def _not_sure(value: Value) -> Value:
    return replace(value, confidence=min(value.confidence, NOT_SURE))


def _likeliest(text: str) -> list[str]:
    """The names of offices that share most characters with a text: comparing all takes long."""
    if text in offices():
        return [text]
    seen = set(text)
    near = (name for name in offices() if -1 <= len(name) - len(text) <= _MOST_LOST)
    return heapq.nlargest(_COMPARED, near, key=lambda name: len(seen & set(name)) / len(name))


def _without(address: Value, number: str) -> Value:
    """The address without the number that stands below it, where a skew picture mixed them up."""
    if not number or not address.text.endswith(number):
        return address
    length = len(address.text) - len(number)
    return replace(
        address,
        text=address.text[:length],
        confidence=min(address.confidence, _MENDED),
        letters=address.letters[:length],
    )


def _mended(value: Value, places: Iterable[str], *, whole: bool = False) -> Value:
    """The value with the place that it begins with, or as a whole is, as the list has it."""
    letters = value.letters
    if not letters or (value.confidence >= SURE and all(x.probability > _SURE for x in letters)):
        return value
    # Characters can only be missing where it is known that some may be.
    gaps = value.confidence <= _HALF
    found = {place: way for place in places if (way := _laid(letters, place, gaps, whole))}
    # A city is part of the ways in which its counties are written.
    ends = [p for p in found if not any(o != p and o.startswith(p) for o in found)]
    ranked = sorted(ends, key=lambda place: found[place].cost)
    if not ranked or found[ranked[0]].cost == 0:
        return value
    if len(ranked) > 1 and found[ranked[1]].cost - found[ranked[0]].cost < _CLEAR:
        return value
    new = found[ranked[0]].letters
    text = "".join(letter.text for letter in new)
    confidence = min(value.confidence, _MENDED)
    others = (value.text, *value.alternatives)
    return replace(
        value, text=text, confidence=confidence, letters=new, alternatives=others, repaired=True
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """What it takes to read the beginning of a text as a place, and the text read so."""

    cost: float
    letters: tuple[Letter, ...]


def _laid(letters: Sequence[Letter], place: str, gaps: bool, whole: bool) -> _Way | None:
    """Lay a place along the letters, cheapest way; None where it is too far from them."""
    table = _costs(letters, place, gaps)
    row = len(place)
    column = len(letters) if whole else min(range(len(letters) + 1), key=lambda at: table[row][at])
    cost, rest = table[row][column], tuple(letters[column:])
    if cost > (_MOST_COST_WHOLE if whole else _MOST_COST):
        return None
    laid: list[Letter] = []
    alike = 0
    while row or column:
        here = table[row][column]
        wanted, letter = place[row - 1], letters[column - 1]
        if row and column and here == table[row - 1][column - 1] + _exchange(letter, wanted):
            alike += letter.text == wanted
            laid.append(letter if letter.text == wanted else _as(letter, wanted))
            row, column = row - 1, column - 1
        elif row and here == table[row - 1][column] + _LOST:
            laid.append(Letter(wanted, _MENDED))
            row -= 1
        else:
            column -= 1
    if alike < _LEAST_ALIKE * len(place):
        return None
    return _Way(cost, (*laid[::-1], *rest))


def _costs(letters: Sequence[Letter], place: str, gaps: bool) -> list[list[float]]:
    """The least cost of each beginning of the place along each beginning of the letters."""
    table = [[math.inf] * (len(letters) + 1) for _ in range(len(place) + 1)]
    table[0][0] = 0.0
    for row in range(len(place) + 1):
        for column in range(len(letters) + 1):
            best = table[row][column]
            if row and column:
                wanted, letter = place[row - 1], letters[column - 1]
                best = min(best, table[row - 1][column - 1] + _exchange(letter, wanted))
            # What stands before the first character is not guessed: many begin with their county.
            if gaps and row and column:
                best = min(best, table[row - 1][column] + _LOST)
            if gaps and column and letters[column - 1].probability < _FAINT:
                best = min(best, table[row][column - 1] + _LOST)
            table[row][column] = best
    return table


def _exchange(letter: Letter, wanted: str) -> float:
    """What it costs to take a character for another one: 0 for the same."""
    if letter.text == wanted:
        return 0.0
    share = dict(letter.others).get(wanted, 0.0)
    if share:
        return min(_UNNAMED, math.log(max(letter.probability, share) / share))
    if letter.probability > _SURE:
        return math.inf
    return _UNNAMED if letter.probability > _FAINT else _UNNAMED_FAINT


def _as(letter: Letter, wanted: str) -> Letter:
    others = ((letter.text, letter.probability), *letter.others)
    return Letter(wanted, _MENDED, tuple(each for each in others if each[0] != wanted)[:4])
