"""Measures the face compare on drawn people: a check that it works at all, and nothing more."""

from collections.abc import Iterator
from datetime import date
from time import perf_counter
from typing import Final

import numpy as np

from pos_client.capture.face import Face, FacePrint, likeness
from pos_client.capture.face_challenge import LEAST_SPREAD, TURNED, turned
from pos_client.capture.face_gate import LIVE_TURN, facing, measure_face, printed_fault
from pos_client.capture.face_nets import FaceNets
from pos_client.capture.frame import Pixels
from pos_client.model.face import FaceVerdict, verdict_of
from pos_client.model.policy import FacePolicy
from specimens.live_face import MOST_DEG, hold_up, stand
from specimens.persons import invent_person
from specimens.resident_id import draw_portrait_side

_TODAY: Final = date(2026, 3, 2)
_FLAT_DEG: Final = (-60, -50, -40, -30, 30, 40, 50, 60)
_TURNS: Final = (1.0, 1.2, -1.0, -1.2)
_TABLE: Final = """\
# Faces

`python3 pos.py bench face --count {count} --write`: {count} drawn people, each once on a drawn card
and once before a drawn camera of 1280x720.

**This is a check that the parts work together, and no measure of how well people are told apart.**
Drawn faces look alike to a network that was trained on photographs: different ones score far above
the threshold. Rates of false match and false non-match can only come from pairs of real customers,
which an operator compares with `python3 pos.py bench face PAIRS.csv`; nothing of them is kept.
There are no photographs of people in this repository.

| what | drawn | found and good enough |
|---|--:|--:|
| photo on the card | {count} | {cards} |
| person before the camera | {count} | {lives} |

| pairs, match from {accept} | compared | least | median | most | match |
|---|--:|--:|--:|--:|--:|
| card and person of one drawing | {same} |
| card and person of different drawings | {other} |

| before the camera (bound {turned}, spread {spread}) | looks with a face | taken as turned |
|---|--:|--:|
| drawn heads, {near} and {far} degrees | {heads} | {heads_seen} |
| flat pictures of them, 30 to 60 degrees | {flats} | {flats_seen} |

A flat picture that is turned or leant keeps the nose between the eyes where it is, and is hardly
ever taken for a turned head. A bent picture, a mask or a film on a screen can be: the movements
make it dearer to cheat, and prove nobody alive. A try needs a movement in two looks, one after
another, within 30 seconds.

Finding a face took {find_ms} ms, its print {print_ms} ms (medians, two shared cores).
"""


def report(nets: FaceNets, policy: FacePolicy, count: int) -> str:
    """Return the table for `count` drawn people."""
    cards, lives, times = [], [], []
    looks: list[tuple[bool, bool]] = []
    for seed in range(count):
        card = draw_portrait_side(invent_person(seed, term="twenty", today=_TODAY), seed=seed)
        frame = stand(seed)
        began = perf_counter()
        found = nets.find(frame)
        middle = perf_counter()
        live = _print(nets, frame, found)
        times.append((middle - began, perf_counter() - middle))
        cards.append(_print(nets, card.image, nets.find(card.image)))
        lives.append(live)
        if len(found) == 1 and facing(found[0], LIVE_TURN):
            looks += _turns(nets, seed, found[0])
    same = [likeness(c, v) for c, v in zip(cards, lives, strict=True) if c and v]
    other = [likeness(c, v) for c, v in _different(cards, lives)]
    heads = [seen for flat, seen in looks if not flat]
    flats = [seen for flat, seen in looks if flat]
    find_ms, print_ms = (float(np.median(each)) * 1000 for each in zip(*times, strict=True))
    return _TABLE.format(
        count=count,
        accept=policy.accept,
        turned=TURNED,
        spread=LEAST_SPREAD,
        cards=sum(each is not None for each in cards),
        lives=sum(each is not None for each in lives),
        same=_figures(same, policy),
        other=_figures(other, policy),
        near=f"{MOST_DEG:.0f}",
        far=f"{1.2 * MOST_DEG:.0f}",
        heads=len(heads),
        heads_seen=sum(heads),
        flats=len(flats),
        flats_seen=sum(flats),
        find_ms=f"{find_ms:.0f}",
        print_ms=f"{print_ms:.0f}",
    )


def _print(nets: FaceNets, pixels: Pixels, faces: tuple[Face, ...]) -> FacePrint | None:
    if len(faces) != 1:
        return None
    aligned = nets.align(pixels, faces[0])
    if printed_fault(faces[0], measure_face(aligned)) is not None:
        return None
    return nets.print_of(aligned)


def _turns(nets: FaceNets, seed: int, start: Face) -> Iterator[tuple[bool, bool]]:
    """Yield for each look with a face whether it is flat, and whether it counts as turned."""
    looks = [(True, hold_up(seed, degrees)) for degrees in _FLAT_DEG]
    looks += [(False, stand(seed, turn=turn)) for turn in _TURNS]
    for flat, pixels in looks:
        for face in nets.find(pixels)[:1]:
            yield flat, abs(turned(face, start)) >= TURNED


def _different(
    cards: list[FacePrint | None], lives: list[FacePrint | None]
) -> Iterator[tuple[FacePrint, FacePrint]]:
    for step in (1, 7, 13):
        for at, card in enumerate(cards):
            live = lives[(at + step) % len(lives)]
            if card is not None and live is not None and step < len(lives):
                yield card, live


def _figures(scores: list[float], policy: FacePolicy) -> str:
    if not scores:
        return "0 | – | – | – | –"
    match = sum(
        verdict_of(each, accept=policy.accept, review=policy.review) is FaceVerdict.MATCH
        for each in scores
    )
    low, middle, high = np.quantile(scores, (0, 0.5, 1))
    return f"{len(scores)} | {low:.3f} | {middle:.3f} | {high:.3f} | {match}"
