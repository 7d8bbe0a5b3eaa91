"""The words that a description file may use: languages, codes, rules, days."""

import json
import re
from datetime import date
from functools import cache
from typing import Final

from pos_client import resources
from pos_client.documents.node import Node, shown

LANGUAGES: Final = ("en", "zh_CN")
CODE: Final = re.compile(r"[a-z]{2}(\.[a-z0-9_]+)+")
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
COUNTRY: Final = re.compile(r"[A-Z]{2}")
#: ISO 8601 knows weeks and days without dashes too; people do not.
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RULE: Final = re.compile(r"[A-Z]{3}[0-9]{2}")


def matching(node: Node, shape: re.Pattern[str], right: str) -> str:
    """Return a text that has a form throughout."""
    text = node.text()
    if shape.fullmatch(text) is None:
        node.refuse(f"{shown(text)} has not the form expected here", right)
    return text


def day(node: Node) -> str:
    """Return a day of the calendar, written with dashes."""
    text = node.text()
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "").isoformat()
    except ValueError:
        node.refuse("a day is expected here", "like 2023-12-01")


def rules(node: Node) -> tuple[str, ...]:
    """Return the ids of rules, each of which there is."""
    for each in node.items():
        if matching(each, _RULE, "like 'NUM02'") not in known_rules():
            each.refuse(f"there is no rule {each.data!r}", "they are in wordings/rules.json")
    return node.texts()


@cache
def known_rules() -> frozenset[str]:
    """Return the ids of all rules shipped with the client."""
    entries = json.loads(resources.path("wordings/rules.json").read_text(encoding="utf-8"))
    return frozenset(str(entry["id"]) for entry in entries)
