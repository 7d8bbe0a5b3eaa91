"""A whole registration without a mouse: every step by key events, as a clerk does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_client.model.document import Side
from pos_client.model.steps import StepName
from pos_client.ui.pages.page import PageName
from tests.fakes.desk import ICCID

if TYPE_CHECKING:
    from tests.gui.pages.conftest import Hand

Key = Qt.Key


def test_a_whole_registration_is_done_by_keys_alone(hand: Hand) -> None:
    hand.sign_in()
    hand.begin(Side.PORTRAIT, Side.EMBLEM)
    hand.until(lambda: hand.focus() == "value-address")
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.focus() == "msisdn")
    hand.type("8002")
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.focus() == "iccid")
    hand.scan(ICCID)
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.window.book.registration.step is StepName.NOTICES)
    hand.press(Key.Key_F9)
    hand.press(Key.Key_F9)
    hand.until(lambda: hand.window.book.registration.step is StepName.REVIEW)
    hand.press(Key.Key_F9)
    hand.until(hand.window.book.registration.review.submit.isEnabled)
    hand.press(Key.Key_F12)
    hand.at(PageName.DONE)
    receipt = hand.window.book.done.receipt
    assert receipt is not None
    assert receipt.msisdn == "13800138002"
    hand.ctrl(Key.Key_P)
    hand.until(lambda: not hand.window.book.done.printed.isHidden())
    hand.press(Key.Key_F2)
    hand.at(PageName.REGISTRATION)
