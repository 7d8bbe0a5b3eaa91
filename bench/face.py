"""How alike faces are by the client's own measure: an operator's pairs, or drawn ones."""

import argparse
import csv
import itertools
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bench import _drawn_faces
from pos_client import resources
from pos_client.capture.bounded import Decoder
from pos_client.capture.face import FacePrint, likeness
from pos_client.capture.face_gate import measure_face, people, printed_fault
from pos_client.capture.face_nets import FaceNets, load_faces
from pos_client.capture.files import read_picture
from pos_client.capture.frame import Pixels
from pos_client.capture.problems import PictureUnreadable
from pos_client.model.face import FaceVerdict, verdict_of
from pos_client.model.policy import FacePolicy
from pos_client.model.problems import Problem
from pos_client.registration.policy import parse_policy

TABLE: Final = Path(__file__).with_suffix(".md")
SAMPLE: Final = "policies/training.face.json"
#: What one run looks at: longer lists are for more than one evening.
MAX_PAIRS: Final = 20_000
_MAX_CSV_BYTES: Final = 8 * 1024 * 1024
#: Pairs of different people drawn for each pair of one, from a folder of people.
_OTHERS: Final = 5
_SAME: Final = frozenset({"1", "same", "yes", "true"})
_DIFFERENT: Final = frozenset({"0", "different", "no", "false"})
_QUANTILES: Final = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


class BadList(Exception):
    """The list of pairs cannot be used; the text says which line, and why."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures and whether they show one person; `line` tells it apart, never its name."""

    line: int
    one: Path
    two: Path
    same: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair with its likeness, or with the reason why there is none."""

    line: int
    same: bool
    score: float | None
    reason: str = ""


def main(arguments: Sequence[str]) -> int:
    """Compare the pairs, print what came of it, and keep nothing."""
    parser = argparse.ArgumentParser(prog="bench face", description=__doc__)
    parser.add_argument(
        "pairs",
        nargs="?",
        type=Path,
        help="a CSV with the columns one, two, same; or a folder with a folder for each person",
    )
    parser.add_argument("--policy", type=Path, help="policy pack whose thresholds apply")
    parser.add_argument("--scores", action="store_true", help="print every pair by its line")
    parser.add_argument("--seed", type=int, default=1, help="draws pairs of different people")
    parser.add_argument("--count", type=int, default=100, help="drawn people, without PAIRS")
    parser.add_argument("--write", action="store_true", help="keep the table of drawn faces")
    options = parser.parse_args(arguments)
    try:
        policy = face_policy(options.policy)
        nets = load_faces(resources.folder("models"))
        if options.pairs is None:
            text = _drawn_faces.report(nets, policy, options.count)
            print(text)
            if options.write:
                TABLE.write_text(text, encoding="utf-8")
            return 0
        pairs = pairs_of(options.pairs, random.Random(options.seed))
        scored = score(nets, pairs)
    except (BadList, Problem) as error:
        print(f"bench face: {error}", file=sys.stderr)
        return 2
    for each in scored if options.scores else ():
        shown = each.reason if each.score is None else f"{each.score:.4f}"
        print(f"{each.line:6} {'same' if each.same else 'different':9} {shown}")
    print(report(scored, policy))
    return 0


def face_policy(file: Path | None) -> FacePolicy:
    """Return the thresholds of a policy pack, those of the shipped sample without one.

    Raises:
        BadList: the file cannot be read, or its pack compares no faces.
        PolicyRefused: it is no valid pack.
    """
    try:
        data = (resources.path(SAMPLE) if file is None else file).read_bytes()
    except OSError as err:
        msg = f"the policy cannot be read: {err.strerror}"
        raise BadList(msg) from err
    face = parse_policy(data).face
    if face is None:
        raise BadList("this policy pack compares no faces: it has no `face`")
    return face


def pairs_of(source: Path, chance: random.Random) -> list[Pair]:
    """Return the pairs that a CSV lists, or that a folder of people makes.

    Raises:
        BadList: there is no such list, it is too long, or a line of it is wrong.
    """
    if source.is_dir():
        return _from_folder(source, chance)
    try:
        if source.stat().st_size > _MAX_CSV_BYTES:
            msg = f"the list is larger than {_MAX_CSV_BYTES >> 20} MB"
            raise BadList(msg)
        with source.open(encoding="utf-8-sig", newline="") as file:
            found = list(itertools.islice(_from_csv(file, source.parent), MAX_PAIRS + 1))
    except OSError as err:
        msg = f"the list cannot be read: {err.strerror}"
        raise BadList(msg) from err
    except (UnicodeDecodeError, csv.Error) as err:
        raise BadList("the list is no CSV in UTF-8") from err
    if len(found) > MAX_PAIRS:
        msg = f"the list has more than {MAX_PAIRS} pairs"
        raise BadList(msg)
    if not found:
        raise BadList("the list has no pairs")
    return found


def _from_csv(lines: Iterator[str] | Sequence[str], folder: Path) -> Iterator[Pair]:
    reader = csv.DictReader(lines)
    if not {"one", "two", "same"} <= set(reader.fieldnames or ()):
        raise BadList("line 1: the columns one, two and same are expected")
    for row in reader:
        said = (row["same"] or "").strip().lower()
        if said not in _SAME | _DIFFERENT:
            msg = f"line {reader.line_num}: `same` is 1 or 0, same or different"
            raise BadList(msg)
        if not row["one"] or not row["two"]:
            msg = f"line {reader.line_num}: a picture is missing"
            raise BadList(msg)
        yield Pair(reader.line_num, folder / row["one"], folder / row["two"], said in _SAME)


def _from_folder(folder: Path, chance: random.Random) -> list[Pair]:
    people_found = [
        sorted(file for file in each.iterdir() if file.is_file())
        for each in sorted(folder.iterdir())
        if each.is_dir()
    ]
    pairs_of_one = (pair for files in people_found for pair in itertools.combinations(files, 2))
    same = list(itertools.islice(pairs_of_one, MAX_PAIRS))
    if not same or len(people_found) < 2:
        raise BadList("a folder for each person is expected, with two pictures or more in some")
    if len(same) * (1 + _OTHERS) > MAX_PAIRS:
        msg = f"the folder makes more than {MAX_PAIRS} pairs"
        raise BadList(msg)
    others = []
    for _ in range(len(same) * _OTHERS):
        one, two = chance.sample([files for files in people_found if files], 2)
        others.append((chance.choice(one), chance.choice(two)))
    both = [(*pair, True) for pair in same] + [(*pair, False) for pair in others]
    return [Pair(line, one, two, is_same) for line, (one, two, is_same) in enumerate(both, 1)]


def score(nets: FaceNets, pairs: Sequence[Pair]) -> list[Scored]:
    """Compare each pair; a picture that cannot be used costs its pairs and nothing else."""
    decoder = Decoder()
    decoder.start()
    with closing(decoder):
        known: dict[Path, FacePrint | str] = {}
        found = []
        for pair in pairs:
            prints = [_print_of(nets, path, known, decoder.decode) for path in (pair.one, pair.two)]
            reasons = [each for each in prints if isinstance(each, str)]
            if reasons:
                found.append(Scored(pair.line, pair.same, None, reasons[0]))
                continue
            one, two = (each for each in prints if isinstance(each, FacePrint))
            found.append(Scored(pair.line, pair.same, likeness(one, two)))
    return found


def _print_of(
    nets: FaceNets,
    path: Path,
    known: dict[Path, FacePrint | str],
    decode: Callable[[bytes], Pixels],
) -> FacePrint | str:
    if path not in known:
        known[path] = _look(nets, path, decode)
    return known[path]


def _look(nets: FaceNets, path: Path, decode: Callable[[bytes], Pixels]) -> FacePrint | str:
    try:
        pixels = read_picture(path, decode).pixels
    except PictureUnreadable as problem:
        return problem.reason
    faces = people(nets.find(pixels))
    if len(faces) != 1:
        return "several" if faces else "no_face"
    aligned = nets.align(pixels, faces[0])
    return printed_fault(faces[0], measure_face(aligned)) or nets.print_of(aligned)


def report(scored: Sequence[Scored], policy: FacePolicy) -> str:
    """Return the distributions, and what the thresholds make of them."""
    lines = [
        f"Thresholds of the policy: match from {policy.accept}, differ below {policy.review}.",
        "",
        (
            f"| pairs | compared | {' | '.join(f'{q:.0%}' for q in _QUANTILES)} | match | review |"
            " differ |"
        ),
        f"|---|--:|{'--:|' * (len(_QUANTILES) + 3)}",
    ]
    for same, name in ((True, "one person"), (False, "different people")):
        scores = [each.score for each in scored if each.same is same and each.score is not None]
        lines.append(distribution(name, scores, policy))
    unused = Counter(each.reason for each in scored if each.score is None)
    if unused:
        told = ", ".join(f"{reason} {count}" for reason, count in unused.most_common())
        lines += ["", f"Not compared, by the first reason: {told}."]
    lines += ["", _caution(scored, policy)]
    return "\n".join(lines)


def distribution(name: str, scores: Sequence[float], policy: FacePolicy) -> str:
    """Return one line of the table."""
    if not scores:
        return f"| {name} | 0 |{' – |' * (len(_QUANTILES) + 3)}"
    verdicts = Counter(verdict_of(s, accept=policy.accept, review=policy.review) for s in scores)
    marks = " | ".join(f"{each:.3f}" for each in np.quantile(scores, _QUANTILES))
    counts = " | ".join(
        str(verdicts[each]) for each in (FaceVerdict.MATCH, FaceVerdict.REVIEW, FaceVerdict.DIFFER)
    )
    return f"| {name} | {len(scores)} | {marks} | {counts} |"


def _caution(scored: Sequence[Scored], policy: FacePolicy) -> str:
    others = [each.score for each in scored if not each.same and each.score is not None]
    wrong = sum(score >= policy.accept for score in others)
    if others and not wrong:
        return (
            f"None of {len(others)} pairs of different people matched. That says no more than: "
            f"fewer than {3 / len(others):.2%} do, nineteen times out of twenty, among people and "
            "cameras like these."
        )
    return (
        "These pairs are a sample: other people, cameras and light give other figures. A threshold "
        "is set with pairs of the carrier's own customers."
    )
