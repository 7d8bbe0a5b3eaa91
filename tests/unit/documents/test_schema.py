"""The schema that travels with the declarations says the same as the code that loads them."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pytest

from pos_client import resources
from pos_client.documents import check_file, parts
from pos_client.model.document import Side
from pos_client.model.field import Source
from pos_client.model.numbers.schemes import SCHEMES

FOLDER: Final = resources.folder("documents")
SCHEMA: Final[dict[str, Any]] = json.loads(
    (FOLDER / "schema" / "document.schema.json").read_text(encoding="utf-8")
)
TYPES: Final[dict[str, Any]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
}


def refused(schema: dict[str, Any], data: Any, at: str = "") -> list[str]:
    """What the parts of JSON Schema that we use have to say against some data."""
    if "$ref" in schema:
        return refused(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], data, at)
    if "oneOf" in schema:
        fits = [each for each in schema["oneOf"] if not refused(each, data, at)]
        return [] if len(fits) == 1 else [f"{at}: fits {len(fits)} of the possible forms"]
    if "enum" in schema and data not in schema["enum"]:
        return [f"{at}: {data!r} is not offered"]
    if "type" in schema and not isinstance(data, TYPES[schema["type"]]):
        return [f"{at}: no {schema['type']}"]
    return [*_text(schema, data, at), *_table(schema, data, at), *_list(schema, data, at)]


def _text(schema: dict[str, Any], data: Any, at: str) -> list[str]:
    if not isinstance(data, str):
        return []
    short = len(data) < schema.get("minLength", 0)
    odd = "pattern" in schema and not re.search(schema["pattern"], data)
    return [f"{at}: not such a text"] if short or odd else []


def _table(schema: dict[str, Any], data: Any, at: str) -> list[str]:
    if not isinstance(data, dict):
        return []
    known = schema.get("properties", {})
    found = [f"{at}: {key} missing" for key in schema.get("required", ()) if key not in data]
    found += [f"{at}: unknown {key}" for key in data if key not in known]
    for key in data.keys() & known.keys():
        found += refused(known[key], data[key], f"{at}.{key}")
    return found


def _list(schema: dict[str, Any], data: Any, at: str) -> list[str]:
    if not isinstance(data, list):
        return []
    found = [
        each for n, item in enumerate(data) for each in refused(schema["items"], item, f"{at}[{n}]")
    ]
    fits = schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", len(data))
    return found if fits else [*found, f"{at}: wrong number of items"]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_a_shipped_declaration_is_in_order_by_schema_and_by_code(file: Any) -> None:
    assert refused(SCHEMA, json.loads(file.read_text(encoding="utf-8"))) == []
    assert check_file(file) == ()


def test_the_schema_offers_what_the_code_knows() -> None:
    field = SCHEMA["$defs"]["field"]["properties"]
    assert set(field["type"]["enum"]) == parts.FIELD_TYPES
    assert set(field["scheme"]["enum"]) == set(SCHEMES)
    assert set(field["order"]["enum"]) == parts.ORDERS
    assert set(SCHEMA["$defs"]["side"]["properties"]["side"]["enum"]) == set(Side)
    assert set(SCHEMA["properties"]["mrz"]["enum"]) == parts.MRZ_FORMATS | {None}
    assert set(SCHEMA["properties"]["accepted_sources"]["items"]["enum"]) == set(Source)
    assert set(SCHEMA["properties"]["holder"]["enum"]) == parts.HOLDERS


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
        assert refused(SCHEMA, spoiled) or spoiled["width_mm"] == 0
