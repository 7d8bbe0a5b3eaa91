"""The camera check by keyboard: cameras by name, marks in words, and no camera as a usual state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_client.capture.camera_problems import PictureDark
from pos_client.model.camera_check import Aspect, CameraMode, CameraReport, CameraUse, Grade, Mark
from pos_client.ui.pages.page import PageName

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.pages.conftest import Hand

Key = Qt.Key
DARK = CameraReport(
    "Drawn camera",
    CameraMode(1280, 720, "MJPG", 28),
    (
        Mark(Aspect.RESOLUTION, Grade.GOOD, 10.3, "px/mm"),
        Mark(Aspect.EXPOSURE, Grade.POOR, 96, "", PictureDark()),
    ),
)


def opened(hand: Hand) -> Hand:
    hand.ctrl(Key.Key_M)
    hand.at(PageName.CAMERA)
    hand.until(lambda: "check_camera" in hand.desk.said)
    return hand


def test_the_marks_are_shown_with_what_to_change_in_both_languages(open_hand: Hand) -> None:
    open_hand.desk.reports.append(DARK)
    page = opened(open_hand).window.book.camera
    open_hand.until(lambda: page.report is DARK)
    words = [row.accessibleName() for row in page.rows.values()]
    assert "Light, Too little, 96, The picture is too dark. Put a lamp beside the card." in words
    open_hand.press(
        Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    open_hand.until(
        lambda: any("请在证件旁放一盏灯" in row.accessibleName() for row in page.rows.values())
    )


def test_checking_again_begins_anew(open_hand: Hand) -> None:
    open_hand.desk.reports.append(DARK)
    page = opened(open_hand).window.book.camera
    open_hand.until(lambda: page.report is DARK)
    open_hand.press(Key.Key_F3)
    assert page.report is None
    open_hand.desk.reports.append(DARK)
    open_hand.until(lambda: page.report is DARK)


def test_a_camera_is_chosen_by_its_name_for_cards_and_for_people(open_hand: Hand) -> None:
    page = opened(open_hand).window.book.camera
    for use in CameraUse:
        box = page.lists[use]
        open_hand.until(lambda box=box: box.findData("Second camera") >= 0)  # type: ignore[misc]
        box.setFocus()
        open_hand.press(Key.Key_Down)
        open_hand.until(lambda use=use: open_hand.desk.chosen_camera(use) == "Second camera")  # type: ignore[misc]


def test_a_camera_that_is_plugged_in_is_in_the_list_without_being_looked_for(
    open_hand: Hand,
) -> None:
    open_hand.desk.camera_name = None
    page = opened(open_hand).window.book.camera
    box = page.lists[CameraUse.DOCUMENT]
    open_hand.until(lambda: box.count() == 1 and "not plugged in" in box.itemText(0))
    open_hand.desk.camera_name = "New camera"
    open_hand.until(lambda: box.findData("New camera") >= 0)


def test_the_test_card_is_printed_by_a_key(open_hand: Hand, tmp_path: Path) -> None:
    page = opened(open_hand).window.book.camera
    open_hand.ctrl(Key.Key_P)
    open_hand.until(lambda: not page.told.isHidden())
    written = list(tmp_path.rglob("camera-target.pdf"))
    assert len(written) == 1
    assert written[0].read_bytes().startswith(b"%PDF-")


def test_leaving_lets_the_camera_go_for_the_next_customer(open_hand: Hand) -> None:
    opened(open_hand)
    open_hand.press(Key.Key_Escape)
    open_hand.at(PageName.HOME)
    open_hand.press(Key.Key_F2)
    open_hand.at(PageName.REGISTRATION)
    open_hand.until(lambda: "look" in open_hand.desk.said)
