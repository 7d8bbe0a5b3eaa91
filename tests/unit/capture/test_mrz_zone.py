"""Values of a zone are only as sure as its check digits bear out where they stand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from pos_client.capture.engine import TextLine
from pos_client.capture.mrz_zone import ZoneReading
from pos_client.model.field import SURE
from pos_client.model.numbers.mrz import parse

TODAY = date(2026, 7, 1)
VALUES = ("surname", "document_number", "nationality", "birth_date", "sex", "expiry_date")


def seen_clearly(*lines: str) -> ZoneReading:
    zone = parse(lines, TODAY)
    assert zone is not None
    row = TextLine(np.array([(0, 0), (440, 0), (440, 20), (0, 20)], float), 1.0)
    places = tuple(np.linspace(0.01, 0.99, len(line)) for line in lines)
    sure = tuple((1.0,) * len(line) for line in lines)
    return ZoneReading(zone, sure, (row,) * len(lines), places, frozenset(), 0, {})


def test_where_all_check_digits_hold_all_that_was_seen_clearly_is_sure() -> None:
    zone = seen_clearly(
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    assert all(zone.confidence(name) >= SURE for name in VALUES)


@pytest.mark.parametrize(
    "rows",
    [
        # What is left of a passport's rows under a thumb looks like those of a card.
        ("JE<<NOOR<LEILA<<<<<<<<<<<<<<<<<<<<<<", "LISWE59081ZSF3605200<<<<<<<<<<<<<<<4"),
        ("<ZEC<<SAMIRA<<<<<<<<<<<<<<<<<<<<<<<<", "IKAZ960723SMZ706236<<<<<<<<<<<<<<<<<"),
    ],
)
def test_where_rows_may_have_been_cut_elsewhere_nothing_is_sure(rows: tuple[str, str]) -> None:
    zone = seen_clearly(*rows)
    assert not any(zone.confidence(name) >= SURE for name in VALUES)


def test_a_day_that_no_calendar_has_is_never_sure_and_an_open_one_may_be() -> None:
    zone = seen_clearly(
        "P<D<<UZORAK<<YUKI<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "L705916314D<<9068588M3407013<<<<<<<<<<<<<<<0",
    )
    assert zone.confidence("birth_date") < SURE
    assert zone.confidence("expiry_date") >= SURE
    unknown = seen_clearly(
        "P<D<<UZORAK<<YUKI<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "L705916314D<<<<<<<<0M3407013<<<<<<<<<<<<<<<0",
    )
    assert unknown.confidence("birth_date") >= SURE


def test_a_first_row_that_begins_as_none_does_is_not_sure() -> None:
    zone = seen_clearly(
        "<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    assert zone.confidence("surname") < SURE
    assert zone.confidence("birth_date") >= SURE
