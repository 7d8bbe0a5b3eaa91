"""Terms of validity: exact where they can be read, a doubtful guess where glare left one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client.capture import ctc
from pos_client.capture.anchors import Kind
from pos_client.capture.dates import read_term, term_holds
from pos_client.capture.lines import ReadLine
from pos_client.capture.page import Page
from pos_client.capture.piece import Piece
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD
from tests.fakes.text_engine import ScriptedEngine, box, seen

if TYPE_CHECKING:
    from pos_client.capture.piece import Piece as PieceType
    from pos_client.model.declaration import FieldDeclaration

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
EMBLEM = CARD.side(Side.EMBLEM)


def page_and_pieces(first: str, again: str = "") -> tuple[Page, FieldDeclaration, list[PieceType]]:
    assert EMBLEM is not None
    page = Page(
        ScriptedEngine({}, seen(again or first)),
        np.full((810, 1284, 3), 220, np.uint8),
        Kind(CARD, EMBLEM),
    )
    look = seen(first)
    line = ReadLine(box(510, 660, 1000, 720), look, ctc.greedy(look))
    field = next(each for each in EMBLEM.fields if each.name == "valid_from")
    return page, field, [Piece(line, line.chars, 0, len(look.probabilities))]


@pytest.mark.parametrize("behind", ["", "8SPECIMEN"])
def test_a_term_is_read_whatever_print_follows_it(behind: str) -> None:
    term = read_term(*page_and_pieces(f"2026.03.12-2031.03.12{behind}"))
    assert (term.start, term.until) == ("2026-03-12", "2031-03-12")
    assert term.confidence > SURE


def test_a_term_that_only_evened_light_shows_is_left_to_a_person() -> None:
    term = read_term(*page_and_pieces("2015.04.长期", "2015.04.25-长期"))
    assert (term.start, term.until) == ("2015-04-25", "long-term")
    assert term.confidence < SURE


def test_of_a_term_with_one_day_the_likeliest_is_guessed_and_left_to_a_person() -> None:
    term = read_term(*page_and_pieces("2016.05.04-2_26.05.0_"))
    assert (term.start, term.until, term.guessed) == ("2016-05-04", "2026-05-04", True)
    assert term.confidence < SURE


def test_where_no_day_was_read_no_term_is_guessed() -> None:
    assert read_term(*page_and_pieces("20_6.05._4-20_6.05._4")).confidence == 0


def test_terms_are_five_ten_or_twenty_years_or_without_end() -> None:
    assert term_holds("2016-02-29", "2026-02-28")
    assert term_holds("2016-05-04", "long-term")
    assert not term_holds("2016-05-04", "2027-05-04")
