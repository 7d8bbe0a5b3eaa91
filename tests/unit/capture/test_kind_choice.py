"""Which kind of document lines of text belong to: one common word is no sign of any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pos_client.capture.anchors import Kind
from pos_client.capture.ctc import Char
from pos_client.capture.engine import Alphabet, Posterior, TextLine
from pos_client.capture.kind_choice import best_fitting, best_kind, is_borne_out
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


def placed(text: str, box: tuple[float, float, float, float]) -> ReadLine:
    """A caption that was read where it stands, ten pixels to the millimetre."""
    x, y, width, height = (10 * each for each in box)
    quad = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    return replace(line(text.replace(" ", "")), line=TextLine(quad, 1.0))


def kind_of(code: str, side: str) -> Kind:
    return next(each for each in KINDS if (each.document.code, each.side.side) == (code, side))


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


def test_a_term_is_no_number_of_a_permit() -> None:
    """Without its dots, a day would be the eight digits of a permit."""
    lines = [line("签发机关样本市公安局"), line("有效期限2007.06.09—2027.06.09", 150.0)]
    found = best_kind(KINDS, lines)
    assert found is not None
    assert (found[0].document.code, found[0].side.side) == ("cn.resident_id.2", "emblem")


def test_two_captions_that_many_cards_have_do_not_bear_out_one_of_them() -> None:
    kind = kind_of("cn.resident_id.2", "emblem")
    shared = [line("签发机关样本市公安局"), line("有效期限2019.05.06-2029.05.06", 150.0)]
    assert not is_borne_out(kind, shared)
    assert is_borne_out(kind, [*shared, line("中华人民共和国")])
    assert is_borne_out(kind_of("cn.resident_id.2", "portrait"), [line("110105194912310021")])


def test_the_kind_most_of_whose_captions_fit_one_view_is_taken() -> None:
    captions = [
        placed(each.text, each.box) for each in kind_of("cn.temp_id", "portrait").side.anchors
    ]
    best = best_fitting(KINDS, captions)
    assert best is not None
    assert best.document.code == "cn.temp_id"


def test_captions_all_over_the_place_are_no_document() -> None:
    anywhere = [
        placed(each.text, (5.0 + 40 * (at % 2), 50.0 - 4 * at, *each.box[2:]))
        for at, each in enumerate(kind_of("cn.temp_id", "portrait").side.anchors)
        if each.text != "公民身份号码"
    ]
    assert best_fitting(KINDS, anywhere) is None
