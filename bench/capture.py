"""How well and how fast documents are read from camera frames that the reader has never seen."""

import argparse
import os
import platform
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from pos_client import resources
from pos_client.capture.frame import Frame
from pos_client.capture.reader import Reader, load_reader
from pos_client.documents import load_documents
from pos_client.model.reading import Reading, Verdict
from specimens.camera import shoot
from specimens.mrz_documents import (
    draw_passport,
    draw_td1,
    draw_td2,
    draw_visa_a,
    draw_visa_b,
)
from specimens.optics import Difficulty
from specimens.persons import TODAY, invent_person, invent_traveller
from specimens.pose import Rotation
from specimens.resident_id import Layout, draw_emblem_side, draw_portrait_side
from specimens.specimen import Specimen

ROTATIONS: Final[tuple[Rotation, ...]] = (0, 90, 180, 270)
TABLE: Final = Path(__file__).with_name("frames.md")  # capture.md is the summary of all
#: Seeds below this were looked at while the reader was built; the bench starts here.
UNSEEN: Final = 50_000
#: Kept out of "every field": printed nowhere or not wanted by the interface.
_NOT_COMPARED: Final = frozenset({"optional_data_2"})


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame to read, with the truth."""

    name: str
    specimen: Specimen
    frame: Frame
    rotation: int
    difficulty: Difficulty
    seed: int


@dataclass(slots=True)
class Tally:
    """What happened in one class of samples."""

    count: int = 0
    exact: int = 0
    claimed: int = 0
    claimed_wrong: int = 0
    mrz_exact: int = 0
    with_mrz: int = 0
    ms: list[int] = field(default_factory=list)
    locate_ms: list[float] = field(default_factory=list)
    fields: dict[str, list[bool]] = field(default_factory=dict)


def _layout(seed: int) -> Layout:
    """Every sixth card carries a second script."""
    return "bilingual" if seed % 6 == 0 else "plain"


def _portrait(seed: int) -> Specimen:
    return draw_portrait_side(invent_person(seed), seed=seed, layout=_layout(seed))


def _emblem(seed: int) -> Specimen:
    return draw_emblem_side(invent_person(seed), seed=seed, layout=_layout(seed))


DRAWN: Final[dict[str, Callable[[int], Specimen]]] = {
    "id portrait": _portrait,
    "id emblem": _emblem,
    "passport": lambda seed: draw_passport(invent_traveller(seed), seed=seed),
    "card td1": lambda seed: draw_td1(invent_traveller(seed), seed=seed),
    "card td2": lambda seed: draw_td2(invent_traveller(seed), seed=seed),
    "visa a": lambda seed: draw_visa_a(invent_traveller(seed), seed=seed),
    "visa b": lambda seed: draw_visa_b(invent_traveller(seed), seed=seed),
}


def samples(
    count: int, seed: int, names: Sequence[str], difficulties: Sequence[Difficulty]
) -> Iterator[Sample]:
    """Draw `count` samples; kinds, rotations and difficulties take turns."""
    taken = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    for at in range(count):
        name = names[at % len(names)]
        turn = at // len(names)
        rotation = ROTATIONS[turn % len(ROTATIONS)]
        difficulty = difficulties[turn // len(ROTATIONS) % len(difficulties)]
        specimen = DRAWN[name](seed + at)
        shot = shoot(specimen, seed=seed + at, difficulty=difficulty, rotation=rotation)
        frame = Frame(shot.frame, "bench", taken, at)
        yield Sample(name, specimen, frame, rotation, difficulty, seed + at)


def compare(sample: Sample, reading: Reading) -> dict[str, bool]:
    """Tell for each field of the truth whether it was read exactly."""
    wanted = {
        name: value for name, value in sample.specimen.truth.items() if name not in _NOT_COMPARED
    }
    read = {each.name: each.value.reveal() for each in reading.fields}
    right = {name: read.get(name, "") == value for name, value in wanted.items()}  # type: ignore[call-overload] # field names are text
    if sample.specimen.mrz:
        right["mrz"] = tuple(line.reveal() for line in reading.mrz) == sample.specimen.mrz
    return right


def note(tally: Tally, reading: Reading, right: dict[str, bool]) -> None:
    """Add one reading to its class."""
    tally.count += 1
    tally.ms.append(reading.ms)
    exact = all(right.values())
    tally.exact += exact
    if reading.verdict is Verdict.READ:
        tally.claimed += 1
        tally.claimed_wrong += not exact
    if "mrz" in right:
        tally.with_mrz += 1
        tally.mrz_exact += right["mrz"]
    for name, good in right.items():
        tally.fields.setdefault(name, []).append(good)


def percent(part: int, whole: int) -> str:
    """A share in whole percent, or a dash."""
    return f"{100 * part / whole:.0f}" if whole else "-"


def row(title: str, tally: Tally) -> str:
    """One line of the table."""
    p95 = sorted(tally.ms)[max(0, round(len(tally.ms) * 0.95) - 1)]
    cells = (
        title,
        str(tally.count),
        percent(tally.exact, tally.count),
        percent(tally.mrz_exact, tally.with_mrz),
        percent(tally.claimed, tally.count),
        str(tally.claimed_wrong),
        f"{statistics.median(tally.ms):.0f}",
        str(p95),
        f"{statistics.median(tally.locate_ms):.0f}",
    )
    return "| " + " | ".join(cells) + " |"


_HEAD: Final = (
    "| class | frames | every field % | full MRZ % | claimed read % | claimed and wrong | "
    "read ms median | read ms p95 | locate ms median |\n|---|---|---|---|---|---|---|---|---|"
)


def table(tallies: dict[tuple[str, str], Tally]) -> str:
    """The whole report as Markdown: one block for each way of grouping, then the fields."""
    blocks: list[str] = []
    for group in ("all", "kind", "rotation", "difficulty"):
        rows = [row(title, tally) for (kind, title), tally in tallies.items() if kind == group]
        blocks.append(f"by {group}\n\n{_HEAD}\n" + "\n".join(rows))
    whole = tallies["all", "all"]
    fields = " · ".join(
        f"{name} {percent(sum(good), len(good))}" for name, good in whole.fields.items()
    )
    return "\n\n".join([*blocks, f"each field, % exact: {fields}"])


def load() -> Reader:
    """The reader as the client runs it, warm."""
    documents = load_documents(resources.folder("documents"))
    return load_reader(documents, resources.folder("models"))


def load_of_machine() -> str:
    """Programs waiting for a core on average, where the system tells; times mean little without."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def measure(reader: Reader, drawn: Iterator[Sample]) -> dict[tuple[str, str], Tally]:
    """Read every sample once."""
    tallies: dict[tuple[str, str], Tally] = {}
    for sample in drawn:
        began = perf_counter()
        reader.locate(sample.frame)
        located_ms = (perf_counter() - began) * 1000
        reading = reader.read(sample.frame)
        right = compare(sample, reading)
        for key in (
            ("all", "all"),
            ("kind", sample.name),
            ("rotation", f"{sample.rotation}°"),
            ("difficulty", sample.difficulty),
        ):
            tally = tallies.setdefault(key, Tally())
            note(tally, reading, right)
            tally.locate_ms.append(located_ms)
    return tallies


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it beside this file."""
    parser = argparse.ArgumentParser(prog="bench capture", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="how many frames")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--only", choices=tuple(DRAWN), action="append", help="only this kind")
    parser.add_argument("--hard", action="store_true", help="also hard frames")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    difficulties: tuple[Difficulty, ...] = ("easy", "medium")
    if options.hard:
        difficulties = (*difficulties, "hard")
    names = options.only or list(DRAWN)
    reader = load()
    for warm in samples(2, options.seed - 10, names, ["easy"]):
        reader.read(warm.frame)
    tallies = measure(reader, samples(options.count, options.seed, names, difficulties))
    report = table(tallies)
    print(report)
    if options.write:
        head = (
            f"# Reading documents from single frames\n\n{options.count} frames of 1280x720, seeds "
            f"from {options.seed}, Python {platform.python_version()}, one frame each, warm, "
            f"two threads, load of the machine when done {load_of_machine()}.\n\n"
        )
        TABLE.write_text(head + report + "\n", encoding="utf-8")
    return 0
