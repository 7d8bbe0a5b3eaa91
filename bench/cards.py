"""Resident cards by class, from two sets of frames, one frame and five; and how far claims hold."""

import argparse
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, process_time
from typing import Final

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
            shot = Shot(self.seed, self.difficulty, self.rotation, size, take)
            return Frame(film(self.specimen, shot), "bench", _TAKEN, take)
        shot_of = shoot(
            self.specimen,
            seed=self.seed + 1_000_000 * take,
            difficulty=self.difficulty,
            rotation=self.rotation,
        )
        return Frame(shot_of.frame, "bench", _TAKEN, take)


@dataclass(slots=True)
class Score:
    """What happened in one class."""

    count: int = 0
    exact: int = 0
    claimed: int = 0
    wrong: int = 0
    voted: int = 0
    voted_exact: int = 0
    voted_claimed: int = 0
    voted_wrong: int = 0
    cpu_ms: list[int] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)


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


def measure(reader: Reader, case: Case, frames: int) -> tuple[Reading, Reading | None, int]:
    """Read the first frame, and for hard cards vote on `frames` of them; with what one took.

    Time is that of the processor: others may be at work on this machine.
    """
    frame = case.frame(0)
    began = process_time()
    first = reader.read(frame)
    cpu_ms = round((process_time() - began) * 1000)
    if frames < 2 or case.difficulty != "hard":
        return first, None, cpu_ms
    looks = [first, *(reader.read(case.frame(take)) for take in range(1, frames))]
    seen = [each for each in looks if each.verdict is not Verdict.UNREADABLE]
    return first, reader.weigh(seen) if seen else first, cpu_ms


def note(score: Score, case: Case, first: Reading, voted: Reading | None) -> None:
    """Add one case to its class."""
    exact = all(right_fields(case, first).values())
    score.count += 1
    score.exact += exact
    score.claimed += first.verdict is Verdict.READ
    score.wrong += first.verdict is Verdict.READ and not exact
    score.missed.update(_missed(case, first))
    if voted is not None:
        exact = all(right_fields(case, voted).values())
        score.voted += 1
        score.voted_exact += exact
        score.voted_claimed += voted.verdict is Verdict.READ
        score.voted_wrong += voted.verdict is Verdict.READ and not exact


def _missed(case: Case, reading: Reading) -> Iterator[str]:
    """Name what was not exact: a field, or the whole card where it was not found."""
    if reading.verdict is Verdict.UNREADABLE:
        yield "not found"
        return
    yield from (name for name, right in right_fields(case, reading).items() if not right)


def missed_rows(scores: dict[tuple[str, str], Score]) -> str:
    """What was not exact in one frame, by class: the most frequent first."""
    rows = ["| set | class | not exact in one frame |", "|---|---|---|"]
    for (origin, group), score in sorted(scores.items()):
        found = ", ".join(f"{name} {count}" for name, count in score.missed.most_common())
        rows.append(f"| {origin} | {group} | {found or 'nothing'} |")
    return "\n".join(rows)


_HEAD: Final = (
    "| set | class | cards | one frame: every field % | claimed read % | claimed and wrong | "
    "five frames: every field % | claimed read % | claimed and wrong | read, CPU ms median |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def row(origin: str, group: str, score: Score) -> str:
    """One line of the table."""
    cells = (
        origin,
        group,
        str(score.count),
        percent(score.exact, score.count),
        percent(score.claimed, score.count),
        str(score.wrong),
        percent(score.voted_exact, score.voted),
        percent(score.voted_claimed, score.voted),
        str(score.voted_wrong) if score.voted else "-",
        str(sorted(score.cpu_ms)[len(score.cpu_ms) // 2]),
    )
    return "| " + " | ".join(cells) + " |"


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker reads: cards from a seed on, of each of these sets, for so long at most."""

    origins: tuple[str, ...]
    count: int
    seed: int
    frames: int
    minutes: float


Scores = dict[tuple[str, str], Score]


def read_part(part: Part) -> tuple[Scores, list[Claim]]:
    """Read one part, the sets in turn, until it or its time ends."""
    until = monotonic() + part.minutes * 60
    reader = load()
    scores: Scores = {}
    made: list[Claim] = []
    sets = [cases(origin, part.count, part.seed) for origin in part.origins]
    for case in (case for together in zip(*sets, strict=True) for case in together):
        if monotonic() > until:
            break
        first, voted, cpu_ms = measure(reader, case, part.frames)
        score = scores.setdefault((case.origin, case.group), Score())
        note(score, case, first, voted)
        score.cpu_ms.append(cpu_ms)
        made.extend(claims(case, first))
    return scores, made


def added(parts: Iterable[Scores]) -> Scores:
    """The scores of all parts together."""
    whole: Scores = {}
    for scores in parts:
        for key, score in scores.items():
            total = whole.setdefault(key, Score())
            for each in fields(Score):
                more = getattr(total, each.name) + getattr(score, each.name)
                setattr(total, each.name, more)
    return whole


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it and the diagram beside this file."""
    parser = argparse.ArgumentParser(prog="bench cards", description=__doc__)
    parser.add_argument("--count", type=int, default=90, help="cards from each set")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--frames", type=int, default=5, help="frames of each hard card")
    parser.add_argument("--only", choices=_SETS, help="only this set")
    parser.add_argument("--workers", type=int, default=1, help="how many read side by side")
    parser.add_argument("--minutes", type=float, default=_NO_LIMIT, help="the most time to take")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    origins = (options.only,) if options.only else _SETS
    each = options.count // options.workers
    parts = [
        Part(origins, each, options.seed + worker * each, options.frames, options.minutes)
        for worker in range(options.workers)
    ]
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as workers:
        done = list(workers.map(read_part, parts))
    scores = added(scores for scores, _ in done)
    table = "\n".join([_HEAD, *(row(*key, score) for key, score in sorted(scores.items()))])
    table += f"\n\n{missed_rows(scores)}"
    held, diagram = reliability([claim for _, made in done for claim in made])
    print(f"{table}\n\n{held}")
    if options.write:
        command = f"python -m bench cards --count {options.count} --seed {options.seed}"
        if options.workers > 1:
            command += f" --workers {options.workers}"
        if options.minutes < _NO_LIMIT:
            command += f" --minutes {options.minutes:g}"
        head = (
            f"# Resident cards by class\n\n`{command}`: {sum(s.count for s in scores.values())} "
            f"cards, 1280x720 and 1920x1080, Python {platform.python_version()}, two threads. "
            f"`unseen` has other faces, templates, backgrounds and camera faults than anything "
            f"the reader was tuned on (`bench/unseen/`). The five frames of an unseen card are of "
            f"one trembling hand under one lamp; those of a specimen are five shots. A run that "
            f"is given `--minutes` reads as many as it can: the column `cards` says how many.\n\n"
        )
        foot = f"\n\n## What a confidence is worth\n\n![reliability]({DIAGRAM.name})\n\n{held}\n"
        TABLE.write_text(head + table + foot, encoding="utf-8")
        DIAGRAM.write_text(diagram, encoding="utf-8")
    return 0
