"""The watch as the counter meets it: real threads, a made-up camera and reader, no waiting."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client.capture.camera_problems import CameraInUse, CameraLost, CameraNotFound
from pos_client.capture.feed import Feed
from pos_client.capture.quality import corners
from pos_client.capture.watch import Watch
from pos_client.model.document import Quad, Side
from pos_client.model.problems import Problem
from pos_client.model.reading import Verdict
from pos_client.model.view import Phase, Shutter, View, Wanted
from tests.fakes.cameras import (
    UNREADABLE,
    WHOLE,
    CannedReader,
    HandFedCamera,
    SteadyCamera,
    picture,
    reading,
    spot,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_client.capture.frame import Pixels
    from pos_client.model.reading import Reading

LIMIT_S = 20.0
"""Nothing here takes long; this only ends a test that would hang."""


@dataclass
class Screen:
    """Counts the views it is shown, and lets a test wait for what it wants to see."""

    views: list[View] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def show(self, view: View) -> None:
        with self.news:
            self.views.append(view)
            self.news.notify_all()

    def wait_for(self, seen: Callable[[list[View]], bool]) -> None:
        with self.news:
            assert self.news.wait_for(lambda: bool(self.views) and seen(self.views), LIMIT_S), (
                "never shown"
            )

    def wait_for_phase(self, phase: Phase) -> None:
        before = len(self.views)
        self.wait_for(lambda views: any(view.phase is phase for view in views[before:]))


@dataclass
class Looking:
    """One `look` in a thread of its own, as the window runs it."""

    watch: Watch
    wanted: Wanted = field(default_factory=Wanted)
    screen: Screen = field(default_factory=Screen)
    shutter: Shutter = field(default_factory=Shutter)
    result: Reading | None = None
    error: Exception | None = None

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run, name="looks")
        self.thread.start()

    def _run(self) -> None:
        try:
            self.result = self.watch.look(self.wanted, self.screen.show, self.shutter)
        except (Problem, ValueError) as error:
            self.error = error

    def ended(self) -> Reading | None:
        self.thread.join(LIMIT_S)
        assert not self.thread.is_alive()
        if self.error is not None:
            raise self.error
        return self.result

    def stopped(self) -> None:
        self.shutter.stop()
        assert self.ended() is None


@pytest.fixture
def camera() -> SteadyCamera:
    """A card that lies still under the camera."""
    return SteadyCamera(lambda _number: picture(7))


@pytest.fixture
def reader() -> CannedReader:
    return CannedReader()


@pytest.fixture
def watch(camera: SteadyCamera, reader: CannedReader) -> Iterator[Watch]:
    watch = Watch(camera, reader)
    yield watch
    reader.gate.set()
    watch.close()


def test_a_card_is_captured_and_its_picture_frozen(watch: Watch, reader: CannedReader) -> None:
    looking = Looking(watch)
    assert looking.ended() is reader.answer
    frozen = looking.screen.views[-1]
    assert (frozen.phase, frozen.steady) == (Phase.CAPTURED, 1.0)
    assert frozen.outline is not None
    assert len(frozen.bgrx) == frozen.width * frozen.height * 4


def test_the_preview_goes_on_while_the_reader_is_busy(
    watch: Watch, camera: SteadyCamera, reader: CannedReader
) -> None:
    reader.gate.clear()
    looking = Looking(watch)
    looking.screen.wait_for(lambda views: len(views) >= 40)
    assert reader.read_frames == []
    assert camera.frames > 40
    looking.stopped()


def test_no_more_than_thirty_views_a_second_are_shown(
    camera: SteadyCamera, reader: CannedReader
) -> None:
    now = [0.0]

    def hundred_a_second(_number: int) -> Pixels:
        now[0] += 0.01
        return picture()

    camera.scene = hundred_a_second
    reader.spot = None
    watch = Watch(camera, reader, monotonic=lambda: now[0])
    looking = Looking(watch)
    looking.screen.wait_for(lambda views: len(views) >= 30)
    assert now[0] >= 29 * 0.027
    looking.stopped()
    watch.close()


def test_the_newest_frame_is_read_and_the_rest_dropped(reader: CannedReader) -> None:
    camera = HandFedCamera()
    watch = Watch(camera, reader)
    reader.gate.clear()
    looking = Looking(watch)
    camera.put(*(picture(7) for _ in range(60)))
    camera.wait_until_taken()
    looking.shutter.take_now()
    reader.gate.set()
    camera.put(*(picture(7) for _ in range(5)))
    assert looking.ended() is reader.answer
    assert len(reader.read_frames) <= 2
    camera.put(None)
    watch.close()


def test_reading_happens_in_one_thread_that_is_not_the_callers(
    watch: Watch, reader: CannedReader
) -> None:
    Looking(watch).ended()
    watch.forget()
    Looking(watch).ended()
    assert reader.threads == {"reader_0"}


def test_a_stop_ends_the_look_and_lets_the_camera_go(
    watch: Watch, camera: SteadyCamera, reader: CannedReader
) -> None:
    reader.gate.clear()
    looking = Looking(watch)
    looking.screen.wait_for(lambda views: len(views) >= 3)
    assert camera.is_open()
    looking.stopped()
    assert not camera.is_open()
    frames = camera.frames
    assert not any(thread.name == "camera" for thread in threading.enumerate())
    assert camera.frames == frames


def test_a_camera_that_hangs_does_not_hold_up_a_stop(reader: CannedReader) -> None:
    camera = HandFedCamera()
    watch = Watch(camera, reader)
    looking = Looking(watch)
    looking.stopped()
    camera.put(picture())
    watch.close()


def test_after_a_capture_the_camera_stays_open_for_the_other_side(
    watch: Watch, camera: SteadyCamera, reader: CannedReader
) -> None:
    assert Looking(watch, Wanted(None, frozenset({Side.PORTRAIT}))).ended() is not None
    assert camera.is_open()
    camera.scene = lambda _number: picture(8)
    reader.spot = spot(side=Side.EMBLEM)
    reader.answer = reading(side=Side.EMBLEM)
    emblem = Looking(watch, Wanted(None, frozenset({Side.EMBLEM}))).ended()
    assert emblem is reader.answer
    assert camera.times_opened == 1


def test_the_side_still_in_view_is_not_captured_as_the_other_one(
    watch: Watch, reader: CannedReader
) -> None:
    assert Looking(watch, Wanted(None, frozenset({Side.PORTRAIT}))).ended() is not None
    reader.spot = spot(side=Side.EMBLEM)
    reader.answer = reading(side=Side.EMBLEM)
    read_before = len(reader.read_frames)
    looking = Looking(watch, Wanted(None, frozenset({Side.EMBLEM})))
    looking.screen.wait_for(lambda views: views[-1].hint == "CAP10")
    looking.stopped()
    assert len(reader.read_frames) == read_before


def test_take_now_hands_over_even_what_could_not_be_read(
    watch: Watch, reader: CannedReader
) -> None:
    reader.answer = UNREADABLE
    looking = Looking(watch)
    looking.screen.wait_for(lambda views: len(views) >= 5)
    looking.shutter.take_now()
    result = looking.ended()
    assert result is not None
    assert result.verdict is Verdict.UNREADABLE


def test_what_nobody_can_see_is_not_taken(camera: SteadyCamera, reader: CannedReader) -> None:
    watch = Watch(camera, reader, retry_s=0.001)
    reader.spot = None
    camera.unplug(CameraLost())
    looking = Looking(watch)
    looking.screen.wait_for_phase(Phase.NO_CAMERA)
    looking.shutter.take_now()
    looking.screen.wait_for_phase(Phase.NO_CAMERA)
    camera.plug_in()
    looking.screen.wait_for(lambda views: views[-1].phase is Phase.SEARCH)
    frames = camera.frames
    looking.screen.wait_for(lambda _views: camera.frames > frames + 20)
    assert reader.read_frames == []
    looking.stopped()
    watch.close()


def test_unplugged_and_plugged_in_twenty_times_it_goes_on_by_itself(
    camera: SteadyCamera, reader: CannedReader
) -> None:
    watch = Watch(camera, reader, retry_s=0.001)
    reader.spot = None
    looking = Looking(watch)
    for _ in range(20):
        looking.screen.wait_for_phase(Phase.SEARCH)
        camera.unplug(CameraLost())
        looking.screen.wait_for_phase(Phase.NO_CAMERA)
        camera.plug_in()
    reader.spot = spot()
    assert looking.ended() is reader.answer
    assert camera.times_opened == 21
    watch.close()


@pytest.mark.parametrize(
    ("fault", "hint"),
    [(CameraNotFound(), "DEV01"), (CameraLost(), "DEV06"), (CameraInUse(), "DEV02")],
)
def test_without_a_camera_the_screen_says_why(
    watch: Watch, camera: SteadyCamera, fault: Problem, hint: str
) -> None:
    camera.unplug(fault)
    looking = Looking(watch)
    looking.screen.wait_for(bool)
    view = looking.screen.views[0]
    assert (view.phase, view.hint) == (Phase.NO_CAMERA, hint)
    assert len(view.bgrx) == view.width * view.height * 4
    looking.stopped()


def test_a_source_that_ends_is_like_a_camera_unplugged(reader: CannedReader) -> None:
    camera = HandFedCamera()
    watch = Watch(camera, reader, retry_s=0.001)
    looking = Looking(watch)
    camera.put(None)
    looking.screen.wait_for(lambda views: bool(views) and views[-1].phase is Phase.NO_CAMERA)
    assert camera.closed
    camera.put(*(picture(7) for _ in range(3)))
    looking.screen.wait_for(lambda views: views[-1].phase is not Phase.NO_CAMERA)
    looking.shutter.stop()
    camera.put(picture())
    looking.ended()
    watch.close()


def test_large_frames_are_shown_small_and_the_outline_with_them(
    camera: SteadyCamera, reader: CannedReader
) -> None:
    big = np.kron(picture(7), np.ones((8, 8, 1), np.uint8)).astype(np.uint8)
    camera.scene = lambda _number: big
    reader.spot = spot(quad=Quad(*((x * 8, y * 8) for x, y in corners(WHOLE))))
    watch = Watch(camera, reader)
    looking = Looking(watch)
    assert looking.ended() is not None
    view = looking.screen.views[-1]
    assert (view.width, view.height) == (960, 540)
    assert view.outline is not None
    assert view.outline.top_left == pytest.approx((180.0, 90.0))
    watch.close()


class NoModels(Problem):
    """The reader's models are missing."""

    code = "T001"


def test_a_problem_of_the_reader_reaches_the_one_who_looks(
    watch: Watch, reader: CannedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_frame: object, _wanted: object) -> None:
        raise NoModels

    monkeypatch.setattr(reader, "locate", fails)
    with pytest.raises(NoModels):
        Looking(watch).ended()


def test_a_bug_in_a_camera_reaches_the_one_who_looks(reader: CannedReader) -> None:
    camera = HandFedCamera()
    watch = Watch(camera, reader)
    camera.put(ValueError("a bug"))  # type: ignore[arg-type]  # no Problem, and so a bug
    with pytest.raises(ValueError, match="a bug"):
        Looking(watch).ended()
    watch.close()


def test_a_camera_nobody_looks_through_is_let_go(camera: SteadyCamera) -> None:
    now, bell = [0.0], threading.Condition()
    feed = Feed(camera, bell, monotonic=lambda: now[0], linger_s=10)
    feed.want()
    with bell:
        assert bell.wait_for(lambda: feed.newest().count > 3, LIMIT_S)
        now[0] = 10.5
        assert bell.wait_for(lambda: not camera.is_open(), LIMIT_S)
        opened = camera.times_opened
    feed.want()
    with bell:
        assert bell.wait_for(lambda: camera.times_opened == opened + 1, LIMIT_S)
    assert feed.release()
    assert feed.release()
