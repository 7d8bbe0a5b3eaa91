"""How many damaged SIM codes are scanned: blurred, faded, scratched, small, turned, in glare."""

import argparse
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

import cv2
import numpy as np
import zxingcpp

from bench._kept import Kept, place
from bench.rivals.engines import Rivals
from pos_client import resources
from pos_client.capture.barcode import find_iccid
from pos_client.capture.engine import TextEngine
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.printed_digits import sim_number
from pos_client.capture.weights import load_engine
from specimens.camera import shoot
from specimens.sim_card import draw_sim_carrier, invent_iccid
from specimens.specimen import Specimen

TABLE: Final = Path(__file__).with_suffix(".md")
NOW: Final = datetime(2026, 11, 25, 9, tzinfo=UTC)
#: Where the bars of the card's own number stand on the holder, millimetres.
_BARS: Final = (5.0, 13.5, 46.0, 9.0)
_PX: Final = 15


@dataclass(frozen=True, slots=True)
class Code:
    """One damaged code: what was done to it, its number, and the frame."""

    at: int
    damage: str
    iccid: str
    frame: Pixels


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reader made of one code, and in how many seconds."""

    at: int
    damage: str
    reader: str
    right: bool
    wrong: bool
    seconds: float


def codes(count: int, seed: int, done: Container[int] = ()) -> Iterator[Code]:
    """Make damaged codes of every sort in turn; the same ones for the same seed."""
    for at in range(count):
        if at in done:
            continue
        name, damage = DAMAGES[at % len(DAMAGES)]
        rng = random.Random(f"barcode {seed} {at}")
        length = rng.choice((19, 20, 20))
        iccid = invent_iccid(seed * 100_000 + at, length=length)
        holder = draw_sim_carrier(iccid, "", seed=rng.randrange(10**6))
        yield Code(at, name, iccid, damage(holder, rng))


def _shot(holder: Specimen, rng: random.Random, turn: int | None = None) -> Pixels:
    rotation = rng.choice((0, 90, 180, 270)) if turn is None else turn
    return shoot(holder, seed=rng.randrange(10**6), rotation=rotation).frame  # type: ignore[arg-type]  # a quarter turn


def _blurred(holder: Specimen, rng: random.Random) -> Pixels:
    return _soft(_shot(holder, rng, 0), rng.uniform(1.4, 3.0))


def _soft(frame: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma), np.uint8)


def _faded(holder: Specimen, rng: random.Random) -> Pixels:
    """Print that lost most of its ink, unevenly."""
    image = holder.image.astype(np.float32)
    left, top, width, height = (round(each * _PX) for each in _BARS)
    part = image[top : top + height, left : left + width]
    keep = np.linspace(rng.uniform(0.25, 0.5), rng.uniform(0.25, 0.5), part.shape[1])
    part[:] = 250 - (250 - part) * keep[None, :, None]
    return _shot(replace(holder, image=image.astype(np.uint8)), rng)


def _scratched(holder: Specimen, rng: random.Random) -> Pixels:
    """Scratches along and across the bars, and one through the digits below."""
    image = holder.image.copy()
    left, top, width, height = (round(each * _PX) for each in _BARS)
    for _ in range(rng.randint(4, 9)):
        start = (left + rng.randrange(width), top + rng.randrange(height))
        end = (start[0] + rng.randint(-260, 260), start[1] + rng.randint(-70, 70))
        shade = rng.randint(190, 250)
        cv2.line(image, start, end, (shade, shade, shade), rng.randint(3, 12), cv2.LINE_AA)
    return _shot(replace(holder, image=image), rng)


def _glared(holder: Specimen, rng: random.Random) -> Pixels:
    """A lamp's reflection over a part of the bars."""
    frame = _shot(holder, rng, 0).astype(np.float32)
    height, width = frame.shape[:2]
    yy, xx = np.mgrid[0:height, 0:width]
    x, y = rng.uniform(0.3, 0.55) * width, rng.uniform(0.3, 0.5) * height
    far = ((xx - x) / rng.uniform(60, 130)) ** 2 + ((yy - y) / rng.uniform(30, 90)) ** 2
    frame += (np.exp(-far) * rng.uniform(120, 260))[:, :, None]
    return np.clip(frame, 0, 255).astype(np.uint8)


def _half(holder: Specimen, rng: random.Random) -> Pixels:
    """The holder far away: half as large in the frame."""
    frame = _shot(holder, rng)
    small = cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    table = np.full_like(frame, int(np.median(frame)))
    left, top = rng.randrange(640), rng.randrange(360)
    table[top : top + small.shape[0], left : left + small.shape[1]] = small
    return table


def _turned(holder: Specimen, rng: random.Random) -> Pixels:
    frame = _shot(holder, rng, 0)
    height, width = frame.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-180, 180), 0.75)
    turned = cv2.warpAffine(frame, turn, (width, height), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(turned, np.uint8)


def _shaken(holder: Specimen, rng: random.Random) -> Pixels:
    """Motion along the bars' direction or across it."""
    frame = _shot(holder, rng, 0)
    length = rng.randint(3, 9)
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2 if rng.random() < 0.5 else slice(None)] = 1
    return np.asarray(cv2.filter2D(frame, -1, kernel / kernel.sum()), np.uint8)


DAMAGES: Final[tuple[tuple[str, Callable[[Specimen, random.Random], Pixels]], ...]] = (
    ("blur", _blurred),
    ("fade", _faded),
    ("scratch", _scratched),
    ("glare", _glared),
    ("half size", _half),
    ("any turn", _turned),
    ("motion", _shaken),
)


def ours(engine: TextEngine, frame: Pixels) -> list[str]:
    """What the client makes of a frame: its bars, and the digits under them."""
    scan = sim_number(engine, Frame(frame, "bench", NOW))
    return [scan.iccid.reveal()] if scan else []


def bars_only(frame: Pixels) -> list[str]:
    """What the client makes of the bars alone."""
    scan = find_iccid(Frame(frame, "bench", NOW))
    return [scan.iccid.reveal()] if scan else []


def zxing(frame: Pixels) -> list[str]:
    """All texts that zxing-cpp finds in the raw frame, with its own defaults."""
    return [code.text for code in zxingcpp.read_barcodes(frame)]


class Pyzbar:
    """The rival pyzbar in its own environment: all texts that it finds in the raw frame.

    `fault` says why it read nothing.
    """

    def __init__(self, rivals: Rivals) -> None:
        self._rivals = rivals
        self.fault = ""

    def __call__(self, frame: Pixels) -> list[str]:
        """Read one frame."""
        lines, _, fault = self._rivals.read("pyzbar", frame)
        self.fault = fault or self.fault
        return [text for text, _ in lines]


def main(arguments: Sequence[str]) -> int:
    """Scan damaged codes with the client and its rivals, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench barcodes")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="outcomes so far: go on with what is missing")
    parser.add_argument("--write", action="store_true", help=f"also write {TABLE.name}")
    options = parser.parse_args(arguments)
    engine = load_engine(resources.folder("models"), threads=2)
    readers: dict[str, Callable[[Pixels], list[str]]] = {
        "pos-client": lambda frame: ours(engine, frame),
        "pos-client, bars alone": bars_only,
        "zxing-cpp": zxing,
    }
    rivals = Rivals()
    readers["pyzbar"] = rival = Pyzbar(rivals)
    with place(options.keep) as file:
        kept = Kept(file, Outcome)
        _scan(readers, kept, options.count, options.seed)
        text = _table(kept.all(), tuple(readers), options.count, options.seed)
    if rival.fault:
        text += f"\n\npyzbar did not run: {rival.fault}"
    rivals.close()
    print(text)
    if options.write:
        TABLE.write_text(text + "\n", encoding="utf-8")
    return 0


Readers = Mapping[str, Callable[[Pixels], list[str]]]


def _scan(readers: Readers, kept: Kept[Outcome], count: int, seed: int) -> None:
    """Let every reader try each code that is not among the outcomes."""
    tried = Counter(each.at for each in kept.all())
    done = {at for at, times in tried.items() if times == len(readers)}
    for code in codes(count, seed, done):
        for name, read in readers.items():
            began = perf_counter()
            texts = read(code.frame)
            seconds = perf_counter() - began
            right = code.iccid in texts
            # A rival is not told which code is meant; only another SIM card's number is wrong.
            wrong = not right and any(t.startswith("89") and len(t) in {19, 20} for t in texts)
            kept.add(Outcome(code.at, code.damage, name, right, wrong, seconds))
        print(f"\r{code.at + 1}/{count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _table(outcomes: Sequence[Outcome], readers: Sequence[str], count: int, seed: int) -> str:
    # A code at which a run was ended is tried again: the later outcome counts.
    last = {(each.reader, each.at): each for each in outcomes}
    made = Counter(each.damage for (name, _), each in last.items() if name == readers[0])
    damages = [name for name, _ in DAMAGES]
    head = ["reader", *(f"{each} ({made[each]})" for each in damages), "all", "wrong", "ms a frame"]
    rows = []
    for name in readers:
        mine = [each for each in last.values() if each.reader == name]
        right = Counter(each.damage for each in mine if each.right)
        rows.append(
            [
                name,
                *(f"{100 * right[each] / max(1, made[each]):.0f} %" for each in damages),
                f"**{100 * right.total() / max(1, len(mine)):.1f} %**",
                str(sum(each.wrong for each in mine)),
                f"{statistics.median(1000 * each.seconds for each in mine):.0f}",
            ]
        )
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return (
        "# Damaged SIM card codes\n\n"
        f"`python3 pos.py bench barcodes --count {count} --seed {seed}`: {count} frames of\n"
        "1280×720; each holder also carries an EAN-13 and the bars of a 32-digit EID.\n"
        "Read: the SIM card's own number, whole. Wrong: another number given for it.\n\n"
        + "\n".join(f"| {line} |" for line in lines)
    )
