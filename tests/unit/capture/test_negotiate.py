"""What is agreed with a camera's driver: the largest picture that comes fast enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pos_client.capture.negotiate import negotiate
from pos_client.capture.vision import cv2

if TYPE_CHECKING:
    from pos_client.model.camera_check import CameraMode

Modes = dict[tuple[int, int, str], float]


@dataclass
class Driver:
    """A driver with a table of modes; like real ones it gives the nearest to what was asked for.

    Its clock goes on by one picture's time with each picture.
    """

    modes: Modes
    broken_first: int = 0
    now: float = 0.0
    asked: dict[int, float] = field(default_factory=dict)
    history: list[tuple[int, int, str]] = field(default_factory=list)

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's own name
        return True

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's own name
        self.asked[propId] = value
        return True

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's own name
        return float(cv2.VideoWriter.fourcc(*self.mode[2])) if propId == cv2.CAP_PROP_FOURCC else 0

    def read(self) -> tuple[bool, Any]:
        if self.broken_first:
            self.broken_first -= 1
            return False, None
        width, height, _ = self.mode
        if not self.history or self.history[-1] != self.mode:
            self.history.append(self.mode)
        self.now += 1 / self.modes[self.mode]
        return True, np.zeros((height, width, 3), np.uint8)

    def release(self) -> None: ...

    @property
    def mode(self) -> tuple[int, int, str]:
        wanted = self.asked.get(cv2.CAP_PROP_FRAME_WIDTH, 640)
        form = int(self.asked.get(cv2.CAP_PROP_FOURCC, 0))
        packed = form == cv2.VideoWriter.fourcc(*"MJPG")
        return min(
            self.modes, key=lambda mode: (abs(mode[0] - wanted), (mode[2] == "MJPG") != packed)
        )


def agreed(driver: Driver) -> CameraMode | None:
    return negotiate(driver, monotonic=lambda: driver.now)


@pytest.mark.parametrize(
    ("modes", "got"),
    [
        ({(1920, 1080, "MJPG"): 30, (1280, 720, "MJPG"): 30}, "1920 x 1080 MJPG, 30/s"),
        ({(1920, 1080, "MJPG"): 8, (1280, 720, "MJPG"): 30}, "1280 x 720 MJPG, 30/s"),
        ({(1920, 1080, "YUYV"): 5, (1280, 720, "YUYV"): 10, (640, 480, "YUYV"): 30},
         "640 x 480 YUYV, 30/s"),
        ({(1280, 720, "MJPG"): 30, (640, 480, "YUYV"): 30}, "1280 x 720 MJPG, 30/s"),
        ({(640, 480, "YUYV"): 25}, "640 x 480 YUYV, 25/s"),
    ],
)  # fmt: skip
def test_the_largest_picture_that_comes_fast_enough_is_taken(modes: Modes, got: str) -> None:
    driver = Driver(modes)
    mode = agreed(driver)
    assert str(mode) == got
    assert f"{driver.mode[0]} x {driver.mode[1]} {driver.mode[2]}" == got.partition(",")[0]


def test_in_a_dark_shop_where_all_is_slow_the_fastest_is_taken() -> None:
    dark = Driver({(1920, 1080, "MJPG"): 5, (1280, 720, "MJPG"): 12, (640, 480, "YUYV"): 10})
    assert str(agreed(dark)) == "1280 x 720 MJPG, 12/s"
    assert dark.mode[:2] == (1280, 720)


def test_the_first_broken_pictures_of_a_mode_are_forgiven() -> None:
    assert agreed(Driver({(1280, 720, "MJPG"): 30}, broken_first=3)) is not None


def test_a_driver_that_gives_no_picture_agrees_on_nothing() -> None:
    assert agreed(Driver({(1280, 720, "MJPG"): 30}, broken_first=10**6)) is None


def test_exposure_focus_and_colours_are_left_to_follow_the_light() -> None:
    driver = Driver({(1280, 720, "MJPG"): 30})
    agreed(driver)
    assert driver.asked[cv2.CAP_PROP_AUTOFOCUS] == 1
    assert driver.asked[cv2.CAP_PROP_AUTO_EXPOSURE] in {1, 3}
    assert driver.asked[cv2.CAP_PROP_BUFFERSIZE] == 1


def test_a_slow_camera_is_not_waited_for_long() -> None:
    driver = Driver({(1920, 1080, "YUYV"): 2, (1280, 720, "YUYV"): 2, (640, 480, "YUYV"): 2})
    agreed(driver)
    assert driver.now < 10.0
