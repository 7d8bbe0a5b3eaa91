"""Frames without a document: how many are taken for one, and what each of them costs."""

import argparse
import platform
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Final

import cv2
import numpy as np

from bench._kept import Kept, place
from bench.capture import load, load_of_machine
from bench.unseen.webcam import SIZES, background
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Gate
from pos_client.capture.reader import Reader
from pos_client.model.reading import Verdict
from specimens.desks import KINDS, desk
from specimens.persons import TODAY

TABLE: Final = Path(__file__).with_suffix(".md")
_TAKEN: Final = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one frame; times in milliseconds of the processor."""

    seed: int
    verdict: str
    bare: bool
    glance_ms: float
    read_ms: float


def frames(count: int, seed: int) -> list[tuple[int, tuple[int, int]]]:
    """The seeds and sizes of the frames."""
    return [(seed + at, SIZES[at % 4 == 3]) for at in range(count)]


def draw(number: int, size: tuple[int, int]) -> Frame:
    """Draw a desk, a photograph, or papers with print on them, as a camera would see them."""
    rng = random.Random(f"empty {number}")
    if number % 3 == 0:
        picture = desk(rng.choice(KINDS), rng.randrange(4), size)
    else:
        picture = background(rng, size)
    soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.4))
    noise = np.random.default_rng(number).normal(0, rng.uniform(1, 5), (*soft.shape[:2], 1))
    lit = np.clip(soft * rng.uniform(0.6, 1.15) + noise, 0, 255).astype(np.uint8)
    return Frame(lit, "bench", _TAKEN, number)


def measure(reader: Reader, gate: Gate, frame: Frame) -> Outcome:
    """Glance at one frame, and read it."""
    began = process_time()
    gate.look(frame)
    glance = process_time() - began
    bare = not reader.engine.may_hold_text(frame.pixels)
    began = process_time()
    reading = reader.read(frame)
    spent = process_time() - began
    return Outcome(frame.number, reading.verdict.value, bare, glance * 1000, spent * 1000)


def main(arguments: Sequence[str]) -> int:
    """Print what happened; with `--write` keep it beside this file."""
    parser = argparse.ArgumentParser(prog="bench empty", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many frames")
    parser.add_argument("--seed", type=int, default=700_000, help="first seed")
    parser.add_argument("--keep", type=Path, help="outcomes so far: go on with what is missing")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    reader, gate = load(), Gate()
    with place(options.keep) as file:
        kept = Kept(file, Outcome)
        done = {each.seed for each in kept.all()}
        for number, size in frames(options.count, options.seed):
            if number not in done:
                kept.add(measure(reader, gate, draw(number, size)))
        outcomes = kept.all()
    report = _report(outcomes)
    print(report)
    if options.write:
        head = (
            f"# Frames without a document\n\n`python3 pos.py bench empty --count {options.count}`: "
            f"desks, photographs and printed papers, 1280x720 and 1920x1080, seeds from "
            f"{options.seed}, Python {platform.python_version()}, two threads, load of the machine "
            f"when done {load_of_machine()}; times are of the processor.\n\n"
        )
        TABLE.write_text(head + report + "\n", encoding="utf-8")
    return 0


def _report(outcomes: Sequence[Outcome]) -> str:
    taken = sum(each.verdict != Verdict.UNREADABLE for each in outcomes)
    claims = sum(each.verdict == Verdict.READ for each in outcomes)
    rows = [
        f"- taken for a document: {taken} of {len(outcomes)}; claimed as read: {claims}",
        f"- the glance that every frame gets: {_middle([o.glance_ms for o in outcomes])} ms median",
    ]
    for title, bare in (("nothing like print in them", True), ("print or its like in them", False)):
        times = [each.read_ms for each in outcomes if each.bare is bare]
        rows.append(f"- {len(times)} frames with {title}: {_middle(times)} ms median to say so")
    return "\n".join(rows)


def _middle(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.1f}" if times else "-"
