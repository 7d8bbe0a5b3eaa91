"""The record's description shows what the code writes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from pos_client.registration import record, record_codec
from pos_client.registration.policy import load_policy
from tests.unit.registration import visit

PAGE: Final = Path(__file__).parents[3] / "docs" / "record.md"


def example() -> bytes:
    policy = load_policy("training")
    draft = visit.typed(visit.identified(), "address", "北京市朝阳区样本路2号")
    draft = visit.finished(draft, policy)
    kept = ("name", "id_number", "address", "valid_until")
    found = record.complete(visit.case(draft), visit.CHANNEL, visit.DEVICE, visit.TIMES)
    holder = found.persons[0]
    fields = tuple(field for field in holder.document.fields if field.name in kept)
    document = replace(holder.document, fields=fields)
    return record_codec.encode(replace(found, persons=(replace(holder, document=document),)))


def test_the_example_is_what_the_code_writes() -> None:
    shown = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert json.loads(shown[1]) == json.loads(example())


def test_every_key_is_described() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for key in json.loads(example()):
        assert f"| `{key}` |" in page, key
