"""Which kind of document lines of text belong to: one common word is no sign of any."""

from __future__ import annotations

import numpy as np

from pos_client.capture.anchors import Kind
from pos_client.capture.ctc import Char
from pos_client.capture.engine import Alphabet, Posterior, TextLine
from pos_client.capture.kind_choice import best_kind
from pos_client.capture.lines import ReadLine
from pos_client.documents import load_documents
from pos_client.resources import folder

KINDS = [Kind(each, side) for each in load_documents(folder("documents")) for side in each.sides]


def line(text: str, top: float = 100.0) -> ReadLine:
    """A line that was read without a doubt."""
    width = 20.0 * len(text)
    quad = np.array([(100, top), (100 + width, top), (100 + width, top + 30), (100, top + 30)])
    seen = Posterior(np.zeros((len(text), 1), np.float32), Alphabet([]), 20.0)
    chars = tuple(Char(each, 0.99, at, at + 1) for at, each in enumerate(text))
    return ReadLine(TextLine(quad, 1.0), seen, chars)


def test_captions_that_stand_on_the_cards_of_many_countries_tell_none() -> None:
    lines = [line("Surname"), line("Givennames", 150.0), line("DATEOFBIRTH", 200.0)]
    assert best_kind(KINDS, lines) is None


def test_the_name_of_a_card_tells_its_kind() -> None:
    found = best_kind(KINDS, [line("DIGITALNINSLIP"), line("SURNAME", 150.0)])
    assert found is not None
    assert found[0].document.code == "ng.nin"


def test_a_number_whose_last_place_was_read_as_a_small_letter_tells_a_resident_card() -> None:
    found = best_kind(KINDS, [line("11010519491231002x")])
    assert found is not None
    assert found[0].document.code == "cn.resident_id.2"
