"""The awkward documents by name: each with what is hard about it, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np

from specimens import awkward_people as people
from specimens.mrz_documents import (
    draw_passport,
    draw_td1,
    draw_td2,
    draw_visa_a,
    draw_visa_b,
)
from specimens.paint import px
from specimens.permanent_residence import draw_permanent_residence
from specimens.persons import TODAY, Person
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier, invent_iccid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from specimens.specimen import Specimen


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


def scratched(specimen: Specimen, at: tuple[float, float]) -> Specimen:
    """Scratch the print at a place (mm): one digit becomes doubtful, the check digit settles it."""
    image = specimen.image.copy()
    x, y = px(at[0]), px(at[1])
    cv2.line(image, (x - 16, y + 26), (x + 20, y - 24), (226, 232, 234), 9, cv2.LINE_AA)
    cv2.line(image, (x - 30, y + 4), (x + 30, y + 10), (214, 220, 222), 4, cv2.LINE_AA)
    return replace(specimen, image=np.ascontiguousarray(image))


def _scratched_number() -> Specimen:
    return scratched(draw_portrait_side(people.TWENTY_YEARS, seed=31), (51.3, 46.3))


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
        *_card("long-term", "no last day; number ends in X", people.LONG_TERM_HOLDER, 11),
        *_card("born-1880", "born before 1900 and valid", people.BORN_1880, 12),
        *_card("child-five-years", "five years, a child", people.CHILD, 13),
        *_card("twenty-years", "nothing", people.TWENTY_YEARS, 14),
        *_card("uygur-name", "twelve characters with a dot, on two lines", people.UYGUR_NAME, 15),
        *_card("short-dotted-name", "a dot in a short name", people.SHORT_DOTTED_NAME, 16),
        *_card("rare-character-b", "a character beyond the basic plane", people.RARE_CHARACTER, 17),
        *_card("rare-character-a", "U+4DAE, which many systems lack", people.RARE_CHARACTER_A, 18),
        *_card("abolished-district", "a district that is no more", people.ABOLISHED_DISTRICT, 19),
        *_card("full-address", "thirty-five characters of address", people.FULL_ADDRESS, 20),
        *_two_scripts("korean-script", "Korean above each caption", people.KOREAN_SCRIPT, 21),
        *_two_scripts("zhuang-script", "Zhuang above each caption", people.ZHUANG_SCRIPT, 22),
        *_card("expired", "ended a month ago", people.expired_holder(today), 23, ("DOC02",)),
        *_card("future-start", "begins in the future", people.future_holder(today), 24, ("DOC04",)),
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
            partial(draw_portrait_side, people.residence_holder(number, person), seed=40 + place),
        )
        for place, (name, number, person) in enumerate(numbers)
    )


def _permanent_residents() -> tuple[Case, ...]:
    old, new = (
        partial(draw_permanent_residence, people.RESIDENT_2017, seed=44),
        partial(draw_permanent_residence, people.RESIDENT_2023, seed=45),
    )
    return Case("residence-2017", "15 places", old), Case("residence-2023", "long name", new)


def _travel_documents() -> tuple[Case, ...]:
    rows = (
        ("passport", "nothing", draw_passport, people.TRAVELLER),
        ("unknown-day", "birth day not known", draw_passport, people.UNKNOWN_DAY),
        ("unknown-month", "only the year of birth", draw_passport, people.UNKNOWN_MONTH),
        ("long-name", "name is cut in the lines", draw_passport, people.LONG_NAME),
        ("germany", "the state is D and fillers", draw_passport, people.GERMAN),
        ("stateless", "XXA, sex not given", draw_passport, people.STATELESS),
        ("one-name", "no given names", draw_passport, people.ONE_NAME),
        ("td1", "birth day not known", draw_td1, people.UNKNOWN_DAY),
        ("td1-long-number", "number of twelve goes on behind", draw_td1, people.LONG_NUMBER),
        ("td1-long-name", "name is cut at 30", draw_td1, people.LONG_NAME),
        ("td2", "the state is D and fillers", draw_td2, people.GERMAN),
        ("td2-long-number", "number of twelve goes on behind", draw_td2, people.LONG_NUMBER),
        ("visa-a", "no composite digit", draw_visa_a, people.TRAVELLER),
        ("visa-b", "no composite digit", draw_visa_b, people.STATELESS),
    )
    return tuple(
        Case(name, awkward, partial(draw, traveller, seed=seed))
        for seed, (name, awkward, draw, traveller) in enumerate(rows, start=51)
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
    return (
        *_resident_cards(today),
        *_residence_cards(),
        *_permanent_residents(),
        *_travel_documents(),
        *_sims(),
    )


def case(name: str, today: date = TODAY) -> Case:
    """Give the case of this name.

    Raises:
        KeyError: no case has the name.
    """
    return {each.name: each for each in cases(today)}[name]
