"""What the camera is being held on: a card to be read, a SIM card to be scanned, a target."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from pos_client.capture.barcode import Agreement, IccidScan, find_iccids, the_one
from pos_client.capture.camera_grades import WANTED_PICTURES, Laid, lay_flat
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Glance
from pos_client.capture.guidance import TWO_SIMS, WAY_OUT_SIM, Guidance, Seen
from pos_client.capture.locate import Located
from pos_client.capture.printed_digits import Printed
from pos_client.capture.search import QUIET, Search
from pos_client.capture.sighting import Job, Task
from pos_client.capture.surface import see_surface
from pos_client.model.document import DocumentKind, Quad
from pos_client.model.reading import Reading, Verdict
from pos_client.model.view import Phase

#: Applies the result of some work, back in the thread that looks; given the time in seconds.
Apply = Callable[[float], None]
#: Some work for the reader's thread.
Work = Callable[[], Apply]


class Reads(Protocol):
    """Finds a card in a frame and reads it; called from one thread, takes some 100 and 500 ms."""

    def locate(self, frame: Frame, wanted: DocumentKind | None = None) -> Located | None:
        """Return where the card is, best the one `wanted`, or None where there is none."""
        ...

    def read(
        self,
        frame: Frame,
        *,
        wanted: DocumentKind | None = None,
        located: Located | None = None,
        quick: bool = False,
    ) -> Reading:
        """Read the card; `located` is what `locate` gave for the same place, or None.

        `quick`: another frame can be had if this one is not enough.
        """
        ...

    def weigh(self, readings: Sequence[Reading]) -> Reading:
        """Make one reading of several; those of another card than the last one's do not count."""
        ...

    def sim_digits(self, frame: Frame) -> Printed:
        """Read the numbers of SIM cards from the digits of a frame."""
        ...


class Aim(Protocol):
    """One thing the camera is held on, until it is `done`. One thread calls everything but Work."""

    @property
    def done(self) -> bool:
        """True once there is nothing more to look for."""
        ...

    @property
    def guidance(self) -> Guidance:
        """What to say to the person at the camera."""
        ...

    def saw(self, frame: Frame, glance: Glance, at: float) -> None:
        """Take in the newest frame."""
        ...

    def take_now(self) -> None:
        """Take in that the clerk does not want to wait any longer."""
        ...

    def outline(self, at: float) -> Quad | None:
        """Return what to draw an outline around, in pixels of the newest frame."""
        ...

    def work(self, at: float) -> Work | None:
        """Return what the idle reader should do now."""
        ...


class CardAim:
    """Looks for one side of a card; what to do when is decided by the search."""

    def __init__(self, search: Search, reader: Reads, wanted: DocumentKind | None) -> None:
        self.search = search
        self._reader = reader
        self._wanted = wanted
        self.saw = search.saw
        self.take_now = search.take_now
        self.outline = search.outline

    @property
    def done(self) -> bool:
        """True once a side was captured."""
        return self.search.capture is not None

    @property
    def guidance(self) -> Guidance:
        """What the search has to say."""
        return self.search.guidance

    def work(self, at: float) -> Work | None:
        """Return the next errand of the search."""
        job = self.search.next_job(at)
        return None if job is None else partial(self._run, job)

    def _run(self, job: Job) -> Apply:
        frame = job.sight.frame
        if job.task is Task.FIND:
            placed = self._reader.locate(frame, self._wanted)
            known = placed is not None and placed.document is not None
            surface = see_surface(frame.pixels, placed) if placed is not None and known else None
            return partial(self.search.found, job, placed, surface=surface)
        reading = self._reader.read(frame, wanted=self._wanted, located=job.placed, quick=job.quick)
        surface = None
        if job.lies is not None and reading.verdict is not Verdict.READ:
            surface = see_surface(frame.pixels, job.lies)
        return partial(self.search.has_read, job, reading, surface=surface)


class TargetAim:
    """Looks for the printed target, until enough pictures of it were measured."""

    def __init__(self) -> None:
        self.laid: list[Laid] = []
        self.guidance = Guidance()
        self._newest: Frame | None = None
        self._worked_on: Frame | None = None
        self._first: tuple[int, float] | None = None
        self._last: tuple[int, float] = (0, 0.0)

    @property
    def done(self) -> bool:
        """True once there are enough pictures to grade the camera by."""
        return len(self.laid) >= WANTED_PICTURES

    @property
    def frame(self) -> Frame | None:
        """The newest frame."""
        return self._newest

    @property
    def fps(self) -> float:
        """Pictures that the camera has given a second, those included that nobody had time for."""
        if self._first is None or self._last[1] <= self._first[1]:
            return 0.0
        return (self._last[0] - self._first[0]) / (self._last[1] - self._first[1])

    def saw(self, frame: Frame, glance: Glance, at: float) -> None:
        """Keep the newest frame, and count."""
        seen = (frame.number, at)
        if self._first is None or frame.number < self._last[0]:
            self._first = seen
        self._newest, self._last = frame, seen

    def take_now(self) -> None:
        """Do nothing: without the target there is nothing to measure."""

    def outline(self, at: float) -> Quad | None:
        """Return nothing: the target has a frame of its own."""
        return None

    def work(self, at: float) -> Work | None:
        """Return a measurement of the newest frame."""
        frame = self._newest
        if frame is None or frame is self._worked_on:
            return None
        self._worked_on = frame
        return partial(self._run, frame)

    def _run(self, frame: Frame) -> Apply:
        return partial(self._measured, lay_flat(frame))

    def _measured(self, laid: Laid | None, _at: float) -> None:
        if laid is None:
            self.guidance = Guidance()
            return
        self.laid.append(laid)
        steady = len(self.laid) / WANTED_PICTURES
        self.guidance = Guidance(phase=Phase.STEADY, steady=steady)


#: Digits take ten times as long as bars: they are read once in so many frames without bars.
_DIGITS_EVERY: Final = 2


class SimAim:
    """Looks for the number of a SIM card, until two frames agree on it: the bars, or the digits.

    Bars that two frames agree on are believed once the print names no other card: the bars of a
    second SIM card in view may be past scanning, and nobody may choose for the clerk.
    """

    def __init__(self, digits: Callable[[Frame], Printed]) -> None:
        self._digits = digits
        self._barless = 0
        self.scan: IccidScan | None = None
        self.guidance = Guidance(way_out=WAY_OUT_SIM)
        self._agreement = Agreement()
        self._newest: Frame | None = None
        self._worked_on: Frame | None = None
        self._seen: IccidScan | None = None
        self._several = False

    @property
    def done(self) -> bool:
        """True once a number was scanned twice."""
        return self.scan is not None

    def saw(self, frame: Frame, glance: Glance, at: float) -> None:
        """Keep the newest frame; what there is to say is about the light, or a second card."""
        first = self._newest is None
        self._newest = frame
        quiet_s = 0.0 if first or glance.motion < QUIET else None
        seen = Seen(
            glance.brightness,
            glance.clipped,
            quiet_s,
            mismatch=TWO_SIMS if self._several else None,
        )
        self.guidance = self.guidance.after(seen, at)

    def take_now(self) -> None:
        """Do nothing: a number that was not scanned cannot be taken."""

    def outline(self, at: float) -> Quad | None:
        """Return where the code was last seen."""
        return None if self._seen is None else self._seen.quad

    def work(self, at: float) -> Work | None:
        """Return a scan of the newest frame."""
        frame = self._newest
        if frame is None or frame is self._worked_on:
            return None
        self._worked_on = frame
        return partial(self._run, frame, self._agreement.first)

    def _run(self, frame: Frame, before: IccidScan | None) -> Apply:
        bars = find_iccids(frame)
        scan = the_one(bars)
        self._barless = 0 if bars else self._barless + 1
        agrees = scan is not None and before is not None and before.iccid == scan.iccid
        unproven = scan is not None and not scan.proven
        looks = agrees or unproven or (not bars and self._barless % _DIGITS_EVERY == 0)
        printed = self._digits(frame) if looks else Printed()
        if looks:
            scan = printed.beside(bars)
        several = printed.several(bars) if looks or bars else self._several
        return partial(self._scanned, scan, several=several)

    def _scanned(self, scan: IccidScan | None, _at: float, *, several: bool) -> None:
        self._seen = scan
        self._several = several
        self.scan = self._agreement.add(scan)
