"""Rules about the person: a name and address as printed, and an age that can be."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from pos_client.model.field import FieldName
from pos_client.model.rules import Finding
from pos_client.registration import dates, typed_values
from pos_client.registration.case import Case

_NAMES: Final = (FieldName("name"), FieldName("surname"))
_ADDRESS: Final = FieldName("address")
_BIRTH: Final = FieldName("birth_date")
#: Above this age the birth date is looked at twice; a table or a taste never refuses a person.
OLDEST_USUAL_AGE: Final = 110
#: Private use, unassigned here, and the sign that stands for a lost character.
_UNSHOWABLE: Final = frozenset({"Co", "Cn"})
_LOST: Final = "\ufffd"


def findings(case: Case) -> Iterator[Finding]:
    """Yield what is to be said about the holder."""
    yield from _name(case)
    yield from _address(case)
    yield from _age(case)


def _name(case: Case) -> Iterator[Finding]:
    for each in case.fields_shown():
        if each.name not in _NAMES:
            continue
        name = case.value(each.name)
        if not name:
            yield case.finding("PER01", each.name)
        lost = next((c for c in name if unicodedata.category(c) in _UNSHOWABLE or c == _LOST), "")
        if lost:
            yield case.finding("PER02", each.name, {"hex": f"{ord(lost):04X}"})
        if _dot_was_changed(case, each.name):
            yield case.finding("PER03", each.name)


def _dot_was_changed(case: Case, name: FieldName) -> bool:
    field = case.draft.fields.get(name)
    if field is None:
        return False
    raw = "".join(field.raw.reveal().split())
    return raw != typed_values.join_name(raw) and typed_values.MIDDLE_DOT in typed_values.join_name(
        field.value.reveal()
    )


def _address(case: Case) -> Iterator[Finding]:
    printed = any(field.name == _ADDRESS and field.required for field in case.fields_shown())
    if printed and not case.value(_ADDRESS):
        yield case.finding("PER06", _ADDRESS)


def _age(case: Case) -> Iterator[Finding]:
    born = dates.span(case.value(_BIRTH))
    if born is None:
        return
    if born[0] > case.today:
        yield case.finding("PER04", _BIRTH)
        return
    if (age := dates.age(born[0], case.today)) > OLDEST_USUAL_AGE:
        yield case.finding("PER05", _BIRTH, {"n": str(age)})
    if dates.age(born[1], case.today) < case.policy.minimum_age:
        yield case.finding("MIN03", _BIRTH, {"age": str(case.policy.minimum_age)})
