"""Every document can be drawn, tells its truth and is marked as a specimen."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from specimens import fonts
from specimens.__main__ import DRAWINGS, main
from specimens.cases import Case, case, cases
from specimens.fonts import SANS, Face, FontMissing, face_that_draws, font, has_glyph
from specimens.paint import Sheet, security_paper
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side, printed_validity
from specimens.sim_card import draw_sim_carrier, invent_iccid
from specimens.specimen import PX_PER_MM, Specimen

SIZES = {
    "cn.resident_id.2": (85.6, 54.0),
    "xx.passport": (125.0, 88.0),
    "xx.id_td1": (85.6, 54.0),
    "xx.id_td2": (105.0, 74.0),
    "xx.visa_a": (120.0, 80.0),
    "xx.visa_b": (105.0, 74.0),
    "sim": (85.6, 54.0),
}
ALL_CASES = cases()


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_a_document_is_drawn_at_its_true_size_and_the_same_each_time(
    draw: Callable[[int], Specimen],
) -> None:
    first, second = draw(5), draw(5)
    assert np.array_equal(first.image, second.image)
    assert first.truth == second.truth
    assert first.image.dtype == np.uint8
    assert (first.width_mm, first.height_mm) == pytest.approx(SIZES[first.kind], abs=0.05)
    assert not np.array_equal(first.image, draw(6).image)


@pytest.mark.parametrize("each", ALL_CASES, ids=[each.name for each in ALL_CASES])
def test_every_awkward_case_draws_and_has_a_truth(each: Case) -> None:
    specimen = each.draw()
    assert specimen.truth
    assert all(specimen.truth.values())
    assert specimen.image.shape[2] == 3
    assert each.awkward


def test_case_names_are_unique_and_can_be_looked_up() -> None:
    assert len({each.name for each in ALL_CASES}) == len(ALL_CASES)
    assert case("td1-long-number").draw().truth["document_number"] == "D23145890734"


def test_each_drawing_carries_the_small_red_specimen_words() -> None:
    """Red of the corner words is found in every drawing; the emblem itself is drawn elsewhere."""
    for draw in DRAWINGS.values():
        image = draw(3).image.astype(int)
        red = (image[:, :, 2] > 160) & (image[:, :, 1] < 90) & (image[:, :, 0] < 90)
        edge = np.zeros_like(red)
        edge[: 4 * PX_PER_MM] = edge[-4 * PX_PER_MM :] = True
        assert (red & edge).sum() > 300


def test_the_ground_of_every_document_carries_the_large_faint_words() -> None:
    marked = security_paper(85.6, 54.0, 0).astype(int)
    middle = marked[250:560, 150:1130]
    pink = (middle[:, :, 0] - middle[:, :, 1]) > 15
    assert pink.mean() > 0.05


def test_a_shared_ground_cannot_be_written_into() -> None:
    with pytest.raises(ValueError, match="read-only"):
        security_paper(85.6, 54.0, 0)[0, 0] = 0


def test_long_term_is_printed_in_chinese_and_other_terms_with_dots() -> None:
    assert printed_validity(invent_person(1, term="long")).endswith("-长期")
    twenty = printed_validity(invent_person(1, term="twenty"))
    assert len(twenty) == 21
    assert twenty.count(".") == 4


def test_a_long_address_stays_above_the_number() -> None:
    """The row of the number is the same ink with the longest address as with a short one."""
    full = case("full-address-portrait").draw().image
    gap = full[int(43.2 * PX_PER_MM) : int(44.1 * PX_PER_MM), : 28 * PX_PER_MM]
    assert gap.max(axis=2).min() > 90


def test_two_scripts_move_the_rows_and_keep_the_truth() -> None:
    person = invent_person(4)
    plain = draw_portrait_side(person, seed=4)
    both = draw_portrait_side(person, seed=4, layout="bilingual")
    assert plain.truth == both.truth
    assert not np.array_equal(plain.image, both.image)
    assert draw_emblem_side(person, seed=4, layout="bilingual").truth["valid_from"]


def test_the_bar_code_of_a_sim_is_the_number_printed_below() -> None:
    for seed, length, letter in ((1, 19, False), (2, 20, False), (3, 20, True)):
        iccid = invent_iccid(seed, length=length, letter=letter)
        assert len(iccid) == length
        image = draw_sim_carrier(iccid, "13800000001", seed=seed).image
        found = {code.text for code in zxingcpp.read_barcodes(image)}
        assert iccid in found
        assert len(found) == 3


def test_a_sim_without_distractors_has_one_code() -> None:
    specimen = draw_sim_carrier(invent_iccid(9), "", seed=9, distractors=False)
    assert [code.text for code in zxingcpp.read_barcodes(specimen.image)] == [invent_iccid(9)]
    assert set(specimen.truth) == {"iccid"}


def test_rare_characters_are_drawn_and_not_boxes() -> None:
    for character in ("䶮", "\U00020bb7"):
        assert has_glyph(face_that_draws(character, SANS), character)


def test_a_missing_type_face_names_the_package_to_install() -> None:
    with pytest.raises(FontMissing, match="fonts-ocr-b") as caught:
        font(Face("OCR-B", "fonts-ocr-b", (("no-such-file.otf", 0),)), 12)
    assert caught.value.code == "SPECIMEN-FONT"
    assert "Install" in caught.value.advice


def test_a_text_no_face_can_draw_is_refused_rather_than_drawn_as_boxes() -> None:
    with pytest.raises(FontMissing):
        face_that_draws("\U000effff", SANS)


def test_type_faces_are_looked_for_on_windows_too() -> None:
    assert any("Windows" in str(directory) for directory in fonts.DIRECTORIES)
    assert ("msyh.ttc", 0) in SANS.files


def test_a_sheet_does_not_change_the_ground_it_started_on() -> None:
    ground = security_paper(85.6, 54.0, 1)
    before = ground.copy()
    Sheet(ground).specimen_corner((5, 5))
    assert np.array_equal(ground, before)


def test_the_command_writes_pictures_and_their_truth(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--count", "3", "--seed", "40", "--only", "portrait", "sim"]) == 0
    entries = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert [entry["document"] for entry in entries] == [
        "cn.resident_id.2",
        "sim",
        "cn.resident_id.2",
    ]
    for entry in entries:
        picture = cv2.imread(str(tmp_path / entry["file"]))
        assert picture is not None
        assert picture.shape == (720, 1280, 3)
        assert len(entry["corners"]) == 4
        assert entry["fields"]


def test_the_command_writes_straight_drawings_too(tmp_path: Path) -> None:
    main([str(tmp_path), "--count", "1", "--difficulty", "straight", "--only", "td1"])
    (entry,) = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert "corners" not in entry
    assert len(entry["mrz"]) == 3
