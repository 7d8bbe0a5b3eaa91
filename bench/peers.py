"""This reader beside the free engines, in one run on the same raw frames: how right, how fast."""

import argparse
import platform
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from bench.capture import Sample, load, load_of_machine, percent, samples
from bench.cards import UNSEEN, Case, cases
from bench.rivals.engines import Rivals
from bench.rivals.plain_text import fields_of, zone_of
from pos_client.capture.frame import Frame
from pos_client.capture.reader import Reader
from pos_client.model.reading import Verdict

TABLE: Final = Path(__file__).with_suffix(".md")
_PLAIN: Final = ("pytesseract", "tesserocr", "rapidocr")
_OURS: Final = "pos-client"
#: At the counter another frame is always to come, so the slow second engine waits for that one.
_FIRST: Final = "pos-client, as the first of several frames"
_ZONES: Final = ("passport", "card td1", "card td2", "visa a", "visa b")


@dataclass(slots=True)
class Score:
    """What one engine did on one kind of frames."""

    count: int = 0
    exact: int = 0
    claimed_wrong: int = 0
    ms: list[float] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    fields: dict[str, list[bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class How:
    """How one reading went, beside what it read."""

    ms: float
    claimed: bool = False
    fault: str = ""


Scores = dict[tuple[str, str], Score]


def _ours(
    reader: Reader, frame: Frame, *, quick: bool = False
) -> tuple[dict[str, str], tuple[str, ...], float, bool]:
    began = perf_counter()
    reading = reader.read(frame, quick=quick)
    ms = (perf_counter() - began) * 1000
    values = {str(each.name): each.value.reveal() for each in reading.fields}
    zone = tuple(line.reveal() for line in reading.mrz)
    return values, zone, ms, reading.verdict is Verdict.READ


def on_card(scores: Scores, case: Case, reader: Reader, rivals: Rivals) -> None:
    """Let everybody read one frame of a resident card."""
    frame = case.frame(0)
    truth = case.specimen.truth
    groups = ("resident ID: all", f"resident ID: {case.group}")
    for name, quick in ((_OURS, False), (_FIRST, True)):
        values, _, ms, claimed = _ours(reader, frame, quick=quick)
        _note(scores, groups, name, _right(truth, values), How(ms, claimed))
    for engine in _PLAIN:
        lines, took, fault = rivals.read(engine, frame.pixels, "chi_sim+eng")
        _note(scores, groups, engine, _right(truth, fields_of(lines)), How(took, fault=fault))


def on_zone(scores: Scores, sample: Sample, reader: Reader, rivals: Rivals) -> None:
    """Let everybody read one frame with a machine-readable zone."""
    groups = ("MRZ: all", f"MRZ: {sample.difficulty}")
    wanted = sample.specimen.mrz
    _, zone, ms, claimed = _ours(reader, sample.frame)
    _note(scores, groups, _OURS, {"mrz": zone == wanted}, How(ms, claimed))
    for engine in (*_PLAIN, "PassportEye"):
        lines, took, fault = rivals.read(engine, sample.frame.pixels, "eng")
        _note(scores, groups, engine, {"mrz": zone_of(lines) == wanted}, How(took, fault=fault))


def _right(truth: dict[str, str], values: dict[str, str]) -> dict[str, bool]:
    return {name: values.get(name) == value for name, value in truth.items()}


def _note(
    scores: Scores,
    groups: Sequence[str],
    engine: str,
    right: dict[str, bool],
    how: How,
) -> None:
    for group in groups:
        score = scores.setdefault((group, engine), Score())
        score.count += 1
        score.exact += all(right.values())
        score.claimed_wrong += how.claimed and not all(right.values())
        score.ms.append(how.ms)
        if how.fault:
            score.faults.add(how.fault)
        for name, good in right.items():
            score.fields.setdefault(name, []).append(good)


def rows(scores: Scores) -> Iterator[str]:
    """The table, one block for each kind of frames."""
    titles = (
        "frames | engine | n | whole document exact % | ms median | p95 | speed | fields exact %"
    )
    yield f"| {titles} |\n|---|---|---|---|---|---|---|---|"
    for (group, engine), score in sorted(scores.items(), key=lambda each: each[0][0]):
        ours = scores[group, _OURS].ms
        quick = scores.get((group, _FIRST))
        first = quick.ms if quick else None
        median = statistics.median(score.ms)
        each = " · ".join(
            f"{name} {percent(sum(good), len(good))}" for name, good in score.fields.items()
        )
        p95 = sorted(score.ms)[max(0, round(len(score.ms) * 0.95) - 1)]
        ratio = "-" if engine in {_OURS, _FIRST} or not median else _ratio(ours, first, score.ms)
        yield (
            f"| {group} | {engine} | {score.count} | {percent(score.exact, score.count)} | "
            f"{median:.0f} | {p95:.0f} | {ratio} | {each} |"
        )
    for (group, engine), score in scores.items():
        if score.faults and "all" in group:
            yield f"\n{engine} on {group}: {'; '.join(sorted(score.faults))[:200]}"


def _ratio(ours: Sequence[float], first: Sequence[float] | None, other: Sequence[float]) -> str:
    """Medians against each other, and the time for all frames together."""
    quick = f", as first frame {_of(first, other)}" if first else ""
    return f"ours is {_of(ours, other)} of it{quick}"


def _of(ours: Sequence[float], other: Sequence[float]) -> str:
    middle = statistics.median(ours) / statistics.median(other)
    return f"{middle:.2f} (in all {sum(ours) / sum(other):.2f})"


def main(arguments: Sequence[str]) -> int:
    """Print the table of one run; with `--write` keep it beside this file."""
    parser = argparse.ArgumentParser(prog="bench peers", description=__doc__)
    parser.add_argument("--cards", type=int, default=48, help="frames of resident cards")
    parser.add_argument("--zones", type=int, default=30, help="frames with machine-readable lines")
    parser.add_argument("--seed", type=int, default=UNSEEN + 50_000, help="first seed")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} as well")
    options = parser.parse_args(arguments)
    reader, rivals = load(), Rivals()
    scores: Scores = {}
    cards = list(cases("unseen", options.cards + 1, options.seed))
    zones = samples(options.zones + 1, options.seed, _ZONES, ("easy", "medium", "hard"))
    for at, case in enumerate(cards if options.cards else ()):
        on_card(scores if at else {}, case, reader, rivals)  # the first one warms everybody up
        _keep(options, scores)
    for at, sample in enumerate(zones if options.zones else ()):
        on_zone(scores if at else {}, sample, reader, rivals)
        _keep(options, scores)
    rivals.close()
    print("\n".join(rows(scores)))
    return 0


def _keep(options: argparse.Namespace, scores: Scores) -> None:
    """Write what there is so far: a run that is cut short has shown as much as it has shown."""
    if not options.write or not scores:
        return
    head = (
        f"# Beside the free engines\n\n`python -m bench peers --cards {options.cards} --zones "
        f"{options.zones}`: the same raw frames for all, "
        f"one after the other in one run, seeds from {options.seed}, resident cards from "
        f"`bench/unseen/`, machine-readable documents from `specimens/`; two cores, Python "
        f"{platform.python_version()}, load of the machine when done {load_of_machine()}. "
        f"Plain text engines get one lenient parser (`bench/rivals/plain_text.py`).\n\n"
    )
    TABLE.write_text(head + "\n".join(rows(scores)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
