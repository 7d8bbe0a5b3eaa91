"""Nothing typed is ever lost: not by quick hands, a full disk, Esc, or a locked screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pos_client.model.document import Side
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.model.status import LinkState
from pos_client.model.steps import StepName
from pos_client.outbox.problems import DiskFull
from pos_client.ui.pages.page import PageName

if TYPE_CHECKING:
    from pos_client.model.draft import Draft
    from pos_client.ui.pages.registration import RegistrationPage
    from tests.gui.pages.conftest import Hand

Key = Qt.Key
NAME = FieldName("name")
ADDRESS = FieldName("address")


def draft_of(hand: Hand) -> Draft:
    standing = hand.window.book.registration.standing
    assert standing is not None
    return standing.draft


def at_the_address(hand: Hand) -> None:
    hand.begin(Side.PORTRAIT, Side.EMBLEM)
    hand.until(lambda: hand.focus() == "value-address")


def test_quick_edits_of_two_fields_are_both_kept(open_hand: Hand) -> None:
    at_the_address(open_hand)
    identity = open_hand.window.book.registration.identity
    for number in range(5):
        identity.value_typed.emit(NAME, Private(f"样本{number}"))
        identity.value_typed.emit(ADDRESS, Private(f"样本路{number}号"))
        open_hand.window.book.registration.line.take_scanned_number(Private(f"1380013800{number}"))
    open_hand.until(lambda: draft_of(open_hand).line is not None)
    stored = open_hand.desk.drafts[draft_of(open_hand).id]
    assert stored.fields[NAME].value.reveal() == "样本4"
    assert stored.fields[ADDRESS].value.reveal() == "样本路4号"
    assert stored.line is not None
    assert stored.line.msisdn.reveal() == "13800138004"


def test_a_field_is_saved_when_it_is_left(open_hand: Hand) -> None:
    at_the_address(open_hand)
    open_hand.type("8")
    open_hand.ctrl(Key.Key_2)
    open_hand.until(lambda: draft_of(open_hand).fields[ADDRESS].value.reveal() == "8")


def test_what_could_not_be_saved_stays_on_the_screen_and_is_saved_at_the_next_try(
    open_hand: Hand,
) -> None:
    at_the_address(open_hand)
    page = open_hand.window.book.registration
    open_hand.desk.trouble["type_field"] = DiskFull()
    page.identity.value_typed.emit(NAME, Private("样本人"))
    open_hand.until(lambda: not page.problem_box.isHidden())
    page.identity.value_confirmed.emit(ADDRESS)
    open_hand.until(lambda: ADDRESS in draft_of(open_hand).confirmed)
    assert page.identity.rows[NAME].editor.typed == "样本人"
    open_hand.ctrl(Key.Key_B)
    open_hand.desk.trouble.clear()
    page.problem_box.try_again_chosen.emit()
    open_hand.until(lambda: draft_of(open_hand).fields[NAME].value.reveal() == "样本人")
    assert open_hand.window.page is PageName.REGISTRATION


def test_escape_never_discards_by_itself(open_hand: Hand) -> None:
    at_the_address(open_hand)
    open_hand.press(Key.Key_Escape)
    open_hand.until(lambda: open_hand.focus() == "leave-park")
    open_hand.press(Key.Key_Escape)
    assert open_hand.window.book.registration.leaving.isHidden()
    assert open_hand.window.page is PageName.REGISTRATION
    assert "discard" not in open_hand.desk.said


def test_discarding_needs_two_words(open_hand: Hand) -> None:
    at_the_address(open_hand)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    open_hand.press(Key.Key_Delete, both)
    assert open_hand.window.book.registration.leaving.asks_surely
    assert "discard" not in open_hand.desk.said
    open_hand.press(Key.Key_Delete, both)
    open_hand.at(PageName.HOME)
    assert open_hand.desk.drafts == {}


def test_an_empty_draft_is_left_without_a_question(open_hand: Hand) -> None:
    open_hand.begin()
    open_hand.press(Key.Key_Escape)
    open_hand.at(PageName.HOME)
    assert open_hand.desk.drafts == {}


def test_a_parked_draft_is_offered_and_gone_on_with(open_hand: Hand) -> None:
    at_the_address(open_hand)
    parked = draft_of(open_hand).id
    open_hand.ctrl(Key.Key_B)
    open_hand.at(PageName.HOME)
    home = open_hand.window.book.home
    open_hand.until(lambda: len(home.draft_buttons()) == 1)
    assert "样本" not in home.draft_buttons()[0].text()
    home.draft_buttons()[0].click()
    open_hand.at(PageName.REGISTRATION)
    assert draft_of(open_hand).id == parked
    open_hand.until(lambda: open_hand.focus() == "value-address")


def test_locking_takes_everything_off_the_screen_and_gives_it_back(open_hand: Hand) -> None:
    at_the_address(open_hand)
    open_hand.type("9")
    draft = draft_of(open_hand).id
    open_hand.ctrl(Key.Key_L)
    open_hand.at(PageName.SIGN_IN)
    page = open_hand.window.book.registration
    assert page.standing is None
    assert page.identity.rows == {}
    assert page.camera.view.view is None
    open_hand.until(lambda: "lock" in open_hand.desk.said)
    open_hand.until(lambda: open_hand.focus() == "pin")
    open_hand.type("1357")
    open_hand.press(Key.Key_Return)
    open_hand.at(PageName.REGISTRATION)
    assert draft_of(open_hand).id == draft
    assert draft_of(open_hand).fields[ADDRESS].value.reveal() == "9"


def test_submit_shows_what_stands_in_the_way_and_sends_nothing(open_hand: Hand) -> None:
    at_the_address(open_hand)
    open_hand.press(Key.Key_F12)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.step is StepName.REVIEW)
    assert "submit" not in open_hand.desk.said
    open_hand.until(lambda: open_hand.focus() == "point-0")
    page.review.point_buttons()[0].click()
    assert page.step is StepName.IDENTITY
    assert open_hand.focus() == "value-address"


def ready_to_submit(open_hand: Hand) -> RegistrationPage:
    """Go on from the address to a review that only waits for submit."""
    at_the_address(open_hand)
    open_hand.press(Key.Key_Return)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.step is StepName.LINE)
    page.line.take_scanned_number(Private("13800138000"))
    page.line.take_scan(Private("89860012345678901234"))
    open_hand.ctrl(Key.Key_3)
    for _ in range(page.notices.count):
        open_hand.press(Key.Key_F9)
    open_hand.until(lambda: page.step is StepName.REVIEW)
    open_hand.press(Key.Key_F9)
    open_hand.until(page.review.submit.isEnabled)
    return page


def test_a_line_that_went_down_before_submit_is_told_and_accepted(open_hand: Hand) -> None:
    page = ready_to_submit(open_hand)
    open_hand.desk.link = LinkState.OFFLINE
    open_hand.press(Key.Key_F12)
    open_hand.until(lambda: not page.problem_box.isHidden())
    open_hand.until(lambda: page.findChild(QPushButton, "accept-QTA02") is not None)
    open_hand.find("accept-QTA02").setFocus()
    open_hand.press(Key.Key_Space)
    open_hand.until(page.review.submit.isEnabled)
    open_hand.press(Key.Key_F12)
    open_hand.at(PageName.DONE)


def test_a_line_that_is_down_holds_nobody_up_on_the_way_to_the_review(open_hand: Hand) -> None:
    open_hand.desk.link = LinkState.OFFLINE
    at_the_address(open_hand)
    open_hand.press(Key.Key_Return)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.step is StepName.LINE)
    page.line.take_scanned_number(Private("13800138000"))
    page.line.take_scan(Private("89860012345678901234"))
    page.line.finished.emit()
    open_hand.until(lambda: page.step is StepName.NOTICES)


def test_the_window_does_not_leave_a_step_that_the_clerk_has_just_opened(open_hand: Hand) -> None:
    at_the_address(open_hand)
    page = open_hand.window.book.registration
    page.identity.all_checked.emit()
    open_hand.ctrl(Key.Key_3)
    page.line.take_scanned_number(Private("13800138000"))
    open_hand.until(lambda: draft_of(open_hand).line is not None)
    open_hand.heard()
    assert page.step is StepName.NOTICES


def test_a_failed_submit_keeps_the_draft_and_says_so(open_hand: Hand) -> None:
    page = ready_to_submit(open_hand)
    open_hand.desk.trouble["submit"] = DiskFull()
    open_hand.press(Key.Key_F12)
    open_hand.until(lambda: not page.problem_box.isHidden())
    assert open_hand.window.page is PageName.REGISTRATION
    open_hand.desk.trouble.clear()
    open_hand.press(Key.Key_F12)
    open_hand.at(PageName.DONE)
    assert open_hand.desk.drafts == {}
