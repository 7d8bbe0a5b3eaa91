"""Screens, copies and pictures that were delivered before are suspected; original cards are not."""

import numpy as np
import pytest

from pos_client.capture.originality import PicturesBefore, examine
from pos_client.model.originality import Sign
from specimens.attacks import grey_copy, on_screen
from specimens.camera import shoot
from specimens.persons import invent_person
from specimens.resident_id import draw_portrait_side
from specimens.specimen import Specimen

SEEDS = (11, 12, 13)


@pytest.fixture(scope="module", params=SEEDS)
def card(request: pytest.FixtureRequest) -> Specimen:
    return draw_portrait_side(invent_person(request.param), seed=request.param)


def suspected(specimen: Specimen, seed: int) -> set[Sign]:
    shot = shoot(specimen, seed=seed)
    return {each.sign for each in examine(shot.frame, shot.corners) if each.suspected}


def test_an_original_card_is_not_suspected(card: Specimen) -> None:
    assert suspected(card, 5) == set()


def test_a_copy_without_colour_is_suspected(card: Specimen) -> None:
    assert Sign.GREY in suspected(grey_copy(card, 5), 5)


def test_a_coarse_screen_is_suspected(card: Specimen) -> None:
    assert any(Sign.RASTER in suspected(on_screen(card, seed), seed) for seed in range(4))


def test_a_card_too_small_to_judge_is_not_judged() -> None:
    quad = np.array([(10, 10), (60, 10), (60, 40), (10, 40)], np.float64)
    assert examine(np.full((120, 160, 3), 128, np.uint8), quad) == ()


def test_the_same_picture_is_known_again_for_the_next_customer_only(card: Specimen) -> None:
    pictures = PicturesBefore()
    frame = shoot(card, seed=8, difficulty="medium").frame
    assert not pictures.examine(frame).suspected
    assert not pictures.examine(frame).suspected, "the same visit may take it twice"
    pictures.next_visit()
    assert pictures.examine(frame).suspected


def test_another_card_at_the_same_place_is_another_picture(card: Specimen) -> None:
    pictures = PicturesBefore()
    pictures.examine(shoot(card, seed=8).frame)
    pictures.next_visit()
    other = draw_portrait_side(invent_person(77), seed=77)
    assert not pictures.examine(shoot(other, seed=8).frame).suspected
