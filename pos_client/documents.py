"""Loads the kinds of documents from their declaration files, and says what is wrong with one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, TypeVar

from pos_client.model.declaration import (
    Anchor,
    BoxMm,
    DocumentDeclaration,
    FieldDeclaration,
    SideDeclaration,
)
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source
from pos_client.model.problems import Problem

#: What a field's value may look like; the reader has one way of reading for each.
FIELD_TYPES: Final = frozenset(
    "person_name_zh text_zh enum date validity_start validity_end cn_id18 mrz".split()
)
MRZ_FORMATS: Final = frozenset("td1 td2 td3 mrva mrvb".split())
LANGUAGES: Final = ("en", "zh_CN")

_BOX_NUMBERS: Final = 4
_T = TypeVar("_T")


class DeclarationWrong(Problem):
    """A declaration file cannot be used: broken JSON, an unknown key, a value out of its range."""

    code = "D150"
    title = "The description of a document kind is wrong"
    advice = "{file}, at {where}: {message}. Correct the file, or install the client again."


def load_documents(folder: Path) -> tuple[DocumentDeclaration, ...]:
    """Load every `*.json` of `folder`, in the order of their names.

    Raises:
        DeclarationWrong: a file is not usable, or two files have the same code.
    """
    declarations = tuple(load_document(file) for file in sorted(folder.glob("*.json")))
    seen: set[DocumentKind] = set()
    for each in declarations:
        if each.code in seen:
            message = f"the code {each.code} is used by two files"
            raise DeclarationWrong(file=folder.name, where="code", message=message)
        seen.add(each.code)
    return declarations


def load_document(file: Path) -> DocumentDeclaration:
    """Load one declaration.

    Raises:
        DeclarationWrong: with the file, the place in it and what is wrong there.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return _document(_Node(data, ""))
    except _WrongError as wrong:
        raise DeclarationWrong(file=file.name, where=wrong.where, message=wrong.message) from wrong
    except (OSError, ValueError) as err:
        raise DeclarationWrong(file=file.name, where="file", message=type(err).__name__) from err


class _WrongError(Exception):
    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where or "top"
        self.message = message


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of the file together with its place, so that every complaint can name it."""

    data: object
    where: str

    def refuse(self, message: str) -> NoReturn:
        raise _WrongError(self.where, message)

    def table(self, required: str, optional: str = "") -> "dict[str, _Node]":
        """Return the members; a missing or unknown key is refused."""
        if not isinstance(self.data, Mapping):
            self.refuse("an object is expected here")
        names, may = set(required.split()), set(optional.split())
        for key in self.data:
            if key not in names | may:
                self.refuse(f"unknown key {key!r}")
        for key in sorted(names - set(self.data)):
            self.refuse(f"the key {key!r} is missing")
        return {
            key: _Node(value, f"{self.where}.{key}".lstrip(".")) for key, value in self.data.items()
        }

    def items(self) -> "list[_Node]":
        if not isinstance(self.data, list):
            self.refuse("a list is expected here")
        return [_Node(each, f"{self.where}[{at}]") for at, each in enumerate(self.data)]

    def text(self, among: frozenset[str] | None = None) -> str:
        if not isinstance(self.data, str) or not self.data:
            self.refuse("a text is expected here")
        if among is not None and self.data not in among:
            self.refuse(f"{self.data!r} is none of {', '.join(sorted(among))}")
        return self.data

    def number(self, *, positive: bool = True) -> float:
        if isinstance(self.data, bool) or not isinstance(self.data, int | float):
            self.refuse("a number is expected here")
        if self.data < 0 or (positive and self.data == 0):
            self.refuse("the number is too small")
        return float(self.data)

    def whole(self) -> int:
        number = self.number(positive=False)
        if number != int(number):
            self.refuse("a whole number is expected here")
        return int(number)

    def flag(self) -> bool:
        if not isinstance(self.data, bool):
            self.refuse("true or false is expected here")
        return self.data

    def titles(self) -> dict[str, str]:
        table = self.table(" ".join(LANGUAGES))
        return {language: node.text() for language, node in table.items()}


def _optional(table: dict[str, _Node], key: str, take: Callable[[_Node], _T], other: _T) -> _T:
    return take(table[key]) if key in table and table[key].data is not None else other


def _document(node: _Node) -> DocumentDeclaration:
    table = node.table(
        "code title width_mm height_mm mrz sides checks accepted_sources compare_key mask",
        "image_allowed",
    )
    size = table["width_mm"].number(), table["height_mm"].number()
    sides = tuple(_side(each, size) for each in table["sides"].items())
    names = {field.name for side in sides for field in side.fields}
    key = FieldName(table["compare_key"].text())
    if key not in names:
        table["compare_key"].refuse(f"no side has a field {key!r}")
    mask = [each.whole() for each in table["mask"].items()]
    if len(mask) != 2:  # noqa: PLR2004 - head and tail
        table["mask"].refuse("two whole numbers are expected here")
    return DocumentDeclaration(
        code=DocumentKind(table["code"].text()),
        title=table["title"].titles(),
        width_mm=size[0],
        height_mm=size[1],
        mrz=_optional(table, "mrz", lambda each: each.text(MRZ_FORMATS), None),
        sides=sides,
        checks=tuple(each.text() for each in table["checks"].items()),
        accepted_sources=tuple(
            Source(each.text(frozenset(Source))) for each in table["accepted_sources"].items()
        ),
        compare_key=key,
        mask=(mask[0], mask[1]),
        image_allowed=_optional(table, "image_allowed", _Node.flag, True),
    )


def _side(node: _Node, size: tuple[float, float]) -> SideDeclaration:
    table = node.table("side title anchors fields")
    fields = tuple(_field(each, size) for each in table["fields"].items())
    if len({field.name for field in fields}) != len(fields):
        table["fields"].refuse("two fields have the same name")
    return SideDeclaration(
        side=Side(table["side"].text(frozenset(Side))),
        title=table["title"].titles(),
        anchors=tuple(_anchor(each, size) for each in table["anchors"].items()),
        fields=fields,
    )


def _anchor(node: _Node, size: tuple[float, float]) -> Anchor:
    table = node.table("text box")
    return Anchor(table["text"].text(), _box(table["box"], size))


def _field(node: _Node, size: tuple[float, float]) -> FieldDeclaration:
    table = node.table("name type title", "box required lines max_chars values")
    kind = table["type"].text(FIELD_TYPES)
    values = tuple(each.text() for each in table["values"].items()) if "values" in table else ()
    if (kind == "enum") != bool(values):
        node.refuse("an enum, and only an enum, has values")
    if (kind == "mrz") == ("box" in table):
        node.refuse("every field has a box, except those that stand only in the MRZ")
    return FieldDeclaration(
        name=FieldName(table["name"].text()),
        type=kind,
        title=table["title"].titles(),
        box=_optional(table, "box", lambda each: _box(each, size), None),
        required=_optional(table, "required", _Node.flag, True),
        lines=_optional(table, "lines", _Node.whole, 1),
        max_chars=_optional(table, "max_chars", _Node.whole, None),
        values=values,
    )


def _box(node: _Node, size: tuple[float, float]) -> BoxMm:
    numbers = [each.number(positive=False) for each in node.items()]
    if len(numbers) != _BOX_NUMBERS:
        node.refuse("x, y, width and height in millimetres are expected here")
    x, y, width, height = numbers
    if not (width and height and x + width <= size[0] and y + height <= size[1]):
        node.refuse("the box does not lie on the document")
    return (x, y, width, height)
