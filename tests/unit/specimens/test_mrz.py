"""The machine-readable lines follow ICAO 9303 to the letter: lengths, check digits, cuts."""

from dataclasses import replace

import pytest

from specimens import mrz
from specimens.awkward_people import (
    GERMAN,
    LONG_NAME,
    LONG_NUMBER,
    TRAVELLER,
    UNKNOWN_DAY,
    UNKNOWN_MONTH,
)
from specimens.check_digits import mrz_check
from specimens.persons import Traveller, invent_traveller

#: The specimen of ICAO 9303-4, appendix A, whose lines are printed there.
ICAO = Traveller(
    surname="ERIKSSON",
    given_names="ANNA MARIA",
    document_number="L898902C3",
    nationality="UTO",
    issuing_state="UTO",
    birth_date="1974-08-12",
    sex="F",
    expiry_date="2012-04-15",
    optional_data="ZE184226B",
)


def test_the_published_passport_comes_out_as_printed() -> None:
    assert mrz.td3(ICAO) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )


def test_the_published_small_card_comes_out_as_printed() -> None:
    card = replace(ICAO, document_number="D23145890", optional_data="")
    assert mrz.td1(card) == (
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    )


def test_the_published_large_card_comes_out_as_printed() -> None:
    card = replace(ICAO, document_number="D23145890", optional_data="")
    assert mrz.td2(card) == (
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
        "D231458907UTO7408122F1204159<<<<<<<6",
    )


def test_the_published_visas_come_out_as_printed() -> None:
    visa = replace(ICAO, document_number="L8988901C", birth_date="1940-09-07")
    visa = replace(visa, nationality="XXX", optional_data="6ZE184226B", expiry_date="1996-12-10")
    assert mrz.mrv_a(visa)[1] == "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"
    assert mrz.mrv_b(replace(visa, optional_data=""))[1] == "L8988901C4XXX4009078F9612109<<<<<<<<"


def test_a_number_longer_than_nine_goes_on_in_the_optional_field() -> None:
    long_number = replace(LONG_NUMBER, expiry_date="1995-07-12")
    assert mrz.td1(long_number)[:2] == (
        "I<UTOD23145890<7349<<<<<<<<<<<",
        "3407127M9507122UTO<<<<<<<<<<<2",
    )


def test_an_unknown_day_or_month_is_filled_and_worth_nothing() -> None:
    assert mrz.td3(UNKNOWN_DAY)[1][13:20] == "7408<<" + mrz_check("7408<<")
    assert mrz.td3(UNKNOWN_MONTH)[1][13:20] == "74<<<<" + mrz_check("74<<<<")


def test_germany_is_one_letter_and_two_fillers() -> None:
    first, second = mrz.td3(GERMAN)
    assert first.startswith("P<D<<MUSTERMANN")
    assert second[10:13] == "D<<"


def test_a_name_that_is_too_long_is_cut_but_never_loses_the_given_names() -> None:
    assert mrz.name_field(LONG_NAME, 30) == "PAPANDROPOULOUS<EXEMPLAR<VO<<J"
    endless = replace(LONG_NAME, surname="A" * 50)
    assert mrz.name_field(endless, 39) == "A" * 36 + "<<J"


def test_a_person_with_one_name_has_only_fillers_after_it() -> None:
    assert mrz.name_field(replace(TRAVELLER, given_names=""), 20) == "ERIKSSON<SAMPLE<<<<<"


@pytest.mark.parametrize("seed", range(60))
def test_every_line_of_every_format_has_its_length(seed: int) -> None:
    traveller = invent_traveller(seed)
    lengths = ((mrz.td3, 44), (mrz.td2, 36), (mrz.td1, 30), (mrz.mrv_a, 44), (mrz.mrv_b, 36))
    for build, length in lengths:
        for line in build(traveller):
            assert len(line) == length
            assert set(line) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
