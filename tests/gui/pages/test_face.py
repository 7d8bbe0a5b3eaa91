"""The face page by keyboard: asked first, looked at, and never turned away by a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_client.capture.problems import FaceModelsMissing
from pos_client.model.document import Side
from pos_client.model.face import FaceMethod, FaceVerdict
from pos_client.model.steps import StepName
from pos_client.ui.pages.keys import Deed
from tests.fakes.desk import PIN

if TYPE_CHECKING:
    from pos_client.model.draft import Draft
    from pos_client.ui.pages.face import FacePane
    from tests.gui.pages.conftest import Hand

Key = Qt.Key


def at_the_face(hand: Hand, *sides: Side) -> FacePane:
    hand.begin(*(sides or (Side.PORTRAIT, Side.EMBLEM)))
    page = hand.window.book.registration
    hand.until(
        lambda: page.standing is not None and len(page.standing.draft.images) > len(sides) // 2
    )
    hand.ctrl(Key.Key_3)
    hand.until(lambda: page.step is StepName.FACE)
    return page.face


def draft(hand: Hand) -> Draft:
    standing = hand.window.book.registration.standing
    assert standing is not None
    return standing.draft


def tries(hand: Hand) -> int:
    check = draft(hand).face
    return len(check.tries) if check else 0


def test_without_a_word_of_the_policy_there_is_no_such_step(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.standing is not None)
    open_hand.window.counter.do(Deed.FACE)
    assert page.step is not StepName.FACE
    open_hand.ctrl(Key.Key_3)
    open_hand.until(lambda: page.step is StepName.NOTICES)
    keys = [words for _, words in open_hand.window.keys.sheet()]
    assert "Face" not in keys


def test_nobody_is_looked_at_before_a_yes(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    face = at_the_face(open_hand)
    open_hand.until(lambda: open_hand.focus() == "face-consent-text")
    open_hand.heard()
    assert "look_at_face" not in open_hand.desk.said
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "look_at_face" in open_hand.desk.said)
    open_hand.until(lambda: face.view.view is not None)
    (answer,) = draft(open_hand).notices
    assert (answer.notice_id, answer.version, answer.accepted) == ("face_consent", "2025-06", True)


def test_a_match_is_one_word_and_goes_on_with_the_same_key(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    open_hand.desk.faces.append(FaceVerdict.MATCH)
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "Matched" in face.told.headline)
    assert "0.7" not in face.told.headline + face.told.line + face.left.text()
    open_hand.until(lambda: open_hand.focus() == "face-go-on")
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: open_hand.window.book.registration.step is not StepName.FACE)


def test_a_try_that_failed_is_followed_by_another_only_when_asked_for(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    open_hand.desk.faces.append(FaceVerdict.REVIEW)
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: tries(open_hand) == 1)
    open_hand.until(lambda: "Tries left: 2" in face.told.headline)
    open_hand.heard()
    assert open_hand.desk.said.count("look_at_face") == 1
    open_hand.desk.faces.append(FaceVerdict.MATCH)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "Matched" in face.told.headline)


def test_after_the_last_try_a_second_person_decides_on_the_same_page(open_hand: Hand) -> None:
    open_hand.desk.compare_faces(attempts=1)
    open_hand.desk.faces.append(FaceVerdict.DIFFER)
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: not face.ask_second.isHidden())
    assert face.start.isHidden()
    assert face.go_on.isHidden()
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: open_hand.focus() == "second-number")
    open_hand.type("2001")
    open_hand.press(Key.Key_Return)
    open_hand.type(PIN)
    open_hand.press(Key.Key_Return)
    open_hand.type("seen")
    face.second.approve.click()
    open_hand.until(lambda: "Confirmed" in face.told.headline)
    assert face.second.isHidden()
    (made,) = draft(open_hand).decisions
    assert (made.operator, made.what) == ("2001", "approved:FAC07")


def test_escape_leaves_the_second_person_and_not_the_draft(open_hand: Hand) -> None:
    open_hand.desk.compare_faces(attempts=1)
    open_hand.desk.faces.append(FaceVerdict.NOT_LIVE)
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: not face.ask_second.isHidden())
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: not face.second.isHidden())
    open_hand.press(Key.Key_Escape)
    open_hand.until(face.second.isHidden)
    assert open_hand.window.book.registration.leaving.isHidden()


@pytest.mark.parametrize("way", [FaceMethod.CARRIER_CHECK, FaceMethod.MANUAL_CHECK])
def test_who_declines_is_offered_what_the_policy_names(open_hand: Hand, way: FaceMethod) -> None:
    open_hand.desk.compare_faces()
    face = at_the_face(open_hand)
    face.consent.decline.click()
    open_hand.until(lambda: not face.ways[way].isHidden())
    assert face.ways[FaceMethod.COMPARE].isHidden()
    assert "declined" in face.told.headline
    assert "look_at_face" not in open_hand.desk.said
    face.ways[way].click()
    by_carrier = way is FaceMethod.CARRIER_CHECK
    next_button = face.go_on if by_carrier else face.ask_second
    open_hand.until(lambda: not next_button.isHidden())
    check = draft(open_hand).face
    assert check is not None
    assert check.method is way


def test_who_declines_where_nothing_else_is_offered_stands_still_and_is_told(
    open_hand: Hand,
) -> None:
    open_hand.desk.compare_faces(alternatives=())
    face = at_the_face(open_hand)
    face.consent.decline.click()
    open_hand.until(lambda: "no other way" in face.told.line)
    assert face.go_on.isHidden()
    assert all(button.isHidden() for button in face.ways.values())
    face.ask_again.click()
    open_hand.until(lambda: open_hand.focus() == "face-consent-text")
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "look_at_face" in open_hand.desk.said)


def test_where_it_is_only_offered_one_may_decline_and_go_on(open_hand: Hand) -> None:
    open_hand.desk.compare_faces(required=False, alternatives=())
    face = at_the_face(open_hand)
    face.consent.decline.click()
    open_hand.until(lambda: not face.go_on.isHidden())


def test_without_its_files_it_says_so_and_a_second_person_remains(open_hand: Hand) -> None:
    open_hand.desk.compare_faces(alternatives=())
    open_hand.desk.trouble["face_photo"] = FaceModelsMissing()
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    box = open_hand.window.book.registration.problem_box
    open_hand.until(lambda: not box.isHidden())
    assert box.problem is not None
    assert box.problem.code == "D111"
    assert "look_at_face" not in open_hand.desk.said
    face.ways[FaceMethod.MANUAL_CHECK].click()
    open_hand.until(lambda: not face.ask_second.isHidden())


def test_the_camera_looks_for_no_card_meanwhile_and_goes_on_afterwards(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    at_the_face(open_hand, Side.PORTRAIT)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "look_at_face" in open_hand.desk.said)
    looks = open_hand.desk.said.count("look")
    open_hand.heard()
    assert open_hand.desk.said.count("look") == looks
    open_hand.ctrl(Key.Key_1)
    open_hand.until(lambda: open_hand.desk.said.count("look") > looks)


def test_the_photo_comes_first(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    open_hand.begin(Side.EMBLEM)
    page = open_hand.window.book.registration
    open_hand.until(lambda: page.standing is not None and bool(page.standing.draft.images))
    open_hand.ctrl(Key.Key_3)
    open_hand.until(lambda: page.step is StepName.FACE)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: "photo comes first" in page.face.told.headline)
    assert "look_at_face" not in open_hand.desk.said


def test_nothing_of_a_face_stays_when_the_page_is_left(open_hand: Hand) -> None:
    open_hand.desk.compare_faces()
    face = at_the_face(open_hand)
    open_hand.press(Key.Key_F9)
    open_hand.until(lambda: face.view.view is not None)
    open_hand.ctrl(Key.Key_L)
    open_hand.until(lambda: open_hand.window.book.registration.standing is None)
    assert face.view.view is None
    assert face.consent.shown is None
    assert face.told.headline == ""
