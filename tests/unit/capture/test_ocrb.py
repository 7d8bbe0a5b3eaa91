"""Our own reader of OCR-B: it reads, it can be missing, and what it learned from can be drawn."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_client import resources
from pos_client.capture import ctc
from pos_client.capture.weights import DETECTION, LEARNED, OWN, RECOGNITION, load_engine
from specimens.fonts import DIRECTORIES, OCR_B, OCR_B_SHARP, Face, font
from training.ocrb.faces import TRAINED, cut_glyphs, find
from training.ocrb.lines import IGNORED, draw
from training.ocrb.paper import textures
from training.ocrb.reading import distance, read

if TYPE_CHECKING:
    from pathlib import Path

    from pos_client.capture.frame import Pixels
    from pos_client.capture.weights import OnnxEngine

MODELS = resources.folder("models")
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def engine() -> OnnxEngine:
    return load_engine(MODELS)


def printed(text: str, face: Face) -> Pixels:
    letters = font(face, 30)
    sheet = Image.new("RGB", (round(letters.getlength(text)) + 24, 44), (236, 232, 240))
    ImageDraw.Draw(sheet).text((12, 36), text, fill=(30, 30, 30), font=letters, anchor="ls")
    return np.asarray(sheet, np.uint8)


@pytest.mark.parametrize("face", [OCR_B, OCR_B_SHARP], ids=["learned", "kept back"])
@pytest.mark.parametrize(
    "text",
    [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "110105188001010013",
        "11010518800101002X",
    ],
)
def test_lines_of_clean_print_are_read_and_their_runs_counted(
    engine: OnnxEngine, text: str, face: Face
) -> None:
    seen = engine.read_codes([printed(text, face)])
    assert seen is not None
    assert ctc.text_of(ctc.greedy_even(seen[0])) == text


def test_our_network_lies_in_the_repository_small_and_as_its_list_says() -> None:
    listed = json.loads((MODELS / "OCRB.json").read_text(encoding="utf-8"))["models"][0]
    data = (MODELS / OWN).read_bytes()
    assert len(data) == listed["bytes"]
    assert len(data) <= MOST_BYTES


@pytest.mark.logs_warning("our reader of OCR-B is missing or damaged")
@pytest.mark.parametrize("damage", ["missing", "other bytes", "no list"])
def test_without_our_network_the_general_one_stands_in(damage: str, tmp_path: Path) -> None:
    learned = (LEARNED, "CARDPRINT.json")
    for name in (DETECTION, RECOGNITION, OWN, *learned, "MODELS.json", "OCRB.json"):
        shutil.copy(MODELS / name, tmp_path / name)
    if damage == "missing":
        (tmp_path / OWN).unlink()
    elif damage == "other bytes":
        (tmp_path / OWN).write_bytes(b"not a network")
    else:
        (tmp_path / "OCRB.json").write_text("{}", encoding="utf-8")
    engine = load_engine(tmp_path)
    assert engine.read_codes([printed("P<UTO", OCR_B)]) is None
    assert len(engine.recognise([printed("P<UTOERIKSSON", OCR_B)])) == 1


def test_a_training_line_is_the_same_for_the_same_seed_and_says_where_its_letters_stand() -> None:
    ocr_b = next(face for face in TRAINED if face.file == "OCRB.otf")
    glyphs = [(1.0, cut_glyphs(find(ocr_b, list(DIRECTORIES))))]
    papers = textures(np.random.default_rng(1), 3)
    one, other = (draw(np.random.default_rng(5), glyphs, papers, 320) for _ in range(2))
    assert one.text == other.text
    assert np.array_equal(one.picture, other.picture)
    scores = np.eye(39, dtype=np.float32)[np.where(one.steps == IGNORED, 0, one.steps)]
    assert read(scores) == one.text


def test_the_distance_of_two_texts_counts_what_is_changed_lost_and_too_many() -> None:
    assert distance("P<UTO", "P<UTO") == 0
    assert distance("P<UT0<", "P<UTO") == 2
    assert distance("", "ABC") == 3
