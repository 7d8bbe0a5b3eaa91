"""Tests the numbers of documents of all countries, alone and against what else is printed."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from pos_client.capture.values import Value
from pos_client.model.declaration import FieldDeclaration, SideDeclaration
from pos_client.model.field import FieldCheck
from pos_client.model.numbers import schemes
from pos_client.model.numbers.cn_id import Sex

_SEXES: Final = {"男": Sex.MALE, "M": Sex.MALE, "女": Sex.FEMALE, "F": Sex.FEMALE}
_FORMS: Final = frozenset({"length", "charset", "place", "first_generation"})


def number_checks(
    side: SideDeclaration, values: Mapping[str, Value], today: date
) -> dict[str, list[FieldCheck]]:
    """Make the checks of every field of the type `number`; the result is by field name."""
    made: dict[str, list[FieldCheck]] = {}
    for field in side.fields:
        value = values.get(field.name)
        if field.type == "number" and field.scheme is not None and value is not None:
            _own(field, field.scheme, value, today, made)
            _others(field, field.scheme, values, today, made)
    return made


def _own(
    field: FieldDeclaration,
    scheme: str,
    value: Value,
    today: date,
    made: dict[str, list[FieldCheck]],
) -> None:
    known, fault = schemes.SCHEMES[scheme], schemes.fault(scheme, value.text, today)
    mine = made.setdefault(field.name, [])
    if fault is not None and not schemes.stops(scheme, fault):
        mine.append(FieldCheck("NUM12", passed=False, reason=str(fault)))
        return
    if fault in _FORMS:
        mine.append(FieldCheck("NUM10", passed=False, reason=str(fault)))
        return
    rule = "NUM08" if scheme == "cn_uscc" else "NUM11" if known.proves else "NUM10"
    reason = str(fault) if fault else ("repaired" if value.repaired else "")
    mine.append(FieldCheck(rule, fault is None, reason))


def _others(
    field: FieldDeclaration,
    scheme: str,
    values: Mapping[str, Value],
    today: date,
    made: dict[str, list[FieldCheck]],
) -> None:
    """Hold birth date and sex in the number against the print: both fields carry the check."""
    known, number = schemes.SCHEMES[scheme], values[field.name].text
    if schemes.fault(scheme, number, today) not in {None, "checksum"}:
        return
    born = known.born(number, today) if known.born else None
    if born is not None and values.get("birth_date"):
        holds = values["birth_date"].text == born.isoformat()
        _both("NUM03", "birth_date", field.name, made, holds=holds)
    printed = _SEXES.get(values["sex"].text) if "sex" in values else None
    if printed is not None and known.sex is not None:
        _both("NUM04", "sex", field.name, made, holds=printed is known.sex(number))


def _both(
    rule: str, other: str, number: str, made: dict[str, list[FieldCheck]], *, holds: bool
) -> None:
    for name in (number, other):
        made.setdefault(name, []).append(FieldCheck(rule, holds, "" if holds else other))
