"""Kills at every system call: nothing between two points is left to chance.

Each act is recorded once, so that all its calls are known; then it is played once for each of them
on a fresh copy of the till, and killed as it enters that call.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.faults.scenes import SCENES, Scene, copy
from tests.faults.scenes_keys import KEY_SCENES
from tests.faults.traced import kill_at, positions, record
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch

#: The tests take every n-th point of an act; all others take all.
_STRIDE: Final = {Size.SHORT: 15, Size.USUAL: 1, Size.LONG: 1}


def kill_points(size: Size, progress: Progress) -> Outcome:
    """Play every scene once for each of its system calls."""
    outcome = Outcome(zeros=("lost", "doubled", "false purge", "store damaged"))
    plans: list[tuple[Scene, Path, list[tuple[str, int]]]] = []
    with scratch(memory=True) as folder:
        for number, scene in enumerate((*SCENES, *KEY_SCENES)):
            template = folder / f"template-{number}"
            scene.prepare(template)
            points = _points(scene, template, folder / "till")
            plans.append((scene, template, points[:: _STRIDE[size]]))
            outcome.seen[f"calls of: {scene.name}"] = len(points)
        total = sum(len(points) for _, _, points in plans)
        for scene, template, points in plans:
            for point in points:
                outcome.wrong += _strike(scene, template, folder / "till", point)
                outcome.faults += 1
                progress(outcome.faults, total)
    return outcome


def _points(scene: Scene, template: Path, folder: Path) -> list[tuple[str, int]]:
    copy(template, folder)
    fate, calls = record(lambda: scene.begin(folder))
    if fate.killed or fate.told.startswith("bug"):
        message = f"{scene.name} does not work undisturbed: {fate}"
        raise AssertionError(message)
    return positions(calls)


def _strike(scene: Scene, template: Path, folder: Path, point: tuple[str, int]) -> Sequence[str]:
    copy(template, folder)
    fate = kill_at(lambda: scene.begin(folder), *point)
    wrong = scene.judge(folder, fate.told)
    if not fate.killed:
        wrong.append("not killed: the act did not come to this call")
    return [f"{each} ({scene.name}, killed at {point[0]} {point[1]})" for each in wrong]


TRIALS: Final = (Trial("points", "SIGKILL at every system call of an act", kill_points),)
