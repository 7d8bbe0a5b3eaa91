"""A camera is graded on a target that is drawn, photographed with known faults, and measured."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import pytest

from pos_client.capture.camera_grades import Laid, lay_flat, report
from pos_client.capture.frame import Frame
from pos_client.capture.target import target
from pos_client.model.camera_check import TARGET_MM, Aspect, CameraMode, CameraReport, Grade
from specimens.optics import Optics, apply_optics
from specimens.pose import Pose
from specimens.specimen import Specimen
from specimens.tabletop import lay

if TYPE_CHECKING:
    from specimens.specimen import Image

SIZE: Final = (1280, 720)
TABLE: Final = np.full((720, 1280, 3), (70, 90, 110), np.uint8)
GOOD: Final = Optics(blur_px=0.4, noise=2.0, gain=0.93)
MODE: Final = CameraMode(*SIZE, form="MJPG", fps=30)
_FINE: Final = 30


def drawn() -> Image:
    """The target as a printer would put it on paper, 15 pixels to the millimetre."""
    width, height = (round(each * _FINE) for each in TARGET_MM)
    paper = np.full((height, width, 3), 255, np.uint8)
    for each in target().patches:
        left, top = round(each.left * _FINE), round(each.top * _FINE)
        right = round((each.left + each.width) * _FINE)
        bottom = round((each.top + each.height) * _FINE)
        paper[top:bottom, left:right] = each.rgb[::-1]
    return np.asarray(cv2.resize(paper, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


PRINT: Final = Specimen("target", "data", drawn(), {}, corner_mm=0.5)


def photographed(optics: Optics, *, width_px: float = 900, count: int = 4) -> list[Laid]:
    pose = Pose((640, 360), width_px, roll_deg=4, tilt_x_deg=6)
    found = []
    for number in range(count):
        pixels, _ = lay(PRINT, pose, TABLE)
        seen = apply_optics(pixels, optics, random.Random(number))  # noqa: S311 - a seed
        laid = lay_flat(Frame(seen, "test", datetime(2030, 1, 1, tzinfo=UTC), number))
        assert laid is not None, "the target is in sight"
        found.append(laid)
    return found


def graded(optics: Optics, *, width_px: float = 900, fps: float = 30.0) -> CameraReport:
    return report("test", MODE, photographed(optics, width_px=width_px), fps)


def grade_of(graded_: CameraReport, aspect: Aspect) -> Grade:
    return next(mark.grade for mark in graded_.marks if mark.aspect is aspect)


def test_a_good_camera_gets_good_marks_and_no_advice() -> None:
    good = graded(GOOD)
    assert {mark.aspect: mark.grade for mark in good.marks} == dict.fromkeys(Aspect, Grade.GOOD)
    assert [mark.problem for mark in good.marks] == [None] * len(Aspect)
    assert good.grade is Grade.GOOD


@pytest.mark.parametrize(
    ("aspect", "worse"),
    [
        (Aspect.FOCUS, replace(GOOD, blur_px=2.4)),
        (Aspect.EXPOSURE, replace(GOOD, gain=0.3)),
        (Aspect.EXPOSURE, replace(GOOD, gain=1.8)),
        (Aspect.NOISE, replace(GOOD, noise=30.0)),
        (Aspect.COLOUR, replace(GOOD, white=(0.6, 1.0, 1.3))),
    ],
)
def test_each_fault_is_found_and_something_is_said_to_do(aspect: Aspect, worse: Optics) -> None:
    bad = graded(worse)
    mark = next(each for each in bad.marks if each.aspect is aspect)
    assert mark.grade is Grade.POOR
    assert mark.problem is not None
    assert mark.problem.advice
    assert bad.grade is Grade.POOR


def test_a_target_that_is_far_away_has_too_few_pixels() -> None:
    assert grade_of(graded(GOOD, width_px=900), Aspect.RESOLUTION) is Grade.GOOD
    assert grade_of(graded(GOOD, width_px=620), Aspect.RESOLUTION) is Grade.FAIR
    assert grade_of(graded(GOOD, width_px=480), Aspect.RESOLUTION) is Grade.POOR


def test_a_slow_camera_is_told_from_a_fast_one() -> None:
    laid = photographed(GOOD, count=2)
    grades = [grade_of(report("test", MODE, laid, fps), Aspect.SPEED) for fps in (30, 15, 5)]
    assert grades == [Grade.GOOD, Grade.FAIR, Grade.POOR]


def test_finer_lines_than_the_sensor_has_are_not_believed() -> None:
    """A coarse sensor makes a few broad stripes of many fine ones; that is no resolution."""
    far = report("test", MODE, photographed(GOOD, width_px=480), 30)
    focus = next(mark for mark in far.marks if mark.aspect is Aspect.FOCUS)
    assert focus.figure <= 480 / TARGET_MM[0] / 2


def test_without_the_target_there_is_nothing_to_grade() -> None:
    assert lay_flat(Frame(TABLE, "test", datetime(2030, 1, 1, tzinfo=UTC))) is None


def test_a_thumb_on_one_corner_does_not_matter() -> None:
    pixels, corners = lay(PRINT, Pose((640, 360), 900), TABLE)
    x, y = (round(float(each)) for each in corners[2])
    pixels[y - 130 : y + 20, x - 130 : x + 20] = (120, 150, 200)
    assert lay_flat(Frame(pixels, "test", datetime(2030, 1, 1, tzinfo=UTC))) is not None
