"""Watches the camera for the counter: a preview that never stutters, and a card read beside it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_client.capture.aims import Aim, Apply, CardAim, Reads, SimAim, TargetAim
from pos_client.capture.camera_grades import report
from pos_client.capture.face_aim import FaceAim, LiveFace
from pos_client.capture.feed import RETRY_S, Arrival, Feed
from pos_client.capture.focus import Focus
from pos_client.capture.frame import FrameSource
from pos_client.capture.gate import Gate
from pos_client.capture.geometry import corners_of
from pos_client.capture.guidance import Guidance
from pos_client.capture.pictures_before import PicturesBefore
from pos_client.capture.preview import no_camera, view_of
from pos_client.capture.search import Search
from pos_client.capture.source_device import DeviceSource
from pos_client.model.camera_check import CameraMode, CameraReport
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.view import Phase, Shutter, View, Wanted

if TYPE_CHECKING:
    from pos_client.capture.sighting import Capture

Show = Callable[[View], None]

#: The longest time until a stop is noticed.
_NOTICE_S: Final = 0.05
#: The shortest time between two views: 30 a second, with room for a camera's unsteady clock.
_BETWEEN_VIEWS_S: Final = 0.027
#: A dark view is repeated at this interval, so that the waiting time on it goes on.
_BETWEEN_DARK_S: Final = 0.5


class Watch:
    """Owns the camera and one reading thread; `look` and `scan_sim` run in the caller's thread.

    The camera stays open for some seconds after a capture, because the other side usually follows;
    a stopped shutter or `close` lets it go at once. Only one `look` or `scan_sim` runs at a time.

    Args:
        source: the camera, or what stands in for it.
        reader: called from the reading thread only.
        monotonic: a clock that never runs backwards, seconds.
        retry_s: time between two tries to open a camera that is not there.
    """

    def __init__(
        self,
        source: FrameSource,
        reader: Reads,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        retry_s: float = RETRY_S,
    ) -> None:
        self._source = source
        self._reader = reader
        self._monotonic = monotonic
        self._bell = threading.Condition()
        self._feed = Feed(source, self._bell, monotonic=monotonic, retry_s=retry_s)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._before: Capture | None = None
        self._pictures = PicturesBefore()
        self._focus = Focus()
        self._closed = False
        self._looking = threading.Lock()

    def look(self, wanted: Wanted, show: Show, shutter: Shutter) -> Reading | None:
        """Watch until one wanted side is captured; None when the shutter was stopped.

        Without a camera it shows that, and goes on by itself once there is one.

        Raises:
            Problem: the reader cannot work, for example because its models are missing.
        """
        search = Search(wanted, self._before, self._focus, self._reader.weigh)
        self._run(CardAim(search, self._reader, wanted.document), show, shutter)
        self._focus = search.focus
        capture = search.capture
        if capture is None:
            return None
        self._before = capture
        reading = self._compared(capture)
        frozen = Guidance(phase=Phase.CAPTURED, steady=1.0)
        show(view_of(capture.sight.frame, frozen, capture.quad, 0.0))
        return reading

    def scan_sim(self, show: Show, shutter: Shutter) -> Private[str] | None:
        """Watch until two frames agree on a SIM's ICCID; None when the shutter was stopped."""
        aim = SimAim(self._reader.sim_digits)
        self._run(aim, show, shutter)
        return None if aim.scan is None else aim.scan.iccid

    def check(self, show: Show, shutter: Shutter) -> CameraReport | None:
        """Watch until the printed target was measured, and grade the camera; None when stopped."""
        aim = TargetAim()
        self._run(aim, show, shutter)
        frame = aim.frame
        if not aim.done or frame is None:
            return None
        show(view_of(frame, Guidance(phase=Phase.CAPTURED, steady=1.0), None, 0.0))
        height, width = frame.pixels.shape[:2]
        agreed = self._source.mode if isinstance(self._source, DeviceSource) else None
        mode = CameraMode(width, height, agreed.form if agreed else "", aim.fps)
        return report(frame.camera, mode, aim.laid, aim.fps)

    def face(self, aim: FaceAim, show: Show, shutter: Shutter) -> LiveFace | None:
        """Watch a person until a live face was seen or time is over; None when stopped."""
        self._run(aim, show, shutter)
        return aim.result

    def forget(self) -> None:
        """Forget the last capture; called when a customer's visit is over."""
        self._before = None
        self._pictures.next_visit()

    def close(self) -> None:
        """End what is running, let the camera go and end the reading thread, for good."""
        self._closed = True
        with self._looking:
            self.forget()
            self._feed.release()
            self._worker.shutdown(wait=False, cancel_futures=True)

    def _compared(self, capture: "Capture") -> Reading:
        """Return the reading; its picture says whether the camera delivered it before."""
        reading = capture.reading
        if reading.image is None or capture.quad is None:
            return reading
        quad = corners_of(capture.quad)
        before = self._pictures.examine(capture.sight.frame.pixels, quad)
        image = replace(reading.image, originality=(*reading.image.originality, before))
        return replace(reading, image=image)

    def _run(self, aim: Aim, show: Show, shutter: Shutter) -> None:
        """Keep frames, reader and screen going until the aim is done or the shutter stopped."""
        with self._looking:
            errand = self._until_done(aim, show, shutter)
            if errand is not None:
                errand.cancel()
            if shutter.stopped:
                self._feed.release()

    def _until_done(self, aim: Aim, show: Show, shutter: Shutter) -> Future[Apply] | None:
        """Do so, and return the errand that is still out."""
        running = _Running(aim, show, self._monotonic)
        errand: Future[Apply] | None = None
        count = -1
        while not (shutter.stopped or self._closed or aim.done):
            arrival = self._next_arrival(count, errand)
            # Without a picture on the screen nobody knows what would be taken.
            if shutter.taken() and arrival.frame is not None:
                aim.take_now()
            if arrival.count != count:
                count = arrival.count
                running.arrived(arrival)
            if errand is not None and errand.done():
                errand.result()(self._monotonic())
                errand = None
            if errand is None and not aim.done:
                errand = self._next_errand(aim)
        return errand

    def _next_arrival(self, count: int, errand: Future[Apply] | None) -> Arrival:
        """Wait for a frame, a result or a stop, whichever comes first."""
        self._feed.want()
        with self._bell:
            self._bell.wait_for(
                lambda: self._feed.news(count) or (errand is not None and errand.done()),
                timeout=_NOTICE_S,
            )
        return self._feed.newest()

    def _next_errand(self, aim: Aim) -> Future[Apply] | None:
        work = aim.work(self._monotonic())
        if work is None:
            return None
        errand = self._worker.submit(work)
        errand.add_done_callback(self._ring)
        return errand

    def _ring(self, _errand: Future[Apply]) -> None:
        with self._bell:
            self._bell.notify_all()


class _Running:
    """What happens with each arrival of one look: a glance, and a view where one is due."""

    def __init__(self, aim: Aim, show: Show, monotonic: Callable[[], float]) -> None:
        self._aim = aim
        self._show = show
        self._monotonic = monotonic
        self._gate = Gate()
        self._shown_at = float("-inf")
        self._dark = False

    def arrived(self, arrival: Arrival) -> None:
        at = self._monotonic()
        frame, fault = arrival.frame, arrival.fault
        if frame is not None:
            self._aim.saw(frame, self._gate.look(frame), at)
            if self._due(at, dark=False):
                guidance = self._aim.guidance
                outline = self._aim.outline(at)
                self._show(view_of(frame, guidance, outline, guidance.waiting_s(at)))
        elif fault is not None and self._due(at, dark=True):
            self._show(no_camera(fault, self._aim.guidance.waiting_s(at)))

    def _due(self, at: float, *, dark: bool) -> bool:
        """Say whether a view is due: not too often, but at once when the camera goes or comes."""
        interval_s = _BETWEEN_DARK_S if dark else _BETWEEN_VIEWS_S
        if dark is self._dark and at - self._shown_at < interval_s:
            return False
        self._shown_at, self._dark = at, dark
        return True
