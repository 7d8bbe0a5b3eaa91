"""Faces by the real networks, on drawn people: found, measured, compared, and taken from cards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import pytest

from pos_client import documents, resources
from pos_client.capture.face import FacePrint, likeness, mean_print, overlap, unit_print
from pos_client.capture.face_gate import (
    LIVE_TURN,
    facing,
    live_fault,
    measure_face,
    people,
    place_fault,
    printed_fault,
)
from pos_client.capture.face_nets import COMPARER, FINDER, MANIFEST, load_faces
from pos_client.capture.portrait import pack, photo_of, take_portrait
from pos_client.capture.problems import FaceModelsMissing, PortraitUnusable
from pos_client.model.document import DocumentImage, Quality
from pos_client.model.private import Private
from specimens.live_face import hold_up, stand
from specimens.mrz_documents import draw_passport
from specimens.persons import invent_person, invent_traveller
from specimens.resident_id import draw_emblem_side, draw_portrait_side

if TYPE_CHECKING:
    from pathlib import Path

    from pos_client.capture.face import Face
    from pos_client.capture.face_nets import FaceNets
    from pos_client.capture.frame import Pixels
    from pos_client.model.declaration import DocumentDeclaration

MODELS: Final = resources.folder("models")
TODAY: Final = date(2026, 3, 2)
NOON: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def nets() -> FaceNets:
    return load_faces(MODELS)


def kind(code: str) -> DocumentDeclaration:
    return next(each for each in documents.known_kinds("") if each.code == code)


def image(pixels: Pixels) -> DocumentImage:
    return DocumentImage(
        pack(pixels, pixels.shape[0]),
        "a" * 64,
        pixels.shape[1],
        pixels.shape[0],
        "drawn",
        NOON,
        Quality(400.0, 180.0, 0.0, 0.7, 2.0),
    )


def card(seed: int) -> Pixels:
    return draw_portrait_side(invent_person(seed, term="twenty", today=TODAY), seed=seed).image


def only(nets: FaceNets, pixels: Pixels) -> Face:
    (face,) = nets.find(pixels)
    return face


def test_a_drawn_person_is_found_looking_straight(nets: FaceNets) -> None:
    for seed in range(5):
        face = only(nets, stand(seed))
        assert face.certainty > 0.85
        assert place_fault(face, 1280) is None
        assert facing(face, LIVE_TURN)


def test_left_and_right_are_the_persons_own(nets: FaceNets) -> None:
    straight, left, right = (only(nets, stand(3, turn=turn)).turn for turn in (0, 1.2, -1))
    assert right < straight - 0.2
    assert left > straight + 0.2


def test_a_flat_picture_cannot_turn_its_head(nets: FaceNets) -> None:
    for seed in range(4):
        straight = only(nets, hold_up(seed, 0)).turn
        for degrees in (-45, -30, 30, 45):
            turned = nets.find(hold_up(seed, degrees))
            assert all(abs(face.turn - straight) < 0.2 for face in turned), (seed, degrees)


def test_the_person_on_the_card_is_more_like_the_card_than_the_threshold(nets: FaceNets) -> None:
    declaration = kind("cn.resident_id.2")
    for seed in range(3):
        portrait = take_portrait(nets, image(card(seed)), declaration)
        frame = stand(seed)
        live = nets.print_of(nets.align(frame, only(nets, frame)))
        assert likeness(portrait.print, live) > 0.6


def test_a_passport_is_searched_as_a_whole(nets: FaceNets) -> None:
    page = draw_passport(invent_traveller(7, today=TODAY), seed=7).image
    portrait = take_portrait(nets, image(page), kind("xx.passport"))
    assert portrait.card_sha256 == "a" * 64
    assert photo_of(nets, image(page), kind("xx.passport")).reveal().startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("reason", "spoil"),
    [
        ("no_face", lambda flat: np.full_like(flat, 128)),
        ("blurred", lambda flat: cv2.GaussianBlur(flat, (0, 0), 6)),
        ("dark", lambda flat: (flat * 0.15).astype(np.uint8)),
        ("too_small", lambda flat: cv2.resize(flat, None, fx=0.25, fy=0.25)),
    ],
)
def test_a_photo_that_cannot_be_compared_is_told_in_a_word(
    nets: FaceNets, reason: str, spoil: object
) -> None:
    assert callable(spoil)
    with pytest.raises(PortraitUnusable) as told:
        take_portrait(nets, image(spoil(card(1))), kind("cn.resident_id.2"))
    assert told.value.reason == reason


def test_two_photos_are_several_unless_one_is_small(nets: FaceNets) -> None:
    page = kind("xx.passport")
    two = cv2.hconcat([stand(1), stand(2)])
    with pytest.raises(PortraitUnusable) as told:
        take_portrait(nets, image(np.asarray(two, np.uint8)), page)
    assert told.value.reason == "several"
    small = stand(1)
    small[400:580, 1000:1140] = cv2.resize(stand(1)[60:700, 380:900], (140, 180))
    take_portrait(nets, image(small), page)


def test_the_side_without_a_photo_has_none(nets: FaceNets) -> None:
    emblem = draw_emblem_side(invent_person(1, term="twenty", today=TODAY), seed=1).image
    with pytest.raises(PortraitUnusable):
        photo_of(nets, image(emblem), kind("cn.resident_id.2"))


def test_bytes_that_are_no_picture_have_no_photo(nets: FaceNets) -> None:
    broken = replace(image(card(1)), jpeg=Private(b"no picture"))
    with pytest.raises(PortraitUnusable):
        photo_of(nets, broken, kind("cn.resident_id.2"))


@pytest.mark.parametrize("which", [FINDER, COMPARER, MANIFEST])
def test_without_its_files_it_says_so_and_what_remains(tmp_path: Path, which: str) -> None:
    for name in (FINDER, COMPARER, MANIFEST):
        if name != which:
            shutil.copy(MODELS / name, tmp_path)
    with pytest.raises(FaceModelsMissing) as told:
        load_faces(tmp_path)
    assert "second person" in told.value.advice


def test_a_damaged_network_is_not_loaded(tmp_path: Path) -> None:
    for name in (FINDER, COMPARER, MANIFEST):
        shutil.copy(MODELS / name, tmp_path)
    (tmp_path / FINDER).write_bytes((MODELS / FINDER).read_bytes()[:-1] + b"!")
    with pytest.raises(FaceModelsMissing):
        load_faces(tmp_path)


# ------------------------------------------------------------------ gates


def test_each_gate_has_its_hint(nets: FaceNets) -> None:
    good = only(nets, stand(0))
    light = measure_face(nets.align(stand(0), good))
    assert live_fault(good, light, good) is None
    assert place_fault(only(nets, stand(0, near=0.6)), 1280) == "FAC04"
    assert place_fault(replace(good, width=900.0), 1280) == "FAC13"
    assert live_fault(only(nets, stand(0, turn=-1)), light, good) == "FAC01"
    assert live_fault(good, replace(light, grey=20.0), good) == "FAC14"
    assert live_fault(good, replace(light, grey=240.0), good) == "FAC14"
    assert live_fault(good, replace(light, one_sided=0.8), good) == "FAC14"
    assert live_fault(good, replace(light, sharpness=3.0), good) == "FAC15"
    assert live_fault(good, light, replace(good, x=good.x + 60)) == "FAC15"
    assert live_fault(good, light, None) == "FAC15"


def test_a_printed_face_is_turned_or_too_bright_in_a_word(nets: FaceNets) -> None:
    good = only(nets, stand(0))
    light = measure_face(nets.align(stand(0), good))
    assert printed_fault(good, light) is None
    assert printed_fault(only(nets, stand(0, turn=-1)), light) == "turned"
    assert printed_fault(good, replace(light, grey=250.0)) == "bright"


def test_passers_by_are_not_people_at_the_counter(nets: FaceNets) -> None:
    near = only(nets, stand(0))
    far = replace(near, width=near.width * 0.3)
    assert people((near, far)) == (near,)
    assert people((near, near)) == (near, near)
    assert people(()) == ()


# ------------------------------------------------------------------ prints


def test_a_print_has_length_one_and_never_shows_itself() -> None:
    numbers = unit_print(np.arange(128, dtype=np.float32))
    assert likeness(numbers, numbers) == pytest.approx(1.0)
    assert "1" not in repr(numbers).replace("FacePrint", "")
    assert likeness(mean_print((numbers, numbers)), numbers) == pytest.approx(1.0)


def test_numbers_that_are_none_are_like_nobody() -> None:
    nothing = unit_print(np.full(128, np.nan, np.float32))
    other = FacePrint(np.full(128, 128**-0.5, np.float32))
    assert likeness(nothing, other) == 0.0
    assert likeness(unit_print(np.zeros(128, np.float32)), other) == 0.0


def test_boxes_that_do_not_touch_share_nothing(nets: FaceNets) -> None:
    face = only(nets, stand(0))
    assert overlap(face, face) == pytest.approx(1.0)
    assert overlap(face, replace(face, x=face.x + 1000)) == 0.0


# ------------------------------------------------------------------ hostile pictures


def test_hostile_pictures_are_answered_in_time_and_without_a_crash(nets: FaceNets) -> None:
    rng = np.random.default_rng(20261126)
    crowd = np.asarray(cv2.resize(stand(1), (80, 45)), np.uint8)
    pictures = [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((1, 9000, 3), np.uint8),
        np.zeros((9000, 30, 3), np.uint8),
        np.full((25, 25, 3), 255, np.uint8),
        np.tile(crowd, (12, 12, 1)),
        np.ascontiguousarray(stand(1)[::-1]),
        *(
            rng.integers(0, 256, (int(high), int(wide), 3), np.uint8)
            for high, wide in rng.integers(1, 900, (20, 2))
        ),
    ]
    for picture in pictures:
        for face in nets.find(picture):
            assert np.isfinite([face.turn, face.nod, face.spread]).all()
            aligned = nets.align(picture, face)
            assert aligned.shape == (112, 112, 3)
            assert np.isfinite(nets.print_of(aligned).numbers).all()
