"""Doubts values that hold what belongs elsewhere: a caption, a date, the number of the card.

Where a card is laid out otherwise than was declared, print of one row is taken for the value of the
next; the characters themselves were read surely then.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pos_client.capture.values import Value
from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration, SideDeclaration

_TEXTS: Final = frozenset("person_name_zh person_name_latin text_zh text_latin".split())
#: What a value that holds something else is worth.
_STRAY: Final = 0.5
#: Captions of cards that no declaration may be at hand for, in the languages of the ICAO and ours.
_USUAL: Final = (
    "Name", "Full name", "Surname", "Last name", "Family name", "Given name", "Given names", "Nom",
    "First name", "Forenames", "Prénom", "Prénoms", "Sex", "Sexe", "Gender", "Nationality",
    "Nationalité", "Date of birth", "Place of birth", "Date de naissance", "Lieu de naissance",
    "Date of issue", "Date of expiry", "Valid until", "Father's name", "Mother's name",
    "Husband's name", "Signature", "Apellidos", "Nombres", "Sexo", "Nacionalidad",
)  # fmt: skip
#: Captions of so many letters are one also in the middle of a text, and where blanks are missing.
_LONG: Final = 8
#: Chinese captions of so many characters: a street may be called 民族.
_LEAST_CHINESE: Final = 2
#: Stands on cards above their title, and before the names of the state's offices.
_STATE: Final = "中华人民共和国"
_AROUND: Final = " :\uff1a/.,-·"
_WORD: Final = re.compile(r"[^\W\d_]+")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
#: A day as cards print it; no house has such a number.
_DAY: Final = re.compile(r"(?:1[89]|20)\d\d\s?[.年]\s?\d{1,2}\s?[.月]\s?\d{1,2}|\d年\d{1,2}月")
#: Numbers of the card with so many characters stand in no text by chance.
_LEAST_NUMBER: Final = 7
#: Days that cannot be to come on a card that is there already.
_PAST: Final = frozenset({"birth_date", "issued", "founded"})


class Strays:
    """Knows the captions of all kinds of documents, and finds what strayed into values."""

    def __init__(self, documents: Iterable[DocumentDeclaration]) -> None:
        texts = {
            text
            for document in documents
            for side in document.sides
            for anchor in side.anchors
            for text in anchor.spellings
        }
        words = (tuple(_words(text)) for text in (*texts, *_USUAL))
        self._captions = frozenset(each for each in words if each)
        # A village may end like the caption of another country: NAMA, AGAMA.
        usual = {tuple(_words(text)) for text in _USUAL}
        self._at_the_end = frozenset(x for x in self._captions if len(x) > 1 or x in usual)
        self._long = frozenset(
            joined for each in self._captions if len(joined := "".join(each)) >= _LONG
        )
        self._most = max(map(len, self._captions))
        self._chinese = sorted(
            (t for t in texts if _CHINESE.fullmatch(t) and len(t) >= _LEAST_CHINESE), key=len
        )[::-1]
        self._leading = [each for each in self._chinese if each != _STATE]

    def doubted(
        self, side: SideDeclaration, values: Mapping[str, Value], today: date
    ) -> dict[str, Value]:
        """Return the values, those in doubt that hold what is not theirs; captions are cut off."""
        weighed = dict(values)
        for field in side.fields:
            value = weighed.get(field.name)
            if value is None or not value.text:
                continue
            if field.type in _TEXTS:
                value = self._without_captions(value)
                if _holds_others(field, value.text, side, values):
                    value = _doubted(value)
            elif field.name in _PAST and value.text > today.isoformat():
                value = _doubted(value)
            weighed[field.name] = value
        return weighed

    def _without_captions(self, value: Value) -> Value:
        first, end = self._own(value.text)
        if (first, end) != (0, len(value.text)) and first < end:
            whole = len(value.letters) == len(value.text)
            letters = value.letters[first:end] if whole else ()
            others = (value.text, *value.alternatives)
            text = value.text[first:end]
            value = replace(value, text=text, letters=letters, alternatives=others, repaired=True)
            return _doubted(self._without_captions(value))
        return _doubted(value) if self._is_caption(value.text) else value

    def _own(self, text: str) -> tuple[int, int]:
        """Where the value itself begins and ends: behind and before captions in full words."""
        for caption in self._leading:
            if text.startswith(caption):
                return _trimmed(text, len(caption), len(text))
        found = list(_WORD.finditer(text))
        words = [_plain(each.group()) for each in found]
        for count in range(min(self._most, len(words) - 1), 0, -1):
            if tuple(words[:count]) in self._captions:
                return _trimmed(text, found[count - 1].end(), len(text))
            if tuple(words[-count:]) in self._at_the_end:
                return _trimmed(text, 0, found[-count].start())
        return 0, len(text)

    def _is_caption(self, text: str) -> bool:
        """Tell whether a text is a caption, or holds a long one."""
        words = tuple(_words(text))
        joined = "".join(words)
        return (
            words in self._captions
            or text in self._chinese
            or any(each in joined for each in self._long)
        )


def _trimmed(text: str, first: int, end: int) -> tuple[int, int]:
    while first < end and text[first] in _AROUND:
        first += 1
    while end > first and text[end - 1] in _AROUND:
        end -= 1
    return first, end


def _words(text: str) -> list[str]:
    """The words of a text in small letters without accents; none of a text that is not Latin."""
    return [word for each in _WORD.findall(text) if (word := _plain(each)).isascii()]


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.replace("\u2019", "'"))
    return "".join(each for each in bare if not unicodedata.combining(each)).casefold()


def _holds_others(
    field: FieldDeclaration, text: str, side: SideDeclaration, values: Mapping[str, Value]
) -> bool:
    """Tell whether a day, or a number or text of another field, stands in a text."""
    if _DAY.search(text) is not None:
        return True
    others = (
        value.text
        for each in side.fields
        if each.name != field.name
        and each.type not in {"person_name_zh", "person_name_latin", "enum"}
        and (value := values.get(each.name)) is not None
    )
    return any(len(each) >= _LEAST_NUMBER and each in text for each in others)


def _doubted(value: Value) -> Value:
    return replace(value, confidence=min(value.confidence, _STRAY))
