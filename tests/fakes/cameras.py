"""Cameras and a card reader that do what a test tells them, without any waiting of their own."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.locate import Located
from pos_client.capture.printed_digits import Printed
from pos_client.capture.second_look import all_merged
from pos_client.model.document import DocumentKind, Quad, Side
from pos_client.model.field import Field, FieldCheck, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_client.model.problems import Problem

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
ID_CARD = DocumentKind("cn.resident_id.2")
PASSPORT = DocumentKind("xx.passport")

#: Where a card lies in the pictures of `picture`.
WHOLE = Quad((60.0, 30.0), (260.0, 30.0), (260.0, 150.0), (60.0, 150.0))


def picture(seed: int = 0, *, shift: int = 0, blur: int = 0) -> Pixels:
    """A 320 x 180 picture of a card whose print comes from `seed`; `shift` moves the card."""
    pixels = np.full((180, 320, 3), 120, np.uint8)
    if seed:
        print_ = np.random.default_rng(seed).integers(40, 220, (12, 20), np.uint8)
        card = np.kron(print_, np.ones((10, 10), np.uint8))
        pixels[30:150, 60:260] = card[:, :, None]
    for _ in range(blur):
        pixels = ((pixels.astype(np.uint16) + np.roll(pixels, 1, axis=1)) // 2).astype(np.uint8)
    return np.roll(pixels, shift, axis=1)


def frame(pixels: Pixels, number: int = 0) -> Frame:
    """A frame taken at noon."""
    return Frame(pixels, "test", NOON, number)


def spot(
    quad: Quad = WHOLE,
    *,
    document: DocumentKind | None = ID_CARD,
    side: Side | None = Side.PORTRAIT,
    tilt_deg: float = 3.0,
) -> Located:
    """A card that was found, as the reader says it."""
    return Located(quad, document, side, 0.0, tilt_deg, 0.6, frame(picture()))


def field_of(name: str, value: str, *, sure: float = 0.99, passed: bool | None = None) -> Field:
    """A field that was read; `passed` is the outcome of its only check, None for no check."""
    checks = () if passed is None else (FieldCheck("checksum", passed),)
    text = Private(value)
    return Field(FieldName(name), text, text, Source.OCR, sure, checks=checks)


def reading(
    verdict: Verdict = Verdict.READ,
    *fields: Field,
    side: Side | None = Side.PORTRAIT,
    document: DocumentKind | None = ID_CARD,
) -> Reading:
    """What a reader gives back."""
    return Reading(verdict, document, side, fields, (), None, 450)


UNREADABLE = Reading(Verdict.UNREADABLE, None, None, (), (), None, 300, "no_document")


@dataclass
class CannedReader:
    """Gives the same answers until they are changed; while `gate` is clear no call returns."""

    spot: Located | None = field(default_factory=spot)
    answer: Reading = field(default_factory=reading)
    print_seen: Printed = field(default_factory=Printed)
    gate: threading.Event = field(default_factory=threading.Event)
    read_frames: list[Frame] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gate.set()

    def locate(self, frame: Frame, wanted: DocumentKind | None = None) -> Located | None:
        """Find what `spot` says."""
        self._called()
        return self.spot

    def read(
        self,
        frame: Frame,
        *,
        wanted: DocumentKind | None = None,
        located: Located | None = None,
        quick: bool = False,
    ) -> Reading:
        """Read what `answer` says."""
        self._called()
        self.read_frames.append(frame)
        return self.answer

    def weigh(self, readings: Sequence[Reading]) -> Reading:
        """Take of each field the better one."""
        return all_merged(readings)

    def sim_digits(self, frame: Frame) -> Printed:
        """See what `print_seen` says."""
        return self.print_seen

    def _called(self) -> None:
        self.threads.add(threading.current_thread().name)
        if not self.gate.wait(20):
            message = "the test never let the reader go on"
            raise TimeoutError(message)


class HandFedCamera:
    """A camera that gives what the test puts in: pictures, Problems, or None for the end."""

    def __init__(self) -> None:
        self.name = "hand-fed"
        self.closed = 0
        self._in: queue.Queue[Pixels | Problem | None] = queue.Queue()
        self._number = 0
        self._taken = False

    def put(self, *items: Pixels | Problem | None) -> None:
        """Hand in what the next reads give."""
        for item in items:
            self._in.put(item)

    def wait_until_taken(self) -> None:
        """Wait until all that was put in has been read and passed on."""
        self._in.join()

    def read(self) -> Frame | None:
        """Give the next item."""
        if self._taken:
            self._in.task_done()
        item = self._in.get()
        self._taken = True
        if isinstance(item, Exception):
            raise item
        if item is None:
            return None
        self._number += 1
        return frame(item, self._number - 1)

    def close(self) -> None:
        """Count the call."""
        self.closed += 1


class SteadyCamera:
    """A camera that delivers for as long as it is plugged in, as fast as it is read.

    `scene` may be replaced at any time. `unplug` takes the Problem that `read` raises from then on.
    """

    def __init__(self, scene: Callable[[int], Pixels]) -> None:
        self.name = "steady"
        self.scene = scene
        self._opened = False
        self.times_opened = 0
        self.frames = 0
        self._fault: Problem | None = None
        self._tick = threading.Event()

    def unplug(self, fault: Problem) -> None:
        """Fail from now on."""
        self._fault = fault

    def plug_in(self) -> None:
        """Deliver again."""
        self._fault = None

    def is_open(self) -> bool:
        """Say whether somebody holds the camera."""
        return self._opened

    def read(self) -> Frame | None:
        """Give the next picture about a millisecond after the one before."""
        if self._fault is not None:
            self._opened = False
            raise self._fault
        if not self._opened:
            self._opened = True
            self.times_opened += 1
        self._tick.wait(0.001)
        self.frames += 1
        return frame(self.scene(self.frames), self.frames)

    def close(self) -> None:
        """Let go."""
        self._opened = False
