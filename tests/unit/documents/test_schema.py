"""The schema that travels with the declarations says the same as the code that loads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import pytest

from pos_client import resources
from pos_client.documents import check_file, node, parts, sides, words
from pos_client.model.document import Side
from pos_client.model.field import Source
from pos_client.model.numbers.schemes import SCHEMES

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = resources.folder("documents")
SCHEMA: Final[dict[str, Any]] = json.loads(
    (FOLDER / "schema" / "document.schema.json").read_text(encoding="utf-8")
)
VALIDATOR: Final = jsonschema_rs.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_a_shipped_declaration_is_in_order_by_schema_and_by_code(file: Path) -> None:
    VALIDATOR.validate(json.loads(file.read_text(encoding="utf-8")))
    assert check_file(file) == ()


def test_the_schema_offers_what_the_code_knows() -> None:
    field = SCHEMA["$defs"]["field"]["properties"]
    assert set(field["type"]["enum"]) == sides.FIELD_TYPES
    assert set(field["scheme"]["enum"]) == set(SCHEMES)
    assert set(field["order"]["enum"]) == sides.ORDERS
    assert set(SCHEMA["$defs"]["side"]["properties"]["side"]["enum"]) == set(Side)
    assert set(SCHEMA["properties"]["mrz"]["enum"]) == parts.MRZ_FORMATS | {None}
    assert set(SCHEMA["properties"]["accepted_sources"]["items"]["enum"]) == set(Source)
    assert set(SCHEMA["properties"]["holder"]["enum"]) == parts.HOLDERS
    assert set(SCHEMA["properties"]["checks"]["items"]["enum"]) == words.known_rules()


def test_the_schema_has_the_bounds_of_the_code() -> None:
    top, definitions = SCHEMA["properties"], SCHEMA["$defs"]
    field, side = definitions["field"]["properties"], definitions["side"]["properties"]
    for key in ("width_mm", "height_mm"):
        assert (top[key]["minimum"], top[key]["maximum"]) == (parts.LEAST_MM, parts.MOST_MM)
    assert top["mask"]["items"]["maximum"] == parts.MOST_SHOWN
    assert top["compare_chars"]["maximum"] == parts.MOST_COMPARED
    assert definitions["note"]["maxLength"] == parts.MOST_NOTE
    assert definitions["text"]["maxLength"] == node.MOST_CHARS
    assert field["values"]["maxItems"] == node.MOST_ITEMS
    assert field["lines"]["maximum"] == sides.MOST_ROWS
    assert field["max_chars"]["maximum"] == sides.MOST_VALUE_CHARS
    assert {side[key]["maxItems"] for key in ("anchors", "fields")} == {sides.MOST_ON_A_SIDE}


def test_the_schema_refuses_what_nobody_wrote() -> None:
    card = json.loads((FOLDER / "cn.resident_id.2.json").read_text(encoding="utf-8"))
    for spoiled in (
        card | {"colour": "blue"},
        card | {"width_mm": 0},
        card | {"mask": [1]},
        card | {"mrz": "td9"},
        card | {"sides": []},
        {key: value for key, value in card.items() if key != "title"},
    ):
        assert not VALIDATOR.is_valid(spoiled)
