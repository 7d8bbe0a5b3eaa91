"""What can be tested on a document's values without asking anybody, noted beside each value."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration
from pos_client.model.field import Field, FieldCheck, FieldName
from pos_client.model.numbers import cn_id, schemes
from pos_client.model.numbers.cn_id import IdFault, Sex
from pos_client.regions import Standing, standing
from pos_client.registration import dates, holder, term

#: The numbers whose first six digits name a district.
_WITH_REGION: Final = frozenset({"cn_id18"})
#: Which rule speaks about which fault of a citizen number.
RULE_OF_FAULT: Final = {
    IdFault.LENGTH: "NUM01",
    IdFault.FIRST_GENERATION: "DOC10",
    IdFault.CHARSET: "NUM02",
    IdFault.CHECKSUM: "NUM02",
    IdFault.DATE: "NUM02",
    IdFault.FUTURE: "PER04",
}
#: The same for numbers of other documents.
_RULE_OF_OTHERS: Final = {
    "length": "NUM10",
    "charset": "NUM10",
    "place": "NUM10",
    "first_generation": "DOC10",
    "checksum": "NUM11",
    "date": "NUM11",
    "future": "PER04",
}
#: Made anew after every change; checks of other rules are the reader's and stay.
_OURS: Final = frozenset((*RULE_OF_FAULT.values(), *_RULE_OF_OTHERS.values())) | {
    "NUM03",
    "NUM04",
    "NUM05",
    "NUM08",
    "NUM09",
    "NUM12",
    "DOC05",
    "DOC14",
}
_SEX_ON_CARD: Final = {"男": Sex.MALE, "M": Sex.MALE, "女": Sex.FEMALE, "F": Sex.FEMALE}
_DATE_TYPES: Final = frozenset({"date", "validity_start", "validity_end"})
_MRZ_DATES: Final = frozenset({"birth_date", "expiry_date"})


def checked(
    fields: dict[FieldName, Field], declaration: DocumentDeclaration, today: date
) -> dict[FieldName, Field]:
    """Return the fields with the outcome of every check of theirs, between the sides too."""
    found: dict[FieldName, list[FieldCheck]] = {name: [] for name in fields}
    for each in declaration.fields:
        if each.name not in fields or not fields[each.name].value.reveal():
            continue
        value = fields[each.name].value.reveal()
        if is_date(each.type, each.name) and not dates.sound(value):
            # Being a date proves nothing, so only the failure is noted.
            found[each.name].append(FieldCheck("DOC14", passed=False, reason="date"))
        scheme = scheme_of(each)
        rule, fault = number_fault(each, value, today)
        if scheme is not None and fault is None:
            found[each.name].append(FieldCheck(proof_of(scheme), passed=True))
            _against_number(scheme, value, each.name, fields, found, today)
        elif fault is not None:
            found[each.name].append(FieldCheck(rule, passed=False, reason=fault))
    if "DOC05" in declaration.checks:
        _term(fields, found)
    return {name: _with(field, found[name]) for name, field in fields.items()}


def is_date(kind: str, name: FieldName) -> bool:
    """Say whether a declared field holds a date."""
    return kind in _DATE_TYPES or (kind == "mrz" and name in _MRZ_DATES)


def sex_of(value: str) -> Sex | None:
    """Return the sex a card's value stands for, None where it is neither."""
    return _SEX_ON_CARD.get(value)


def scheme_of(field: FieldDeclaration) -> str | None:
    """Return the name of the number in a field, None where no number has tests of its own."""
    return "cn_id18" if field.type == "cn_id18" else field.scheme


def number_fault(field: FieldDeclaration, value: str, today: date) -> tuple[str, str | None]:
    """Return the rule that speaks about what is wrong with a number, and the fault or None."""
    scheme = scheme_of(field)
    fault: str | None = schemes.fault(scheme, value, today) if scheme else None
    if fault is None:
        odd = field.pattern is not None and re.fullmatch(field.pattern, value) is None
        return "NUM10", ("charset" if odd else None)
    if scheme == "cn_id18":
        return RULE_OF_FAULT[IdFault(fault)], fault
    if scheme == "cn_uscc":
        return "NUM08", fault
    stops = scheme is None or schemes.stops(scheme, fault)
    return (_RULE_OF_OTHERS[fault] if stops else "NUM12"), fault


def proof_of(scheme: str) -> str:
    """Return the rule that holds where a number is right: its check digit, or only its form."""
    if scheme in {"cn_id18", "cn_uscc"}:
        return {"cn_id18": "NUM02", "cn_uscc": "NUM08"}[scheme]
    return "NUM11" if schemes.SCHEMES[scheme].proves else "NUM10"


def region_rule(scheme: str, number: str) -> str | None:
    """Return the rule that has to say something about the district in a number, None where none."""
    if scheme not in _WITH_REGION:
        return None
    found = standing(cn_id.region(number), cn_id.birth_date(number).year)
    return {Standing.UNKNOWN: "NUM05", Standing.ABOLISHED: "NUM09"}.get(found)


def _against_number(
    scheme: str,
    number: str,
    number_name: FieldName,
    fields: dict[FieldName, Field],
    found: dict[FieldName, list[FieldCheck]],
    today: date,
) -> None:
    birth, sex = FieldName("birth_date"), FieldName("sex")
    known = schemes.SCHEMES[scheme]
    rule = region_rule(scheme, number)
    if rule is not None:
        found[number_name].append(FieldCheck(rule, passed=False, reason="region"))
    born = known.born(number, today) if known.born else None
    if born and birth in fields and (printed := dates.whole(fields[birth].value.reveal())):
        check = FieldCheck("NUM03", printed == born)
        found[birth].append(check)
        found[number_name].append(check)
    if known.sex and sex in fields and (shown := sex_of(fields[sex].value.reveal())):
        check = FieldCheck("NUM04", shown is known.sex(number))
        found[sex].append(check)
        found[number_name].append(check)


def _term(fields: dict[FieldName, Field], found: dict[FieldName, list[FieldCheck]]) -> None:
    names = (FieldName("valid_from"), FieldName("valid_until"), FieldName("birth_date"))
    start, until, born = (holder.value(fields, name) for name in names)
    if not term.fits(start, until, born):
        for name in names[:2]:
            found[name].append(FieldCheck("DOC05", passed=False, reason="term"))


def _with(field: Field, ours: list[FieldCheck]) -> Field:
    # What the reader tested was about what it read; it says nothing about a typed value.
    readers = field.checks if field.edited_by is None else ()
    # The reader alone knows that it mended a digit before the check held.
    reasons = {check.rule: check.reason for check in readers if check.passed}
    noted = (
        replace(check, reason=reasons.get(check.rule, "")) if check.passed else check
        for check in ours
    )
    return replace(field, checks=(*(check for check in readers if check.rule not in _OURS), *noted))
