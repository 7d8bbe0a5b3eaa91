"""Machine-readable zones: the published examples, and what is wrong with altered ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.numbers.mrz import (
    ALPHABET,
    SHAPES,
    MrzFault,
    MrzFormat,
    birth_date,
    expiry_date,
    faults_of,
    format_of,
    parse,
)

TODAY = date(2026, 11, 23)
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
LONG_NUMBER = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)


def altered(lines: tuple[str, ...], line: int, at: int, character: str) -> tuple[str, ...]:
    changed = list(lines)
    changed[line] = changed[line][:at] + character + changed[line][at + 1 :]
    return tuple(changed)


def test_the_published_passport_holds_and_gives_its_values() -> None:
    zone = parse(PASSPORT, TODAY)
    assert zone is not None
    assert zone.format is MrzFormat.TD3
    assert zone.faults == ()
    assert zone.values == {
        "document_code": "P",
        "issuing_state": "UTO",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "document_number": "L898902C3",
        "nationality": "UTO",
        "birth_date": "1974-08-12",
        "sex": "F",
        "expiry_date": "2012-04-15",
        "optional_data": "ZE184226B",
    }
    assert "ERIKSSON" not in repr(zone)


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (0, MrzFault.DOCUMENT_NUMBER),
        (14, MrzFault.BIRTH_DATE),
        (22, MrzFault.EXPIRY_DATE),
        (30, MrzFault.OPTIONAL_DATA),
        (43, MrzFault.COMPOSITE),
    ],
)
def test_an_altered_digit_names_its_check(at: int, fault: MrzFault) -> None:
    assert fault in faults_of(altered(PASSPORT, 1, at, "5"))


def test_a_number_longer_than_nine_goes_on_in_the_optional_data() -> None:
    zone = parse(LONG_NUMBER, TODAY)
    assert zone is not None
    assert zone.faults == ()
    assert zone.values["document_number"] == "D23145890734"
    assert zone.values["optional_data"] == ""


def test_a_visa_has_no_check_over_everything() -> None:
    visa = ("V" + PASSPORT[0][1:], PASSPORT[1][:28] + "<" * 16)
    assert format_of(visa) is MrzFormat.MRVA
    assert faults_of(visa) == ()


def test_shape_and_characters_are_tested_first() -> None:
    assert faults_of(PASSPORT[:1]) == (MrzFault.LENGTH,)
    assert faults_of((PASSPORT[0][:-1], PASSPORT[1])) == (MrzFault.LENGTH,)
    assert faults_of(altered(PASSPORT, 0, 7, "é")) == (MrzFault.CHARSET,)
    assert parse(altered(PASSPORT, 0, 7, "é"), TODAY) is None


def test_an_empty_optional_field_may_go_without_its_digit() -> None:
    for digit in "<0":
        lower = PASSPORT[1][:28] + "<" * 14 + digit
        body = lower[:10] + lower[13:20] + lower[21:43]
        composite = str(
            sum(ALPHABET_VALUES[each] * (7, 3, 1)[at % 3] for at, each in enumerate(body)) % 10
        )
        assert faults_of((PASSPORT[0], lower + composite)) == ()


ALPHABET_VALUES = {"<": 0} | {
    each: at for at, each in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("740812", "1974-08-12"),
        ("261123", "2026-11-23"),
        ("261124", "1926-11-24"),
        ("7408<<", "1974-08"),
        ("74<<<<", "1974"),
        ("<<<<<<", "<<<<<<"),
        ("740230", "740230"),
    ],
)
def test_a_birth_date_is_never_in_the_future(printed: str, read: str) -> None:
    assert birth_date(printed, TODAY) == read


@pytest.mark.parametrize(
    ("printed", "read"),
    [("310415", "2031-04-15"), ("170101", "2017-01-01"), ("750101", "2075-01-01")],
)
def test_an_expiry_date_lies_near_today(printed: str, read: str) -> None:
    assert expiry_date(printed, TODAY) == read


@given(st.lists(st.text(ALPHABET, min_size=30, max_size=44), min_size=1, max_size=3))
def test_any_lines_are_answered_without_an_exception(lines: list[str]) -> None:
    faults_of(tuple(lines))
    parse(tuple(lines), TODAY)


def test_every_format_has_its_parts_inside_its_lines() -> None:
    for shape in SHAPES.values():
        covered = [0] * shape.lines
        for part in shape.parts:
            assert 0 <= part.start < part.end <= shape.length
            covered[part.line] += part.end - part.start
        assert covered == [shape.length] * shape.lines
