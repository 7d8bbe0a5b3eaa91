"""Turns the parts of a declaration file into the kind they describe; refuses what is wrong."""

import re
from datetime import date
from typing import Final

from pos_client.documents.node import Findings, Node, optional
from pos_client.model.declaration import (
    Anchor,
    BoxMm,
    Choice,
    DocumentDeclaration,
    FieldDeclaration,
    KindGroup,
    SideDeclaration,
    ZoneCodes,
)
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source
from pos_client.model.numbers.schemes import SCHEMES

LANGUAGES: Final = ("en", "zh_CN")
#: What a field's value may look like; the reader has one way of reading for each.
FIELD_TYPES: Final = frozenset(
    "person_name_zh person_name_latin text_zh text_latin enum date validity_start validity_end "
    "cn_id18 number mrz written".split()
)
MRZ_FORMATS: Final = frozenset("td1 td2 td3 mrva mrvb".split())
ORDERS: Final = frozenset("ymd dmy mdy".split())
HOLDERS: Final = frozenset({"natural", "unit"})
#: Types whose values are found by their box.
_WITHOUT_BOX: Final = frozenset({"mrz"})
_DATES: Final = frozenset({"date", "validity_start", "validity_end"})

_CODE: Final = re.compile(r"[a-z]{2}(\.[a-z0-9_]+)+")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_RULE: Final = re.compile(r"[A-Z]{3}[0-9]{2}")
_BOX_NUMBERS: Final = 4


def document(node: Node) -> DocumentDeclaration:
    """Make the kind that a whole file describes.

    Raises:
        WrongError, ManyWrongError: what is wrong, each with its place.
    """
    table = node.table(
        "code title width_mm height_mm mrz sides checks accepted_sources compare_key mask",
        "$schema image_allowed country holder search_words zone_codes compare_chars since until "
        "usual group note",
    )
    found = Findings()
    size = table["width_mm"].number(), table["height_mm"].number()
    mrz = optional(table, "mrz", lambda each: each.text(MRZ_FORMATS), None)
    sides = found.each(lambda each: _side(each, size, mrz), table["sides"].items())
    if not sides and not found.wrong:
        table["sides"].refuse("a document has at least one side")
    found.attempt(lambda: _sides_differ(table["sides"], sides))
    names = {field.name for side in sides for field in side.fields}
    code = found.attempt(lambda: _matching(table["code"], _CODE, "like 'fr.voter_card'"))
    title = found.attempt(lambda: table["title"].titles(LANGUAGES))
    checks = found.each(
        lambda each: _matching(each, _RULE, "like 'NUM02'"), table["checks"].items()
    )
    sources = found.attempt(lambda: table["accepted_sources"].texts(frozenset(Source)))
    key = found.attempt(table["compare_key"].text)
    if key is not None and not found.wrong and key not in names:
        found.attempt(
            lambda: table["compare_key"].refuse(
                f"no side has a field {key!r}", f"fields are: {', '.join(sorted(names))}"
            )
        )
    mask = found.attempt(lambda: _mask(table["mask"]))
    since = found.attempt(lambda: optional(table, "since", _day, ""))
    until = found.attempt(lambda: optional(table, "until", _day, ""))
    zone = found.attempt(lambda: optional(table, "zone_codes", _zone_codes, ZoneCodes()))
    found.done()
    return DocumentDeclaration(
        code=DocumentKind(code or ""),
        title=title or {},
        width_mm=size[0],
        height_mm=size[1],
        mrz=mrz,
        sides=sides,
        checks=checks,
        accepted_sources=tuple(Source(each) for each in sources or ()),
        compare_key=FieldName(key or ""),
        mask=mask or (0, 0),
        image_allowed=optional(table, "image_allowed", Node.flag, True),
        country=optional(
            table,
            "country",
            lambda each: _matching(each, _COUNTRY, "like 'CN'; 'XX' for any"),
            "XX",
        ),
        holder=optional(table, "holder", lambda each: each.text(HOLDERS), "natural"),
        search_words=optional(table, "search_words", Node.texts, ()),
        zone_codes=zone or ZoneCodes(),
        compare_chars=optional(table, "compare_chars", Node.whole, None),
        since=since or None,
        until=until or None,
        usual=optional(table, "usual", Node.flag, False),
        group=KindGroup(optional(table, "group", lambda each: each.text(KindGroup), "national")),
        note=optional(table, "note", Node.text, ""),
    )


def _sides_differ(node: Node, sides: tuple[SideDeclaration, ...]) -> None:
    names = [each.side for each in sides]
    if len(set(names)) != len(names):
        node.refuse("two sides have the same name", f"sides are: {', '.join(Side)}")


def _mask(node: Node) -> tuple[int, int]:
    numbers = [each.whole() for each in node.items()]
    if len(numbers) != 2:  # noqa: PLR2004 - head and tail
        node.refuse("two whole numbers are expected here", "shown at the head and tail: [3, 4]")
    return numbers[0], numbers[1]


def _day(node: Node) -> str:
    text = node.text()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        node.refuse("a day is expected here", "like 2023-12-01")


def _zone_codes(node: Node) -> ZoneCodes:
    table = node.table("", "document_codes issuing_states")
    return ZoneCodes(
        optional(table, "document_codes", Node.texts, ()),
        optional(table, "issuing_states", Node.texts, ()),
    )


def _matching(node: Node, shape: re.Pattern[str], right: str) -> str:
    text = node.text()
    if shape.fullmatch(text) is None:
        node.refuse(f"{text!r} has not the form expected here", right)
    return text


def _side(node: Node, size: tuple[float, float], mrz: str | None) -> SideDeclaration:
    table = node.table("side title anchors fields", "photo")
    found = Findings()
    fields = found.each(lambda each: _field(each, size), table["fields"].items())
    anchors = found.each(lambda each: _anchor(each, size), table["anchors"].items())
    side = found.attempt(lambda: Side(table["side"].text(frozenset(Side))))
    title = found.attempt(lambda: table["title"].titles(LANGUAGES))
    photo = found.attempt(lambda: optional(table, "photo", lambda each: (_box(each, size),), None))
    found.done()
    if len({field.name for field in fields}) != len(fields):
        table["fields"].refuse("two fields have the same name")
    if not anchors and mrz is None:
        table["anchors"].refuse(
            "without captions and without a machine-readable zone nothing tells what this is",
            "add the captions that are printed on every card of this kind",
        )
    return SideDeclaration(
        side=side or Side.DATA,
        title=title or {},
        anchors=anchors,
        fields=fields,
        photo=photo[0] if photo else None,
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
    choices = tuple(_choice(each) for each in table["values"].items()) if "values" in table else ()
    if (kind == "enum") != bool(choices):
        node.refuse("an enum, and only an enum, has values")
    if (kind in _WITHOUT_BOX) == ("box" in table):
        node.refuse("every field has a box, except those that stand only in the MRZ")
    if "order" in table and kind not in _DATES:
        table["order"].refuse("only dates have an order")
    if "scheme" in table and kind != "number":
        table["scheme"].refuse("only a field of the type 'number' has a scheme")
    if kind == "number" and not {"scheme", "pattern"} & set(table):
        node.refuse("nothing says what this number looks like", "add a 'scheme' or a 'pattern'")
    return FieldDeclaration(
        name=FieldName(_matching(table["name"], _NAME, "small letters and _, like 'id_number'")),
        type=kind,
        title=table["title"].titles(LANGUAGES),
        box=optional(table, "box", lambda each: _box(each, size), None),
        required=optional(table, "required", Node.flag, True),
        lines=optional(table, "lines", Node.whole, 1),
        max_chars=optional(table, "max_chars", Node.whole, None),
        values=tuple(word for each in choices for word in each.printed),
        choices=choices,
        scheme=optional(table, "scheme", lambda each: each.text(SCHEMES), None),
        pattern=optional(table, "pattern", _pattern, None),
        shape=optional(table, "shape", _pattern, None),
        order=optional(table, "order", lambda each: each.text(ORDERS), "ymd"),
    )


def _choice(node: Node) -> Choice:
    if isinstance(node.data, str):
        return Choice(node.text(), (node.text(),))
    table = node.table("value printed")
    return Choice(table["value"].text(), table["printed"].texts())


def _pattern(node: Node) -> str:
    text = node.text()
    try:
        re.compile(text)
    except re.error as err:
        node.refuse(f"this is no regular expression: {err}", r"like [A-Z]{3}\\d{6}")
    return text


def _box(node: Node, size: tuple[float, float]) -> BoxMm:
    numbers = [each.number(positive=False) for each in node.items()]
    if len(numbers) != _BOX_NUMBERS:
        node.refuse("x, y, width and height in millimetres are expected here", "[15, 8.4, 38, 4.8]")
    x, y, width, height = numbers
    if not (width and height and x + width <= size[0] and y + height <= size[1]):
        node.refuse("the box does not lie on the document", f"it is {size[0]} × {size[1]} mm")
    return (x, y, width, height)
