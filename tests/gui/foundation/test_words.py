"""Every sentence on screen is there in both languages, and switches while the window is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtWidgets import QLabel

from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem
from pos_client.ui import figures
from pos_client.ui.words import (
    LANGUAGES,
    PROBLEM,
    Words,
    cause_in_words,
    language_now,
    problem_advice,
    problem_title,
    read_messages,
    text_in,
)
from tests.gui import translations

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from pytestqt.qtbot import QtBot

NOW: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOW: Final = "run `python -m tests.gui.translations` and translate what it adds"


def _known(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for path in translations.I18N.glob(f"{language}*.ts"):
        found |= read_messages(path.read_text("utf-8"))
    return found


def test_every_sentence_of_the_window_is_translated() -> None:
    known = _known("zh_CN")
    missing = [
        f"{each.context}: {each.source}"
        for each in translations.sentences_in_sources()
        if each.context != PROBLEM and not any(known.get((each.context, each.source), ()))
    ]
    assert missing == [], HOW


def test_every_problem_has_its_title_and_advice_in_chinese() -> None:
    known = _known("zh_CN")
    missing = [
        f"{kind.code}: {text}"
        for kind in translations.problems()
        for text in (kind.title, kind.advice)
        if text and not any(known.get((PROBLEM, text), ()))
    ]
    assert missing == [], HOW


def test_no_translation_is_left_of_a_sentence_nobody_says() -> None:
    said = {(each.context, each.source) for each in translations.sentences_in_sources()}
    assert [key for key in _known("zh_CN") if key not in said] == [], HOW


def test_counted_sentences_have_their_english_forms() -> None:
    known = _known("en")
    for each in translations.sentences_in_sources():
        if each.counted:
            assert len(known.get((each.context, each.source), ())) == 2, each.source


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_translation_has_the_same_placeholders(language: str) -> None:
    for (context, source), forms in _known(language).items():
        for form in forms:
            assert translations.placeholders(form) == translations.placeholders(source), (
                f"{context}: {source}"
            )


def test_codes_of_problems_are_each_used_once() -> None:
    seen: dict[str, type[Problem]] = {}
    for kind in translations.problems():
        # A family's base may carry the same code as none of its members.
        assert seen.setdefault(kind.code, kind) is kind or kind.code == Problem.code, kind.code


def test_chinese_sentences_do_not_shout_and_use_chinese_marks() -> None:
    for (context, source), forms in _known("zh_CN").items():
        for form in forms:
            assert "!" not in form, source
            assert "！" not in form, source
            assert "错误" not in form, source
            assert "非法" not in form, source
            assert not form.endswith("."), f"{context}: {source}"


class _Greeter(QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == event.Type.LanguageChange:
            self.heard.append(language_now())
        super().changeEvent(event)


def test_a_switch_reaches_a_window_that_is_open(qtbot: QtBot, words: Words) -> None:
    label = _Greeter()
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(words.changed) as told:
        words.speak_next()
    assert told.args == ["zh_CN"]
    qtbot.waitUntil(lambda: "zh_CN" in label.heard)
    words.speak_next()
    assert language_now() == "en"


def test_a_problem_is_worded_in_the_windows_language_and_filled_afterwards(words: Words) -> None:
    problem = PacketDamaged(reason="cut")
    assert problem_title(problem) == "A sealed packet is damaged (cut)"
    words.speak("zh_CN")
    assert problem_title(problem) == "一个封存包已损坏（cut）"
    assert problem_advice(problem).endswith("。")


def test_a_missing_value_leaves_a_gap_and_no_crash(words: Words) -> None:
    assert problem_title(PacketDamaged()) == "A sealed packet is damaged (…)"


def test_a_cause_is_told_from_its_code_alone(words: Words) -> None:
    assert cause_in_words("P110") == "A sealed packet is damaged"
    assert cause_in_words("Z999") == "Z999"
    words.speak("zh_CN")
    assert cause_in_words("P110") == "一个封存包已损坏"


@pytest.mark.parametrize(
    ("minutes", "english", "chinese", "spoken"),
    [
        (0, "now", "刚刚", "now"),
        (1, "1 min", "1 分钟", "1 minute"),
        (4, "4 min", "4 分钟", "4 minutes"),
        (180, "3 h", "3 小时", "3 hours"),
        (2880, "2 d", "2 天", "2 days"),
    ],
)
def test_ages_are_told_in_their_largest_unit(
    words: Words, minutes: int, english: str, chinese: str, spoken: str
) -> None:
    since = NOW - timedelta(minutes=minutes)
    assert figures.age(since, NOW) == english
    assert figures.spoken_span(NOW - since) == spoken
    words.speak("zh_CN")
    assert figures.age(since, NOW) == chinese


@pytest.mark.parametrize(
    ("bare", "shown"),
    [
        ("11010519491231002X", "110105 19491231 002X"),
        ("13800138000", "138 0013 8000"),
        ("89860012345678901234", "8986 0012 3456 7890 1234"),
        ("8986001234567890123", "8986 0012 3456 7890 123"),
        ("北京市朝阳区", "北京市朝阳区"),
        ("1101051949", "1101051949"),
    ],
)
def test_long_numbers_are_grouped_for_the_eye(bare: str, shown: str) -> None:
    assert figures.grouped(bare) == shown


def test_sizes_are_told_in_kilobytes_and_megabytes() -> None:
    assert [figures.size(count) for count in (1, 412_000, 1_240_000)] == [
        "1 kB",
        "412 kB",
        "1.2 MB",
    ]


def test_texts_of_the_carrier_fall_back_to_english(words: Words) -> None:
    words.speak("zh_CN")
    assert text_in({"en": "Privacy", "zh_CN": "告知"}) == "告知"
    assert text_in({"en": "Privacy"}) == "Privacy"
    assert text_in({}) == ""
