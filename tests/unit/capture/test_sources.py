"""Everything that stands in for a camera keeps the camera's promise: newest picture, in time."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pos_client.capture import cameras
from pos_client.capture.camera_problems import CameraInUse, CameraLost, CameraNotFound, NoPictures
from pos_client.capture.cameras import Camera
from pos_client.capture.pace import Pace
from pos_client.capture.source_device import DeviceSource
from pos_client.capture.source_folder import FolderSource
from pos_client.capture.source_synthetic import SyntheticSource, empty_desk
from pos_client.capture.source_video import VideoSource
from pos_client.capture.sources import camera_names, open_source
from pos_client.capture.vision import cv2
from tests.fakes.cameras import NOON, picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


def clock() -> datetime:
    return NOON


@dataclass
class Wrist:
    """A watch that is turned by hand: waiting on it takes no time."""

    now: float = 0.0

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return False

    def pace(self, fps: float) -> Pace:
        return Pace(fps, monotonic=lambda: self.now, wait=self.wait)


def test_pace_waits_for_the_next_picture_and_skips_those_that_are_late() -> None:
    wrist = Wrist()
    pace = wrist.pace(10)
    assert [pace.next_due() for _ in range(3)] == [0, 1, 2]
    assert wrist.now == pytest.approx(0.2)
    wrist.now = 1.05
    assert [pace.next_due(), pace.next_due()] == [10, 11]
    assert wrist.now == pytest.approx(1.1)


# -- video ------------------------------------------------------------------------------------
def grey(level: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.full((120, 160, 3), level, np.uint8)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Twenty pictures, each 10 levels brighter than the one before, at 10 a second."""
    path = tmp_path / "证件.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (160, 120))
    for number in range(20):
        writer.write(grey(number * 10))
    writer.release()
    return path


def shown_level(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> int:
    return round(float(pixels.mean()) / 10)


def test_a_video_plays_every_picture_to_one_who_keeps_up(video: Path) -> None:
    wrist = Wrist()
    source = VideoSource(video, clock, make_pace=wrist.pace)
    levels = []
    while (frame := source.read()) is not None:
        assert (frame.captured_at, frame.pixels.shape) == (NOON, (120, 160, 3))
        levels.append(shown_level(frame.pixels))
    assert levels == list(range(20))
    assert wrist.now == pytest.approx(2.0, abs=0.11)


def test_a_video_drops_pictures_instead_of_lagging(video: Path) -> None:
    wrist = Wrist()
    source = VideoSource(video, clock, make_pace=wrist.pace)
    assert source.read() is not None
    wrist.now = 1.52
    late = source.read()
    assert late is not None
    assert (late.number, shown_level(late.pixels)) == (15, 15)


def test_a_video_starts_again_after_it_was_closed(video: Path) -> None:
    source = VideoSource(video, clock, make_pace=Wrist().pace)
    while source.read() is not None:
        pass
    source.close()
    source.close()
    again = source.read()
    assert again is not None
    assert (again.number, shown_level(again.pixels)) == (0, 0)


def test_what_is_no_video_is_a_problem(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all")
    for path in (broken, tmp_path / "absent.mp4"):
        with pytest.raises(NoPictures):
            VideoSource(path, clock).read()
    assert capfd.readouterr() == ("", "")


# -- folder -----------------------------------------------------------------------------------
def test_a_folder_shows_its_pictures_in_order_and_passes_over_the_rest(tmp_path: Path) -> None:
    for name, level in (("b.png", 60), ("a.jpg", 30), ("身份证.bmp", 90)):
        done, data = cv2.imencode(name[-4:], grey(level))
        assert done
        (tmp_path / name).write_bytes(data.tobytes())
    (tmp_path / "aa.png").write_bytes(b"broken")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no picture", encoding="utf-8")
    source = FolderSource(tmp_path, clock, hold_s=0.1, make_pace=Wrist().pace)
    levels = []
    while (frame := source.read()) is not None:
        levels.append(shown_level(frame.pixels))
    assert levels == [3] * 3 + [6] * 3 + [9] * 3


def test_a_folder_without_pictures_is_a_problem(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NoPictures):
            FolderSource(folder, clock).read()


# -- synthetic --------------------------------------------------------------------------------
def test_a_scene_plays_once_between_empty_desks() -> None:
    source = SyntheticSource(clock, empty=grey(0), make_pace=Wrist().pace)
    assert shown_level(source.read().pixels) == 0
    source.show(lambda: [grey(10), grey(20)])
    assert not source.wait_until_over(0)
    assert [shown_level(source.read().pixels) for _ in range(4)] == [1, 2, 0, 0]
    assert source.wait_until_over(0)


def test_a_new_scene_takes_the_place_of_the_old_one() -> None:
    source = SyntheticSource(clock, empty=grey(0), make_pace=Wrist().pace)
    source.show(lambda: (grey(10) for _ in range(100)))
    source.read()
    source.show(lambda: [grey(50)])
    assert [shown_level(source.read().pixels) for _ in range(2)] == [5, 0]
    source.show(lambda: [grey(50)])
    source.clear()
    assert shown_level(source.read().pixels) == 0


def test_a_scene_plays_on_where_the_camera_was_closed_in_between() -> None:
    source = SyntheticSource(clock, empty=grey(0), make_pace=Wrist().pace)
    source.show(lambda: [grey(10), grey(20)])
    assert shown_level(source.read().pixels) == 1
    source.close()
    source.close()
    assert shown_level(source.read().pixels) == 2


# -- device -----------------------------------------------------------------------------------
@dataclass
class FakeDevice:
    """What a driver gives back: pictures, then failures."""

    pictures: int = 1000
    opens: bool = True
    released: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's own name
        return self.opens

    def read(self) -> tuple[bool, Any]:
        self.pictures -= 1
        return (True, picture(3)) if self.pictures >= 0 else (False, None)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803 - OpenCV's own name
        return True

    def get(self, propId: int) -> float:  # noqa: N803 - OpenCV's own name
        return 0.0

    def release(self) -> None:
        self.released += 1
        self.let_go.set()


#: Pictures that are looked at before the first is given out, where four sizes have to be tried.
AGREED = 36
LISTED = (Camera("Desk Cam", 0, 200), Camera("Desk Cam (2)", 2, 200), Camera("Built-in", 4, 200))


def device_source(
    wanted: str | int,
    opener: Callable[[int, int], FakeDevice],
    listed: tuple[Camera, ...] = LISTED,
    **how: float,
) -> DeviceSource:
    return DeviceSource(wanted, clock, opener=opener, cameras=lambda: listed, **how)


@pytest.mark.parametrize(
    ("wanted", "index"), [("Desk Cam", 0), ("desk cam (2)", 2), ("built", 4), (2, 2), (7, 7)]
)
def test_a_camera_is_opened_by_its_name_or_number(wanted: str | int, index: int) -> None:
    opened: list[int] = []

    def opener(number: int, _backend: int) -> FakeDevice:
        opened.append(number)
        return FakeDevice()

    source = device_source(wanted, opener)
    first, second = source.read(), source.read()
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (0, 1)
    assert opened == [index]


def test_a_camera_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(CameraNotFound):
        device_source("Other", lambda *_: FakeDevice()).read()
    with pytest.raises(CameraNotFound):
        device_source(9, lambda *_: FakeDevice(opens=False)).read()


def test_a_camera_that_is_listed_but_does_not_open_is_in_use() -> None:
    with pytest.raises(CameraInUse):
        device_source("Built-in", lambda *_: FakeDevice(opens=False)).read()


def slow(device: FakeDevice) -> tuple[DeviceSource, threading.Event]:
    """A camera whose driver takes until the event is set."""
    done = threading.Event()

    def opener(_index: int, _backend: int) -> FakeDevice:
        done.wait(20)
        return device

    return device_source("Built-in", opener, open_within_s=0.01), done


def test_a_slow_driver_is_not_waited_for_and_its_camera_found_open_later() -> None:
    source, done = slow(FakeDevice())
    for _ in range(3):
        with pytest.raises(CameraInUse):
            source.read()
    done.set()
    while True:
        try:
            frame = source.read()
        except CameraInUse:
            continue
        break
    assert frame is not None


def test_a_camera_that_opens_after_it_was_given_up_is_let_go() -> None:
    device = FakeDevice()
    source, done = slow(device)
    with pytest.raises(CameraInUse):
        source.read()
    source.close()
    done.set()
    assert device.let_go.wait(20)


def test_a_camera_that_goes_silent_is_lost_and_can_be_opened_again() -> None:
    devices = [FakeDevice(pictures=AGREED + 2), FakeDevice(pictures=AGREED + 5)]
    queue = iter(devices)
    source = device_source(0, lambda *_: next(queue))
    assert source.read() is not None
    assert source.read() is not None
    with pytest.raises(CameraLost):
        source.read()
    assert devices[0].released == 1
    again = source.read()
    assert again is not None
    assert again.number == 0


def test_closing_lets_the_camera_go_once() -> None:
    device = FakeDevice()
    source = device_source(0, lambda *_: device)
    source.read()
    source.close()
    source.close()
    assert device.released == 1


def test_a_number_without_a_camera_is_a_quick_and_quiet_problem(
    capfd: pytest.CaptureFixture[str],
) -> None:
    before = time.monotonic()
    with pytest.raises(CameraNotFound):
        open_source("device:77", clock).read()
    assert time.monotonic() - before < 3
    assert capfd.readouterr() == ("", "")


def test_two_cameras_of_one_make_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass
    class Info:
        name: str
        index: int

    found = [Info("Desk Cam", 2), Info("Desk Cam", 0), Info("", 5)]
    monkeypatch.setattr(cameras, "enumerate_cameras", lambda _backend: found)
    assert camera_names() == ("Desk Cam", "Desk Cam (2)", "Camera")
    monkeypatch.setattr(cameras, "BACKENDS", (1, 2))
    assert camera_names() == ("Desk Cam", "Desk Cam (2)", "Camera")
    assert len(cameras.plugged_in()) == 6


def test_a_camera_that_one_backend_cannot_open_is_opened_through_the_other() -> None:
    listed = (Camera("Desk Cam", 0, 1400), Camera("Desk Cam", 1, 700))
    source = device_source(
        "Desk Cam", lambda _index, backend: FakeDevice(opens=backend == 700), listed
    )
    assert source.read() is not None


# -- one line of settings ---------------------------------------------------------------------
def test_every_kind_of_source_has_a_spec(video: Path) -> None:
    assert isinstance(open_source("device:Desk Cam", clock), DeviceSource)
    assert open_source("device:3", clock).name == "camera 3"
    assert open_source("device:", clock).name == "camera 0"
    assert isinstance(open_source(f"video:{video}", clock), VideoSource)
    assert isinstance(open_source(f"folder:{video.parent}", clock), FolderSource)
    desk = open_source("synthetic:640x360", clock).read()
    assert desk is not None
    assert desk.pixels.shape == empty_desk(640, 360).shape
    assert open_source("synthetic:", clock).read() is not None


@pytest.mark.parametrize("spec", ["", "webcam", "video:", "folder:", "rtsp://somewhere"])
def test_a_spec_that_names_nothing_is_a_problem(spec: str) -> None:
    with pytest.raises(CameraNotFound):
        open_source(spec, clock)
