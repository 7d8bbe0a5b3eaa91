"""What `pos-client read` prints: one line a picture file, whatever is wrong with the others."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from pos_client.capture.picture_problems import nothing_read
from pos_client.capture.problems import PictureUnreadable
from pos_client.desk.eyes import reader_of_files
from pos_client.documents import DocumentKindUnknown, known_kinds
from pos_client.model.document import DocumentKind
from pos_client.model.field import Field
from pos_client.model.originality import Suspicion
from pos_client.model.problems import Problem
from pos_client.model.reading import Reading, Repair, Verdict


class CheckLine(TypedDict):
    """One check of a value: rule, result, and a word where it failed."""

    rule: str
    passed: bool
    reason: str


class FieldLine(TypedDict):
    """One value with its provenance."""

    value: str
    raw: str
    source: str
    confidence: float
    checks: list[CheckLine]


#: One character changed in the machine-readable lines. `from` is no name that a class may have.
RepairLine = TypedDict(
    "RepairLine", {"row": int, "position": int, "from": str, "to": str, "reason": str}
)


class SuspicionLine(TypedDict):
    """One sign that a picture may show no original: its strength, and whether it is suspected."""

    sign: str
    score: float
    suspected: bool


class ReadingLine(TypedDict):
    """One picture. `reason` says in one word why it could not be read, else it is empty.

    `code`, `title` and `advice` say the same to people, as everywhere in the client. `as_wanted` is
    false where another kind was read than the one that was asked for. `originality` is empty where
    nothing was read, or too little of it to judge; it is advice, and no part of the verdict.
    """

    file: str
    document: str | None
    as_wanted: bool
    side: str | None
    verdict: str
    fields: dict[str, FieldLine]
    mrz: list[str]
    mrz_repairs: list[RepairLine]
    originality: list[SuspicionLine]
    ms: int
    reason: str
    code: str
    title: str
    advice: str


def reading_lines(
    files: Iterable[Path], wanted: DocumentKind | None, threads: int, documents: str = ""
) -> Iterator[ReadingLine]:
    """Read the pictures one after the other; the values leave their `Private` here, by request.

    Raises:
        DocumentKindUnknown: there is no kind called `wanted`.
        ModelsMissing: nothing is installed that could read.
        PicturesNotOpened: nothing can open picture files; none of them is at fault.
    """
    kinds = known_kinds(documents)
    if wanted is not None and all(each.code != wanted for each in kinds):
        raise DocumentKindUnknown(kind=wanted)
    read = reader_of_files(kinds, threads)
    for file in files:
        try:
            yield _line(str(file), read(file, wanted), wanted)
        except PictureUnreadable as problem:
            yield _unreadable(str(file), problem.reason, problem)


def _line(file: str, reading: Reading, wanted: DocumentKind | None) -> ReadingLine:
    return ReadingLine(
        file=file,
        document=reading.document,
        as_wanted=wanted is None or reading.document in {None, wanted},
        side=reading.side,
        verdict=reading.verdict,
        fields={field.name: _field(field) for field in reading.fields},
        mrz=[line.reveal() for line in reading.mrz],
        mrz_repairs=[_repair(each) for each in reading.repairs],
        originality=[_suspicion(each) for each in reading.image.originality]
        if reading.image
        else [],
        ms=reading.ms,
        reason=reading.reason,
        **_told(nothing_read(reading.reason) if reading.verdict is Verdict.UNREADABLE else None),
    )


def _unreadable(file: str, reason: str, problem: Problem) -> ReadingLine:
    return ReadingLine(
        file=file,
        document=None,
        as_wanted=True,
        side=None,
        verdict=Verdict.UNREADABLE,
        fields={},
        mrz=[],
        mrz_repairs=[],
        originality=[],
        ms=0,
        reason=reason,
        **_told(problem),
    )


class _Told(TypedDict):
    """What people are told about a picture that was not read."""

    code: str
    title: str
    advice: str


def _told(problem: Problem | None) -> _Told:
    if problem is None:
        return {"code": "", "title": "", "advice": ""}
    title, advice = problem.title, problem.advice
    return {"code": problem.code, "title": title, "advice": advice.format_map(problem.values)}


def _repair(repair: Repair) -> RepairLine:
    return {
        "row": repair.row,
        "position": repair.place,
        "from": repair.seen.reveal(),
        "to": repair.taken.reveal(),
        "reason": repair.reason,
    }


def _suspicion(seen: Suspicion) -> SuspicionLine:
    return {"sign": seen.sign, "score": seen.score, "suspected": seen.suspected}


def _field(field: Field) -> FieldLine:
    return FieldLine(
        value=field.value.reveal(),
        raw=field.raw.reveal(),
        source=field.source,
        confidence=round(field.confidence, 3),
        checks=[
            CheckLine(rule=check.rule, passed=check.passed, reason=check.reason)
            for check in field.checks
        ],
    )
