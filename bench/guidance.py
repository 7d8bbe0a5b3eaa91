"""Whether the hints at the camera say what the reader needs: each hint against its success."""

import argparse
import platform
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from bench._curves import Curve, draw_curves
from bench.capture import load
from pos_client.capture import guidance, quality
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.gate import Gate
from pos_client.capture.guidance import Bound, CardSeen, Seen, fault_in, trembles
from pos_client.capture.locate import Located
from pos_client.capture.reader import Reader
from pos_client.capture.search import QUIET
from pos_client.capture.surface import Surface, is_guess, see_surface
from pos_client.model.reading import Reading
from specimens.camera import FRAME_SIZE
from specimens.desks import KINDS, desk
from specimens.hand import hold
from specimens.mrz_documents import draw_td1
from specimens.optics import Optics, apply_optics
from specimens.persons import TODAY, invent_person, invent_traveller
from specimens.pose import Pose
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.specimen import Specimen
from specimens.tabletop import lay

TABLE: Final = Path(__file__).with_suffix(".md")
PICTURE: Final = Path(__file__).with_suffix(".svg")
#: Seeds below this were looked at while the gates were built; the bench starts here.
UNSEEN: Final = 80_000
_TAKEN: Final = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
#: Middle of a field of each side, millimetres: where glare and thumbs do harm.
_FIELD_MM: Final = {"portrait": (30.0, 24.0), "emblem": (50.0, 44.0), "data": (43.0, 44.0)}


@dataclass(frozen=True, slots=True)
class Trial:
    """One picture to be taken: what is before the camera, and how."""

    specimen: Specimen
    pose: Pose
    optics: Optics
    shift_px: float = 0.0
    thumb_mm: tuple[float, float] | None = None
    from_left: bool = False


@dataclass(frozen=True, slots=True)
class Sweep:
    """One fault in growing strength.

    `worse` makes a trial worse; `measured` is the figure that the gate looks at; `hints` are the
    hints that it gives.
    """

    title: str
    unit: str
    levels: tuple[float, ...]
    worse: Callable[[Trial, float], Trial]
    figure: str
    measured: Callable[[CardSeen, Surface], float]
    bound: Bound | None
    hints: frozenset[str]


def _farther(trial: Trial, width_px: float) -> Trial:
    return replace(trial, pose=replace(trial.pose, width_px=width_px))


def _leaning(trial: Trial, degrees: float) -> Trial:
    pose = trial.pose
    upright = round(pose.centre[0]) % 2 == 0
    if upright:
        return replace(trial, pose=replace(pose, tilt_x_deg=degrees))
    return replace(trial, pose=replace(pose, tilt_y_deg=degrees))


def _lit(trial: Trial, gain: float) -> Trial:
    return replace(trial, optics=replace(trial.optics, gain=gain))


def _glaring(trial: Trial, size: float) -> Trial:
    spot = (size, size * 0.7) if size else trial.optics.glare_size
    return replace(
        trial, optics=replace(trial.optics, glare=230.0 if size else 0.0, glare_size=spot)
    )


def _blurred(trial: Trial, sigma_px: float) -> Trial:
    return replace(trial, optics=replace(trial.optics, blur_px=sigma_px))


def _moving(trial: Trial, smear_px: float) -> Trial:
    # The shutter of a webcam in a shop is open for about half of the time between two pictures.
    return replace(trial, optics=replace(trial.optics, motion_px=smear_px), shift_px=smear_px * 2)


def _covered(trial: Trial, reach_mm: float) -> Trial:
    down = _FIELD_MM[trial.specimen.side][1]
    return replace(trial, thumb_mm=(reach_mm, down) if reach_mm else None)


SWEEPS: Final = (
    Sweep(
        "distance", "px of card width", (120, 150, 180, 220, 260, 320, 420, 560, 800),
        _farther, "pixels a millimetre", lambda _, s: s.px_per_mm,
        guidance.LEAST_SCALE, frozenset({guidance.TOO_FAR}),
    ),
    Sweep(
        "tilt", "degrees", (0, 10, 20, 26, 32, 38, 44, 50, 56),
        _leaning, "estimated degrees", lambda card, _: card.tilt_deg,
        guidance.MOST_TILT_DEG, frozenset({guidance.TILTED}),
    ),
    Sweep(
        "darkness", "exposure", (0.03, 0.05, 0.08, 0.12, 0.18, 0.26, 0.4, 0.6, 1.0),
        _lit, "paper, 0 to 255", lambda _, s: s.paper,
        guidance.LEAST_PAPER, frozenset({guidance.DARK}),
    ),
    Sweep(
        "brightness", "exposure", (1.0, 1.3, 1.6, 2.0, 2.6, 3.4, 4.4, 6.0, 9.0),
        _lit, "clipped share of the card", lambda _, s: s.clipped,
        guidance.MOST_CLIPPED, frozenset({guidance.BRIGHT}),
    ),
    Sweep(
        "glare", "radius, shares of the frame", (0, 0.02, 0.03, 0.045, 0.06, 0.08, 0.11, 0.15),
        _glaring, "clipped share of a field", lambda _, s: s.glare,
        guidance.MOST_GLARE, frozenset({guidance.GLARE}),
    ),
    Sweep(
        "cover", "mm that a thumb reaches in", (0, 3, 8, 16, 24, 32, 40, 50),
        _covered, "hidden share of a field", lambda _, s: s.hidden,
        guidance.MOST_HIDDEN, frozenset({guidance.COVERED}),
    ),
    Sweep(
        "blur", "sigma, px", (0, 0.6, 1.0, 1.4, 1.8, 2.2, 2.7, 3.3, 4.0),
        _blurred, "sigma, mm on the card", lambda _, s: s.blur_mm,
        guidance.MOST_BLUR_MM, frozenset({guidance.BLURRED, guidance.BLURRED_FAR}),
    ),
    Sweep(
        "motion", "px of smear", (0, 1, 2, 4, 6, 9, 12, 16, 22),
        _moving, "sigma, mm on the card", lambda _, s: s.blur_mm,
        None, frozenset({guidance.MOVING}),
    ),
)  # fmt: skip


@dataclass(slots=True)
class Level:
    """What happened at one strength."""

    level: float
    count: int = 0
    found: int = 0
    exact: int = 0
    hinted: int = 0
    others: Counter[str] = field(default_factory=Counter)
    figures: list[float] = field(default_factory=list)
    pairs: list[tuple[float, bool, bool]] = field(default_factory=list)


def trial_of(seed: int) -> Trial:
    """A good picture: card in the middle, a little turned, an ordinary camera and lamp."""
    rng = random.Random(f"guidance {seed}")
    specimen = (
        draw_portrait_side(invent_person(seed), seed=seed),
        draw_emblem_side(invent_person(seed), seed=seed),
        draw_td1(invent_traveller(seed), seed=seed),
    )[seed % 3]
    pose = Pose(
        centre=(FRAME_SIZE[0] / 2 + rng.uniform(-20, 20), FRAME_SIZE[1] / 2 + rng.uniform(-12, 12)),
        width_px=rng.uniform(760, 860),
        roll_deg=rng.uniform(-3, 3),
        tilt_x_deg=rng.uniform(-3, 3),
        tilt_y_deg=rng.uniform(-3, 3),
    )
    optics = Optics(blur_px=0.4, noise=rng.uniform(1.5, 3), jpeg=rng.randint(84, 94))
    return Trial(specimen, pose, optics, from_left=bool(seed // 3 % 2))


def picture_of(trial: Trial, seed: int, *, shift_px: float = 0.0) -> Pixels:
    """Photograph the trial; `shift_px` is how far the card has moved on."""
    rng = random.Random(f"optics {seed} {shift_px}")
    specimen = trial.specimen
    pose = replace(trial.pose, centre=(trial.pose.centre[0] + shift_px, trial.pose.centre[1]))
    table = desk(KINDS[seed % len(KINDS)], seed % 4, FRAME_SIZE)
    frame, corners = lay(specimen, pose, table)
    if trial.thumb_mm is not None:
        hold(frame, specimen, corners, rng, tip_mm=trial.thumb_mm, from_left=trial.from_left)
    x, y = _FIELD_MM[specimen.side]
    spot = _on_card(corners, x / specimen.width_mm, y / specimen.height_mm)
    aimed = replace(
        trial.optics,
        motion_deg=0.0,
        glare_at=(float(spot[0] / FRAME_SIZE[0]), float(spot[1] / FRAME_SIZE[1])),
    )
    return apply_optics(frame, aimed, rng)


def _on_card(
    corners: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", x: float, y: float
) -> Pixels:
    unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    view = cv2.getPerspectiveTransform(unit, corners.astype(np.float32))
    return np.asarray(cv2.perspectiveTransform(np.array([[(x, y)]], np.float32), view)[0, 0])


def card_seen(before: Frame, now: Frame, placed: Located | None, reading: Reading) -> Seen:
    """What the guidance would be given of the newer of two frames."""
    gate = Gate()
    gate.look(before)
    glance = gate.look(now)
    quiet_s = None if glance.motion >= QUIET else 0.2
    if placed is None or placed.document is None:
        return Seen(glance.brightness, glance.clipped, quiet_s)
    height, width = now.pixels.shape[:2]
    card = CardSeen(
        filled=quality.filled(placed.quad, width, height),
        cut_off=not is_guess(placed) and quality.cut_off(placed.quad, width, height),
        tilt_deg=quality.leaning_deg(reading),
        surface=see_surface(now.pixels, placed),
    )
    return Seen(glance.brightness, glance.clipped, quiet_s, card)


def is_exact(specimen: Specimen, reading: Reading) -> bool:
    """Whether every field and line was read as printed."""
    read = {str(each.name): each.value.reveal() for each in reading.fields}
    right = all(
        read.get(name, "") == value
        for name, value in specimen.truth.items()
        if name != "optional_data_2"
    )
    return right and tuple(line.reveal() for line in reading.mrz) == specimen.mrz


def measure(reader: Reader, sweep: Sweep, seeds: Sequence[int]) -> list[Level]:
    """Take all pictures of one sweep."""
    levels = [Level(each) for each in sweep.levels]
    for seed in seeds:
        good = trial_of(seed)
        for level in levels:
            trial = sweep.worse(good, level.level)
            now = Frame(picture_of(trial, seed), "bench", _TAKEN)
            before = now
            if trial.shift_px:
                shifted = picture_of(trial, seed, shift_px=-trial.shift_px)
                before = Frame(shifted, "bench", _TAKEN)
            placed = reader.locate(now)
            reading = reader.read(now, located=placed)
            fault = fault_in(seen := card_seen(before, now, placed, reading))
            if fault == guidance.MOVING and trembles(seen):
                fault = None  # what is being read meanwhile is not spoken of
            exact = is_exact(trial.specimen, reading)
            level.count += 1
            level.exact += exact
            hinted = fault in sweep.hints
            level.hinted += hinted
            if fault is not None and not hinted:
                level.others[fault] += 1
            if seen.card is not None and seen.card.surface is not None:
                level.found += 1
                figure = sweep.measured(seen.card, seen.card.surface)
                level.figures.append(figure)
                level.pairs.append((figure, exact, hinted))
    return levels


_HEAD: Final = (
    "| {unit} | pictures | card found % | every field read % | this hint % | other hints % "
    "| {figure}, mean |\n|---|---|---|---|---|---|---|"
)


def table(sweep: Sweep, levels: Sequence[Level]) -> str:
    """One gate: its table, and what its bound means."""
    rows = []
    for each in levels:
        mean = f"{sum(each.figures) / len(each.figures):.3g}" if each.figures else "-"
        shares = (each.found, each.exact, each.hinted)
        others = ", ".join(f"{rule} {_percent(n, each.count)}" for rule, n in each.others.items())
        cells = [
            f"{each.level:g}",
            str(each.count),
            *(_percent(n, each.count) for n in shares),
            others or "-",
            mean,
        ]
        rows.append("| " + " | ".join(cells) + " |")
    pairs = [pair for each in levels for pair in each.pairs]
    read = [pair for pair in pairs if pair[1]]
    lost = [pair for pair in pairs if not pair[1]]
    asked = sum(hinted for _, _, hinted in read)
    named = sum(hinted for _, _, hinted in lost)
    bound = sweep.bound
    said = f"Bound: {bound.starts:g}, ends at {bound.ends:g} ({sweep.figure}). " if bound else ""
    return (
        f"## {sweep.title.capitalize()}\n\n"
        + _HEAD.format(unit=sweep.unit, figure=sweep.figure)
        + "\n"
        + "\n".join(rows)
        + f"\n\n{said}Asked for although the picture was read: {asked} of {len(read)}; "
        f"named where the card was found but not read: {named} of {len(lost)}.\n"
        + _best_bound(sweep, pairs)
    )


def _best_bound(sweep: Sweep, pairs: Sequence[tuple[float, bool, bool]]) -> str:
    """Say at which figure reading falls below nine in ten, in steps of a tenth of the pictures."""
    if sweep.bound is None or not pairs:
        return ""
    low_is_bad = sweep.bound.starts < sweep.bound.ends
    ordered = sorted(pairs, key=lambda pair: pair[0] if low_is_bad else -pair[0])
    step = max(5, len(ordered) // 10)
    parts = []
    for at in range(0, len(ordered) - step + 1, step):
        part = ordered[at : at + step]
        share = _percent(sum(exact for _, exact, _ in part), len(part))
        parts.append(f"{part[0][0]:.3g} to {part[-1][0]:.3g}: {share} %")
    return "\nRead, by figure: " + "; ".join(parts) + ".\n"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"


def curve(sweep: Sweep, levels: Sequence[Level]) -> Curve:
    """The two lines of one gate."""
    return Curve(
        title=f"{sweep.title} ({sweep.unit})",
        at=tuple(f"{each.level:g}" for each in levels),
        lines={
            "every field read": tuple(each.exact / each.count for each in levels),
            "this hint given": tuple(each.hinted / each.count for each in levels),
            "another hint": tuple(each.others.total() / each.count for each in levels),
        },
    )


def main(arguments: Sequence[str]) -> int:
    """Print the tables of one run; with `--write` keep them and the curves beside this file."""
    parser = argparse.ArgumentParser(prog="bench guidance", description=__doc__)
    parser.add_argument("--count", type=int, default=12, help="cards at each strength")
    parser.add_argument("--seed", type=int, default=UNSEEN, help="first seed")
    parser.add_argument("--only", choices=[each.title for each in SWEEPS], action="append")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} and the curves")
    options = parser.parse_args(arguments)
    reader = load()
    seeds = range(options.seed, options.seed + options.count)
    tables, curves = [], []
    for sweep in SWEEPS:
        if options.only and sweep.title not in options.only:
            continue
        levels = measure(reader, sweep, seeds)
        tables.append(table(sweep, levels))
        curves.append(curve(sweep, levels))
        print(tables[-1], flush=True)
    if options.write:
        head = (
            f"# Hints at the camera against reading\n\n`python3 pos.py bench guidance --write`: "
            f"{options.count} cards (resident ID card, both sides, TD1) at each strength of one "
            f"fault, 1280x720, one frame each, seeds from {options.seed}, Python "
            f"{platform.python_version()}. A hint is shown only while nothing was read: it is late "
            "where reading has failed without it, and it asks for too much where reading works.\n\n"
            f"![curves]({PICTURE.name})\n\n"
        )
        TABLE.write_text(head + "\n".join(tables), encoding="utf-8")
        PICTURE.write_text(draw_curves(curves), encoding="utf-8")
    return 0
