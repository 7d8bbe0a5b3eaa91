"""What rules say: in both languages, with the same values, and without a word that hurts."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Final

import pytest

from pos_client import wordings
from pos_client.model.rules import Severity
from pos_client.wordings import LANGUAGES, Wordings

ROOT: Final = Path(__file__).parents[3]
RULE: Final = re.compile(
    r"\b(?:CAP|DOC|NUM|PER|FAC|CNS|SIM|QTA|RSK|AGT|MIN|ORG|OWN|POS|SYN|DEV|SEC)\d\d\b"
)
#: Words that blame, frighten, give a list away or say nothing (handbook of wordings).
FORBIDDEN: Final = {
    "en": "error invalid failed failure illegal blacklist blacklisted suspicious please".split(),
    "zh_CN": "非法 错误 失败 无效 黑名单 可疑 违法 您".split(),
}


@pytest.fixture(scope="module")
def texts() -> Wordings:
    return wordings.load()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_rules_of_the_handbook_are_there(texts: Wordings) -> None:
    assert len(texts.rules) >= 96


def test_both_languages_of_a_rule_use_the_same_values(texts: Wordings) -> None:
    for rule, wording in texts.rules.items():
        found = {frozenset(placeholders(text)) for text in wording.sentences.values()}
        assert len(found) == 1, rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_forbidden_word(texts: Wordings, language: str) -> None:
    for rule, wording in texts.rules.items():
        text = wording.sentences[language].lower()
        for word in FORBIDDEN[language]:
            found = re.search(rf"\b{word}\b", text) if word.isascii() else word in text
            assert not found, (rule, word)


def test_sentences_are_calm_and_chinese_says_qing_once(texts: Wordings) -> None:
    for rule, wording in texts.rules.items():
        for text in wording.sentences.values():
            assert not set("!！") & set(text), rule
            assert text == text.strip(), rule
        for choice in wording.sentences["zh_CN"].split("\uff0f"):
            assert choice.count("请") <= 1, rule


def test_every_rule_named_in_the_source_has_its_wording(texts: Wordings) -> None:
    named = {
        (rule, str(file.relative_to(ROOT)))
        for folder in ("pos_client", "resources/policies", "resources/documents")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".json", ".toml"}
        for rule in RULE.findall(file.read_text(encoding="utf-8"))
    }
    assert {(rule, file) for rule, file in named if rule not in texts.rules} == set()
    assert named, "the pattern finds nothing any more"


def test_values_are_filled_in_and_missing_ones_stay_visible(texts: Wordings) -> None:
    assert texts.sentence("NUM01", "en", {"n": "17"}).endswith("17 found")
    assert "{n}" in texts.sentence("NUM01", "zh_CN")


def test_a_value_may_differ_by_language(texts: Wordings) -> None:
    values = {"field.en": "Address", "field.zh_CN": "住址"}
    assert "Address" in texts.sentence("DOC11", "en", values)
    assert "住址" in texts.sentence("DOC11", "zh_CN", values)


def test_a_language_that_is_not_shipped_falls_back_to_english(texts: Wordings) -> None:
    assert texts.sentence("NUM02", "fr") == texts.sentence("NUM02", "en")


def test_severities_are_those_of_the_handbook(texts: Wordings) -> None:
    assert texts.severity("NUM02") is Severity.BLOCK
    assert texts.severity("NUM05") is Severity.WARN
    assert texts.severity("DOC05") is Severity.REVIEW


def test_a_value_with_braces_is_not_expanded_again(texts: Wordings) -> None:
    assert texts.sentence("NUM05", "en", {"code": "{n}"}).count("{n}") == 1
