"""The window around the pages: set-up, keys, language, light, lock, what it shows and hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_client.model.document import Side
from pos_client.model.problems import Problem, Retry
from pos_client.model.registration import OperatorNumber
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from pos_client.model.view import Phase
from pos_client.ui.look.dress import tokens_now
from pos_client.ui.pages.keys import KEYS, ON_BAR, ON_PAGE
from pos_client.ui.pages.page import PageName
from tests.fakes.camera import view

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.pages.conftest import Hand

Key = Qt.Key
#: Everything the specimen card says about its holder.
PRINTED = ("样本市", "样本路", "11010519491231002X", "110105 19491231 002X", "1949-12-31")


class CameraGone(Problem):
    """The camera was pulled out."""

    code = "D199"
    title = "The camera is gone"
    retry = Retry.LATER


def test_another_document_is_told_by_the_name_of_the_one_that_was_chosen(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT)
    pane = open_hand.window.book.registration.camera
    open_hand.until(lambda: Side.PORTRAIT in pane.slots.slots)

    def told() -> str:
        pane.view.show_view(view(Phase.ADJUST, hint="CAP11"))
        return pane.view.sentence

    open_hand.until(lambda: told().endswith("Chosen: Resident identity card"))


def test_before_the_document_is_known_the_picture_has_all_the_room(open_hand: Hand) -> None:
    open_hand.begin()
    pane = open_hand.window.book.registration.camera
    open_hand.until(lambda: pane.view.view is not None)
    assert pane.slots.isHidden()
    open_hand.desk.lay_down(Side.PORTRAIT)
    open_hand.until(lambda: not pane.slots.isHidden())


def test_a_small_picture_leaves_the_ways_out_to_the_buttons_below_it(open_hand: Hand) -> None:
    open_hand.window.resize(1280, 720)
    open_hand.begin()
    pane = open_hand.window.book.registration.camera
    open_hand.until(lambda: pane.view.view is not None)

    def said() -> str:
        pane.view.show_view(view(Phase.ADJUST, hint="CAP13"))
        return pane.view.sentence

    open_hand.until(lambda: said() == "It takes longer than usual")
    assert pane.way_out.take.isVisible()
    open_hand.window.resize(853, 480)
    open_hand.until(pane.way_out.isHidden)
    assert "Space" in said()


def test_a_new_till_is_set_up_with_an_invitation_and_a_pin(new_hand: Hand, tmp_path: Path) -> None:
    new_hand.at(PageName.SET_UP)
    file = tmp_path / "invitation.json"
    file.write_bytes(b"{}")
    page = new_hand.window.book.set_up
    page.invitation.setText(str(file))
    page.number.setText("0007")
    page.pin.setText("24680")
    page.pin_again.setText("13579")
    page.button.click()
    assert not page.told.isHidden()
    assert "enrol" not in new_hand.desk.said
    page.pin_again.setText("24680")
    page.button.click()
    new_hand.at(PageName.HOME)


def test_a_missing_invitation_is_a_problem_with_advice_and_nothing_typed_is_lost(
    new_hand: Hand, tmp_path: Path
) -> None:
    new_hand.at(PageName.SET_UP)
    page = new_hand.window.book.set_up
    page.invitation.setText(str(tmp_path / "nothing"))
    page.number.setText("0007")
    page.pin.setText("24680")
    page.pin_again.setText("24680")
    page.button.click()
    new_hand.until(lambda: not page.problem_box.isHidden())
    assert page.problem_box.line != ""
    assert page.number.text() == "0007"
    assert page.button.isEnabled()


def test_a_wrong_pin_says_how_many_tries_are_left(hand: Hand) -> None:
    hand.at(PageName.SIGN_IN)
    page = hand.window.book.sign_in
    page.number.setText("0007")
    page.pin.setText("9999")
    page.button.click()
    hand.until(lambda: not page.problem_box.isHidden())
    assert "4 tries left" in page.problem_box.headline
    assert page.pin.text() == ""


@pytest.mark.parametrize("sides", [(), (Side.PORTRAIT,), (Side.PORTRAIT, Side.EMBLEM)])
def test_language_and_light_change_while_a_registration_is_open(
    open_hand: Hand, sides: tuple[Side, ...]
) -> None:
    open_hand.begin(*sides)
    standing = open_hand.window.book.registration.standing
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    open_hand.press(Key.Key_L, both)
    open_hand.until(lambda: open_hand.window.windowTitle() == "实名登记柜台")
    open_hand.press(Key.Key_T, both)
    assert tokens_now().dark
    open_hand.press(Key.Key_L, both)
    open_hand.until(lambda: open_hand.window.windowTitle() == "Registration counter")
    assert standing is not None
    assert open_hand.window.page is PageName.REGISTRATION


def test_help_lists_the_keys_of_the_page_and_escape_closes_it_and_nothing_else(
    open_hand: Hand,
) -> None:
    open_hand.begin(Side.PORTRAIT)
    open_hand.press(Key.Key_F1)
    assert open_hand.window.help.isVisible()
    open_hand.press(Key.Key_Escape)
    assert not open_hand.window.help.isVisible()
    assert open_hand.window.page is PageName.REGISTRATION
    assert open_hand.window.book.registration.leaving.isHidden()


def test_no_key_means_two_things_and_every_key_on_the_bar_works_there() -> None:
    for page, deeds in ON_PAGE.items():
        keys = [KEYS[deed] for deed in deeds]
        assert len(keys) == len(set(keys)), page
        assert set(ON_BAR[page]) <= set(deeds), page


def test_a_till_that_nobody_touches_locks_itself(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT)
    open_hand.window.counter._idle.start(1)
    open_hand.at(PageName.SIGN_IN)
    assert not open_hand.window.book.sign_in.kept.isHidden()
    open_hand.until(lambda: "lock" in open_hand.desk.said)


def test_a_camera_that_fails_leaves_typing_and_can_be_tried_again(open_hand: Hand) -> None:
    open_hand.desk.trouble["look"] = CameraGone()
    open_hand.press(Key.Key_F2)
    open_hand.at(PageName.REGISTRATION)
    page = open_hand.window.book.registration
    open_hand.until(lambda: not page.problem_box.isHidden())
    open_hand.desk.trouble.clear()
    open_hand.desk.lay_down(Side.PORTRAIT)
    page.problem_box.try_again_chosen.emit()
    open_hand.until(lambda: bool(page.identity.rows))


def test_everything_may_be_typed_instead(open_hand: Hand) -> None:
    open_hand.begin()
    open_hand.press(Key.Key_F4)
    open_hand.until(lambda: open_hand.focus() == "document-kinds")
    open_hand.press(Key.Key_Return)
    open_hand.until(lambda: open_hand.focus() == "value-name")


def test_retake_forgets_the_last_side_and_looks_for_it_again(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    page = open_hand.window.book.registration
    open_hand.press(Key.Key_F3)
    open_hand.until(lambda: page.standing is not None and len(page.standing.draft.images) == 1)
    open_hand.until(lambda: open_hand.desk.said.count("look") == 3)


def test_no_page_that_is_not_seen_keeps_anything_of_a_customer(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    assert open_hand.window.windowTitle() == "Registration counter"
    open_hand.ctrl(Key.Key_B)
    open_hand.at(PageName.HOME)
    for widget in open_hand.window.findChildren(QWidget):
        said = " ".join(_words(widget))
        assert not [word for word in PRINTED if word in said], widget


def test_a_receipt_is_printed_again_from_the_waiting_list_as_a_counted_copy(
    open_hand: Hand,
) -> None:
    receipt = open_hand.desk.submit(open_hand.desk.begin())
    open_hand.press(Key.Key_F7)
    open_hand.at(PageName.WAITING)
    waiting = open_hand.window.book.waiting
    open_hand.until(waiting.view.hasFocus)
    open_hand.ctrl(Key.Key_P)
    open_hand.until(lambda: not waiting.printed.isHidden())
    assert waiting.printed.line.endswith(f"receipt-{receipt.id}-80mm-copy1.pdf")


def test_the_review_shows_every_value_once_more(open_hand: Hand) -> None:
    open_hand.begin(Side.PORTRAIT, Side.EMBLEM)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    open_hand.ctrl(Key.Key_4)
    review = open_hand.window.book.registration.review
    said = " ".join(_words(open_hand.find("review-others")))
    assert "北京市朝阳区样本路1号院样本楼2单元303室" in said
    assert "样本市公安局朝阳分局" in said
    assert review.person.text() == "样本"
    assert review.document_number.text() == "110105 19491231 002X"


def test_the_done_page_says_only_what_the_till_knows(open_hand: Hand) -> None:
    open_hand.desk.link = LinkState.OFFLINE
    open_hand.desk.fill_outbox((RowState.QUEUED,))
    done = open_hand.window.book.done
    draft = open_hand.desk.confirm(open_hand.desk.begin(), "QTA02")
    receipt = open_hand.desk.submit(draft)
    done.show_receipt(receipt, LinkState.OFFLINE)
    later = "Saved on this device. It will be sent when the network is back"
    assert done.state_banner.headline == later
    done.show_state(RowState.QUEUED, LinkState.ONLINE)
    assert done.state_banner.headline == "Saved on this device. It is being sent"
    done.show_state(RowState.RECEIVED, LinkState.ONLINE)
    assert done.state_banner.headline == "Received by the carrier"


def test_the_window_closes_while_the_camera_looks_and_the_last_word_is_saved(
    open_hand: Hand,
) -> None:
    open_hand.begin(Side.PORTRAIT)
    page = open_hand.window.book.registration
    open_hand.until(lambda: bool(page.identity.rows))
    open_hand.press(Key.Key_F6)
    open_hand.until(lambda: open_hand.focus() == "value-address")
    open_hand.type("7")
    open_hand.window.close()
    stored = next(iter(open_hand.desk.drafts.values()))
    values = [field.value.reveal() for name, field in stored.fields.items() if name == "address"]
    assert values == ["7"]


def _words(widget: QWidget) -> tuple[str, ...]:
    found = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    for getter in ("text", "toPlainText"):
        read = getattr(widget, getter, None)
        if callable(read):
            try:
                found.append(str(read()))
            except TypeError:
                continue
    return tuple(found)


def test_people_are_added_and_removed_and_a_pin_is_given_anew(open_hand: Hand) -> None:
    open_hand.press(Key.Key_F8)
    open_hand.at(PageName.STAFF)
    page = open_hand.window.book.staff
    open_hand.until(lambda: page.people.count() == 3)

    page.number.setText("1003")
    page.pin.setText("246802")
    page.add.click()
    open_hand.until(lambda: page.people.count() == 4)
    assert OperatorNumber("1003") in open_hand.desk.staff
    assert page.pin.text() == ""

    page.people.setCurrentRow(1)
    page.remove.click()
    assert "add_operator" in open_hand.desk.said
    assert "remove_operator" not in open_hand.desk.said
    assert page.remove.text() == "Really remove 1002"
    page.remove.click()
    open_hand.until(lambda: page.people.count() == 3)
    assert OperatorNumber("1002") not in open_hand.desk.staff

    page.old.setText("000000")
    page.pin.setText("246802")
    page.change.click()
    open_hand.until(page.problem_box.isVisible)
    open_hand.press(Key.Key_Escape)
    open_hand.at(PageName.HOME)
    assert page.old.text() == ""
