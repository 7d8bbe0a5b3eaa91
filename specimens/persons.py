"""Invents people: names nobody has, numbers nobody was given, dates that fit each other."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from specimens import words
from specimens.check_digits import resident_id_check
from specimens.specimen import LONG_TERM

TODAY: Final = date(2026, 11, 23)
"""The day against which "valid" and "expired" are meant unless the caller gives another."""

Sex = Literal["男", "女"]
Term = Literal["child", "ten", "twenty", "long"]

ETHNIC_GROUPS: Final = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 "
    "高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 "
    "塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()

_TERMS: Final[tuple[Term, ...]] = (
    "child",
    "ten",
    "ten",
    "twenty",
    "twenty",
    "twenty",
    "long",
    "long",
    "long",
    "long",
)
_TERM_YEARS: Final[dict[Term, int]] = {"child": 5, "ten": 10, "twenty": 20}
_AGES_AT_ISSUE: Final[dict[Term, tuple[int, int]]] = {
    "child": (1, 15),
    "ten": (16, 25),
    "twenty": (26, 45),
    "long": (46, 88),
}


@dataclass(frozen=True, slots=True)
class Person:
    """The holder of an invented resident ID card; dates are ISO, the last may be ``long-term``."""

    name: str
    sex: str
    ethnicity: str
    birth_date: str
    address: str
    id_number: str
    authority: str
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class Traveller:
    """The holder of an invented passport, card or visa with machine-readable lines.

    ``birth_date`` is ``YYYY-MM-DD``, or ``YYYY-MM`` when the day is unknown, or ``YYYY``.
    ``issuing_state`` and ``nationality`` are as in the MRZ without fillers (``D`` for Germany).
    """

    surname: str
    given_names: str
    document_number: str
    nationality: str
    issuing_state: str
    birth_date: str
    sex: str
    expiry_date: str
    optional_data: str = ""


def years_later(day: date, years: int) -> date:
    """Give the same day some years on; 29 February becomes 1 March where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def resident_number(region: str, birth: date, sex: str, rng: random.Random) -> str:
    """Make a number with a right check digit that no living person carries.

    Births before 1900 may take any sequence. Later births take 996 to 999, which the old 15-digit
    numbers kept for people born in the century before and gave to nobody else.
    """
    if birth.year < 1900:
        sequence = rng.randrange(1, 500) * 2 - (1 if sex == "男" else 0)
    else:
        sequence = rng.choice((997, 999) if sex == "男" else (996, 998))
    body = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return body + resident_id_check(body)


def resident_number_of(person: Person, birth: date) -> str:
    """Make a number for the same district and sex with another birth date."""
    rng = random.Random(f"number {person.id_number}")
    return resident_number(person.id_number[:6], birth, person.sex, rng)


def invent_name(rng: random.Random) -> str:
    """Make a Chinese name; a counting word or one that means "sample" shows it is made up."""
    surname = (
        rng.choice(words.COMPOUND_SURNAMES) if rng.random() < 0.06 else rng.choice(words.SURNAMES)
    )
    shape = rng.random()
    mark, given = rng.choice(words.MARKS), rng.choice(words.GIVEN)
    if shape < 0.2:
        return (
            surname + rng.choice(words.SPECIMEN_WORDS) + rng.choice(("", rng.choice(words.STEMS)))
        )
    if shape < 0.35:
        return surname + mark
    return surname + (mark + given if shape < 0.7 else given + mark)


def invent_long_name(rng: random.Random) -> str:
    """Make a transliterated name of two parts with a middle dot, twelve characters or more."""
    while True:
        first, second = rng.sample(words.UYGUR_PARTS, 2)
        if len(first) + len(second) >= 11:
            return f"{first}·{second}"


def invent_address(place: str, rng: random.Random) -> str:
    """Make an address of one to three lines in the place, in town or in the country."""
    if rng.random() < 0.3:
        tail = (
            rng.choice(words.TOWNSHIPS)
            + rng.choice(words.VILLAGES)
            + f"{rng.randint(1, 18)}组{rng.randint(1, 320)}号"
        )
        return place + tail
    street = (
        rng.choice(words.STREET_STEMS)
        + rng.choice(words.STREET_KINDS)
        + f"{rng.randint(1, 1999)}号"
    )
    shape = rng.random()
    if shape < 0.25:
        return place + street
    estate = rng.choice(words.STREET_STEMS) + rng.choice(words.ESTATES) if shape > 0.55 else ""
    room = (
        f"{rng.randint(1, 36)}号楼{rng.randint(1, 6)}单元{rng.randint(1, 33)}0{rng.randint(1, 8)}"
    )
    return (place + street + estate + room + rng.choice(("", "室")))[:35]


def authority_of(place: str, rng: random.Random) -> str:
    """Name the police office that would have issued the card, at most fifteen characters."""
    for ending in ("省", "自治区", "内蒙古", "广西", "西藏", "宁夏", "新疆"):
        place = place.split(ending, 1)[-1] if ending in place else place
    if place.endswith("区") and "市" in place and rng.random() < 0.6:
        city, district = place.split("市", 1)
        return f"{city}市公安局{district.removesuffix('区')}分局"
    return f"{place}公安局"[-15:]


def _dates(term: Term, today: date, rng: random.Random) -> tuple[date, date, str]:
    """Give birth, first day and last day, valid on ``today`` with some months to spare."""
    youngest, oldest = _AGES_AT_ISSUE[term]
    years = _TERM_YEARS.get(term, 18)
    issued = today - timedelta(days=rng.randint(20, int(years * 365 * 0.9)))
    # Second-generation cards were first issued in 2004.
    issued = max(issued, date(2004, 3, 29) + timedelta(days=rng.randint(0, 900)))
    if term == "long" and rng.random() < 0.5:
        birth = date(rng.randint(1861, 1899), rng.randint(1, 12), rng.randint(1, 28))
    else:
        age = rng.randint(youngest, oldest)
        birth = years_later(issued, -age) - timedelta(days=rng.randint(1, 360))
    until = LONG_TERM if term == "long" else years_later(issued, years).isoformat()
    return birth, issued, until


def invent_person(
    seed: int,
    *,
    term: Term | None = None,
    name: str = "",
    region: str = "",
    ethnicity: str = "",
    today: date = TODAY,
) -> Person:
    """Invent the holder of a card that is valid on ``today``; the same seed gives the same person.

    Args:
        seed: any whole number.
        term: length of validity, at random if not given; the age fits it.
        name: used instead of an invented one.
        region: six-digit district of first registration, from ``words.PROVINCES``.
        ethnicity: as printed, without 族.
        today: the day on which the card is valid.
    """
    rng = random.Random(f"person {seed}")
    chosen: Term = term if term is not None else rng.choice(_TERMS)
    birth, issued, until = _dates(chosen, today, rng)
    sex = rng.choice(("男", "女"))
    code, place = rng.choice(words.PROVINCES)
    home = rng.choice(words.PROVINCES)[1] if rng.random() < 0.3 else place
    places = dict([*words.PROVINCES, words.ABOLISHED])
    if region:
        code, home = region, places.get(region, home)
    group = ethnicity or (rng.choice(ETHNIC_GROUPS) if rng.random() < 0.5 else "汉")
    return Person(
        name=name or invent_name(rng),
        sex=sex,
        ethnicity=group,
        birth_date=birth.isoformat(),
        address=invent_address(home, rng),
        id_number=resident_number(code, birth, sex, rng),
        authority=authority_of(home, rng),
        valid_from=issued.isoformat(),
        valid_until=until,
    )


def invent_traveller(seed: int, *, today: date = TODAY) -> Traveller:
    """Invent the holder of a travel document that is valid on ``today``; seeded."""
    rng = random.Random(f"traveller {seed}")
    state = rng.choice(words.STATES)
    nationality = state if rng.random() < 0.85 else rng.choice(words.NATIONALITIES)
    age_days = rng.randint(18 * 366, 85 * 365)
    letters = "".join(rng.choice("CFGHJKLMNPRTVWXYZ") for _ in range(rng.choice((0, 1, 2))))
    number = letters + "".join(
        rng.choice("0123456789") for _ in range(rng.choice((8, 9)) - len(letters))
    )
    return Traveller(
        surname=" ".join(rng.sample(words.SURNAMES_LATIN, rng.choice((1, 1, 1, 2)))),
        given_names=" ".join(rng.sample(words.GIVEN_LATIN, rng.choice((1, 1, 2, 2, 3)))),
        document_number=number,
        nationality=nationality,
        issuing_state=state,
        birth_date=(today - timedelta(days=age_days)).isoformat(),
        sex=rng.choice(("F", "M", "F", "M", "X")),
        expiry_date=(today + timedelta(days=rng.randint(120, 3500))).isoformat(),
        optional_data="",
    )
