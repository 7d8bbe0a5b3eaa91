"""Turns one side of a declaration file into its captions and fields; refuses what is wrong."""

import unicodedata
from typing import Final

from pos_client.documents.node import MOST_CHARS, Findings, Node, optional, shown
from pos_client.documents.patterns import PatternError, try_pattern
from pos_client.documents.words import LANGUAGES, NAME, matching
from pos_client.model.declaration import (
    Anchor,
    BoxMm,
    Choice,
    FieldDeclaration,
    SideDeclaration,
)
from pos_client.model.document import Side
from pos_client.model.field import FieldName
from pos_client.model.numbers.schemes import SCHEMES

#: What a field's value may look like; the reader has one way of reading for each.
FIELD_TYPES: Final = frozenset(
    "person_name_zh person_name_latin text_zh text_latin enum date validity_start validity_end "
    "cn_id18 number mrz written".split()
)
ORDERS: Final = frozenset("ymd dmy mdy".split())
#: More than any card has; a page is divided by the number of its rows.
MOST_ON_A_SIDE: Final = 60
MOST_ROWS: Final = 20
MOST_VALUE_CHARS: Final = 2000
#: Types whose values are found by their box.
_WITHOUT_BOX: Final = frozenset({"mrz"})
_DATES: Final = frozenset({"date", "validity_start", "validity_end"})
_BOX_NUMBERS: Final = 4
#: As Unicode names the letters that the recogniser knows.
_READ_SCRIPTS: Final = ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "GREEK")


def side(node: Node, size: tuple[float, float], mrz: str | None) -> SideDeclaration:
    """Make one side of a document of this size.

    Raises:
        WrongError, ManyWrongError: what is wrong, each with its place.
    """
    table = node.table("side title anchors fields", "photo")
    found = Findings()
    fields = found.each(lambda each: _field(each, size), table["fields"].items(most=MOST_ON_A_SIDE))
    anchors = found.each(
        lambda each: _anchor(each, size), table["anchors"].items(most=MOST_ON_A_SIDE)
    )
    name = found.attempt(lambda: Side(table["side"].text(frozenset(Side))))
    title = found.attempt(lambda: table["title"].titles(LANGUAGES))
    photo = found.attempt(lambda: optional(table, "photo", lambda each: (_box(each, size),), None))
    found.done()
    if len({field.name for field in fields}) != len(fields):
        table["fields"].refuse("two fields have the same name")
    if mrz is None:
        _refuse_unless_told(table["anchors"], anchors, fields)
    return SideDeclaration(
        side=name or Side.DATA,
        title=title or {},
        anchors=anchors,
        fields=fields,
        photo=photo[0] if photo else None,
    )


def tells(anchor: Anchor) -> bool:
    """Say whether a caption tells what a document is: it is this kind's own, and long enough."""
    return not anchor.common and len(anchor.text) > 1


def is_readable(text: str) -> bool:
    """Say whether a script is one the reader knows: others may be noted, and are not seen."""
    letters = [unicodedata.name(each, "") for each in text if each.isalpha()]
    return any(name.startswith(_READ_SCRIPTS) for name in letters)


def _refuse_unless_told(
    node: Node, anchors: tuple[Anchor, ...], fields: tuple[FieldDeclaration, ...]
) -> None:
    if not anchors:
        node.refuse(
            "without captions and without a machine-readable zone nothing tells what this is",
            "add the captions that are printed on every card of this kind",
        )
    if not any(map(tells, anchors)) and all(each.shape is None for each in fields):
        node.refuse(
            "all captions are common or a single character: nothing tells this kind from others",
            "add the captions that only cards of this kind have",
        )


def _anchor(node: Node, size: tuple[float, float]) -> Anchor:
    table = node.table("text box", "also common")
    return Anchor(
        text=table["text"].text(),
        box=_box(table["box"], size),
        also=optional(table, "also", Node.texts, ()),
        common=optional(table, "common", Node.flag, False),
    )


def _field(node: Node, size: tuple[float, float]) -> FieldDeclaration:
    table = node.table(
        "name type title", "box required lines max_chars values scheme pattern shape order"
    )
    kind = table["type"].text(FIELD_TYPES)
    _refuse_unless_fitting(node, table, kind)
    choices = _choices(table["values"]) if "values" in table else ()
    return FieldDeclaration(
        name=FieldName(matching(table["name"], NAME, "small letters and _, like 'id_number'")),
        type=kind,
        title=table["title"].titles(LANGUAGES),
        box=optional(table, "box", lambda each: _box(each, size), None),
        required=optional(table, "required", Node.flag, True),
        lines=optional(table, "lines", lambda each: each.whole(1, MOST_ROWS), 1),
        max_chars=optional(table, "max_chars", lambda each: each.whole(1, MOST_VALUE_CHARS), None),
        values=tuple(word for each in choices for word in each.printed),
        choices=choices,
        scheme=optional(table, "scheme", lambda each: each.text(SCHEMES), None),
        pattern=optional(table, "pattern", _pattern, None),
        shape=optional(table, "shape", _pattern, None),
        order=optional(table, "order", lambda each: each.text(ORDERS), "ymd"),
    )


def _refuse_unless_fitting(node: Node, table: dict[str, Node], kind: str) -> None:
    """A field has what its type needs, and nothing that belongs to another type."""
    if (kind == "enum") != ("values" in table):
        node.refuse("an enum, and only an enum, has values")
    if (kind in _WITHOUT_BOX) == ("box" in table):
        node.refuse("every field has a box, except those that stand only in the MRZ")
    if "order" in table and kind not in _DATES:
        table["order"].refuse("only dates have an order")
    if "scheme" in table and kind != "number":
        table["scheme"].refuse("only a field of the type 'number' has a scheme")
    if kind == "number" and not {"scheme", "pattern"} & set(table):
        node.refuse("nothing says what this number looks like", "add a 'scheme' or a 'pattern'")


def _choices(node: Node) -> tuple[Choice, ...]:
    """The words of an enum: each stands for one value, or a card could be read in two ways."""
    nodes = node.items(least=1)
    choices = tuple(map(_choice, nodes))
    stands_for: dict[str, str] = {}
    for each, choice in zip(nodes, choices, strict=True):
        for word in choice.printed:
            if word in stands_for:
                each.refuse(
                    f"the word {shown(word)} stands for two values, or twice for one",
                    "print each word once",
                )
            stands_for[word] = choice.value
    return choices


def _choice(node: Node) -> Choice:
    if isinstance(node.data, str):
        return Choice(node.text(), (node.text(),))
    if not isinstance(node.data, dict):
        node.refuse("a word is expected here", '"…" or {"value": "M", "printed": ["…"]}')
    table = node.table("value printed")
    return Choice(table["value"].text(), table["printed"].texts(least=1))


def _pattern(node: Node) -> str:
    text = node.text(most=MOST_CHARS)
    try:
        try_pattern(text)
    except PatternError as err:
        node.refuse(f"this is no regular expression for a number: {err}", r"like [A-Z]{3}\\d{6}")
    return text


def _box(node: Node, size: tuple[float, float]) -> BoxMm:
    numbers = [each.number(0, max(size)) for each in node.items()]
    if len(numbers) != _BOX_NUMBERS:
        node.refuse("x, y, width and height in millimetres are expected here", "[15, 8.4, 38, 4.8]")
    x, y, width, height = numbers
    if not (width and height and x + width <= size[0] and y + height <= size[1]):
        node.refuse("the box does not lie on the document", f"it is {size[0]} × {size[1]} mm")
    return (x, y, width, height)
