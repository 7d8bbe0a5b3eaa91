"""From a camera frame to fields: real weights, drawn documents, and frames that hold none."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client import resources
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.mrz_rows import zone_mm
from pos_client.capture.problems import ModelsMissing
from pos_client.capture.reader import Reader, likely, load_reader
from pos_client.capture.tesseract import TesseractEngine, languages
from pos_client.capture.vision import cv2
from pos_client.capture.weights import RECOGNITION
from pos_client.documents import load_documents
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import SURE, FieldName, Source
from pos_client.model.numbers.mrz import MrzFormat
from pos_client.model.reading import Reading, Verdict
from specimens.awkward_people import KOREAN_SCRIPT, LONG_NUMBER, LONG_TERM_HOLDER, UNKNOWN_DAY
from specimens.camera import shoot
from specimens.countries import LAYOUTS
from specimens.country_documents import draw_country
from specimens.desks import desk
from specimens.mrz_documents import draw_passport, draw_td1
from specimens.persons import invent_traveller
from specimens.pose import ROTATIONS, Pose
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.scans import scan
from specimens.tabletop import lay

if TYPE_CHECKING:
    from pathlib import Path

    from specimens.optics import Difficulty
    from specimens.pose import Rotation
    from specimens.specimen import Specimen

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DOCUMENTS = load_documents(resources.folder("documents"))
MODELS = resources.folder("models")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(DOCUMENTS, MODELS)


def frame(pixels: Pixels) -> Frame:
    return Frame(pixels, "test", NOW)


def photographed(specimen: Specimen, rotation: Rotation = 0, seed: int = 7) -> Frame:
    return frame(shoot(specimen, seed=seed, rotation=rotation).frame)


def values(reading: Reading) -> dict[str, str]:
    return {str(each.name): each.value.reveal() for each in reading.fields}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_portrait_side_is_read_at_every_turn(reader: Reader, rotation: Rotation) -> None:
    card = draw_portrait_side(LONG_TERM_HOLDER, seed=3)
    reading = reader.read(photographed(card, rotation))
    assert values(reading) == card.truth
    assert reading.verdict is Verdict.READ
    assert (reading.document, reading.side) == ("cn.resident_id.2", Side.PORTRAIT)
    number = reading.field(FieldName("id_number"))
    assert number is not None
    assert {check.rule for check in number.checks if check.passed} == set(
        "NUM01 NUM02 NUM03 NUM04 NUM05".split()
    )


def two_on_a_desk() -> Frame:
    """A resident card in the middle, and somebody's TD1 card that lies half as large beside it."""
    pixels = desk("wood", 1, (1280, 720))
    other, _ = lay(draw_td1(invent_traveller(3), seed=3), Pose((270, 560), 460), pixels)
    both, _ = lay(draw_portrait_side(LONG_TERM_HOLDER, seed=3), Pose((860, 290), 720), other)
    return frame(both)


@pytest.mark.parametrize("wanted", ["cn.resident_id.2", "xx.id_td1"])
def test_of_two_cards_the_one_that_is_wanted_is_found_and_read(reader: Reader, wanted: str) -> None:
    kind = DocumentKind(wanted)
    both = two_on_a_desk()
    placed = reader.locate(both, kind)
    assert placed is not None
    assert placed.document == kind
    assert reader.read(both, wanted=kind, located=placed, quick=True).document == kind
    assert reader.read(both, wanted=kind, quick=True).document == kind


def test_another_card_that_lies_alone_is_found_as_what_it_is(reader: Reader) -> None:
    alone = photographed(draw_portrait_side(LONG_TERM_HOLDER, seed=3))
    placed = reader.locate(alone, DocumentKind("xx.passport"))
    assert placed is not None
    assert placed.document == "cn.resident_id.2"


def test_a_bilingual_card_is_read_without_its_second_script(reader: Reader) -> None:
    card = draw_portrait_side(KOREAN_SCRIPT, seed=5, layout="bilingual")
    assert values(reader.read(photographed(card))) == card.truth


def test_an_emblem_side_without_end_is_long_term(reader: Reader) -> None:
    card = draw_emblem_side(LONG_TERM_HOLDER, seed=3)
    reading = reader.read(photographed(card, 180))
    assert values(reading) == card.truth
    assert values(reading)["valid_until"] == "long-term"


def test_a_passport_gives_its_lines_and_an_unknown_day_stays_unknown(reader: Reader) -> None:
    passport = draw_passport(UNKNOWN_DAY, seed=4)
    reading = reader.read(photographed(passport, 90))
    assert tuple(line.reveal() for line in reading.mrz) == passport.mrz
    assert values(reading)["birth_date"] == "1974-08"
    assert {each.source for each in reading.fields} == {Source.MRZ}


def test_a_card_with_a_long_number_is_read(reader: Reader) -> None:
    card = draw_td1(LONG_NUMBER, seed=4)
    reading = reader.read(photographed(card))
    assert tuple(line.reveal() for line in reading.mrz) == card.mrz
    assert values(reading)["document_number"] == LONG_NUMBER.document_number


def test_every_value_has_its_place_on_the_straightened_picture(reader: Reader) -> None:
    reading = reader.read(photographed(draw_portrait_side(LONG_TERM_HOLDER, seed=3), 270))
    assert reading.image is not None
    assert (reading.image.width, reading.image.height) == (1284, 810)
    jpeg = np.frombuffer(reading.image.jpeg.reveal(), np.uint8)
    assert np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR)).shape == (810, 1284, 3)
    tops = []
    for each in reading.fields:
        box = each.box
        assert box is not None
        assert 0 <= box.x < box.x + box.width <= 1284
        assert 0 <= box.y < box.y + box.height <= 810
        tops.append(box.y)
    assert sorted(tops, key=lambda top: round(top, -2)) == tops


def test_locating_tells_kind_side_place_and_turn_and_saves_reading_time(reader: Reader) -> None:
    card = draw_portrait_side(LONG_TERM_HOLDER, seed=3)
    shot = shoot(card, seed=7, rotation=90)
    picture = frame(shot.frame)
    placed = reader.locate(picture)
    assert placed is not None
    assert (placed.document, placed.side) == ("cn.resident_id.2", Side.PORTRAIT)
    off = (placed.rotation_deg - 90 + 180) % 360 - 180
    assert abs(off) < 15
    quad = np.array(
        [
            placed.quad.top_left,
            placed.quad.top_right,
            placed.quad.bottom_right,
            placed.quad.bottom_left,
        ]
    )
    assert np.linalg.norm(quad - shot.corners, axis=1).max() < 80
    assert values(reader.read(picture, located=placed)) == card.truth


@pytest.mark.parametrize("kind", ["wood", "cloth", "paper", "clutter"])
def test_a_table_without_a_document_is_not_read(reader: Reader, kind: str) -> None:
    reading = reader.read(frame(np.ascontiguousarray(desk(kind, 0, (1280, 720)))))
    assert reading.verdict is Verdict.UNREADABLE
    assert reading.reason == "no_document"
    assert reading.fields == ()


def test_frames_of_any_size_and_content_are_answered(reader: Reader) -> None:
    noise = np.random.default_rng(3)
    for shape in ((1, 1), (40, 4000), (120, 120), (300, 500), (3000, 200)):
        pixels = noise.integers(0, 256, (*shape, 3), dtype=np.uint8)
        assert reader.read(frame(pixels)).verdict is Verdict.UNREADABLE
        reader.locate(frame(pixels))


def test_a_covered_check_digit_leaves_a_doubt(reader: Reader) -> None:
    card = draw_portrait_side(LONG_TERM_HOLDER, seed=3)
    card.image[640:720, 700:1000] = 230
    reading = reader.read(photographed(card))
    assert reading.verdict is not Verdict.READ


@pytest.mark.slow
def test_without_weights_tesseract_reads_upright_cards_and_is_never_sure() -> None:
    assert "chi_sim" in languages()
    stand_in = Reader(DOCUMENTS, TesseractEngine("chi_sim+eng"))
    card = draw_emblem_side(LONG_TERM_HOLDER, seed=3)
    reading = stand_in.read(photographed(card))
    assert reading.document == DocumentKind("cn.resident_id.2")
    assert reading.verdict is Verdict.DOUBT


@pytest.mark.logs_warning("weights are missing")
def test_damaged_weights_are_not_loaded(tmp_path: Path) -> None:
    for file in MODELS.iterdir():
        shutil.copy(file, tmp_path / file.name)
    (tmp_path / RECOGNITION).write_bytes(b"not a network")
    reader = load_reader(DOCUMENTS, tmp_path)
    assert isinstance(reader.engine, TesseractEngine)


def test_without_weights_and_tesseract_the_clerk_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(tmp_path / "nothing"))
    with pytest.raises(ModelsMissing) as caught:
        load_reader(DOCUMENTS, tmp_path)
    assert caught.value.code == "D110"


def test_a_state_that_nobody_knows_is_doubted_and_nothing_else_is() -> None:
    assert likely("nationality", "ION", 0.98) < SURE
    assert likely("nationality", "IDN", 0.98) == 0.98
    assert likely("issuing_state", "D", 0.98) == 0.98
    assert likely("surname", "ION", 0.98) == 0.98


def test_a_row_that_ends_in_fillers_is_not_read_from_its_end(reader: Reader) -> None:
    # From its end the row of a short name shows nothing but fillers on their head.
    passport = draw_passport(invent_traveller(43_011), seed=43_011)
    placed = reader.locate(photographed(passport, 0))
    assert placed is not None
    assert placed.document is not None


@pytest.mark.parametrize("number", [410_011, 430_010, 430_094])
def test_rows_that_stand_on_end_and_come_in_pieces_are_found(reader: Reader, number: int) -> None:
    # From afar the first one is not seen at all, the second lost its beginning and looked like a
    # card's 36 characters, and the rows of the third ran into its table.
    at = number % 1000
    level: Difficulty = ("easy", "medium", "hard")[at % 3]
    specimen = draw_country(LAYOUTS[at % len(LAYOUTS)], seed=number)
    turn = ROTATIONS[at // 3 % len(ROTATIONS)]
    shown = frame(shoot(specimen, seed=number, difficulty=level, rotation=turn).frame)
    assert reader.read(shown).mrz[1].reveal() == specimen.mrz[1]


def test_a_card_whose_rows_begin_with_long_names_is_no_slip_with_the_same_captions(
    reader: Reader,
) -> None:
    card = draw_country(LAYOUTS[39], seed=420_039)
    reading = reader.read(frame(scan(card, seed=420_039, width_px=2844)))
    assert reading.document == "xx.id_td1"
    assert tuple(line.reveal() for line in reading.mrz) == card.mrz


@pytest.mark.parametrize("tone", [25, 180, 250])
def test_a_covered_sex_is_never_sure_though_all_check_digits_hold(
    reader: Reader, tone: int
) -> None:
    passport = draw_passport(invent_traveller(43_012), seed=43_012)
    scale = passport.image.shape[1] / passport.width_mm
    left, _, down = zone_mm(MrzFormat.TD3, passport.height_mm)[1]
    x, y = (left + 20 * 2.54) * scale, down * scale
    passport.image[
        round(y - 2 * scale) : round(y + 2 * scale), round(x) : round(x + 2.54 * scale)
    ] = tone
    reading = reader.read(photographed(passport))
    sex = reading.field(FieldName("sex"))
    assert sex is None or sex.doubtful


def test_a_strip_that_holds_nothing_but_the_zone_is_read(reader: Reader) -> None:
    passport = draw_passport(invent_traveller(43_013), seed=43_013)
    height, width = passport.image.shape[:2]
    strip = passport.image[round(height * 0.78) :]
    low = cv2.resize(strip, (586, round(586 * strip.shape[0] / width)), None, 0, 0, cv2.INTER_AREA)
    assert low.shape[0] < 100
    reading = reader.read(frame(np.asarray(low, np.uint8)))
    assert tuple(line.reveal() for line in reading.mrz) == passport.mrz
