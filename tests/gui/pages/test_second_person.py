"""What takes two people at the counter: a warning that somebody else accepts, a draft passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pos_client.model.document import Side
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import LinkState
from pos_client.model.steps import StepName
from pos_client.ui.pages.page import PageName
from tests.fakes.desk import PIN

if TYPE_CHECKING:
    from pos_client.ui.pages.review import ReviewPane
    from tests.gui.pages.conftest import Hand

Key = Qt.Key
RULE = "QTA02"
OTHER = OperatorNumber("2001")


def at_the_question(hand: Hand) -> ReviewPane:
    hand.desk.link = LinkState.OFFLINE
    hand.desk.leave_to_two(RULE)
    hand.begin(Side.PORTRAIT, Side.EMBLEM)
    hand.press(Key.Key_F12)
    review = hand.window.book.registration.review
    hand.until(lambda: hand.window.book.registration.step is StepName.REVIEW)
    assert review.findChild(QPushButton, f"accept-{RULE}") is None
    ask = review.findChild(QPushButton, f"second-{RULE}")
    assert isinstance(ask, QPushButton)
    ask.click()
    hand.until(lambda: hand.focus() == "second-number")
    return review


def decide(hand: Hand, button: QPushButton, pin: str) -> None:
    hand.type("2001")
    hand.press(Key.Key_Return)
    hand.type(pin)
    hand.press(Key.Key_Return)
    hand.type("seen")
    hand.press(Key.Key_Return)
    hand.until(lambda: hand.focus() == "second-approve")
    button.click()


def test_a_second_person_accepts_by_keyboard_and_the_clerk_goes_on(open_hand: Hand) -> None:
    review = at_the_question(open_hand)
    decide(open_hand, review.second.approve, PIN)
    open_hand.until(review.second.isHidden)
    assert review.findChild(QPushButton, f"second-{RULE}") is None
    standing = open_hand.window.book.registration.standing
    assert standing is not None
    (made,) = standing.draft.decisions
    assert (made.operator, made.what, made.reason) == (OTHER, f"approved:{RULE}", "seen")
    assert (review.second.pin.text(), review.second.number.text()) == ("", "")


def test_a_wrong_pin_is_said_and_only_the_pin_is_typed_again(open_hand: Hand) -> None:
    review = at_the_question(open_hand)
    decide(open_hand, review.second.approve, "9999")
    problem = open_hand.window.book.registration.problem_box
    open_hand.until(lambda: not problem.isHidden())
    open_hand.until(lambda: open_hand.focus() == "second-pin")
    assert (review.second.number.text(), review.second.pin.text()) == ("2001", "")
    assert not review.second.busy.isVisible()


def test_a_refusal_stands_beside_the_point(open_hand: Hand) -> None:
    review = at_the_question(open_hand)
    decide(open_hand, review.second.refuse, PIN)
    open_hand.until(review.second.isHidden)
    texts = [button.text() for button in review.point_buttons()]
    assert any("refused by 2001: seen" in text for text in texts)


def test_escape_leaves_the_question_and_not_the_draft(open_hand: Hand) -> None:
    review = at_the_question(open_hand)
    open_hand.type("20")
    open_hand.press(Key.Key_Escape)
    open_hand.until(review.second.isHidden)
    assert open_hand.window.page is PageName.REGISTRATION
    assert open_hand.window.book.registration.leaving.isHidden()
    assert review.second.number.text() == ""


def test_a_parked_draft_is_handed_over_on_the_first_page(open_hand: Hand) -> None:
    open_hand.desk.staff[OTHER] = Operator(OTHER, OperatorRole.OPERATOR)
    open_hand.begin(Side.PORTRAIT)
    open_hand.ctrl(Key.Key_B)
    home = open_hand.window.book.home
    open_hand.until(lambda: bool(home.hand_over_buttons()))
    (give,) = home.hand_over_buttons()
    actions = give.menu().actions()
    me = open_hand.desk.operator()
    assert me is not None
    assert me.number not in [action.text() for action in actions]
    next(action for action in actions if action.text() == OTHER).trigger()
    open_hand.until(lambda: not home.told.isHidden())
    assert OTHER in home.told.headline
    assert list(open_hand.desk.handed_over.values()) == [OTHER]
    open_hand.until(lambda: not home.draft_buttons())


def test_the_first_page_says_when_the_disk_has_little_room(open_hand: Hand) -> None:
    home = open_hand.window.book.home
    assert home.room_line.isHidden()
    open_hand.desk.room = 40
    open_hand.window.pulse.feel()
    open_hand.until(lambda: "40 more registrations" in home.room_line.headline)
    open_hand.desk.room = 0
    open_hand.window.pulse.feel()
    open_hand.until(lambda: "paused" in home.room_line.headline)
