"""A field row: print beside value, one mark, and the keyboard from end to end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pos_client.model.document import Side
from pos_client.model.field import Field, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.rules import Severity
from pos_client.ui.widgets.field_row import FieldRow
from pos_client.ui.widgets.field_shown import FieldShown, Mark, difference
from pos_client.ui.widgets.print_crop import PrintedSide, printed_lines
from pos_client.ui.widgets.value_edit import ValueEdit
from tests.fakes import card
from tests.fakes.desk import NOON

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_client.ui.words import Words

NUMBER = "11010519491231002X"


def field(name: str) -> Field:
    return next(each for each in card.fields(Side.PORTRAIT) if each.name == name)


@pytest.fixture(scope="module")
def printed() -> PrintedSide:
    return PrintedSide(card.picture(Side.PORTRAIT, NOON))


@pytest.fixture
def row(qtbot: QtBot, words: Words, printed: PrintedSide) -> FieldRow:
    widget = FieldRow(FieldName("id_number"))
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(widget)
    column.addWidget(QPushButton("elsewhere"))
    qtbot.addWidget(window)
    window.resize(700, 400)
    number = field("id_number")
    widget.present(FieldShown(widget.name, "ID number", number, number, printed))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    widget.window_kept = window  # type: ignore[attr-defined]  # the fixture owns the window
    return widget


def test_an_18_digit_number_is_shown_whole_and_grouped(row: FieldRow) -> None:
    assert row.editor.toPlainText() == "110105 19491231 002X"
    needed = QFontMetrics(row.editor.font()).horizontalAdvance("110105 19491231 002X")
    row.window().resize(row.window().minimumSizeHint())
    assert row.editor.viewport().width() >= needed


def test_the_print_is_cut_out_where_the_value_was_read(printed: PrintedSide) -> None:
    number = field("id_number")
    piece = printed.cut(number)
    assert piece is not None
    assert number.box is not None
    assert number.box.width <= piece.width() <= number.box.width + 40
    inks = {piece.pixelColor(x, piece.height() // 2).lightness() for x in range(piece.width())}
    assert min(inks) < 90
    assert max(inks) > 200


def test_a_typed_value_has_no_print(printed: PrintedSide) -> None:
    typed = Field(FieldName("name"), Private("样"), Private("样"), Source.TYPED, 1.0)
    assert printed.cut(typed) is None


def test_lines_are_told_from_the_shape_of_the_box() -> None:
    assert printed_lines(field("address")) == 2
    assert printed_lines(field("id_number")) == 1
    assert printed_lines(field("name")) == 1


@pytest.mark.parametrize(
    ("change", "mark", "word"),
    [
        ({}, Mark.OK, "ok"),
        ({"severity": Severity.WARN}, Mark.CHECK, "check"),
        ({"severity": Severity.WARN, "confirmed": True}, Mark.OK, "ok"),
        ({"severity": Severity.BLOCK, "confirmed": True}, Mark.FIX, "correct it"),
        ({"field": None, "read": None}, Mark.MISSING, "missing"),
        ({"field": None, "read": None, "required": False}, Mark.OK, "ok"),
    ],
)
def test_one_mark_sums_a_field_up(
    row: FieldRow, change: dict[str, object], mark: Mark, word: str
) -> None:
    row.present(replace(row.shown, **change))  # type: ignore[arg-type]  # the table above is right
    assert row.mark is mark
    assert row.mark_word == word


def test_a_value_that_was_changed_says_so(row: FieldRow) -> None:
    typed = replace(field("id_number"), value=Private("X"), source=Source.TYPED, edited_by="7")
    row.present(replace(row.shown, field=typed))
    assert row.mark is Mark.DIFFERS
    assert "typed" in row.editor.accessibleName()


def test_enter_confirms_what_stands_there_and_goes_on(qtbot: QtBot, row: FieldRow) -> None:
    row.edit()
    with qtbot.waitSignals([row.confirmed, row.finished], order="strict"):
        QTest.keyClick(row.editor, Qt.Key.Key_Return)


def test_enter_hands_over_what_was_typed_and_does_not_confirm(qtbot: QtBot, row: FieldRow) -> None:
    typed: list[tuple[str, Private[str]]] = []
    confirmed: list[str] = []
    row.value_typed.connect(lambda name, text: typed.append((name, text)))
    row.confirmed.connect(confirmed.append)
    row.edit()
    assert row.editor.toPlainText() == NUMBER
    QTest.keyClicks(row.editor, "110105194912310038")
    with qtbot.waitSignal(row.finished):
        QTest.keyClick(row.editor, Qt.Key.Key_Return)
    assert typed == [("id_number", Private("110105194912310038"))]
    assert confirmed == []


def test_typed_work_is_not_lost_when_the_keyboard_goes_elsewhere(
    qtbot: QtBot, row: FieldRow
) -> None:
    row.edit()
    QTest.keyClicks(row.editor, "1101")
    with qtbot.waitSignal(row.value_typed) as told:
        QTest.keyClick(row.editor, Qt.Key.Key_Tab)
    assert told.args == ["id_number", Private("1101")]


def test_a_new_state_does_not_overwrite_what_is_being_typed(qtbot: QtBot, row: FieldRow) -> None:
    row.edit()
    QTest.keyClicks(row.editor, "1101")
    row.present(replace(row.shown, severity=Severity.WARN))
    assert row.editor.toPlainText() == "1101"


def test_ctrl_z_asks_for_the_read_value(qtbot: QtBot, row: FieldRow) -> None:
    row.edit()
    with qtbot.waitSignal(row.undo_asked) as told:
        QTest.keyClick(row.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["id_number"]


def test_another_reading_is_taken_with_a_key(
    qtbot: QtBot, row: FieldRow, printed: PrintedSide
) -> None:
    address = field("address")
    say = ("Compare this with the card",)
    row.present(FieldShown(row.name, "Address", address, address, printed, say, Severity.WARN))
    assert row.sentence == "Compare this with the card"
    chips = [chip.text() for chip in row.findChildren(QPushButton) if chip.isVisible()]
    assert chips == ["1  …号院洋本楼…"]
    row.edit()
    with qtbot.waitSignal(row.value_typed) as told:
        QTest.keyClick(row.editor, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert told.args[1] == address.alternatives[0]


def test_a_paste_in_any_shape_becomes_one_line(row: FieldRow) -> None:
    data = QMimeData()
    data.setText(" 110105\n19491231 \t002X\n")
    row.editor.clear()
    row.editor.insertFromMimeData(data)
    assert row.editor.toPlainText() == "110105 19491231 002X"


def test_a_long_address_makes_the_row_higher_instead_of_clipping(
    row: FieldRow, printed: PrintedSide
) -> None:
    address = replace(field("address"), value=Private("北京市朝阳区样本路" * 5))
    before = row.editor.height()
    row.present(FieldShown(row.name, "Address", address, address, printed))
    assert row.editor.height() > before
    assert row.editor.verticalScrollBar().maximum() == 0


def test_a_screen_reader_hears_title_state_and_source(row: FieldRow, words: Words) -> None:
    assert row.editor.accessibleName() == "ID number, ok, camera"
    words.speak("zh_CN")
    assert row.editor.accessibleName() == "ID number, 正确, 摄像头"


@pytest.mark.parametrize(
    ("current", "other", "shown"),
    [
        ("北京市朝阳区", "北京市朝阳巨", "…朝阳巨"),
        ("区", "巨", "巨"),
        ("样本", "样本", "…样本"),
        ("ANNA", "ANNNA", "…NNNA"),
    ],
)
def test_a_difference_is_shown_with_a_little_around_it(
    current: str, other: str, shown: str
) -> None:
    assert difference(current, other).strip("…") in other
    assert difference(current, other) == shown or current == other


def test_a_document_without_end_is_worded_in_the_windows_language(
    qtbot: QtBot, words: Words
) -> None:
    editor = ValueEdit()
    qtbot.addWidget(editor)
    editor.put("long-term")
    words.speak("zh_CN")
    assert editor.toPlainText() == "长期"
    assert editor.typed == "long-term"
    assert not editor.changed
