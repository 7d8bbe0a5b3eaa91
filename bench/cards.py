"""Resident cards by class, from two sets of frames, one frame and five; and how far claims hold."""

import argparse
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, process_time
from typing import Final

from bench._kept import Kept, place
from bench.capture import load, percent
from bench.unseen.cards import draw_emblem, draw_portrait
from bench.unseen.claims import Claim, reliability
from bench.unseen.holders import invent_holder
from bench.unseen.webcam import SIZES, Shot, film
from pos_client.capture.frame import Frame
from pos_client.capture.reader import Reader
from pos_client.model.reading import Reading, Verdict
from specimens.camera import shoot
from specimens.optics import Difficulty
from specimens.persons import TODAY, invent_person
from specimens.pose import Rotation
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.specimen import Specimen

TABLE: Final = Path(__file__).with_suffix(".md")
DIAGRAM: Final = Path(__file__).with_suffix(".svg")
#: Nobody looked at the reader's mistakes on these.
UNSEEN: Final = 900_000
_CLASSES: Final[tuple[Difficulty, ...]] = ("easy", "medium", "hard")
_TAKEN: Final = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
_SETS: Final = ("unseen", "specimens")
_NO_LIMIT: Final = 600.0


@dataclass(frozen=True, slots=True)
class Case:
    """One side of one card before one camera; its frames are drawn when they are asked for."""

    origin: str
    seed: int
    difficulty: Difficulty
    rotation: Rotation
    specimen: Specimen
    leaning: bool = False

    @property
    def group(self) -> str:
        """The class that the wanted shares are stated for."""
        if self.difficulty == "hard":
            return "hard"
        return "upright" if self.rotation == 0 else "rotated"

    def frame(self, take: int) -> Frame:
        """Take a frame; of an unseen case one trembling hand's, of a specimen another shot's."""
        if self.origin == "unseen":
            size = SIZES[self.seed % 2]
            shot = Shot(self.seed, self.difficulty, self.rotation, size, take, leaning=self.leaning)
            return Frame(film(self.specimen, shot), "bench", _TAKEN, take)
        shot_of = shoot(
            self.specimen,
            seed=self.seed + 1_000_000 * take,
            difficulty=self.difficulty,
            rotation=self.rotation,
        )
        return Frame(shot_of.frame, "bench", _TAKEN, take)


@dataclass(frozen=True, slots=True)
class Vote:
    """What several frames of one card came to."""

    exact: bool
    claimed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: of its first frame, of five of it lying, and of five in a hand."""

    origin: str
    seed: int
    group: str
    cpu_ms: int
    first: Vote
    missed: tuple[str, ...]
    made: tuple[Claim, ...]
    lying: Vote | None = None
    in_hand: Vote | None = None


def cases(origin: str, count: int, seed: int) -> Iterator[Case]:
    """Draw cases; difficulty, rotation and side take turns, rotation 0 as often as all others."""
    turns: tuple[Rotation, ...] = (0, 90, 0, 180, 0, 270)
    for at in range(count):
        number = seed + at
        back = (at // 3) % 5 == 4  # the portrait side has more to get wrong
        if origin == "unseen":
            draw = draw_emblem if back else draw_portrait
            specimen = draw(invent_holder(number), number)
        else:
            draw_own = draw_emblem_side if back else draw_portrait_side
            specimen = draw_own(invent_person(number), seed=number)
        rotation = turns[at // 3 % len(turns)]
        yield Case(origin, number, _CLASSES[at % 3], rotation, specimen)


def right_fields(case: Case, reading: Reading) -> dict[str, bool]:
    """Tell for each field of the truth whether it was read exactly."""
    read = {each.name: each.value.reveal() for each in reading.fields}
    return {name: read.get(name) == value for name, value in case.specimen.truth.items()}  # type: ignore[call-overload] # field names are text


def claims(case: Case, reading: Reading) -> Iterator[Claim]:
    """What the reader said about each field and character, and whether it was so."""
    right = right_fields(case, reading)
    for each in reading.fields:
        yield Claim("field", each.confidence, right.get(each.name, False))
        truth = case.specimen.truth.get(each.name, "")
        if len(each.letters) == len(truth):
            for letter, wanted in zip(each.letters, truth, strict=True):
                yield Claim("character", letter.probability, letter.text == wanted)


def measure(reader: Reader, case: Case, frames: int) -> Outcome:
    """Read the first frame, and for hard cards vote on `frames` of them.

    Time is that of the processor: others may be at work on this machine.
    """
    frame = case.frame(0)
    began = process_time()
    first = reader.read(frame)
    cpu_ms = round((process_time() - began) * 1000)
    lying = in_hand = None
    if frames > 1 and case.group == "hard":
        lying = _voted(reader, case, first, frames)
        if case.origin == "unseen":
            in_hand = _voted(reader, replace(case, leaning=True), first, frames)
    return Outcome(
        case.origin,
        case.seed,
        case.group,
        cpu_ms,
        _vote(case, first),
        tuple(_missed(case, first)),
        tuple(claims(case, first)),
        lying,
        in_hand,
    )


def _vote(case: Case, reading: Reading) -> Vote:
    return Vote(all(right_fields(case, reading).values()), reading.verdict is Verdict.READ)


def _voted(reader: Reader, case: Case, first: Reading, frames: int) -> Vote:
    looks = [first, *(reader.read(case.frame(take)) for take in range(1, frames))]
    seen = [each for each in looks if each.verdict is not Verdict.UNREADABLE]
    return _vote(case, reader.weigh(seen) if seen else first)


def _missed(case: Case, reading: Reading) -> Iterator[str]:
    """Name what was not exact: a field, or the whole card where it was not found."""
    if reading.verdict is Verdict.UNREADABLE:
        yield "not found"
        return
    yield from (name for name, right in right_fields(case, reading).items() if not right)


Groups = dict[tuple[str, str], list[Outcome]]


def grouped(outcomes: Iterable[Outcome]) -> Groups:
    """The outcomes by set and class."""
    groups: Groups = {}
    for each in outcomes:
        groups.setdefault((each.origin, each.group), []).append(each)
    return dict(sorted(groups.items()))


def missed_rows(groups: Groups) -> str:
    """What was not exact in one frame, by class: the most frequent first."""
    rows = ["| set | class | not exact in one frame |", "|---|---|---|"]
    for (origin, group), outcomes in groups.items():
        missed = Counter(name for each in outcomes for name in each.missed)
        found = ", ".join(f"{name} {count}" for name, count in missed.most_common())
        rows.append(f"| {origin} | {group} | {found or 'nothing'} |")
    return "\n".join(rows)


_WAYS: Final = ("one frame", "five frames, lying", "five frames, in a hand")
_HEAD: Final = (
    "| set | class | cards | "
    + " | ".join(f"{way}: every field % | claimed read % | claimed and wrong" for way in _WAYS)
    + " | read, CPU ms median |\n|"
    + "---|" * (3 + 3 * len(_WAYS) + 1)
)


def row(origin: str, group: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table."""
    cells = [origin, group, str(len(outcomes))]
    for way in (
        [each.first for each in outcomes],
        [each.lying for each in outcomes if each.lying],
        [each.in_hand for each in outcomes if each.in_hand],
    ):
        wrong = sum(each.claimed and not each.exact for each in way)
        cells += [
            percent(sum(each.exact for each in way), len(way)),
            percent(sum(each.claimed for each in way), len(way)),
            str(wrong) if way else "-",
        ]
    cells.append(str(sorted(each.cpu_ms for each in outcomes)[len(outcomes) // 2]))
    return "| " + " | ".join(cells) + " |"


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker reads: every `step`th card from the `first` on, for so long at most.

    Every outcome goes to a file at once; what is there already is not read again.
    """

    origins: tuple[str, ...]
    count: int
    seed: int
    first: int
    step: int
    frames: int
    minutes: float
    kept: Path


def read_part(part: Part) -> None:
    """Read one part, the sets in turn, until it or its time ends."""
    until = monotonic() + part.minutes * 60
    reader, kept = load(), Kept(part.kept, Outcome)
    done = {(each.origin, each.seed) for each in kept.all()}
    sets = [cases(origin, part.count, part.seed) for origin in part.origins]
    together = (case for at_once in zip(*sets, strict=True) for case in at_once)
    for case in islice(together, part.first, None, part.step):
        if monotonic() > until:
            break
        if (case.origin, case.seed) not in done:
            kept.add(measure(reader, case, part.frames))


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it and the diagram beside this file."""
    parser = argparse.ArgumentParser(prog="bench cards", description=__doc__)
    parser.add_argument("--count", type=int, default=90, help="cards from each set")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--frames", type=int, default=5, help="frames of each hard card")
    parser.add_argument("--only", choices=_SETS, help="only this set")
    parser.add_argument("--workers", type=int, default=1, help="how many read side by side")
    parser.add_argument("--minutes", type=float, default=_NO_LIMIT, help="the most time to take")
    parser.add_argument("--keep", type=Path, help="outcomes so far: go on with what is missing")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    with place(options.keep) as file:
        parts = [
            Part(
                (options.only,) if options.only else _SETS,
                options.count,
                options.seed,
                worker,
                options.workers,
                options.frames,
                options.minutes,
                file,
            )
            for worker in range(options.workers)
        ]
        with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as workers:
            list(workers.map(read_part, parts))
        outcomes = Kept(file, Outcome).all()
    groups = grouped(outcomes)
    table = "\n".join([_HEAD, *(row(*key, group) for key, group in groups.items())])
    table += f"\n\n{missed_rows(groups)}"
    held, diagram = reliability([claim for each in outcomes for claim in each.made])
    print(f"{table}\n\n{held}")
    if options.write:
        head = (
            f"# Resident cards by class\n\n`python3 pos.py bench cards --count {options.count} "
            f"--seed {options.seed}`: {len(outcomes)} cards, 1280x720 and 1920x1080, Python "
            f"{platform.python_version()}, two threads. `unseen` has other faces, templates, "
            f"backgrounds and camera faults than anything the reader was tuned on "
            f"(`bench/unseen/`). The five frames of an unseen card are of one trembling hand "
            f"under one lamp, once with the card lying, so that a reflection stays where it is, "
            f"once leaning by up to 1.5 degrees, which moves it; those of a specimen are five "
            f"shots. The column `cards` says how many were read.\n\n"
        )
        foot = f"\n\n## What a confidence is worth\n\n![reliability]({DIAGRAM.name})\n\n{held}\n"
        TABLE.write_text(head + table + foot, encoding="utf-8")
        DIAGRAM.write_text(diagram, encoding="utf-8")
    return 0
