"""Turns the parts of a declaration file into the kind they describe; refuses what is wrong."""

from collections import Counter
from typing import Final

from pos_client.documents import words
from pos_client.documents.node import Findings, Node, optional, shown
from pos_client.documents.sides import side
from pos_client.model.declaration import (
    DocumentDeclaration,
    KindGroup,
    SideDeclaration,
    ZoneCodes,
)
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source

MRZ_FORMATS: Final = frozenset("td1 td2 td3 mrva mrvb".split())
HOLDERS: Final = frozenset({"natural", "unit"})
#: From a small tag to a sheet of A2: other sizes would fill the memory, or show nothing.
LEAST_MM: Final = 10
MOST_MM: Final = 600
#: More characters than this at one end are no mask, and no number is longer.
MOST_SHOWN: Final = 20
MOST_COMPARED: Final = 100
MOST_NOTE: Final = 2000
#: So many field names are offered where one is wrong.
_NAMED: Final = 20


def document(node: Node) -> DocumentDeclaration:
    """Make the kind that a whole file describes.

    Raises:
        WrongError, ManyWrongError: what is wrong, each with its place.
    """
    table = node.table(
        "code title width_mm height_mm mrz sides checks accepted_sources compare_key mask",
        "$schema image_allowed coloured country holder search_words zone_codes compare_chars "
        "since until usual group note",
    )
    found = Findings()
    size = table["width_mm"].number(LEAST_MM, MOST_MM), table["height_mm"].number(LEAST_MM, MOST_MM)
    mrz = None if table["mrz"].data is None else table["mrz"].text(MRZ_FORMATS)
    sides = found.each(
        lambda each: side(each, size, mrz), table["sides"].items(least=1, most=len(Side))
    )
    found.attempt(lambda: _sides_differ(table["sides"], sides))
    zone = found.member(table, "zone_codes", _zone_codes, ZoneCodes())
    made = DocumentDeclaration(
        code=DocumentKind(found.attempt(lambda: _code(table["code"])) or ""),
        title=found.attempt(lambda: table["title"].titles(words.LANGUAGES)) or {},
        width_mm=size[0],
        height_mm=size[1],
        mrz=mrz,
        sides=sides,
        checks=found.attempt(lambda: words.rules(table["checks"])) or (),
        accepted_sources=found.attempt(lambda: _sources(table["accepted_sources"])) or (),
        compare_key=FieldName(found.attempt(table["compare_key"].text) or ""),
        mask=found.attempt(lambda: _mask(table["mask"])) or (0, 0),
        image_allowed=found.member(table, "image_allowed", Node.flag, True),
        coloured=found.member(table, "coloured", Node.flag, True),
        country=found.member(table, "country", _country, "XX"),
        holder=found.member(table, "holder", lambda each: each.text(HOLDERS), "natural"),
        search_words=found.member(table, "search_words", Node.texts, ()),
        zone_codes=zone,
        compare_chars=found.member(table, "compare_chars", _compared, None),
        since=found.member(table, "since", words.day, None),
        until=found.member(table, "until", words.day, None),
        usual=found.member(table, "usual", Node.flag, False),
        group=found.member(table, "group", _group, KindGroup.NATIONAL),
        note=found.member(table, "note", lambda each: each.text(most=MOST_NOTE), ""),
    )
    # What only shows when the parts are held beside each other, once each of them is in order.
    if not found.wrong:
        found.attempt(lambda: _number_is_known(table, made))
        found.attempt(lambda: _fields_differ(table["sides"], sides))
        found.attempt(lambda: _days_in_order(table, made))
    found.done()
    return made


def _sides_differ(node: Node, sides: tuple[SideDeclaration, ...]) -> None:
    names = [each.side for each in sides]
    if len(set(names)) != len(names):
        node.refuse("two sides have the same name", f"sides are: {', '.join(Side)}")


def _fields_differ(node: Node, sides: tuple[SideDeclaration, ...]) -> None:
    """One side's value would overwrite the other's, and retaking a side would lose both."""
    times = Counter(field.name for each in sides for field in each.fields)
    twice = sorted(name for name, count in times.items() if count > 1)
    if twice:
        right = f"give one a name of its own, like {twice[0] + '_back'!r}"
        node.refuse(f"two sides have a field {shown(twice[0])}", right)


def _number_is_known(table: dict[str, Node], made: DocumentDeclaration) -> None:
    names = {field.name: field for field in made.fields}
    key = names.get(made.compare_key)
    if key is None:
        table["compare_key"].refuse(
            f"no side has a field {shown(made.compare_key)}",
            f"fields are: {', '.join(sorted(names)[:_NAMED])}",
        )
    if key.max_chars is not None and sum(made.mask) >= key.max_chars:
        table["mask"].refuse(
            f"this shows the whole number of {key.max_chars} characters", "show fewer: [3, 4]"
        )


def _days_in_order(table: dict[str, Node], made: DocumentDeclaration) -> None:
    if made.since and made.until and made.since > made.until:
        table["until"].refuse(f"it ends before it begins on {made.since}", "a later day")


def _code(node: Node) -> str:
    return words.matching(node, words.CODE, "like 'fr.voter_card'")


def _country(node: Node) -> str:
    return words.matching(node, words.COUNTRY, "like 'CN'; 'XX' for any")


def _sources(node: Node) -> tuple[Source, ...]:
    return tuple(map(Source, node.texts(frozenset(Source), least=1)))


def _group(node: Node) -> KindGroup:
    return KindGroup(node.text(KindGroup))


def _compared(node: Node) -> int | None:
    return node.whole(1, MOST_COMPARED)


def _mask(node: Node) -> tuple[int, int]:
    numbers = [each.whole(0, MOST_SHOWN) for each in node.items()]
    if len(numbers) != 2:  # noqa: PLR2004 - head and tail
        node.refuse("two whole numbers are expected here", "shown at the head and tail: [3, 4]")
    return numbers[0], numbers[1]


def _zone_codes(node: Node) -> ZoneCodes:
    table = node.table("", "document_codes issuing_states")
    return ZoneCodes(
        optional(table, "document_codes", Node.texts, ()),
        optional(table, "issuing_states", Node.texts, ()),
    )
