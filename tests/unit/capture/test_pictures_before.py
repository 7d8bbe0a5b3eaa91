"""The same picture is known again, packed anew or not; another card in the same place is not."""

import cv2
import numpy as np
import pytest

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.pictures_before import PicturesBefore
from specimens.camera import Shot, shoot
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side


def delivered(shot: Shot, moment: int, quality: int = 85) -> Pixels:
    """What a camera delivers of a scene at one moment: with the noise of that moment."""
    noise = np.random.default_rng(moment).normal(0, 2, shot.frame.shape)
    return packed(np.clip(shot.frame + noise, 0, 255).astype(np.uint8), quality)


def packed(picture: Pixels, quality: int) -> Pixels:
    unpacked = cv2.imdecode(cv2.imencode(".jpg", picture, (1, quality))[1], cv2.IMREAD_COLOR)
    assert unpacked is not None
    return np.asarray(unpacked, np.uint8)


def seen_by_an_earlier_customer(picture: Pixels, quad: Floats) -> PicturesBefore:
    pictures = PicturesBefore()
    assert not pictures.examine(picture, quad).suspected
    assert not pictures.examine(picture, quad).suspected, "the same visit may take it twice"
    pictures.next_visit()
    return pictures


@pytest.fixture(scope="module")
def shot() -> Shot:
    return shoot(draw_portrait_side(invent_person(11), seed=11), seed=8, difficulty="medium")


def test_the_same_picture_is_known_again_for_the_next_customer_only(shot: Shot) -> None:
    frame = delivered(shot, 1)
    pictures = seen_by_an_earlier_customer(frame, shot.corners)
    assert pictures.examine(frame, shot.corners).suspected


@pytest.mark.parametrize("quality", [92, 80])
def test_packing_it_again_does_not_make_it_another(shot: Shot, quality: int) -> None:
    frame = delivered(shot, 1)
    pictures = seen_by_an_earlier_customer(frame, shot.corners)
    assert pictures.examine(packed(frame, quality), shot.corners).suspected


def test_neither_does_light_or_size(shot: Shot) -> None:
    frame = delivered(shot, 1)
    pictures = seen_by_an_earlier_customer(frame, shot.corners)
    brighter = (255 * (frame / 255.0) ** 0.75).astype(np.uint8)
    assert pictures.examine(brighter, shot.corners).suspected
    larger = cv2.resize(frame, None, fx=1.5, fy=1.5)
    assert pictures.examine(np.asarray(larger, np.uint8), shot.corners * 1.5).suspected


def test_the_same_card_taken_again_is_another_picture(shot: Shot) -> None:
    pictures = seen_by_an_earlier_customer(delivered(shot, 1), shot.corners)
    assert not pictures.examine(delivered(shot, 2), shot.corners).suspected


def test_emblem_sides_in_a_stand_are_other_pictures_although_their_print_is_one() -> None:
    people = [invent_person(each) for each in (21, 22, 23, 24)]
    stand = [shoot(draw_emblem_side(each, seed=5), seed=9) for each in people]
    pictures = PicturesBefore()
    for moment, side in enumerate(stand):
        assert not pictures.examine(delivered(side, moment), side.corners).suspected
        pictures.next_visit()


def test_a_picture_without_noise_says_nothing() -> None:
    flat, quad = (
        np.full((720, 1280, 3), 128, np.uint8),
        np.array([(9, 9), (900, 9), (900, 600), (9, 600)]),
    )
    pictures = seen_by_an_earlier_customer(flat, quad.astype(np.float64))
    assert not pictures.examine(flat, quad.astype(np.float64)).suspected
