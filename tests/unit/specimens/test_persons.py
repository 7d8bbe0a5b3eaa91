"""Invented people are consistent: numbers hold, terms fit ages, and nobody's number is drawn."""

from datetime import date

import pytest

from specimens.check_digits import ean13_check, luhn_check, mrz_check, resident_id_check
from specimens.permanent_residence import number_2017, number_2023
from specimens.persons import TODAY, Person, Term, invent_person, invent_traveller, years_later
from specimens.specimen import LONG_TERM

PEOPLE = [invent_person(seed) for seed in range(400)]


def term_years(person: Person) -> int:
    return int(person.valid_until[:4]) - int(person.valid_from[:4])


def age_at_issue(person: Person) -> int:
    birth, issued = date.fromisoformat(person.birth_date), date.fromisoformat(person.valid_from)
    return issued.year - birth.year - ((issued.month, issued.day) < (birth.month, birth.day))


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "34052419800101001X"]
)
def test_published_resident_numbers_have_the_check_character_we_compute(number: str) -> None:
    assert resident_id_check(number[:-1]) == number[-1]


def test_published_examples_of_other_check_digits_hold() -> None:
    assert mrz_check("520727") == "3"
    assert mrz_check("AB2134<<<") == "5"
    assert luhn_check("7992739871") == "3"
    assert ean13_check("400638133393") == "1"


def test_the_same_seed_invents_the_same_person_and_another_seed_another() -> None:
    assert invent_person(7) == invent_person(7)
    assert invent_traveller(7) == invent_traveller(7)
    assert len({person.id_number for person in PEOPLE}) == len(PEOPLE)


def test_every_invented_number_agrees_with_birth_and_sex() -> None:
    for person in PEOPLE:
        number = person.id_number
        assert resident_id_check(number[:-1]) == number[-1]
        assert number[6:14] == person.birth_date.replace("-", "")
        assert (int(number[16]) % 2 == 1) == (person.sex == "男")


def test_no_number_born_since_1900_is_one_that_was_given_out() -> None:
    for person in PEOPLE:
        assert person.birth_date < "1900" or person.id_number[14:17] >= "996"


def test_every_card_is_valid_today_and_its_term_fits_the_age_at_issue() -> None:
    spans = {5: (0, 15), 10: (16, 25), 20: (26, 45)}
    for person in PEOPLE:
        assert person.valid_from < TODAY.isoformat()
        if person.valid_until == LONG_TERM:
            assert age_at_issue(person) >= 46
            continue
        assert person.valid_until > TODAY.isoformat()
        youngest, oldest = spans[term_years(person)]
        assert youngest <= age_at_issue(person) <= oldest


@pytest.mark.parametrize("term", ["child", "ten", "twenty", "long"])
def test_cards_are_valid_on_another_day_too_when_it_is_given(term: Term) -> None:
    day = date(2031, 2, 3)
    for seed in range(40):
        person = invent_person(seed, term=term, today=day)
        assert person.valid_from < day.isoformat()
        assert person.valid_until == LONG_TERM or person.valid_until > day.isoformat()


def test_texts_stay_within_what_a_card_holds() -> None:
    for person in PEOPLE:
        assert 2 <= len(person.name) <= 15
        assert 8 <= len(person.address) <= 35
        assert 5 <= len(person.authority) <= 15
        assert "公安" in person.authority


def test_the_names_are_varied_and_plainly_made_up() -> None:
    assert len({person.name for person in PEOPLE}) > 330
    marks = set("甲乙丙丁戊己庚辛壬癸样例范虚试拟测示模假")
    assert all(marks & set(person.name) for person in PEOPLE)


def test_travellers_hold_documents_that_are_valid_and_fit_the_lines() -> None:
    for seed in range(200):
        traveller = invent_traveller(seed)
        assert traveller.expiry_date > TODAY.isoformat()
        assert len(traveller.document_number) in {8, 9}
        assert traveller.sex in {"F", "M", "X"}


def test_numbers_of_permanent_residents_come_out_as_published() -> None:
    birth = date(1990, 12, 31)
    assert number_2017("KAZ", "1100", birth, 0) == "KAZ110090123105"
    assert number_2023("11", "398", birth, 2) == "911398199012310021"


def test_the_29th_of_february_has_a_successor_in_common_years() -> None:
    assert years_later(date(2024, 2, 29), 10) == date(2034, 3, 1)
    assert years_later(date(2024, 2, 29), 20) == date(2044, 2, 29)
