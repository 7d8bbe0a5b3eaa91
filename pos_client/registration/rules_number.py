"""Rules about numbers that carry their own proof: the citizen number and machine-readable lines."""

from collections.abc import Iterator
from typing import Final

from pos_client import regions
from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration
from pos_client.model.field import FieldName, Source
from pos_client.model.numbers import cn_id, mrz, schemes
from pos_client.model.numbers.mrz import MrzFault
from pos_client.model.numbers.schemes import Scheme
from pos_client.model.rules import Finding, Severity
from pos_client.registration import dates, field_checks
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
        if field_checks.scheme_of(each) or each.pattern:
            yield from _number(case, each)
    if declaration.mrz is not None and case.draft.mrz:
        yield from _machine_readable(case, declaration)


def _number(case: Case, field: FieldDeclaration) -> Iterator[Finding]:
    number = case.value(field.name)
    if not number and field.type != "cn_id18":
        return  # DOC11 asks for it where it has to be there
    scheme = field_checks.scheme_of(field)
    rule, fault = field_checks.number_fault(field, number, case.today)
    if fault is not None:
        values = {"n": str(len(number))} if rule == "NUM01" else _titles(field)
        yield case.finding(rule, field.name, values)
    if fault is None and scheme is not None:
        yield from _against_print(case, schemes.SCHEMES[scheme], number)
        region = field_checks.region_rule(scheme, number)
        if region is not None:
            yield case.finding(region, field.name, _region(number))


def _titles(field: FieldDeclaration) -> dict[str, str]:
    return {f"field.{language}": title for language, title in field.title.items()}


def _region(number: str) -> dict[str, str]:
    code = cn_id.region(number)
    found = regions.periods(code)
    last = str(found[-1].last) if found else ""
    return {"code": code, "place": regions.place(code), "year": last}


def _against_print(case: Case, scheme: Scheme, number: str) -> Iterator[Finding]:
    printed = dates.whole(case.value(_BIRTH))
    born = scheme.born(number, case.today) if scheme.born else None
    if printed is not None and born is not None and printed != born:
        yield case.finding("NUM03", _BIRTH, {"a": born.isoformat(), "b": printed.isoformat()})
    shown = field_checks.sex_of(case.value(_SEX))
    if shown is not None and scheme.sex is not None and shown is not scheme.sex(number):
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
