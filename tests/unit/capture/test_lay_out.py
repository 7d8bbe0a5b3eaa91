"""A page is read once: its number tells where it lies, and its captions then tell it better."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_client import resources
from pos_client.capture.code_lines import told_by_code
from pos_client.capture.effort import px_to_read
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.lay_out import lay_out
from pos_client.capture.locate import SEARCH_PX, Locator
from pos_client.capture.page import Before, Page
from pos_client.capture.weights import OnnxEngine, load_engine
from pos_client.documents import load_documents
from pos_client.model.document import DocumentKind, Side
from specimens.camera import shoot
from specimens.fonts import SANS, font
from specimens.mrz_documents import draw_passport
from specimens.persons import invent_person, invent_traveller
from specimens.resident_id import draw_portrait_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_client.capture.engine import Posterior, TextLine
    from specimens.pose import Rotation
    from specimens.specimen import Specimen

NOW = datetime(2026, 7, 1, tzinfo=UTC)
DOCUMENTS = load_documents(resources.folder("documents"))


class Counting:
    """The real engine; it counts searches for text, and lines that the slow network reads."""

    name, upright_only = "counting", False

    def __init__(self, engine: OnnxEngine) -> None:
        self._engine = engine
        self.read = 0
        self.searched = 0

    def may_hold_text(self, pixels: Pixels) -> bool:
        return self._engine.may_hold_text(pixels)

    def find_lines(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        self.searched += 1
        return self._engine.find_lines(pixels, longest_px)

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        self.read += len(crops)
        return self._engine.recognise(crops)

    def read_codes(self, crops: Sequence[Pixels]) -> list[Posterior] | None:
        return self._engine.read_codes(crops)


@pytest.fixture(scope="module")
def engine() -> OnnxEngine:
    return load_engine(resources.folder("models"))


def frame(specimen: Specimen, rotation: Rotation = 0) -> Frame:
    return Frame(shoot(specimen, seed=5, rotation=rotation).frame, "test", NOW)


@pytest.mark.parametrize("rotation", [0, 180])
def test_a_number_and_a_row_are_told_whichever_way_up(
    engine: OnnxEngine, rotation: Rotation
) -> None:
    for specimen, wanted in (
        (draw_portrait_side(invent_person(41), seed=41), "id_number"),
        (draw_passport(invent_traveller(41), seed=41), None),
    ):
        picture = frame(specimen, rotation).pixels
        boxes = engine.find_lines(picture, SEARCH_PX)
        told = [line.text for each in boxes if (line := told_by_code(engine, picture, each))]
        if wanted:
            assert told == [specimen.truth[wanted]]
        else:
            assert sorted(told) == sorted(specimen.mrz)


def test_a_card_with_a_number_is_read_once_and_its_number_not_again(engine: OnnxEngine) -> None:
    counting = Counting(engine)
    locator = Locator(DOCUMENTS, counting)
    taken = frame(draw_portrait_side(invent_person(42), seed=42))
    located = locator.locate(taken)
    exact = locator.locate_exactly(taken, located)
    assert counting.read == 0
    assert exact is not None
    assert exact.found is not None
    assert exact.found.rough
    laid = lay_out(counting, locator, taken, exact, None)
    assert laid is not None
    assert not laid.found.rough
    assert counting.read < len(laid.page.lines)


@pytest.mark.parametrize("rotation", [0, 180])
def test_a_frame_that_shows_a_code_is_not_searched_for_text(
    engine: OnnxEngine, rotation: Rotation
) -> None:
    for specimen in (
        draw_portrait_side(invent_person(43), seed=43),
        draw_passport(invent_traveller(43), seed=43),
    ):
        counting = Counting(engine)
        exact = Locator(DOCUMENTS, counting).locate_exactly(frame(specimen, rotation))
        assert exact is not None
        assert exact.document is not None
        assert (counting.searched, counting.read) == (0, 0)


def test_print_that_is_no_document_is_given_up_soon(engine: OnnxEngine) -> None:
    page = Image.new("RGB", (1280, 720), (235, 235, 228))
    pen = ImageDraw.Draw(page)
    for at in range(24):
        words = "样本文字没有意义只是排在这里" * 2
        pen.text((20 + 5 * (at % 4), at * 30), words, (20, 20, 20), font=font(SANS, 24))
    counting = Counting(engine)
    picture = np.ascontiguousarray(np.asarray(page, np.uint8)[:, :, ::-1])
    assert Locator(DOCUMENTS, counting).locate_exactly(Frame(picture, "test", NOW)) is None
    assert 0 < counting.read < 40


def test_a_page_that_is_laid_straighter_is_not_looked_through_again(engine: OnnxEngine) -> None:
    # This one lies so askew that its number alone tells the places of its fields badly.
    card = draw_portrait_side(invent_person(42), seed=42)
    taken = Frame(shoot(card, seed=42, difficulty="hard").frame, "test", NOW)
    counting = Counting(engine)
    locator = Locator(DOCUMENTS, counting)
    exact = locator.locate_exactly(taken)
    assert exact is not None
    assert counting.searched == 0
    laid = lay_out(counting, locator, taken, exact, None)
    assert laid is not None
    assert not laid.found.rough
    assert counting.searched == 1


def test_no_more_print_is_read_from_a_page_than_documents_hold(engine: OnnxEngine) -> None:
    counting = Counting(engine)
    kind = Locator(DOCUMENTS, engine).kind(DocumentKind("cn.resident_id.2"), Side.PORTRAIT)
    assert kind is not None
    sheet = Image.new("RGB", (1284, 810), (235, 235, 228))
    pen = ImageDraw.Draw(sheet)
    for at in range(20):
        pen.text((40, 40 * at), "样本无意义" * 15, (20, 20, 20), font=font(SANS, 16))
    small = Page(counting, np.ascontiguousarray(np.asarray(sheet, np.uint8)[:, :, ::-1]), kind)
    assert counting.read == len(small.lines)
    assert 0 < sum(px_to_read(each.line) for each in small.lines) <= 7000
    assert any(small.is_disturbed(field) for field in kind.side.fields)


def test_lines_that_are_known_are_not_read_again(engine: OnnxEngine) -> None:
    counting = Counting(engine)
    locator = Locator(DOCUMENTS, counting)
    taken = frame(draw_portrait_side(invent_person(43), seed=43))
    exact = locator.locate_exactly(taken)
    assert exact is not None
    laid = lay_out(counting, locator, taken, exact, None)
    assert laid is not None
    counting.read = 0
    again = Page(counting, laid.flat, laid.found.kind, before=Before(laid.page.lines))
    assert counting.read == 0
    assert again.lines == laid.page.lines


def test_the_lines_of_a_page_that_was_laid_out_are_level(engine: OnnxEngine) -> None:
    locator = Locator(DOCUMENTS, engine)
    for seed in (43, 44):
        taken = frame(draw_portrait_side(invent_person(seed), seed=seed))
        exact = locator.locate_exactly(taken)
        assert exact is not None
        laid = lay_out(engine, locator, taken, exact, None)
        assert laid is not None
        for line in laid.page.lines:
            along = line.line.quad[1] - line.line.quad[0]
            assert line.line.length < 200 or abs(along[1] / along[0]) < np.tan(np.radians(1.5))
