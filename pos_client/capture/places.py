"""Mends places in addresses and names of offices by the list of the land's districts.

A blurred 临滩县 is 临沭县 where the number says that its holder was first registered there. What
was mended this way stays in doubt: people move, and a person compares it with the print.
"""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pos_client.capture.values import Value
from pos_client.model.declaration import SideDeclaration
from pos_client.model.field import Letter
from pos_client.model.numbers import cn_id
from pos_client.resources import folder

#: A character is mended only where the reader itself was not sure of it; what it is then worth.
_SURE: Final = 0.97
_MENDED: Final = 0.80
#: What a character costs that the reader did not name, and what a whole place may cost.
_UNNAMED: Final = 5.5
_MOST_COST: Final = 9.0
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
_ENDINGS: Final = ("局", "厅", "处", "队", "所", "部")
_HALF: Final = 0.5


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
def offices() -> tuple[str, ...]:
    """What the names of police offices begin with: every city and county that has been."""
    names = {name for code, each in _names().items() for name in each if code[2:] != "0000"}
    return tuple(sorted(name for name in names - _NO_PLACE if len(name) > 1))


def with_places(side: SideDeclaration, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values, places in the address and the office among them mended where possible."""
    mended = dict(values)
    number = next((values.get(f.name) for f in side.fields if f.type == "cn_id18"), None)
    address, office = values.get("address"), values.get("authority")
    if address is not None and number is not None and cn_id.fault(number.text) is None:
        mended["address"] = _mended(address, beginnings(number.text[:6]))
    if address is not None and number is not None:
        mended["address"] = _without(mended["address"], number.text)
    if office is not None and office.text.endswith(_OFFICES):
        mended["authority"] = _mended(office, offices())
    elif office is not None and not office.text.endswith(_ENDINGS):
        # A police office ends in 局; another ending is one that was not read to its end.
        mended["authority"] = replace(office, confidence=min(office.confidence, _HALF))
    return mended


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


def _mended(value: Value, places: Iterable[str]) -> Value:
    letters = value.letters
    if not letters or all(letter.probability > _SURE for letter in letters):
        return value
    costs = {place: _cost(letters, place) for place in places}
    near = {place: cost for place, cost in costs.items() if cost < _MOST_COST}
    # A city is part of the ways in which its counties are written.
    whole = [p for p in near if not any(o != p and o.startswith(p) for o in near)]
    ranked = sorted(whole, key=lambda place: near[place])
    if not ranked or near[ranked[0]] == 0:
        return value
    if len(ranked) > 1 and near[ranked[1]] - near[ranked[0]] < _CLEAR:
        return value
    place = ranked[0]
    new = tuple(
        letter if letter.text == wanted else _as(letter, wanted)
        for letter, wanted in zip(letters, place, strict=False)
    )
    new += letters[len(place) :]
    text = "".join(letter.text for letter in new)
    confidence = min(value.confidence, _MENDED)
    others = (value.text, *value.alternatives)
    return replace(
        value, text=text, confidence=confidence, letters=new, alternatives=others, repaired=True
    )


def _cost(letters: Sequence[Letter], place: str) -> float:
    """What it takes to read the beginning of the letters as a place: 0 where it is read so."""
    if len(place) > len(letters):
        return math.inf
    total, alike = 0.0, 0
    for letter, wanted in zip(letters, place, strict=False):
        if letter.text == wanted:
            alike += 1
            continue
        if letter.probability > _SURE:
            return math.inf
        share = dict(letter.others).get(wanted, 0.0)
        total += min(_UNNAMED, math.log(letter.probability / share)) if share else _UNNAMED
        if total > _MOST_COST:
            return math.inf
    return total if alike >= _LEAST_ALIKE * len(place) else math.inf


def _as(letter: Letter, wanted: str) -> Letter:
    others = ((letter.text, letter.probability), *letter.others)
    return Letter(wanted, _MENDED, tuple(each for each in others if each[0] != wanted)[:4])
