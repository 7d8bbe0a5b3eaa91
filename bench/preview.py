"""How smooth the preview stays while cards are read, and how soon a card in view is a reading."""

import argparse
import platform
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from bench.capture import load
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.gate import Gate
from pos_client.capture.locate import Located
from pos_client.capture.printed_digits import Printed
from pos_client.capture.reader import Reader
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.capture.watch import Watch
from pos_client.model.document import DocumentKind
from pos_client.model.reading import Reading, Verdict
from pos_client.model.view import Phase, Shutter, View, Wanted
from specimens.camera import scene
from specimens.optics import Difficulty
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side

TABLE: Final = Path(__file__).with_suffix(".md")
FPS: Final = 30.0
#: Seeds below this were looked at while the guidance was built; the bench starts here.
UNSEEN: Final = 70_000
#: A scene of four seconds: the hand brings the card until 28 % of it, then the card lies.
_SECONDS: Final = 4.0
_ARRIVED: Final = 0.28
_HELD: Final = 10
#: Nothing is waited for longer than this; then the operator would take the picture by hand.
_GIVE_UP_S: Final = 12.0


class Play:
    """One scene, drawn beforehand: the camera must cost nothing while the client is measured."""

    def __init__(self, seed: int, difficulty: Difficulty) -> None:
        person = invent_person(seed)
        draw = draw_emblem_side if seed % 2 else draw_portrait_side
        frames = scene(
            draw(person, seed=seed), seed=seed, seconds=_SECONDS, fps=FPS, difficulty=difficulty
        )
        self.approach = list(islice(frames, round(_SECONDS * FPS * _ARRIVED)))
        self.held = list(islice(frames, _HELD))
        self.arrived_at = 0.0

    def __call__(self) -> Iterable[Pixels]:
        """Bring the card and hold it; note when it lies where it stays."""
        yield from self.approach
        self.arrived_at = time.perf_counter()
        yield from cycle(self.held)


@dataclass(slots=True)
class Tally:
    """What was measured in one class of scenes; times in seconds."""

    shown: int = 0
    read: int = 0
    doubt: int = 0
    to_reading: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    locating: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    glances: list[float] = field(default_factory=list)


class Timed:
    """The real reader, with a stop watch."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.tally = Tally()

    def locate(self, frame: Frame, wanted: DocumentKind | None = None) -> Located | None:
        """As the reader does, timed."""
        began = time.perf_counter()
        found = self._reader.locate(frame, wanted)
        self.tally.locating.append(time.perf_counter() - began)
        return found

    def read(
        self,
        frame: Frame,
        *,
        wanted: DocumentKind | None = None,
        located: Located | None = None,
        quick: bool = False,
    ) -> Reading:
        """As the reader does, timed."""
        began = time.perf_counter()
        reading = self._reader.read(frame, wanted=wanted, located=located, quick=quick)
        self.tally.reading.append(time.perf_counter() - began)
        return reading

    def weigh(self, readings: Sequence[Reading]) -> Reading:
        """As the reader does."""
        return self._reader.weigh(readings)

    def sim_digits(self, frame: Frame) -> Printed:
        """As the reader does."""
        return self._reader.sim_digits(frame)


class Screen:
    """Takes the views as the window would, and notes the time between two of them."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._last: float | None = None

    def show(self, view: View) -> None:
        """Take in one view; the frozen one at the end is no part of the preview."""
        now = time.perf_counter()
        if self._last is not None and view.phase is not Phase.CAPTURED:
            self._tally.gaps.append(now - self._last)
        self._last = now


def play(watch: Watch, source: SyntheticSource, reader: Timed, scene_: Play) -> None:
    """Show one card to the watch, and note how it went."""
    tally = reader.tally
    shutter = Shutter()
    timer = threading.Timer(_GIVE_UP_S, shutter.stop)
    timer.start()
    source.show(scene_)
    reading = watch.look(Wanted(), Screen(tally).show, shutter)
    done = time.perf_counter()
    timer.cancel()
    watch.forget()
    source.clear()
    tally.shown += 1
    if reading is not None:
        tally.to_reading.append(done - scene_.arrived_at)
        tally.read += reading.verdict is Verdict.READ
        tally.doubt += reading.verdict is Verdict.DOUBT
    gate = Gate()
    for number, pixels in enumerate(scene_.held):
        began = time.perf_counter()
        gate.look(Frame(pixels, "bench", datetime.now(UTC), number))  # noqa: TID251 - a bench owns its clock
        tally.glances.append(time.perf_counter() - began)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed; 0 without values."""
    return sorted(values)[max(0, round(len(values) * share) - 1)] if values else 0.0


_HEAD: Final = (
    "| scenes | shown | read | doubt | in view to reading s, median | p90 | preview frames/s "
    "| gap ms p99 | worst | glance ms | locate ms | read ms |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def row(title: str, tally: Tally) -> str:
    """One line of the table."""
    median = {
        name: statistics.median(values) * 1000 if values else 0.0
        for name, values in (
            ("glance", tally.glances),
            ("locate", tally.locating),
            ("read", tally.reading),
        )
    }
    cells = (
        title,
        str(tally.shown),
        str(tally.read),
        str(tally.doubt),
        f"{percentile(tally.to_reading, 0.5):.2f}",
        f"{percentile(tally.to_reading, 0.9):.2f}",
        f"{len(tally.gaps) / sum(tally.gaps):.1f}",
        f"{percentile(tally.gaps, 0.99) * 1000:.0f}",
        f"{max(tally.gaps) * 1000:.0f}",
        f"{median['glance']:.1f}",
        f"{median['locate']:.0f}",
        f"{median['read']:.0f}",
    )
    return "| " + " | ".join(cells) + " |"


def measure(count: int, seed: int, difficulties: Sequence[Difficulty]) -> str:
    """Play `count` scenes of each difficulty to one watch, as a day at the counter would be."""
    reader = Timed(load())
    source = SyntheticSource(lambda: datetime.now(UTC), fps=FPS)  # noqa: TID251 - a bench owns its clock
    watch = Watch(source, reader)
    play(watch, source, reader, Play(seed - 1, "easy"))
    rows = []
    for difficulty in difficulties:
        reader.tally = Tally()
        for at in range(count):
            play(watch, source, reader, Play(seed + at, difficulty))
        rows.append(row(difficulty, reader.tally))
    watch.close()
    return _HEAD + "\n" + "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it beside this file."""
    parser = argparse.ArgumentParser(prog="bench preview", description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="scenes of each difficulty")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--hard", action="store_true", help="also hard scenes")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    difficulties: tuple[Difficulty, ...] = ("easy", "medium")
    if options.hard:
        difficulties = (*difficulties, "hard")
    report = measure(options.count, options.seed, difficulties)
    print(report)
    if options.write:
        head = (
            f"# The preview while cards are read\n\n{options.count} scenes of each class at "
            f"1280x720 and {FPS:.0f} frames/s, resident ID cards, seeds from {options.seed}, "
            f"Python {platform.python_version()}, warm, two threads.\n\n"
        )
        TABLE.write_text(head + report + "\n", encoding="utf-8")
    return 0
