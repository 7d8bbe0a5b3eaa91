"""What can be tested on a document's values without asking anybody, noted beside each value."""

from dataclasses import replace
from datetime import date
from typing import Final

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.field import Field, FieldCheck, FieldName
from pos_client.model.numbers import cn_id
from pos_client.model.numbers.cn_id import IdFault, Sex
from pos_client.registration import dates, holder, regions, term

#: Which rule speaks about which fault of a citizen number.
RULE_OF_FAULT: Final = {
    IdFault.LENGTH: "NUM01",
    IdFault.FIRST_GENERATION: "DOC10",
    IdFault.CHARSET: "NUM02",
    IdFault.CHECKSUM: "NUM02",
    IdFault.DATE: "NUM02",
    IdFault.FUTURE: "PER04",
}
#: Made anew after every change; checks of other rules are the reader's and stay.
_OURS: Final = frozenset(RULE_OF_FAULT.values()) | {"NUM03", "NUM04", "NUM05", "DOC05", "DOC14"}
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
        if each.type == "cn_id18":
            found[each.name].append(_number_check(value, today))
            if cn_id.fault(value) is None:
                _against_number(value, each.name, fields, found)
    if "DOC05" in declaration.checks:
        _term(fields, found)
    return {name: _with(field, found[name]) for name, field in fields.items()}


def is_date(kind: str, name: FieldName) -> bool:
    """Say whether a declared field holds a date."""
    return kind in _DATE_TYPES or (kind == "mrz" and name in _MRZ_DATES)


def sex_of(value: str) -> Sex | None:
    """Return the sex a card's value stands for, None where it is neither."""
    return _SEX_ON_CARD.get(value)


def _number_check(number: str, today: date) -> FieldCheck:
    fault = cn_id.fault(number, today=today)
    if fault is None:
        return FieldCheck("NUM02", passed=True)
    return FieldCheck(RULE_OF_FAULT[fault], passed=False, reason=fault)


def _against_number(
    number: str,
    number_name: FieldName,
    fields: dict[FieldName, Field],
    found: dict[FieldName, list[FieldCheck]],
) -> None:
    birth, sex = FieldName("birth_date"), FieldName("sex")
    if not regions.known(number):
        found[number_name].append(FieldCheck("NUM05", passed=False, reason="region"))
    if birth in fields and (printed := dates.whole(fields[birth].value.reveal())):
        check = FieldCheck("NUM03", printed == cn_id.birth_date(number))
        found[birth].append(check)
        found[number_name].append(check)
    if sex in fields and (shown := sex_of(fields[sex].value.reveal())):
        check = FieldCheck("NUM04", shown is cn_id.sex(number))
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
