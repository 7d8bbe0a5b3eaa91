"""How many screens and copies are suspected as such, and how many originals with them."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from bench._curves import Curve, draw_curves
from bench.capture import DRAWN, ROTATIONS, UNSEEN
from pos_client.capture.originality import (
    GREY_BOUND,
    RASTER_BOUND,
    SCREEN_BOUND,
    examine,
)
from pos_client.model.originality import Sign
from specimens.attacks import ATTACKS
from specimens.camera import shoot
from specimens.optics import DIFFICULTIES
from specimens.specimen import Specimen

TABLE: Final = Path(__file__).with_suffix(".md")
ORIGINAL: Final = "original"
_SIZES: Final = ((1280, 720), (1920, 1080))
#: The card is found about this well: the corners are moved by this share of the width.
_FOUND: Final = 0.012
#: What one picture says for itself, and the score of what could not be judged: below all others.
_SIGNS: Final = (Sign.RASTER, Sign.SCREEN, Sign.GREY)
_NOT_JUDGED: Final = -9.0
#: False alarms at which the curves are read.
_ALARMS: Final = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture: what it shows and what was measured; each score grows with suspicion."""

    what: str
    difficulty: str
    scores: Mapping[Sign, float]
    suspected: bool
    ms: float


def main(arguments: Sequence[str]) -> int:
    """Draw originals and attacks, measure, write the table and the curves."""
    parser = argparse.ArgumentParser(prog="bench originality", description=__doc__)
    parser.add_argument("--count", type=int, default=210, help="originals; half as many attacks")
    parser.add_argument("--seed", type=int, default=UNSEEN + 400_000)
    parser.add_argument("--write", action="store_true", help="keep table and curves in bench/")
    options = parser.parse_args(arguments)
    seen = [look(*each) for each in pictures(options.count, options.seed)]
    text = report(seen, options.count, options.seed)
    print(text)
    if options.write:
        TABLE.write_text(text, encoding="utf-8")
        TABLE.with_suffix(".svg").write_text(draw_curves(curves(seen)), encoding="utf-8")
    return 0


def pictures(count: int, seed: int) -> Iterator[tuple[str, Specimen, int, int]]:
    """Name what is shown: originals of all kinds, and of every second one each attack."""
    names = list(DRAWN)
    for at in range(count):
        specimen = DRAWN[names[at % len(names)]](seed + at)
        yield ORIGINAL, specimen, seed + at, at
        if at % 2 == 0:
            for name, attack in ATTACKS.items():
                yield name, attack(specimen, seed + at), seed + at + 7, at // 2


def look(what: str, specimen: Specimen, seed: int, turn: int) -> Seen:
    """Photograph it as any card is photographed, and measure."""
    difficulty = DIFFICULTIES[turn % len(DIFFICULTIES)]
    rotation = ROTATIONS[turn // len(DIFFICULTIES) % len(ROTATIONS)]
    size = _SIZES[turn % 4 == 0]
    shot = shoot(specimen, seed=seed, difficulty=difficulty, rotation=rotation, size=size)
    width = float(np.linalg.norm(shot.corners[1] - shot.corners[0]))
    moved = np.random.default_rng(seed).normal(0, _FOUND * width, shot.corners.shape)
    quad = np.asarray(shot.corners + moved, np.float64)
    began = perf_counter()
    signs = examine(shot.frame, quad)
    ms = (perf_counter() - began) * 1000
    scores = {each.sign: each.score for each in signs}
    return Seen(what, difficulty, scores, any(each.suspected for each in signs), ms)


def report(seen: Sequence[Seen], count: int, seed: int) -> str:
    """Return the table: a line for each thing shown, by difficulty, at the client's bounds."""
    command = f"python3 pos.py bench originality --count {count} --seed {seed} --write"
    ms = np.median([each.ms for each in seen])
    lines = [
        "# Screens and copies",
        "",
        f"`{command}`",
        f"{count} originals of seven kinds, half as many of each attack, all rotations, 1280x720",
        f"and 1920x1080. Bounds: raster {RASTER_BOUND}, screen {SCREEN_BOUND},",
        f"colour {GREY_BOUND}; {ms:.0f} ms each.",
        "",
        (
            "| shown | pictures | suspected % | easy % | medium % | hard % "
            "| raster AUC | screen AUC | grey AUC |"
        ),
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for what in (ORIGINAL, *ATTACKS):
        those = [each for each in seen if each.what == what]
        by = [[each for each in those if each.difficulty == level] for level in DIFFICULTIES]
        shares = " | ".join(_percent(part) for part in (those, *by))
        areas = " | ".join(f"{area(seen, what, sign):.3f}" for sign in _SIGNS)
        lines.append(f"| {what} | {len(those)} | {shares} | {areas} |")
    lines += ["", *_REMARKS, ""]
    return "\n".join(lines)


_REMARKS: Final = (
    "![False alarms and what is found](originality.svg)",
    "",
    "A screen is found where its grid reaches the sensor: a soft or noisy picture, or a screen",
    "much finer than the camera, leaves nothing to find. A good colour print is told from a card",
    "only by its raster. A document that was made without colour, with a grey photo, is suspected",
    "as a copy without colour; a camera that sees no colour says nothing of it. So this is advice",
    "for the person who holds the card (CAP12), weighed by the policy pack; it never refuses",
    "anybody, and what it does not say proves nothing.",
)


def curves(seen: Sequence[Seen]) -> list[Curve]:
    """Return for each sign how much of each attack is found at given false alarms."""
    titles = tuple(f"{100 * alarm:g} %" for alarm in _ALARMS)
    return [
        Curve(
            f"{sign}: found, by false alarms",
            titles,
            {what: tuple(_found(seen, what, sign, alarm) for alarm in _ALARMS) for what in ATTACKS},
        )
        for sign in _SIGNS
    ]


def area(seen: Sequence[Seen], what: str, sign: Sign) -> float:
    """Return the area under the curve: how often an attack scores above an original."""
    attack, original = _scores(seen, what, sign), _scores(seen, ORIGINAL, sign)
    above = attack[:, None] > original[None, :]
    equal = attack[:, None] == original[None, :]
    return float(above.mean() + equal.mean() / 2)


def _found(seen: Sequence[Seen], what: str, sign: Sign, alarm: float) -> float:
    bound = np.quantile(_scores(seen, ORIGINAL, sign), 1 - alarm)
    return float((_scores(seen, what, sign) > bound).mean())


def _scores(
    seen: Sequence[Seen], what: str, sign: Sign
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    scores = [each.scores.get(sign, _NOT_JUDGED) for each in seen if each.what == what]
    return np.array(scores, np.float64)


def _percent(those: Sequence[Seen]) -> str:
    return f"{100 * sum(each.suspected for each in those) / len(those):.1f}" if those else "-"
