"""Fills the disk up at every write: what was said to be saved is there, all else is said in words.

Each act is recorded once; then it is played once for each of its writes, and from that write on the
system refuses every one as on a full disk. The till is judged as the next start finds it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pos_client.outbox import room
from tests.faults.scenes import BALLASTED, SAVED, SCENES, Scene, copy
from tests.faults.scenes_keys import KEY_SCENES
from tests.faults.traced import FILLING, Call, fail_at, fail_from, positions, record
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch

_STRIDE: Final = {Size.SHORT: 15, Size.USUAL: 1, Size.LONG: 1}


def disk_full(size: Size, progress: Progress) -> Outcome:
    """Play every scene once for each of its writes."""
    outcome = Outcome(zeros=("lost", "doubled", "false purge", "store damaged", "bug"))
    with scratch(memory=True) as folder:
        plans = [
            _plan(scene, folder / f"template-{n}") for n, scene in enumerate((*SCENES, *KEY_SCENES))
        ]
        plans = [(scene, template, points[:: _STRIDE[size]]) for scene, template, points in plans]
        total = sum(len(points) for _, _, points in plans)
        for scene, template, points in plans:
            outcome.seen[f"writes of: {scene.name}"] = len(points)
            for point in points:
                _strike(scene, template, point, outcome)
                progress(outcome.faults, total)
    return outcome


def _plan(scene: Scene, template: Path) -> tuple[Scene, Path, list[dict[str, int]]]:
    scene.prepare(template)
    copy(template, template.parent / "till")
    _, calls = record(lambda: scene.begin(template.parent / "till"))
    return scene, template, fillings(calls)


def _strike(scene: Scene, template: Path, point: dict[str, int], outcome: Outcome) -> None:
    till = template.parent / "till"
    copy(template, till)
    fate = fail_from(lambda: scene.begin(till), point, "ENOSPC")
    outcome.wrong += [
        f"{each} ({scene.name}, full from {point} on)" for each in scene.judge(till, fate.told)
    ]
    outcome.seen[f"told: {fate.told.partition(':')[0] or 'nothing'}"] += 1
    outcome.faults += 1


def fillings(calls: Sequence[Call]) -> list[dict[str, int]]:
    """Return, for each write of an act, from which number on each kind of write fails."""
    points: list[dict[str, int]] = []
    seen = dict.fromkeys((call.name for call in calls if call.name in FILLING), 0)
    for call in calls:
        if call.name in FILLING:
            points.append({name: count + 1 for name, count in seen.items()})
            seen[call.name] += 1
    return points


def ballast(size: Size, progress: Progress) -> Outcome:
    """Let each write of a receipt fail until the ballast went: every receipt lands all the same."""
    outcome = Outcome(
        zeros=("lost", "false purge", "store damaged", "bug", "a receipt did not land")
    )
    with scratch(memory=True) as folder:
        template, till = folder / "template", folder / "till"
        BALLASTED.prepare(template)
        copy(template, till)
        _, calls = record(lambda: BALLASTED.begin(till))
        points = [point for point in positions(calls) if point[0] in FILLING][:: _STRIDE[size]]
        for name, position in points:
            copy(template, till)
            fate = fail_at(lambda: BALLASTED.begin(till), name, position, "ENOSPC")
            thrown = not (till / room.FILE).exists()
            outcome.expect(fate.told == SAVED, f"not landed: {fate.told}, {name} {position}")
            outcome.wrong += BALLASTED.judge(till, fate.told)
            outcome.seen["the ballast was thrown"] += thrown
            outcome.faults += 1
            progress(outcome.faults, len(points))
    return outcome


TRIALS: Final = (
    Trial("disk", "The disk is full from every write on", disk_full),
    Trial("ballast", "The disk is full while receipts come", ballast),
)
