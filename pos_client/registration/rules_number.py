"""Rules about numbers that carry their own proof: the citizen number and machine-readable lines."""

from collections.abc import Iterator
from typing import Final

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.field import FieldName, Source
from pos_client.model.numbers import cn_id, mrz
from pos_client.model.numbers.cn_id import IdFault
from pos_client.model.numbers.mrz import MrzFault
from pos_client.model.rules import Finding, Severity
from pos_client.registration import dates, field_checks, regions
from pos_client.registration.case import Case

_BIRTH: Final = FieldName("birth_date")
_SEX: Final = FieldName("sex")
#: Faults about the lines as a whole; they hold for no single field.
_WHOLE_LINES: Final = frozenset({MrzFault.LENGTH, MrzFault.CHARSET, MrzFault.COMPOSITE})
_COVERED: Final = frozenset({"document_number", "birth_date", "expiry_date", "optional_data"})


def findings(case: Case) -> Iterator[Finding]:
    """Yield what is to be said about the document's numbers."""
    declaration = case.declaration
    if declaration is None:
        return
    for each in case.fields_shown():
        if each.type == "cn_id18":
            yield from _citizen_number(case, each.name)
    if declaration.mrz is not None and case.draft.mrz:
        yield from _machine_readable(case, declaration)


def _citizen_number(case: Case, name: FieldName) -> Iterator[Finding]:
    number = case.value(name)
    fault = cn_id.fault(number, today=case.today)
    if fault is IdFault.LENGTH:
        yield case.finding("NUM01", name, {"n": str(len(number))})
    elif fault is not None:
        yield case.finding(field_checks.RULE_OF_FAULT[fault], name)
    else:
        yield from _against_print(case, number)
        if not regions.known(number):
            yield case.finding("NUM05", name, {"code": cn_id.region(number)})


def _against_print(case: Case, number: str) -> Iterator[Finding]:
    printed, born = dates.whole(case.value(_BIRTH)), cn_id.birth_date(number)
    if printed is not None and printed != born:
        yield case.finding("NUM03", _BIRTH, {"a": born.isoformat(), "b": printed.isoformat()})
    shown = field_checks.sex_of(case.value(_SEX))
    if shown is not None and shown is not cn_id.sex(number):
        yield case.finding("NUM04", _SEX)


def _machine_readable(case: Case, declaration: DocumentDeclaration) -> Iterator[Finding]:
    lines = tuple(line.reveal() for line in case.draft.mrz)
    names: set[str] = {field.name for field in declaration.fields}
    for fault in mrz.faults_of(lines):
        about = FieldName(fault.value) if fault.value in names else None
        severity = Severity.REVIEW if _typed_over(case, fault) else None
        yield case.finding("NUM06", about, _position(lines, fault), severity=severity)


def _typed_over(case: Case, fault: MrzFault) -> bool:
    """Say whether an operator answers for what the worn lines could not give.

    Typing the value is as good as typing the whole document, which the policy may allow; people
    look at it. Only the printed lines cannot be proven any more.
    """
    typed = {n for n, field in case.draft.fields.items() if field.source is Source.TYPED}
    return bool(typed & _COVERED) if fault in _WHOLE_LINES else fault.value in typed


def _position(lines: tuple[str, ...], fault: MrzFault) -> dict[str, str]:
    form = mrz.format_of(lines)
    if form is None:
        return {"pos": "1"}
    digits = (check.digit for check in mrz.SHAPES[form].checks if check.fault is fault)
    line, column = next(digits, (0, 0))
    return {
        "pos.en": f"{column + 1} of line {line + 1}",
        "pos.zh_CN": f"{line + 1} 行 {column + 1}",
    }
