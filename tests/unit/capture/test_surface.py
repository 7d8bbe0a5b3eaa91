"""What can be seen of a card's print: measured on drawn cards whose faults are known."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from pos_client import resources
from pos_client.capture.anchors import Kind
from pos_client.capture.frame import Frame
from pos_client.capture.geometry import outline
from pos_client.capture.guidance import MOST_GLARE
from pos_client.capture.locate import Found, placed
from pos_client.capture.surface import Surface, see_surface
from pos_client.documents import load_documents
from specimens.hand import hold
from specimens.optics import Optics, apply_optics
from specimens.persons import invent_person
from specimens.pose import Pose
from specimens.resident_id import draw_portrait_side
from specimens.tabletop import lay
from tests.fakes.cameras import NOON, frame, picture, spot

if TYPE_CHECKING:
    from specimens.specimen import Image

SIZE = (1280, 720)
CARD = draw_portrait_side(invent_person(4), seed=4)
TABLE = np.full((720, 1280, 3), (70, 90, 110), np.uint8)
DARK_TABLE = np.full((720, 1280, 3), (52, 46, 42), np.uint8)
GOOD = Optics(blur_px=0.5, noise=2.0)


def shown(optics: Optics, *, width_px: float = 800, reach_mm: float = 0.0) -> Surface:
    """See the drawn card with these faults; where it lies is known exactly."""
    pose = Pose(centre=(640, 360), width_px=width_px)
    pixels, corners = lay(CARD, pose, TABLE)
    if reach_mm:
        hold(pixels, CARD, corners, random.Random(5), tip_mm=(reach_mm, 30))  # noqa: S311 - a seed
    return seen(apply_optics(pixels, optics, random.Random(5)), corners)  # noqa: S311 - a seed


def seen(pixels: Image, corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Surface:
    document = next(
        each for each in load_documents(resources.folder("documents")) if each.code == CARD.kind
    )
    side = next(each for each in document.sides if each.side == CARD.side)
    kind = Kind(document, side)
    width, height = kind.size_mm
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    view = np.asarray(cv2.getPerspectiveTransform(flat, corners.astype(np.float32)), np.float64)
    assert outline(view, kind.size_mm).top_left == pytest.approx(tuple(corners[0]), abs=0.01)
    here = Frame(pixels, "test", NOON)
    return see_surface(pixels, placed(here, Found(kind, view, (), ())))


def test_a_good_view_has_no_fault_to_speak_of() -> None:
    good = shown(GOOD)
    assert good.px_per_mm == pytest.approx(800 / 85.6, rel=0.02)
    assert good.blur_mm < 0.1
    assert good.paper > 150
    assert (good.glare, good.hidden) == (0.0, 0.0)
    assert good.clipped < 0.1


def test_the_blur_is_measured_in_millimetres_whatever_the_distance() -> None:
    blurs = [shown(replace(GOOD, blur_px=px)).blur_mm for px in (0.5, 1.5, 3.0)]
    assert blurs == sorted(blurs)
    assert blurs[2] > 3 * blurs[0]
    near, far = (
        shown(replace(GOOD, blur_px=0.2 * width / 85.6), width_px=width) for width in (560, 900)
    )
    assert near.blur_mm == pytest.approx(far.blur_mm, rel=0.25)


def test_a_movement_smears_in_one_direction_and_a_lens_in_all() -> None:
    assert shown(replace(GOOD, motion_px=9.0)).smear > 1.4
    assert shown(replace(GOOD, blur_px=2.0)).smear < 1.3


def test_noise_and_darkness_do_not_look_sharp() -> None:
    dark = shown(replace(GOOD, blur_px=2.5, gain=0.3, noise=6.0))
    assert dark.paper < 90
    assert dark.blur_mm > 0.12


def test_glare_counts_over_a_field_and_not_beside_it() -> None:
    address = shown(replace(GOOD, glare=240, glare_at=(0.46, 0.5), glare_size=(0.06, 0.05)))
    portrait = shown(replace(GOOD, glare=240, glare_at=(0.72, 0.42), glare_size=(0.04, 0.04)))
    assert address.glare > 0.08
    assert portrait.glare < 0.02


def test_a_card_that_is_too_bright_everywhere_has_no_reflection() -> None:
    burnt = shown(replace(GOOD, gain=6.0))
    assert burnt.clipped > 0.6
    assert burnt.glare == 0.0


def test_a_reflection_on_a_card_that_is_too_bright_is_seen_by_the_print_it_took() -> None:
    burnt = replace(GOOD, gain=3.0, glare=240, glare_at=(0.25, 0.25), glare_size=(0.16, 0.2))
    assert shown(burnt).glare > MOST_GLARE.starts


def test_a_card_found_beside_its_place_is_not_covered_by_its_own_paper() -> None:
    """On a dark table a camera makes the card white; found 3 mm too high its edges are grey."""
    pixels, corners = lay(CARD, Pose(centre=(640, 360), width_px=548), DARK_TABLE)
    hold(pixels, CARD, corners, random.Random(5), tip_mm=(3, 30))  # noqa: S311 - a seed
    lit = apply_optics(pixels, replace(GOOD, gain=2.0), random.Random(5))  # noqa: S311 - a seed
    beside = corners + np.array([(-12, -20), (18, -13), (7, -4), (-3, -3)])
    assert seen(lit, beside).hidden == 0.0


def test_a_thumb_at_the_edge_hides_nothing_and_one_on_the_print_does() -> None:
    assert shown(GOOD, reach_mm=3).hidden == 0.0
    assert shown(GOOD, reach_mm=50).hidden > 0.1


def test_print_of_no_known_kind_is_measured_too() -> None:
    unknown = see_surface(picture(7), spot(document=None, side=None))
    assert unknown.px_per_mm == pytest.approx(120 / 54, rel=0.05)


def test_a_card_outside_the_frame_is_no_crash() -> None:
    blank = frame(np.full((180, 320, 3), 255, np.uint8))
    far_out = spot()
    moved = replace(far_out, quad=replace(far_out.quad, top_left=(-900.0, -900.0)))
    surface = see_surface(blank.pixels, moved)
    assert surface.clipped >= 0.0
