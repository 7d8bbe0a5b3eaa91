"""Frames without a document: how many are taken for one, and what each of them costs."""

import argparse
import platform
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

import cv2
import numpy as np

from bench.capture import load, load_of_machine
from bench.unseen.webcam import SIZES, background
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Gate
from pos_client.model.reading import Verdict
from specimens.desks import KINDS, desk
from specimens.persons import TODAY

TABLE: Final = Path(__file__).with_suffix(".md")
_TAKEN: Final = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """What happened; times in milliseconds."""

    readings: int = 0
    claims: int = 0
    glances: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    printed: list[float] = field(default_factory=list)


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


def main(arguments: Sequence[str]) -> int:
    """Print what happened; with `--write` keep it beside this file."""
    parser = argparse.ArgumentParser(prog="bench empty", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="how many frames")
    parser.add_argument("--seed", type=int, default=700_000, help="first seed")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    reader, gate, tally = load(), Gate(), Tally()
    for number, size in frames(options.count, options.seed):
        frame = draw(number, size)
        began = perf_counter()
        gate.look(frame)
        tally.glances.append((perf_counter() - began) * 1000)
        bare = not reader.engine.may_hold_text(frame.pixels)
        began = perf_counter()
        reading = reader.read(frame)
        spent = (perf_counter() - began) * 1000
        (tally.bare if bare else tally.printed).append(spent)
        tally.readings += reading.verdict is not Verdict.UNREADABLE
        tally.claims += reading.verdict is Verdict.READ
    report = _report(tally, options.count)
    print(report)
    if options.write:
        head = (
            f"# Frames without a document\n\n`python -m bench empty --count {options.count}`: "
            f"desks, photographs and printed papers, 1280x720 and 1920x1080, seeds from "
            f"{options.seed}, "
            f"Python {platform.python_version()}, two threads, load of the machine when done "
            f"{load_of_machine()}.\n\n"
        )
        TABLE.write_text(head + report + "\n", encoding="utf-8")
    return 0


def _report(tally: Tally, count: int) -> str:
    rows = [
        f"- taken for a document: {tally.readings} of {count}; claimed as read: {tally.claims}",
        f"- the glance that every frame gets: {_middle(tally.glances)} ms median",
    ]
    for title, times in (
        ("nothing like print in them", tally.bare),
        ("print or its like in them", tally.printed),
    ):
        rows.append(f"- {len(times)} frames with {title}: {_middle(times)} ms median to say so")
    return "\n".join(rows)


def _middle(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.1f}" if times else "-"
