"""The camera view: newest picture, one hint that can be read, an outline where the card is."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from pos_client.model.view import Phase
from pos_client.ui.look.tokens import DARK
from pos_client.ui.widgets.camera_view import CameraView
from pos_client.ui.widgets.hint_hold import READING_TIME_S, HintHold
from pos_client.ui.words import language_now
from tests.fakes.camera import view
from tests.fakes.desk import FakeDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_client.ui.words import Words


@pytest.fixture
def camera(qtbot: QtBot, words: Words) -> CameraView:
    desk = FakeDesk()
    widget = CameraView(lambda code: desk.hint(code, language_now()))
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    widget.show()
    return widget


def test_only_the_newest_picture_is_shown(qtbot: QtBot, camera: CameraView) -> None:
    def send() -> None:
        for step in range(50):
            camera.post(view(Phase.STEADY, steady=step / 50))

    thread = threading.Thread(target=send)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: camera.view is not None)
    assert camera.view is not None
    assert camera.view.steady == pytest.approx(49 / 50)


def test_the_outline_is_drawn_where_the_card_is(camera: CameraView) -> None:
    camera.show_view(view(Phase.STEADY, steady=0.3))
    picture = camera.grab().toImage()
    # The fake card's left edge, half way down: 640 x 360 of picture, at the top of 640 x 480.
    x, y = round(205 * 0.5), round(355 * 0.5)
    near = {picture.pixelColor(x + dx, y).name().upper() for dx in range(-3, 4)}
    assert DARK.ok in near
    camera.show_view(view(Phase.SEARCH))
    picture = camera.grab().toImage()
    assert DARK.ok not in {picture.pixelColor(x + dx, y).name().upper() for dx in range(-3, 4)}


def test_colours_of_the_camera_are_not_swapped(camera: CameraView) -> None:
    blue = replace(view(Phase.SEARCH), bgrx=bytes((255, 0, 0, 255)) * (1280 * 720))
    camera.show_view(blue)
    assert camera.grab().toImage().pixelColor(20, 240) == QColor("#0000FF")


def test_a_hint_stands_instead_of_the_phase(camera: CameraView) -> None:
    camera.show_view(view(Phase.ADJUST, hint="CAP05"))
    assert camera.sentence == "Reflection on the card. Tilt it slightly"
    assert camera.accessibleName() == f"Card camera, {camera.sentence}"


def test_phases_have_words_in_both_languages(camera: CameraView, words: Words) -> None:
    camera.show_view(view(Phase.STEADY))
    assert camera.sentence == "Hold still"
    words.speak("zh_CN")
    assert camera.sentence == "请保持不动"
    assert "请保持不动" in camera.accessibleName()


def test_space_takes_the_picture(qtbot: QtBot, camera: CameraView) -> None:
    with qtbot.waitSignal(camera.take_chosen):
        QTest.keyClick(camera, Qt.Key.Key_Space)


def test_nothing_is_taken_of_a_camera_that_is_gone(qtbot: QtBot, camera: CameraView) -> None:
    camera.show_view(view(Phase.NO_CAMERA, hint="DEV06"))
    with qtbot.assertNotEmitted(camera.take_chosen):
        QTest.keyClick(camera, Qt.Key.Key_Space)
    camera.show_view(view(Phase.SEARCH))
    with qtbot.waitSignal(camera.take_chosen):
        QTest.keyClick(camera, Qt.Key.Key_Space)


@pytest.mark.parametrize("hint", ["CAP05", "CAP13", "CAP15"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_hint_leaves_most_of_the_card_to_be_seen(
    camera: CameraView, words: Words, hint: str, language: str
) -> None:
    words.speak(language)
    camera.resize(536, 300)
    white = bytes((255, 255, 255, 255)) * (1280 * 720)
    camera.show_view(replace(view(Phase.SEARCH, hint=hint), bgrx=white))
    picture = camera.grab().toImage()
    columns = range(150, 386, 4)
    dark = [sum(picture.pixelColor(x, y).lightness() < 100 for x in columns) for y in range(300)]
    plate = sum(count > len(columns) / 4 for count in dark)
    assert 0 < plate < 0.28 * 300


def test_nothing_of_a_customer_stays_after_clearing(camera: CameraView) -> None:
    camera.show_view(view(Phase.CAPTURED))
    camera.clear()
    assert camera.view is None
    assert camera.sentence == "Starting the camera"


def test_a_long_hint_stays_inside_the_picture(camera: CameraView) -> None:
    camera.resize(360, 300)
    camera.show_view(view(Phase.SEARCH, hint="CAP13"))
    picture = camera.grab().toImage()
    edge = {picture.pixelColor(x, y).lightness() for x in (1, 358) for y in range(140, 300)}
    assert max(edge) < 200


@pytest.mark.parametrize(
    ("after_s", "hint", "shown"),
    [
        (0.5, "CAP05", "CAP01"),
        (1.0, None, "CAP01"),
        (READING_TIME_S + 0.01, "CAP05", "CAP05"),
        (READING_TIME_S + 0.01, None, None),
    ],
)
def test_a_hint_stays_long_enough_to_be_read(
    after_s: float, hint: str | None, shown: str | None
) -> None:
    hold = HintHold()
    hold.offer("CAP01", 10.0)
    hold.offer(hint, 10.0 + after_s)
    assert hold.shown == shown


def test_the_first_hint_is_shown_at_once() -> None:
    hold = HintHold()
    hold.offer(None, 20.0)
    hold.offer("CAP08", 20.01)
    assert hold.shown == "CAP08"


def test_a_camera_that_is_gone_is_said_at_once(camera: CameraView) -> None:
    camera.show_view(view(Phase.STEADY, hint="CAP08", steady=0.5))
    camera.show_view(view(Phase.NO_CAMERA, hint="DEV06"))
    assert camera.sentence == "Camera unplugged. Plug it in again; everything so far is kept"
