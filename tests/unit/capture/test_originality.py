"""Screens and copies are suspected; original cards are not."""

import cv2
import numpy as np
import pytest

from pos_client.capture.originality import examine
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


def test_a_camera_without_colour_says_nothing_of_copies(card: Specimen) -> None:
    shot = shoot(card, seed=5)
    grey = cv2.cvtColor(shot.frame, cv2.COLOR_BGR2GRAY)
    delivered = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
    assert Sign.GREY not in {each.sign for each in examine(delivered, shot.corners)}
