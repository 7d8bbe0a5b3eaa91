"""Even print shows as stripes, at any angle; what is no print costs little and breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_client.capture.lines import direction
from pos_client.capture.stripes import find_stripes
from specimens.fonts import OCR_B, SANS, Face, font

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels

ROW = "P<UTOMUSTER<<SPECIMEN<<<<<<<<<<<<<<<<<<<<<<<"


def paper(text: str, pitch: float, turn: float, face: Face = OCR_B) -> Pixels:
    """A line of evenly spaced print in the middle of a sheet, turned counter-clockwise."""
    sheet = Image.new("RGB", (1280, 720), (225, 222, 215))
    pen = ImageDraw.Draw(sheet)
    left = 640 - pitch * len(text) / 2
    for at, character in enumerate(text):
        pen.text((left + pitch * at, 350), character, (25, 25, 30), font=font(face, 24))
    lying = sheet.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=(225, 222, 215))
    return np.ascontiguousarray(np.asarray(lying, np.uint8)[:, :, ::-1])


@pytest.mark.parametrize("turn", [0, 17, 90, 155, 270])
@pytest.mark.parametrize(("text", "pitch"), [(ROW, 16.0), ("440524198801019999", 21.0)])
def test_a_row_or_a_number_is_a_stripe(text: str, pitch: float, turn: float) -> None:
    if turn in (90, 270):
        pitch *= 0.9  # a sheet is less high than wide
    found = [each for stripes in find_stripes(paper(text, pitch, turn)) for each in stripes]
    assert found
    best = max(found, key=lambda each: each.length)
    along = direction(best)
    off = np.degrees(np.arctan2(-along[1], along[0])) - turn
    assert abs((off + 90) % 180 - 90) < 2
    assert best.length == pytest.approx(pitch * len(text), rel=0.08)
    assert np.linalg.norm(best.middle - (640, 362)) < 25


def test_a_name_is_none() -> None:
    picture = paper("样本测试", 30.0, 0, SANS)
    assert [each for stripes in find_stripes(picture) for each in stripes] == []


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((1, 1, 3), np.uint8),
        np.full((3, 2000, 3), 200, np.uint8),
        np.random.default_rng(5).integers(0, 256, (720, 1280, 3), np.uint8),
        np.tile(np.array([[0, 255], [255, 0]], np.uint8)[:, :, None], (360, 640, 3)),
    ],
    ids=["one pixel", "a thread", "noise", "chequers"],
)
def test_what_is_no_print_is_borne(picture: Pixels) -> None:
    assert sum(len(stripes) for stripes in find_stripes(picture)) < 120
