"""How well the machine-readable lines of many countries are read, from camera frames and files."""

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.capture import load, load_of_machine, percent
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.reader import Reader
from pos_client.model.reading import Reading, Verdict
from specimens.camera import shoot
from specimens.countries import LAYOUTS, Layout
from specimens.country_documents import draw_country
from specimens.optics import Difficulty
from specimens.persons import TODAY
from specimens.pose import ROTATIONS
from specimens.scans import scan
from specimens.specimen import Specimen

TABLE: Final = Path(__file__).with_suffix(".md")
#: Nothing below was looked at while the reader was built.
UNSEEN: Final = 600_000
_LEVELS: Final[tuple[Difficulty, ...]] = ("easy", "medium", "hard")
#: Widths of files, and how many of them are upside down.
_WIDTHS: Final = (300, 4000)
_TURNED: Final = 0.15
_SMALL: Final = 640


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture with its truth; it counts in each of its groups."""

    specimen: Specimen
    picture: Pixels
    layout: Layout
    groups: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """What happened in one group."""

    count: int = 0
    exact: int = 0
    found: int = 0
    claimed: int = 0
    claimed_wrong: int = 0
    ms: list[int] = field(default_factory=list)

    def row(self, title: str) -> str:
        """One line of a table."""
        cells = (
            title,
            str(self.count),
            percent(self.exact, self.count),
            percent(self.found, self.count),
            percent(self.claimed, self.count),
            str(self.claimed_wrong),
            f"{statistics.median(self.ms):.0f}",
        )
        return "| " + " | ".join(cells) + " |"


def frames(count: int, seed: int) -> Iterator[Shown]:
    """Camera frames: countries, turns and difficulties take turns."""
    for at in range(count):
        layout = LAYOUTS[at % len(LAYOUTS)]
        level = _LEVELS[at % len(_LEVELS)]
        rotation = ROTATIONS[at // len(_LEVELS) % len(ROTATIONS)]
        specimen = draw_country(layout, seed=seed + at)
        frame = shoot(specimen, seed=seed + at, difficulty=level, rotation=rotation).frame
        turn = "upright" if rotation == 0 else "turned"
        yield Shown(specimen, frame, layout, (f"frames, {level}", f"frames, {turn}"))


def files(rounds: int, seed: int) -> Iterator[Shown]:
    """Picture files of every layout: any width, some upside down."""
    for at in range(rounds * len(LAYOUTS)):
        layout = LAYOUTS[at % len(LAYOUTS)]
        rng = random.Random(f"file {seed} {at}")
        low, high = _WIDTHS
        width = round(low * (high / low) ** rng.random())
        specimen = draw_country(layout, seed=seed + at)
        turned = rng.random() < _TURNED
        picture = scan(specimen, seed=seed + at, width_px=width, turned=turned)
        size = "small" if width < _SMALL else "large"
        groups = ("files, all", f"files, {size}", f"files, {layout.shape}")
        yield Shown(specimen, picture, layout, groups)


def judge(score: Score, shown: Shown, reading: Reading) -> bool:
    """Add one reading to a group; tells whether all lines were exact."""
    lines = tuple(line.reveal() for line in reading.mrz)
    exact = lines == shown.specimen.mrz
    values = {str(each.name): each.value.reveal() for each in reading.fields}
    right = all(values.get(name, "") == value for name, value in shown.specimen.truth.items())
    score.count += 1
    score.exact += exact
    score.found += bool(lines)
    score.ms.append(reading.ms)
    if reading.verdict is Verdict.READ:
        score.claimed += 1
        score.claimed_wrong += not right
    return exact


def measure(
    reader: Reader, pictures: Iterator[Shown]
) -> tuple[dict[str, Score], dict[str, list[bool]]]:
    """Read every picture once; scores by group, and by country whether each was exact."""
    taken = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    scores: dict[str, Score] = {}
    countries: dict[str, list[bool]] = {}
    for shown in pictures:
        reading = reader.read(Frame(shown.picture, "bench", taken))
        for group in shown.groups:
            exact = judge(scores.setdefault(group, Score()), shown, reading)
        countries.setdefault(shown.layout.name, []).append(exact)
    return scores, countries


_HEAD: Final = (
    "| pictures | count | all lines exact % | zone found % | claimed read % | claimed and wrong | "
    "ms median |\n|---|---|---|---|---|---|---|"
)


def report(scores: dict[str, Score], countries: dict[str, list[bool]]) -> str:
    """The tables as Markdown."""
    rows = "\n".join(scores[name].row(name) for name in sorted(scores))
    missed = ", ".join(
        f"{name} {sum(good)}/{len(good)}"
        for name, good in sorted(countries.items())
        if not all(good)
    )
    whole = sum(all(good) for good in countries.values())
    return (
        f"{_HEAD}\n{rows}\n\n{len(countries)} layouts; {whole} of them read exactly every time. "
        f"The others: {missed or 'none'}."
    )


def main(arguments: Sequence[str]) -> int:
    """Print the tables of one run; with `--write` keep them beside this file."""
    parser = argparse.ArgumentParser(prog="bench mrz", description=__doc__)
    parser.add_argument("--frames", type=int, default=162, help="how many camera frames")
    parser.add_argument("--rounds", type=int, default=2, help="how many files of every layout")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    reader = load()
    shot, seen = measure(reader, frames(options.frames, options.seed))
    filed, read = measure(reader, files(options.rounds, options.seed))
    for name, good in read.items():
        seen.setdefault(name, []).extend(good)
    text = report(shot | filed, seen)
    print(text)
    if options.write:
        head = (
            f"# Reading machine-readable lines\n\n`python3 pos.py bench mrz --write`, seeds from "
            f"{options.seed}: drawn documents of {len(LAYOUTS)} countries' layouts, most in "
            "a cut of OCR-B that our network did not learn. Frames are 1280x720, at every turn; "
            "files are 300 to 4000 pixels wide. Load of the machine when done "
            f"{load_of_machine()}: times mean little.\n\n"
        )
        TABLE.write_text(head + text + "\n", encoding="utf-8")
    return 0
