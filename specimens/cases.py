"""The awkward documents by name: each with what is hard about it, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from specimens.mrz_documents import (
    draw_passport,
    draw_td1,
    draw_td2,
    draw_visa_a,
    draw_visa_b,
)
from specimens.paint import px
from specimens.persons import (
    TODAY,
    Person,
    Traveller,
    invent_person,
    resident_number_of,
    years_later,
)
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier, invent_iccid
from specimens.specimen import LONG_TERM, Specimen

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Case:
    """One named document.

    Attributes:
        name: unique, lower case, words joined by hyphens.
        awkward: what makes it hard, in a few words.
        draw: draws it; the same picture every time.
        expected_rules: rules that should speak up because the document itself is at fault.
    """

    name: str
    awkward: str
    draw: Callable[[], Specimen]
    expected_rules: tuple[str, ...] = ()


LONG_TERM_HOLDER: Final = Person(
    name="张样本",
    sex="女",
    ethnicity="汉",
    birth_date="1949-12-31",
    address="北京市朝阳区样本路1号虚构小区2号楼3单元401室",
    id_number="11010519491231002X",
    authority="北京市公安局朝阳分局",
    valid_from="2006-05-04",
    valid_until=LONG_TERM,
)
"""The published example of GB 11643-1999, with an invented name; its check character is X."""

BORN_1880: Final = Person(
    name="李范例",
    sex="男",
    ethnicity="汉",
    birth_date="1880-01-01",
    address="广东省汕头市潮阳县样本镇上河村3组12号",
    id_number="440524188001010014",
    authority="潮阳县公安局",
    valid_from="2008-09-01",
    valid_until=LONG_TERM,
)
"""The other published example of GB 11643-1999: born 1880 and valid."""

CHILD: Final = invent_person(101, term="child", name="陈小样")
TWENTY_YEARS: Final = invent_person(102, term="twenty", name="王测试甲")
UYGUR_NAME: Final = invent_person(
    103, term="ten", name="示例阿卜杜热合曼·样本江", region="650102", ethnicity="维吾尔"
)
SHORT_DOTTED_NAME: Final = invent_person(
    104, term="twenty", name="测试·样例", region="650102", ethnicity="哈萨克"
)
RARE_CHARACTER: Final = invent_person(105, term="long", name="刘\U00020bb7样")
RARE_CHARACTER_A: Final = invent_person(106, term="ten", name="样䶮")
ABOLISHED_DISTRICT: Final = invent_person(107, term="long", name="赵虚构", region="110103")
KOREAN_SCRIPT: Final = invent_person(
    108, term="twenty", name="金样例", region="220104", ethnicity="朝鲜"
)
ZHUANG_SCRIPT: Final = invent_person(
    109, term="ten", name="韦范本丁", region="450103", ethnicity="壮"
)
FULL_ADDRESS: Final = replace(
    invent_person(110, term="ten", name="孙样张", region="230103"),
    address="黑龙江省哈尔滨市南岗区虚构大道1999号范例花园36号楼6单元3208室后院",
)

TRAVELLER: Final = Traveller(
    surname="ERIKSSON SAMPLE",
    given_names="ANNA MARIA",
    document_number="L898902C3",
    nationality="UTO",
    issuing_state="UTO",
    birth_date="1974-08-12",
    sex="F",
    expiry_date="2031-04-15",
    optional_data="ZE184226B",
)
"""After the specimen of ICAO 9303-4, with an expiry date that is still to come."""

LONG_NUMBER: Final = replace(
    TRAVELLER,
    document_number="D23145890734",
    birth_date="1934-07-12",
    sex="M",
    optional_data="",
)
UNKNOWN_DAY: Final = replace(TRAVELLER, birth_date="1974-08", optional_data="")
UNKNOWN_MONTH: Final = replace(TRAVELLER, birth_date="1974", optional_data="")
GERMAN: Final = replace(
    TRAVELLER,
    surname="MUSTERMANN BEISPIEL",
    given_names="ERIKA",
    document_number="C01X00T47",
    nationality="D",
    issuing_state="D",
    optional_data="",
)
LONG_NAME: Final = replace(
    TRAVELLER,
    surname="PAPANDROPOULOUS EXEMPLAR VOORBEELD",
    given_names="JONATHON ALEXANDER WILHELM",
)
STATELESS: Final = replace(TRAVELLER, nationality="XXA", sex="X", optional_data="")
ONE_NAME: Final = replace(TRAVELLER, surname="ARKFREITH", given_names="", optional_data="")


def expired_holder(today: date = TODAY) -> Person:
    """A ten-year card that ended thirty days ago, for a holder who was twenty when it began."""
    issued = years_later(today - timedelta(days=30), -10)
    return _ten_years_from(issued, invent_person(120, term="ten", name="周过期", today=today))


def future_holder(today: date = TODAY) -> Person:
    """A ten-year card that begins in forty days."""
    issued = today + timedelta(days=40)
    return _ten_years_from(issued, invent_person(121, term="ten", name="吴未来", today=today))


def _ten_years_from(issued: date, person: Person) -> Person:
    birth = years_later(issued, -20) - timedelta(days=100)
    return replace(
        person,
        birth_date=birth.isoformat(),
        id_number=resident_number_of(person, birth),
        valid_from=issued.isoformat(),
        valid_until=years_later(issued, 10).isoformat(),
    )


def residence_holder(number: str, name: str) -> Person:
    """A resident from Hong Kong, Macau or Taiwan: no ethnicity on the card, five years."""
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    person = invent_person(130, term="twenty", name=name)
    return replace(
        person,
        sex="男" if int(number[16]) % 2 else "女",
        ethnicity="",
        birth_date=birth.isoformat(),
        id_number=number,
        valid_from="2024-03-18",
        valid_until="2029-03-18",
    )


def scratched(specimen: Specimen, at: tuple[float, float]) -> Specimen:
    """Scratch the print at a place (mm): one digit becomes doubtful, the check digit settles it."""
    image = specimen.image.copy()
    x, y = px(at[0]), px(at[1])
    cv2.line(image, (x - 16, y + 26), (x + 20, y - 24), (226, 232, 234), 9, cv2.LINE_AA)
    cv2.line(image, (x - 30, y + 4), (x + 30, y + 10), (214, 220, 222), 4, cv2.LINE_AA)
    return replace(specimen, image=np.ascontiguousarray(image))


def _scratched_number() -> Specimen:
    return scratched(draw_portrait_side(TWENTY_YEARS, seed=31), (51.3, 46.3))


def _card(
    name: str, awkward: str, person: Person, seed: int, rules: tuple[str, ...] = ()
) -> tuple[Case, Case]:
    """Both sides of one card; what is wrong with the term shows on the emblem side."""
    return (
        Case(f"{name}-portrait", awkward, partial(draw_portrait_side, person, seed=seed)),
        Case(f"{name}-emblem", awkward, partial(draw_emblem_side, person, seed=seed), rules),
    )


def _two_scripts(name: str, awkward: str, person: Person, seed: int) -> tuple[Case, Case]:
    portrait = partial(draw_portrait_side, person, seed=seed, layout="bilingual")
    emblem = partial(draw_emblem_side, person, seed=seed, layout="bilingual")
    return Case(f"{name}-portrait", awkward, portrait), Case(f"{name}-emblem", awkward, emblem)


def _resident_cards(today: date) -> tuple[Case, ...]:
    return (
        *_card("long-term", "no last day; number ends in X", LONG_TERM_HOLDER, 11),
        *_card("born-1880", "born before 1900 and valid", BORN_1880, 12),
        *_card("child-five-years", "five years, a child", CHILD, 13),
        *_card("twenty-years", "nothing", TWENTY_YEARS, 14),
        *_card("uygur-name", "twelve characters with a dot, on two lines", UYGUR_NAME, 15),
        *_card("short-dotted-name", "a dot in a short name", SHORT_DOTTED_NAME, 16),
        *_card("rare-character-b", "a character beyond the basic plane", RARE_CHARACTER, 17),
        *_card("rare-character-a", "U+4DAE, which many systems lack", RARE_CHARACTER_A, 18),
        *_card("abolished-district", "a district that is no more", ABOLISHED_DISTRICT, 19),
        *_card("full-address", "thirty-five characters of address", FULL_ADDRESS, 20),
        *_two_scripts("korean-script", "Korean above each caption", KOREAN_SCRIPT, 21),
        *_two_scripts("zhuang-script", "Zhuang above each caption", ZHUANG_SCRIPT, 22),
        *_card("expired", "ended a month ago", expired_holder(today), 23, ("DOC02",)),
        *_card("future-start", "begins in the future", future_holder(today), 24, ("DOC04",)),
        Case("scratched-number", "one digit is scratched", _scratched_number),
    )


def _residence_cards() -> tuple[Case, ...]:
    numbers = (
        ("hong-kong-residence", "810000199408230021", "何样港"),
        ("macau-residence", "820000199003070017", "何样澳"),
        ("taiwan-residence", "830000199201300022", "林样台"),
    )
    return tuple(
        Case(
            name,
            "residence number, no ethnicity",
            partial(draw_portrait_side, residence_holder(number, person), seed=40 + place),
        )
        for place, (name, number, person) in enumerate(numbers)
    )


def _travel_documents() -> tuple[Case, ...]:
    return (
        Case("passport", "nothing", partial(draw_passport, TRAVELLER, seed=51)),
        Case("unknown-day", "birth day not known", partial(draw_passport, UNKNOWN_DAY, seed=52)),
        Case("unknown-month", "only the year", partial(draw_passport, UNKNOWN_MONTH, seed=53)),
        Case("long-name", "name is cut in the lines", partial(draw_passport, LONG_NAME, seed=54)),
        Case("germany", "the state is D and fillers", partial(draw_passport, GERMAN, seed=55)),
        Case("stateless", "XXA, sex not given", partial(draw_passport, STATELESS, seed=56)),
        Case("one-name", "no given names", partial(draw_passport, ONE_NAME, seed=57)),
        Case("td1", "three lines", partial(draw_td1, UNKNOWN_DAY, seed=58)),
        Case("td1-long-number", "twelve characters", partial(draw_td1, LONG_NUMBER, seed=59)),
        Case("td1-long-name", "name is cut at 30", partial(draw_td1, LONG_NAME, seed=60)),
        Case("td2", "two lines of 36", partial(draw_td2, GERMAN, seed=61)),
        Case("td2-long-number", "goes on behind", partial(draw_td2, LONG_NUMBER, seed=62)),
        Case("visa-a", "no composite digit", partial(draw_visa_a, TRAVELLER, seed=63)),
        Case("visa-b", "no composite digit", partial(draw_visa_b, STATELESS, seed=64)),
    )


def _sims() -> tuple[Case, ...]:
    lettered = invent_iccid(3, length=20, letter=True)
    return (
        Case("sim", "other codes nearby", partial(draw_sim_carrier, invent_iccid(1), "", seed=71)),
        Case(
            "sim-twenty",
            "twenty digits",
            partial(draw_sim_carrier, invent_iccid(2, length=20), "13800000002", seed=72),
        ),
        Case("sim-letter", "ends in a letter", partial(draw_sim_carrier, lettered, "", seed=73)),
    )


def cases(today: date = TODAY) -> tuple[Case, ...]:
    """All named cases; expired and future cards are meant against ``today``."""
    return (*_resident_cards(today), *_residence_cards(), *_travel_documents(), *_sims())


def case(name: str, today: date = TODAY) -> Case:
    """Give the case of this name.

    Raises:
        KeyError: no case has the name.
    """
    return {each.name: each for each in cases(today)}[name]
