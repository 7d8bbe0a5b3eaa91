"""The list of document kinds: grouped, found by typing, worked with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.documents import known_kinds
from pos_client.model.document import DocumentKind
from pos_client.ui.widgets.kind_list import KindList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def kinds(qtbot: QtBot) -> KindList:
    made = KindList()
    qtbot.addWidget(made)
    made.offer(known_kinds())
    made.show()
    made.ask(None)
    return made


def test_every_kind_is_listed_once_under_its_group(kinds: KindList) -> None:
    assert sorted(kinds.codes()) == [each.code for each in known_kinds()]
    headings = [
        kinds.list.item(row).text()
        for row in range(kinds.list.count())
        if not kinds.list.item(row).data(Qt.ItemDataRole.UserRole)
    ]
    assert set(headings) == {
        "Chinese citizens",
        "Hong Kong, Macau and Taiwan",
        "Foreigners",
        "Cards of single countries",
        "Companies and offices",
    }


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("通行证", {"cn.hkm_permit", "cn.hkm_permit_foreign", "cn.tw_permit"}),
        ("回乡", {"cn.hkm_permit"}),
        ("taibao", {"cn.tw_permit"}),
        ("KTP", {"id.ktp"}),
        ("green card", {"cn.pr_2017", "cn.pr_2023"}),
        ("no such thing", set()),
    ],
)
def test_typing_a_part_of_any_name_finds_a_kind(
    kinds: KindList, typed: str, codes: set[str]
) -> None:
    kinds.search.setText(typed)
    assert set(kinds.codes()) == codes


def test_search_arrows_and_enter_choose_without_a_mouse(kinds: KindList, qtbot: QtBot) -> None:
    QTest.keyClicks(kinds.search, "green")
    QTest.keyClick(kinds.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(kinds.chosen, timeout=5000) as chosen:
        QTest.keyClick(kinds.search, Qt.Key.Key_Return)
    assert chosen.args == ["cn.pr_2023"]


def test_enter_on_nothing_found_chooses_nothing(kinds: KindList, qtbot: QtBot) -> None:
    kinds.search.setText("no such thing")
    with qtbot.assertNotEmitted(kinds.chosen):
        QTest.keyClick(kinds.search, Qt.Key.Key_Return)


def test_the_present_kind_is_where_the_keyboard_starts(kinds: KindList) -> None:
    kinds.ask(DocumentKind("id.ktp"))
    assert kinds.list.currentItem().data(Qt.ItemDataRole.UserRole) == "id.ktp"


def test_few_kinds_are_seen_at_a_glance_and_need_no_search(kinds: KindList) -> None:
    kinds.offer(known_kinds()[:3])
    kinds.ask(None)
    assert not kinds.search.isVisible()
