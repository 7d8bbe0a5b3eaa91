"""Numbers of all documents: right ones pass, wrong ones say why, and none crashes on any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.numbers import cn_travel, id_nik, in_cards, kr_rrn, schemes, sim, verhoeff
from pos_client.model.numbers.cn_id import Sex

TODAY: Final = date(2026, 11, 25)
#: 60 random numbers a scheme with what python-stdnum 2.2 says of each.
ORACLE: Final[dict[str, dict[str, list[str]]]] = json.loads(
    (Path(__file__).parent / "oracle.json").read_text(encoding="utf-8")
)
GOOD: Final = {
    "cn_id18": ["11010519491231002X", "440524188001010014", "34052419800101001X"],
    "cn_residence_hk_macau": ["810000199408230021", "820000199003070017"],
    "cn_residence_taiwan": ["830000199201300022"],
    "cn_pr_2017": ["KAZ110090123105"],
    "cn_pr_2023": ["911398199012310021"],
    "cn_permit_hk_macau": ["H12345678", "M1234567801"],
    "cn_permit_non_chinese": ["HA1234567", "MA7654321"],
    "cn_permit_taiwan": ["12345678", "0123456701", "0123456701(B)"],
    "cn_uscc": ["91350100M000100Y43", "91110000600037341L"],
    "in_aadhaar": ["234123412346"],
    "in_pan": ["ACUPA7085R"],
    "in_epic": ["WKH1186253"],
    "kr_rrn": ["9710139019902"],
    "id_nik": ["3171011708450001"],
    "ng_nin": ["12345678901"],
}
BAD: Final = [
    ("cn_id18", "110105194912310021", "checksum"),
    ("cn_id18", "11010519491231002", "length"),
    ("cn_id18", "11O105194912310021", "charset"),
    ("cn_id18", "110105491231002", "first_generation"),
    ("cn_residence_hk_macau", "830000199201300022", "place"),
    ("cn_residence_hk_macau", "11010519491231002X", "place"),
    ("cn_residence_taiwan", "810000199408230021", "place"),
    ("cn_pr_2017", "KAZ110090123107", "checksum"),
    ("cn_pr_2017", "911398199012310021", "length"),
    ("cn_pr_2023", "911398199012310022", "checksum"),
    ("cn_pr_2023", "KAZ110090123105", "length"),
    ("cn_permit_hk_macau", "K12345678", "charset"),
    ("cn_permit_hk_macau", "H1234567", "length"),
    ("cn_permit_non_chinese", "HB1234567", "charset"),
    ("cn_permit_taiwan", "1234567A", "charset"),
    ("cn_uscc", "91350100M000100Y44", "checksum"),
    ("in_aadhaar", "134123412346", "charset"),
    ("in_aadhaar", "234123412347", "checksum"),
    ("in_pan", "ACUXA7085R", "charset"),
    ("in_epic", "WKH1186254", "checksum"),
    ("kr_rrn", "9702309019902", "date"),
    ("kr_rrn", "4709088289105", "future"),
    ("kr_rrn", "9710139019903", "checksum"),
    ("id_nik", "3171013213450001", "date"),
    ("id_nik", "317101170845000", "length"),
    ("ng_nin", "1234567890A", "charset"),
]


def test_every_scheme_has_its_examples() -> None:
    assert set(GOOD) == set(schemes.SCHEMES)


@pytest.mark.parametrize(("scheme", "number"), [(s, n) for s, many in GOOD.items() for n in many])
def test_a_right_number_passes_however_it_is_spaced(scheme: str, number: str) -> None:
    known = schemes.SCHEMES[scheme]
    assert schemes.fault(scheme, number, TODAY) is None
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    assert known.normalise(spaced.lower()) == number
    assert len(number) in known.lengths
    assert set(number) <= set(known.charset)


@pytest.mark.parametrize(("scheme", "number", "reason"), BAD)
def test_a_wrong_number_says_why(scheme: str, number: str, reason: str) -> None:
    assert schemes.fault(scheme, number, TODAY) == reason


@pytest.mark.parametrize("scheme", sorted(set(ORACLE) - {"imei"}))
def test_others_come_to_the_same_verdict(scheme: str) -> None:
    for number in ORACLE[scheme]["valid"]:
        # A Korean born after today is nobody; that the oracle does not ask.
        assert schemes.fault(scheme, number, TODAY) in {None, kr_rrn.RrnFault.FUTURE}
    for number in ORACLE[scheme]["invalid"]:
        assert schemes.fault(scheme, number, TODAY) is not None


def test_others_come_to_the_same_verdict_about_handsets() -> None:
    assert all(sim.imei_holds(number) for number in ORACLE["imei"]["valid"])
    assert not any(sim.imei_holds(number) for number in ORACLE["imei"]["invalid"])


@given(st.sampled_from(sorted(schemes.SCHEMES)), st.text())
def test_no_text_crashes_a_scheme(scheme: str, text: str) -> None:
    known = schemes.SCHEMES[scheme]
    bare = known.normalise(text)
    schemes.fault(scheme, text, TODAY)
    if schemes.fault(scheme, bare, TODAY) is None:
        assert known.born is None or known.born(bare, TODAY) is None or bare
        assert known.sex is None or known.sex(bare) in Sex


@given(st.sampled_from(sorted(schemes.SCHEMES)), st.text(alphabet="0123456789X", max_size=20))
def test_what_a_number_tells_is_a_day_that_was(scheme: str, number: str) -> None:
    known = schemes.SCHEMES[scheme]
    if schemes.fault(scheme, number, TODAY) is None and known.born is not None:
        born = known.born(number, TODAY)
        assert born is None or born <= TODAY


def test_only_a_korean_check_digit_is_no_more_than_a_warning() -> None:
    assert not schemes.stops("kr_rrn", "checksum")
    assert schemes.stops("kr_rrn", "date")
    assert schemes.stops("in_aadhaar", "checksum")


@given(st.integers(0, 9999), st.dates(date(1930, 1, 1), TODAY), st.booleans())
def test_an_indonesian_number_tells_birth_date_and_sex(
    serial: int, born: date, woman: bool
) -> None:
    day = born.day + (40 if woman else 0)
    number = f"317101{day:02}{born:%m%y}{serial:04}"
    assert id_nik.fault(number) is None
    assert id_nik.sex(number) is (Sex.FEMALE if woman else Sex.MALE)
    told = id_nik.birth_date(number, TODAY)
    assert told is not None
    assert (told.month, told.day, told.year % 100) == (born.month, born.day, born.year % 100)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("9710139019902", date(1897, 10, 13), Sex.MALE),
        ("9001011234568", date(1990, 1, 1), Sex.MALE),
        ("0501014234567", date(2005, 1, 1), Sex.FEMALE),
        ("8203046234567", date(1982, 3, 4), Sex.FEMALE),
    ],
)
def test_a_korean_number_tells_century_and_sex(number: str, born: date, sex: Sex) -> None:
    assert kr_rrn.birth_date(number) == born
    assert kr_rrn.sex(number) is sex


@given(st.text(alphabet="0123456789", min_size=10, max_size=10), st.integers(0, 11))
def test_a_wrong_digit_of_an_aadhaar_number_never_passes(body: str, place: int) -> None:
    head = "2" + body
    number = next(head + each for each in "0123456789" if verhoeff.holds(head + each))
    for wrong in "0123456789":
        broken = number[:place] + wrong + number[place + 1 :]
        if broken != number:
            assert in_cards.aadhaar_fault(broken) is not None


def test_renewals_of_a_permit_do_not_make_another_person() -> None:
    first, second = "H1234567801", "H1234567802"
    assert cn_travel.hk_macau_fault(first) is None
    assert first[:9] == second[:9]
