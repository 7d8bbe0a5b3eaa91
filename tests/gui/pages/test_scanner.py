"""A scanner types faster than a person and ends with Enter: it presses nothing, anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_client.model.document import Side
from pos_client.model.field import Source
from pos_client.model.steps import StepName
from pos_client.ui.pages.page import PageName
from tests.fakes.desk import ICCID

if TYPE_CHECKING:
    from tests.gui.pages.conftest import Hand

Key = Qt.Key
DIGITS = "12345678901234567890"
SAYS_NOTHING = {"warm_up", "look", "scan_sim", "sign_in", "begin", "take_reading"}


@pytest.mark.parametrize("key", [None, Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4])
def test_twenty_digits_and_enter_submit_nothing_on_the_working_screen(
    open_hand: Hand, key: Qt.Key | None
) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    if key is not None:
        open_hand.ctrl(key)
    step = open_hand.window.book.registration.step
    before = open_hand.text()
    open_hand.scan(DIGITS)
    open_hand.until(lambda: not open_hand.window.book.registration.told.isHidden())
    assert open_hand.window.page is PageName.REGISTRATION
    assert open_hand.window.book.registration.step is step
    assert open_hand.text() == before
    assert set(open_hand.desk.said) <= SAYS_NOTHING


def test_twenty_digits_and_enter_start_nothing_on_the_first_page(open_hand: Hand) -> None:
    open_hand.until(lambda: open_hand.focus() == "new-registration")
    open_hand.scan(DIGITS)
    assert open_hand.window.page is PageName.HOME
    assert "begin" not in open_hand.desk.said


def test_twenty_digits_and_enter_let_nobody_in(hand: Hand) -> None:
    hand.until(lambda: hand.focus() == "operator-number")
    hand.type("0007")
    hand.press(Key.Key_Return)
    hand.scan(DIGITS)
    assert hand.window.page is PageName.SIGN_IN
    assert hand.text() == ""
    assert "sign_in" not in hand.desk.said


def test_twenty_digits_and_enter_neither_discard_nor_park(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT)
    open_hand.until(lambda: bool(open_hand.window.book.registration.identity.rows))
    open_hand.press(Key.Key_Escape)
    open_hand.until(lambda: open_hand.focus() == "leave-park")
    open_hand.scan(DIGITS)
    assert open_hand.window.page is PageName.REGISTRATION
    assert "discard" not in open_hand.desk.said


def test_a_scanned_sim_card_is_taken_wherever_the_keyboard_is(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    address = open_hand.text()
    open_hand.scan(ICCID)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.standing is not None and page.standing.line is not None)
    assert page.standing is not None
    line = page.standing.line
    assert line is not None
    assert (line.iccid.reveal(), line.iccid_source) == (ICCID, Source.BARCODE)
    assert open_hand.text() == address
    assert page.step is StepName.IDENTITY


def test_what_a_person_types_arrives_whole(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    open_hand.ctrl(Key.Key_2)
    open_hand.until(lambda: open_hand.focus() == "msisdn")
    open_hand.type("13800138001")
    assert open_hand.text() == "13800138001"
