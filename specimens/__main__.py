"""Fills a folder with specimen pictures and their truth: `python -m specimens OUT_DIR`."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2

from specimens.camera import shoot
from specimens.mrz_documents import (
    draw_passport,
    draw_td1,
    draw_td2,
    draw_visa_a,
    draw_visa_b,
)
from specimens.optics import DIFFICULTIES
from specimens.persons import invent_person, invent_traveller
from specimens.pose import ROTATIONS
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier, invent_iccid, invent_msisdn

if TYPE_CHECKING:
    from collections.abc import Callable

    from specimens.specimen import Specimen

DRAWINGS: Final[dict[str, Callable[[int], Specimen]]] = {
    "portrait": lambda seed: draw_portrait_side(invent_person(seed), seed=seed),
    "emblem": lambda seed: draw_emblem_side(invent_person(seed), seed=seed),
    "passport": lambda seed: draw_passport(invent_traveller(seed), seed=seed),
    "td1": lambda seed: draw_td1(invent_traveller(seed), seed=seed),
    "td2": lambda seed: draw_td2(invent_traveller(seed), seed=seed),
    "visa_a": lambda seed: draw_visa_a(invent_traveller(seed), seed=seed),
    "visa_b": lambda seed: draw_visa_b(invent_traveller(seed), seed=seed),
    "sim": lambda seed: draw_sim_carrier(invent_iccid(seed), invent_msisdn(seed), seed=seed),
}


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures and ``truth.json``; gives the exit status."""
    wanted = _parser().parse_args(arguments)
    folder: Path = wanted.out_dir
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for number in range(wanted.count):
        seed = wanted.seed + number
        kind = wanted.only[number % len(wanted.only)]
        entries.append(_write(folder, kind, seed, wanted.difficulty))
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("specimens", description=__doc__)
    parser.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    parser.add_argument("--count", type=int, default=16, help="how many pictures (16)")
    parser.add_argument(
        "--seed", type=int, default=1, help="number of the first picture's seed (1)"
    )
    parser.add_argument(
        "--difficulty",
        choices=("straight", *DIFFICULTIES),
        default="easy",
        help="how bad the camera is; 'straight' writes the drawing itself (easy)",
    )
    parser.add_argument(
        "--only", nargs="+", choices=tuple(DRAWINGS), default=tuple(DRAWINGS), help="kinds, in turn"
    )
    return parser


def _write(folder: Path, kind: str, seed: int, difficulty: str) -> dict[str, object]:
    """Draw one document, photograph it unless it is to stay straight, and save it."""
    specimen = DRAWINGS[kind](seed)
    name = f"{seed:05d}-{kind}-{difficulty}.png"
    entry: dict[str, object] = {
        "file": name,
        "document": specimen.kind,
        "side": specimen.side,
        "fields": specimen.truth,
        "mrz": specimen.mrz,
    }
    picture = specimen.image
    for level in DIFFICULTIES:
        if level == difficulty:
            turn = random.Random(f"turn {seed}").choice(ROTATIONS)
            shot = shoot(specimen, seed=seed, difficulty=level, rotation=turn)
            picture = shot.frame
            entry |= {"rotation": turn, "corners": shot.corners.round(2).tolist()}
    _, packed = cv2.imencode(".png", picture)
    (folder / name).write_bytes(packed.tobytes())
    return entry


if __name__ == "__main__":
    raise SystemExit(main())
