"""A card that lies on a page of print is found: the page and the card are sheets of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_client import resources
from pos_client.capture.engine import TextLine
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.reader import load_reader
from pos_client.capture.sheets import in_turn
from pos_client.capture.vision import cv2
from pos_client.documents import load_documents
from specimens.fonts import SANS, font
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side

PROSE = "甲方乙方按照本合同约定的时间交付货物并承担运输费用逾期不付的应当支付违约金直至付清为止"


def page(tone: tuple[int, int, int]) -> Pixels:
    """A contract that fills the frame, BGR."""
    sheet = Image.new("RGB", (1280, 720), tone)
    pen, letters = ImageDraw.Draw(sheet), font(SANS, 22)
    for row in range(22):
        words = PROSE[row % 9 :] + PROSE
        pen.text((8 + row % 3 * 20, 6 + row * 33), words[:54], (40, 40, 44), letters)
    return np.ascontiguousarray(np.asarray(sheet, np.uint8)[:, :, ::-1])


def lying_on(ground: Pixels, card: Pixels) -> Pixels:
    """Lay a card over the middle of a page, a little askew."""
    height, width = card.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    places = np.array([(330, 150), (940, 180), (925, 560), (315, 530)], np.float32)
    view = cv2.getPerspectiveTransform(corners, places)
    size = (ground.shape[1], ground.shape[0])
    laid = cv2.warpPerspective(card, view, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full((height, width), 255, np.uint8), view, size)
    return np.where(cover[:, :, None] > 0, laid, ground).astype(np.uint8)


def line(x: float, y: float, long: float) -> TextLine:
    return TextLine(np.array([(x, y), (x + long, y), (x + long, y + 20), (x, y + 20)]), 0.9)


def test_the_longest_line_on_each_paper_comes_first() -> None:
    picture = np.full((400, 800, 3), 245, np.uint8)
    picture[150:250, 200:600] = (215, 240, 226)
    ours = [line(220, 160, 200), line(220, 190, 260)]
    theirs = [line(20, y, 700) for y in (20, 50, 80, 110, 260, 290, 320)]
    first = [each for _, each in in_turn([*theirs, *ours], picture)]
    assert ours[1] in first[:3]  # after those above and below the card


@pytest.mark.parametrize("tone", [(252, 251, 247), (226, 221, 208)])
@pytest.mark.parametrize("side", ["portrait", "emblem"])
def test_a_card_on_a_page_of_print_is_read(tone: tuple[int, int, int], side: str) -> None:
    reader = load_reader(load_documents(resources.folder("documents")), resources.folder("models"))
    draw = draw_portrait_side if side == "portrait" else draw_emblem_side
    card = draw(invent_person(77_001), seed=77_001)
    shown = lying_on(page(tone), card.image)
    reading = reader.read(Frame(shown, "test", datetime(2026, 11, 23, 9, tzinfo=UTC)))
    assert {str(each.name): each.value.reveal() for each in reading.fields} == card.truth
