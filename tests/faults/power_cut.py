"""Cuts the power at any moment: disks that have lost, kept, torn or mixed up what was not flushed.

A till works under strace, which records every call that reaches the disk. From that recording
states are made in which a power cut may leave the disk, and each is opened as the next start would.
Three controls show that the model is neither too kind nor too hard: the same recording without our
flushes has to show losses, plain SQLite has to survive, and has to fail without its own flushes.
"""

import os
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults import power_plain, power_till
from tests.faults.power_disk import Disk
from tests.faults.traced import CHANGING, Act, Call, record
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch

_STATES: Final = {Size.SHORT: 120, Size.USUAL: 1000, Size.LONG: 5000}
_CONTROLS: Final = {Size.SHORT: 60, Size.USUAL: 250, Size.LONG: 250}

Judge = Callable[[Path, list[str]], list[str]]
Flush = Callable[[Call], bool]


@dataclass(frozen=True, slots=True)
class Recording:
    """A folder as it was in the beginning, and everything that was done to it."""

    template: Path
    folder: Path
    calls: list[Call] = field(repr=False)


def recorded(template: Path, folder: Path, begin: Callable[[Path], Act]) -> Recording:
    """Let a program work on a copy of `template`, and keep every call that it made."""
    shutil.copytree(template, folder)
    fate, calls = record(lambda: begin(folder), CHANGING)
    if fate.told != "done":
        message = f"the work did not come to its end: {fate}"
        raise AssertionError(message)
    return Recording(template, folder, calls)


def cut(
    recording: Recording, states: int, judge: Judge, keeps: Flush, each: Callable[[], None]
) -> Outcome:
    """Make so many states up, open each, and return what is wrong; `keeps` says which flushes are.

    Marks of the program (what it had told by then) are the writes to the null device.
    """
    outcome = Outcome(zeros=("lost", "false purge", "store damaged"))
    chance = random.Random(states)  # noqa: S311 - to be repeated, not to be secret
    wanted: dict[int, int] = defaultdict(int)
    for _ in range(states):
        wanted[chance.randrange(len(recording.calls))] += 1
    shutil.rmtree(recording.folder)  # what an earlier run made of it
    shutil.copytree(recording.template, recording.folder)
    disks = [Disk.holding(recording.folder, ordered=ordered) for ordered in (True, False)]
    told: list[str] = []
    for number, call in enumerate(recording.calls):
        for _ in range(wanted[number]):
            _lay(chance.choice(disks).after(chance), recording.folder)
            wrong = judge(recording.folder, told)
            outcome.wrong += [f"{what} (call {number}, {call.name})" for what in wrong]
            outcome.faults += 1
            each()
        if call.file == os.devnull:
            told.append(call.texts[0].decode())
        elif call.name not in ("fsync", "fdatasync") or keeps(call):
            for disk in disks:
                disk.take(call)
    for mode, times in sorted((disks[0].played + disks[1].played).items()):
        outcome.seen[f"files of which the cut left: {mode}"] = times
    return outcome


def _lay(state: dict[str, bytes], folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "packets" / "aside").mkdir(parents=True)
    for name, content in state.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def _all(_call: Call) -> bool:
    return True


def _none(_call: Call) -> bool:
    return False


def _only_sqlites(call: Call) -> bool:
    return "outbox.db" in call.file


def power_cut(size: Size, progress: Progress) -> Outcome:
    """Cut the power of the till, and of the controls."""
    states, controls = _STATES[size], _CONTROLS[size]
    steps = _counting(progress, states + 4 * controls)
    with scratch(memory=True) as folder:
        power_till.prepare(folder / "template")
        till = recorded(folder / "template", folder / "till", power_till.begin)
        outcome = cut(till, states, power_till.judge, _all, lambda: next(steps))
        outcome.seen["calls of the recording"] = len(till.calls)
        plain_start = folder / "plain-template"
        power_plain.prepare(plain_start)
        plain = recorded(plain_start, folder / "plain", power_plain.begin)
        for name, recording, judge, keeps, fails in (
            ("without our flushes", till, power_till.judge, _only_sqlites, True),
            ("without any flush", till, power_till.judge, _none, True),
            ("plain SQLite", plain, power_plain.judge, _all, False),
            ("plain SQLite without its flushes", plain, power_plain.judge, _none, True),
        ):
            control = cut(recording, controls, judge, keeps, lambda: next(steps))
            outcome.faults += control.faults
            outcome.seen[f"control, {name}: things wrong"] = len(control.wrong)
            verdict = f"control: {name}: {control.wrong[:3]}"
            outcome.expect(bool(control.wrong) == fails, verdict)
    return outcome


def _counting(progress: Progress, total: int) -> Iterator[None]:
    for played in range(1, total + 1):
        progress(played, total)
        yield


TRIALS: Final = (
    Trial("power", "The power is cut: lost, kept, torn and mixed-up writes", power_cut),
)
