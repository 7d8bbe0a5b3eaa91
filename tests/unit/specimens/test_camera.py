"""The imaginary webcam keeps the whole document in view and says truly where its corners are."""

import random
from itertools import pairwise

import cv2
import numpy as np
import pytest

from specimens.camera import FRAME_SIZE, scene, shoot
from specimens.desks import KINDS, desk
from specimens.hand import hold
from specimens.mrz_documents import draw_passport
from specimens.optics import DIFFICULTIES, Difficulty, Optics, apply_optics, draw_optics
from specimens.persons import invent_person, invent_traveller
from specimens.pose import ROTATIONS, Pose, Rotation, corners_of, draw_pose
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.specimen import PX_PER_MM, Image, Specimen

CARD = draw_portrait_side(invent_person(1), seed=1)
PASSPORT = draw_passport(invent_traveller(1), seed=1)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - it disturbs a picture, it guards nothing


def straightened(frame: Image, corners: np.ndarray, specimen: Specimen) -> Image:
    height, width = specimen.image.shape[:2]
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return np.asarray(cv2.warpPerspective(frame, view, (width, height)), np.uint8)


def likeness(first: Image, second: Image) -> float:
    """Correlation of the two pictures in grey, 1 for equal."""
    greys = [cv2.cvtColor(cv2.blur(each, (9, 9)), cv2.COLOR_BGR2GRAY) for each in (first, second)]
    return float(np.corrcoef(greys[0].ravel(), greys[1].ravel())[0, 1])


@pytest.mark.parametrize("rotation", ROTATIONS)
@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_the_whole_document_is_inside_the_frame(difficulty: Difficulty, rotation: Rotation) -> None:
    for seed, specimen in enumerate((CARD, PASSPORT)):
        shot = shoot(specimen, seed=seed, difficulty=difficulty, rotation=rotation)
        assert shot.frame.shape == (720, 1280, 3)
        assert shot.frame.dtype == np.uint8
        dice = seeded(seed)
        for _ in range(20):
            pose = draw_pose(specimen, dice, difficulty, rotation, FRAME_SIZE)
            corners = corners_of(pose, specimen.width_mm / specimen.height_mm, FRAME_SIZE)
            assert corners.min() >= 0
            assert (corners.max(axis=0) <= FRAME_SIZE).all()


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_the_corners_lead_back_to_the_drawing_upright(rotation: Rotation) -> None:
    for specimen in (CARD, PASSPORT):
        shot = shoot(specimen, seed=3, difficulty="easy", rotation=rotation)
        seen = straightened(shot.frame, shot.corners, specimen)
        assert likeness(seen, specimen.image) > 0.8
        turned = np.asarray(cv2.rotate(seen, cv2.ROTATE_180), np.uint8)
        assert likeness(turned, specimen.image) < 0.6


def test_a_quarter_turn_is_clockwise() -> None:
    shot = shoot(CARD, seed=2, difficulty="easy", rotation=90)
    top_left, top_right = shot.corners[0], shot.corners[1]
    assert top_right[1] - top_left[1] > 300
    assert abs(top_right[0] - top_left[0]) < 60


def test_an_easy_card_fills_most_of_the_frame() -> None:
    for seed in range(3):
        lying = shoot(CARD, seed=seed, difficulty="easy").corners
        assert 0.58 * 1280 < np.linalg.norm(lying[1] - lying[0]) < 0.85 * 1280
        standing = shoot(CARD, seed=seed, difficulty="easy", rotation=270).corners
        assert 0.7 * 720 < np.linalg.norm(standing[1] - standing[0]) < 0.97 * 720


def test_the_same_seed_takes_the_same_picture_and_another_seed_another() -> None:
    first = shoot(CARD, seed=5, difficulty="hard")
    assert np.array_equal(first.frame, shoot(CARD, seed=5, difficulty="hard").frame)
    assert not np.array_equal(first.frame, shoot(CARD, seed=6, difficulty="hard").frame)


def test_harder_pictures_are_less_like_the_drawing() -> None:
    def mean_likeness(difficulty: Difficulty) -> float:
        shots = [shoot(CARD, seed=seed, difficulty=difficulty) for seed in range(4)]
        seen = [straightened(shot.frame, shot.corners, CARD) for shot in shots]
        return float(np.mean([likeness(each, CARD.image) for each in seen]))

    assert mean_likeness("easy") > mean_likeness("hard")


def test_a_thumb_covers_the_edge_and_no_value() -> None:
    for specimen in (CARD, PASSPORT):
        height, width = specimen.image.shape[:2]
        flat = specimen.image.copy()
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
        for seed in range(6):
            hold(flat, specimen, corners, seeded(seed))
        covered = (flat != specimen.image).any(axis=2)
        assert covered.any()
        assert not covered[:, : width - 5 * PX_PER_MM].any()


def test_a_steady_view_is_played_from_a_few_pictures() -> None:
    frames = list(scene(CARD, seed=4, seconds=3, fps=20))
    assert len({frame.tobytes() for frame in frames[20:50]}) <= 6


def test_other_frame_sizes_work() -> None:
    shot = shoot(CARD, seed=1, difficulty="medium", size=(1920, 1080))
    assert shot.frame.shape == (1080, 1920, 3)
    assert (shot.corners.max(axis=0) <= (1920, 1080)).all()


def test_a_flat_pose_gives_a_rectangle_about_its_centre() -> None:
    corners = corners_of(Pose((640, 360), 800), 1.6, FRAME_SIZE)
    assert np.allclose(corners, [(240, 110), (1040, 110), (1040, 610), (240, 610)])


def test_a_perfect_camera_changes_nothing() -> None:
    frame = desk("wood", 0, (320, 180))
    assert np.array_equal(apply_optics(frame, Optics(), seeded(1)), frame)


def test_each_fault_changes_the_picture_and_never_its_shape() -> None:
    frame = desk("paper", 1, (320, 180))
    faults = (
        Optics(blur_px=1.5),
        Optics(motion_px=7, motion_deg=30),
        Optics(glare=120),
        Optics(shade=0.5, shade_deg=90),
        Optics(gain=0.5),
        Optics(gamma=1.3),
        Optics(white=(0.8, 1.0, 1.2)),
        Optics(noise=8),
        Optics(jpeg=50),
    )
    for fault in faults:
        seen = apply_optics(frame, fault, seeded(1))
        assert seen.shape == frame.shape
        assert not np.array_equal(seen, frame)


def test_harder_cameras_are_noisier_on_average() -> None:
    rng = seeded(3)
    means = [
        np.mean([draw_optics(rng, difficulty).noise for _ in range(50)])
        for difficulty in DIFFICULTIES
    ]
    assert means == sorted(means)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_can_be_painted_and_has_texture(kind: str) -> None:
    table = desk(kind, 2, (640, 360))
    assert table.shape == (360, 640, 3)
    assert table.std() > 2


def test_a_scene_begins_empty_holds_the_document_steady_and_ends_empty() -> None:
    frames = list(scene(CARD, seed=4, seconds=3, fps=10))
    assert len(frames) == 30
    small = [cv2.resize(frame, (160, 90), interpolation=cv2.INTER_AREA) for frame in frames]
    change = [float(cv2.absdiff(a, b).mean()) for a, b in pairwise(small)]
    steady = change[10:24]
    assert max(steady) < 3
    assert max(change[2:10]) > 6
    assert float(cv2.absdiff(small[0], small[-1]).mean()) < 3
    assert float(cv2.absdiff(small[0], small[15]).mean()) > 6


def test_scenes_of_one_seed_share_the_table() -> None:
    emblem = draw_emblem_side(invent_person(1), seed=1)
    first = next(scene(CARD, seed=8, seconds=1))
    second = next(scene(emblem, seed=8, seconds=1))
    assert float(cv2.absdiff(first, second).mean()) < 3
