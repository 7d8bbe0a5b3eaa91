"""Mends the first character of a name by the list of surnames.

Nearly every Chinese name begins with one of them: a blurred 新茜露 is 靳茜露, if the reader saw
that it may be. What was mended this way stays in doubt: a person compares it with the print.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pos_client.capture.values import Value
from pos_client.model.declaration import SideDeclaration
from pos_client.model.field import Letter
from pos_client.resources import path

#: A character that begins no name is so much less likely than one that does.
_UNHEARD_OF: Final = 300.0
_MENDED: Final = 0.80
_SHORTEST: Final = 2
_LONGEST: Final = 4
#: Peoples whose names are transcribed, or begin with no surname.
_OWN_NAMES: Final = frozenset(
    "藏 维吾尔 蒙古 哈萨克 柯尔克孜 塔吉克 乌孜别克 塔塔尔 俄罗斯 门巴 珞巴 傣 佤 景颇 德昂".split()
)
_KEPT_RIVALS: Final = 4


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Surnames of one character and of two."""
    lines = path("names/cn_surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def with_surname(side: SideDeclaration, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values, the beginnings of Chinese names among them mended where possible."""
    names = {field.name for field in side.fields if field.type == "person_name_zh"}
    people = values.get("ethnicity")
    if people is None or people.text in _OWN_NAMES:
        return dict(values)
    return {name: _named(value) if name in names else value for name, value in values.items()}


def _named(value: Value) -> Value:
    text, letters = value.text, value.letters
    if not _SHORTEST <= len(text) <= _LONGEST or len(letters) != len(text) or _begins(text):
        return value
    first = letters[0]
    likely = [
        (share, other)
        for other, share in first.others
        if _begins(other + text[1:]) and share * _UNHEARD_OF > first.probability
    ]
    if not likely:
        return value
    _, meant = max(likely)
    rivals = ((first.text, first.probability), *(x for x in first.others if x[0] != meant))
    return replace(
        value,
        text=meant + text[1:],
        confidence=min(value.confidence, _MENDED),
        letters=(Letter(meant, _MENDED, rivals[:_KEPT_RIVALS]), *letters[1:]),
        alternatives=(text, *value.alternatives),
        repaired=True,
    )


def _begins(text: str) -> bool:
    return text[:1] in surnames() or text[:2] in surnames()
