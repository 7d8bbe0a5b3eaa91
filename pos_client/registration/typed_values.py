"""What a clerk types, brought into the one form in which values are kept."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from pos_client.model.declaration import FieldDeclaration
from pos_client.model.numbers import cn_id, schemes
from pos_client.registration import dates

MIDDLE_DOT: Final = "\u00b7"
#: Dots that keyboards and recognisers give between the parts of a transliterated Han name.
_DOTS: Final = re.compile("[\u2022\u30fb\u2027\uff0e\u2219\u22c5\uff65.]")
_SPACES: Final = re.compile(r"\s+")
_NUMBER_SEPARATORS: Final = re.compile(r"[\s\-<]+")
_SEXES: Final = {"m": "男", "男": "男", "1": "男", "f": "女", "女": "女", "2": "女"}
_MRZ_SEXES: Final = {"男": "M", "女": "F", "<": "X"}


def normalise(field: FieldDeclaration, text: str, today: date) -> str:
    """Return the value for what was typed; what cannot be understood stays as typed.

    Full-width digits, separators and dates in any usual shape are brought into one form. Names
    keep every character: no Unicode normalisation, which would exchange some of them.
    """
    typed = _SPACES.sub(" ", storable(text)).strip()
    way = _WAYS.get(field.type)
    return way(field, typed, today) if way else typed


def join_name(name: str) -> str:
    """Return a name with every dot between Han characters as U+00B7."""
    return name if name.isascii() else _DOTS.sub(MIDDLE_DOT, name)


def storable(text: str) -> str:
    """Return the text with a space for what is no character: controls and lone surrogates."""
    return "".join(" " if unicodedata.category(each) in {"Cc", "Cs"} else each for each in text)


def _han_name(_field: FieldDeclaration, typed: str, _today: date) -> str:
    return join_name(typed)


def _number(_field: FieldDeclaration, typed: str, _today: date) -> str:
    return cn_id.normalise(typed)


def _other_number(field: FieldDeclaration, typed: str, _today: date) -> str:
    return schemes.SCHEMES[field.scheme].normalise(typed) if field.scheme else schemes.bare(typed)


def _date(field: FieldDeclaration, typed: str, today: date) -> str:
    return dates.typed(typed, today, expiry=field.type == "validity_end")


def _choice(field: FieldDeclaration, typed: str, _today: date) -> str:
    if typed in field.values:
        return field.value_of(typed)
    if typed in {each.value for each in field.choices}:
        return typed
    if set(field.values) <= set(_SEXES.values()):
        return _SEXES.get(typed.lower(), typed)
    return typed.removesuffix("族") if typed.removesuffix("族") in field.values else typed


def _machine_readable(field: FieldDeclaration, typed: str, today: date) -> str:
    if field.name in {"birth_date", "expiry_date"}:
        return dates.typed(typed, today, expiry=field.name == "expiry_date")
    plain = unicodedata.normalize("NFKC", typed).upper()
    if field.name == "sex":
        return _MRZ_SEXES.get(plain, plain)
    if field.name == "document_number":
        return _NUMBER_SEPARATORS.sub("", plain)
    return _SPACES.sub(" ", plain.replace("<", " ")).strip()


_WAYS: Final[dict[str, Callable[[FieldDeclaration, str, date], str]]] = {
    "person_name_zh": _han_name,
    "cn_id18": _number,
    "number": _other_number,
    "date": _date,
    "validity_start": _date,
    "validity_end": _date,
    "enum": _choice,
    "mrz": _machine_readable,
}
