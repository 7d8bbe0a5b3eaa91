"""Resident cards by class, from two sets of frames, one frame and five; and how far claims hold."""

import argparse
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.capture import load, load_of_machine, percent
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
        """Take a frame; those of one case differ as those of one trembling hand do."""
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
    ms: list[int] = field(default_factory=list)


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


def measure(reader: Reader, case: Case, frames: int) -> tuple[Reading, Reading | None]:
    """Read the first frame, and for hard cards vote on `frames` of them."""
    first = reader.read(case.frame(0))
    if frames < 2 or case.difficulty != "hard":
        return first, None
    looks = [first, *(reader.read(case.frame(take)) for take in range(1, frames))]
    seen = [each for each in looks if each.verdict is not Verdict.UNREADABLE]
    return first, reader.weigh(seen) if seen else first


def note(score: Score, case: Case, first: Reading, voted: Reading | None) -> None:
    """Add one case to its class."""
    exact = all(right_fields(case, first).values())
    score.count += 1
    score.exact += exact
    score.claimed += first.verdict is Verdict.READ
    score.wrong += first.verdict is Verdict.READ and not exact
    score.ms.append(first.ms)
    if voted is not None:
        exact = all(right_fields(case, voted).values())
        score.voted += 1
        score.voted_exact += exact
        score.voted_claimed += voted.verdict is Verdict.READ
        score.voted_wrong += voted.verdict is Verdict.READ and not exact


_HEAD: Final = (
    "| set | class | cards | one frame: every field % | claimed read % | claimed and wrong | "
    "five frames: every field % | claimed read % | claimed and wrong | read ms median |\n"
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
        str(sorted(score.ms)[len(score.ms) // 2]),
    )
    return "| " + " | ".join(cells) + " |"


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it and the diagram beside this file."""
    parser = argparse.ArgumentParser(prog="bench cards", description=__doc__)
    parser.add_argument("--count", type=int, default=90, help="cards from each set")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--frames", type=int, default=5, help="frames of each hard card")
    parser.add_argument("--only", choices=_SETS, help="only this set")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    reader = load()
    scores: dict[tuple[str, str], Score] = {}
    made: list[Claim] = []
    for origin in [options.only] if options.only else _SETS:
        for case in cases(origin, options.count, options.seed):
            first, voted = measure(reader, case, options.frames)
            note(scores.setdefault((origin, case.group), Score()), case, first, voted)
            made.extend(claims(case, first))
    table = "\n".join([_HEAD, *(row(*key, score) for key, score in sorted(scores.items()))])
    held, diagram = reliability(made)
    print(f"{table}\n\n{held}")
    if options.write:
        head = (
            f"# Resident cards by class\n\n`python -m bench cards --count {options.count}`: cards "
            f"from each set, seeds from {options.seed}, 1280x720 and 1920x1080, Python "
            f"{platform.python_version()}, warm, two threads, load of the machine when done "
            f"{load_of_machine()}. `unseen` has other faces, templates, backgrounds and camera "
            f"faults than anything the reader was tuned on (`bench/unseen/`).\n\n"
        )
        foot = f"\n\n## What a confidence is worth\n\n![reliability]({DIAGRAM.name})\n\n{held}\n"
        TABLE.write_text(head + table + foot, encoding="utf-8")
        DIAGRAM.write_text(diagram, encoding="utf-8")
    return 0
