"""Holds the values of one side against each other and against their own check digits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from pos_client.capture.dates import ctc_plain, term_holds
from pos_client.capture.number_checks import number_checks
from pos_client.capture.values import Value
from pos_client.model.declaration import SideDeclaration
from pos_client.model.field import SURE, FieldCheck, FieldName
from pos_client.model.numbers import cn_id

#: First two digits of a citizen number (GB/T 2260); 83 stands on Taiwan residence permits only.
_PROVINCES: Final = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83".split()
)
#: How much of a doubt is left when an independent print says the same.
_CONFIRMED: Final = 0.25
#: A date this much like the one in the number is that date, misread; what it is then worth.
_NEARLY: Final = 0.75
_GUESSED: Final = 0.6
#: A reading less sure than this says nothing against the number.
_BARELY: Final = 0.5
_SEXES: Final = {"男": cn_id.Sex.MALE, "女": cn_id.Sex.FEMALE}
_WORDS: Final = {sex: word for word, sex in _SEXES.items()}


def checks_of(
    side: SideDeclaration, rules: tuple[str, ...], values: Mapping[str, Value], today: date
) -> dict[str, tuple[FieldCheck, ...]]:
    """Make every check that the declaration asks for; the result is by field name."""
    made: dict[str, list[FieldCheck]] = {name: [] for name in values}
    by_type = {field.type: field.name for field in side.fields if field.name in values}
    if "cn_id18" in by_type:
        _number_checks(by_type, values, today, made)
    for name, checks in number_checks(side, values, today).items():
        made[name].extend(checks)
    if {"validity_start", "validity_end"} <= set(by_type) and "DOC05" in rules:
        _term_checks(by_type, values, made)
    return {
        name: tuple(check for check in checks if check.rule in rules)
        for name, checks in made.items()
    }


def reconciled(side: SideDeclaration, values: Mapping[str, Value]) -> dict[str, Value]:
    """Take a date of birth or a sex that was hardly read from the number, under whose check it is.

    They stay in doubt: a person compares them with the print.
    """
    by_type = {field.type: field.name for field in side.fields}
    number = values.get(by_type.get("cn_id18", ""))
    mended = dict(values)
    if number is None or number.confidence < SURE or cn_id.fault(number.text) is not None:
        return mended
    day = cn_id.birth_date(number.text)
    told = {
        by_type.get("date"): (day.isoformat(), f"{day.year}{day.month}{day.day}"),
        _sex_field(side): (_WORDS[cn_id.sex(number.text)],) * 2,
    }
    for name, (text, wanted) in told.items():
        if name is None:
            continue
        value = values.get(name)
        if value is None:
            # Glare took the print: what a person compares it with is the number.
            mended[name] = Value(text, "", _GUESSED, number.box, repaired=True)
        elif value.text != text and _hardly_read(value, wanted):
            mended[name] = replace(value, text=text, confidence=_GUESSED, repaired=True)
    return mended


def _hardly_read(value: Value, wanted: str) -> bool:
    """Tell whether a value is most likely `wanted`, misread: sure of another one it is not."""
    if len(wanted) == 1:
        return value.confidence < _BARELY
    seen = "".join(each for each in ctc_plain(value.raw) if each.isdigit())
    alike = SequenceMatcher(None, wanted, seen).ratio() >= _NEARLY
    return alike or (not value.text and value.confidence < _BARELY)


def _sex_field(side: SideDeclaration) -> FieldName | None:
    """The field that says man or woman in the words that the number can be compared with."""
    for field in side.fields:
        if field.name == "sex" and set(_SEXES) <= set(field.values):
            return field.name
    return None


def agreed(
    values: Mapping[str, Value], checks: Mapping[str, tuple[FieldCheck, ...]]
) -> dict[str, Value]:
    """Raise the confidence of values that another print on the same side confirms."""
    confirmed: dict[str, Value] = {}
    for name, value in values.items():
        held = {check.rule for check in checks[name] if check.passed and not check.reason}
        broken = any(not check.passed for check in checks[name])
        sure = value.confidence
        if not broken and "NUM03" in held and not value.repaired:
            # Eight digits of the number are printed a second time, as the date of birth.
            sure = 1 - (1 - sure) * _CONFIRMED
        confirmed[name] = replace(value, confidence=sure)
    return confirmed


def _number_checks(
    by_type: Mapping[str, str],
    values: Mapping[str, Value],
    today: date,
    made: dict[str, list[FieldCheck]],
) -> None:
    name = by_type["cn_id18"]
    number = values[name]
    fault = cn_id.fault(number.text, today=today)
    shaped = fault not in {
        cn_id.IdFault.LENGTH,
        cn_id.IdFault.CHARSET,
        cn_id.IdFault.FIRST_GENERATION,
    }
    made[name].append(FieldCheck("NUM01", shaped, "" if shaped else str(fault)))
    if not shaped:
        return
    reason = str(fault) if fault else ("repaired" if number.repaired else "")
    made[name].append(FieldCheck("NUM02", fault is None, reason))
    known = number.text[:2] in _PROVINCES
    made[name].append(FieldCheck("NUM05", known, "" if known else "region"))
    if fault is not None:
        return
    if "date" in by_type:
        born = values[by_type["date"]]
        holds = born.text == cn_id.birth_date(number.text).isoformat()
        _agree("NUM03", (name, by_type["date"]), made, _outcome(born, "birth_date", holds=holds))
    printed = _SEXES.get(values["sex"].text) if "sex" in values else None
    if printed is not None:
        holds = printed is cn_id.sex(number.text)
        _agree("NUM04", (name, "sex"), made, _outcome(values["sex"], "sex", holds=holds))


def _outcome(value: Value, fault: str, *, holds: bool) -> tuple[bool, str]:
    """Whether two prints agree, and why not; one that was taken from the other confirms nothing."""
    return holds, ("repaired" if value.repaired else "") if holds else fault


def _agree(
    rule: str,
    names: tuple[str, str],
    made: dict[str, list[FieldCheck]],
    outcome: tuple[bool, str],
) -> None:
    """Both fields carry the check: when they disagree, neither can be trusted alone."""
    for name in names:
        made[name].append(FieldCheck(rule, *outcome))


def _term_checks(
    by_type: Mapping[str, str], values: Mapping[str, Value], made: dict[str, list[FieldCheck]]
) -> None:
    start, until = by_type["validity_start"], by_type["validity_end"]
    holds = term_holds(values[start].text, values[until].text)
    for name in (start, until):
        made[name].append(FieldCheck("DOC05", holds, "" if holds else "term"))
