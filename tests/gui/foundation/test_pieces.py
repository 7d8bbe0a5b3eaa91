"""Banner, problem box, busy, steps, keys and strip."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pos_client.model.packet import PacketDamaged
from pos_client.model.row import RowState
from pos_client.model.rules import Finding, Severity
from pos_client.model.status import LinkState
from pos_client.model.steps import Step, StepName, StepState
from pos_client.ui.look.tokens import Tone
from pos_client.ui.paid_line import PaidLine
from pos_client.ui.widgets.announce import Announcer
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.big_number import BigNumber
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.flow import FlowLayout
from pos_client.ui.widgets.key_bar import KeyBar
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.widgets.status_strip import Chip, StatusStrip
from pos_client.ui.widgets.step_bar import StepBar
from tests.fakes.desk import NOON, FakeDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pos_client.ui.words import Words


def test_a_banner_is_hidden_until_it_has_something_to_say(qtbot: QtBot, words: Words) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.tell(Tone.OK, "Saved", "It will be sent.")
    assert not banner.isHidden()
    assert banner.accessibleName() == "Saved. It will be sent."
    banner.clear()
    assert banner.isHidden()


def test_a_problem_says_what_is_safe_and_follows_the_language(qtbot: QtBot, words: Words) -> None:
    box = ProblemBox()
    qtbot.addWidget(box)
    box.show_problem(PacketDamaged(reason="cut"), can_retry=True)
    assert box.headline == "A sealed packet is damaged (cut)"
    assert "not deleted" in box.line
    assert "P110" in {label.text() for label in box.findChildren(QLabel)}
    words.speak("zh_CN")
    assert box.headline == "一个封存包已损坏（cut）"
    retry, close = box.findChildren(QPushButton)
    with qtbot.waitSignal(box.try_again_chosen):
        retry.click()
    with qtbot.waitSignal(box.dismissed):
        close.click()
    assert box.isHidden()
    assert box.problem is None


def test_a_screen_reader_is_told_once_and_not_all_the_time(qtbot: QtBot, words: Words) -> None:
    label = QLabel("Hold still")
    qtbot.addWidget(label)
    QAccessible.setActive(True)
    voice = Announcer(label)
    assert voice.say("Card found")
    assert not voice.say("Hold still"), "sooner than two seconds"
    assert not Announcer(label).say("")
    QAccessible.setActive(False)


def test_quick_work_is_not_announced(qtbot: QtBot, words: Words) -> None:
    busy = Busy()
    qtbot.addWidget(busy)
    busy.start("Reading the card")
    busy.stop()
    assert busy.isHidden()
    busy.start("Reading the card")
    qtbot.waitUntil(lambda: not busy.isHidden())
    assert busy.accessibleName() == "Reading the card"
    busy.stop()
    assert busy.isHidden()


def test_steps_say_their_state_in_words(qtbot: QtBot, words: Words) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    doubt = Finding("CHK01", Severity.WARN)
    bar.show_steps(
        [Step(StepName.IDENTITY, StepState.CHECK, (doubt,)), Step(StepName.LINE, StepState.DONE)],
        StepName.LINE,
    )
    shown = [button for button in bar.findChildren(QPushButton) if not button.isHidden()]
    names = [button.accessibleName() for button in shown]
    assert names == [
        "1 Identity, 1 to check",
        "2 Number and SIM, done",
        "3 Notices, not started",
        "4 Review, not started",
    ]
    words.speak("zh_CN")
    assert bar.findChildren(QPushButton)[0].accessibleName() == "1 身份, 1 项待核对"
    with qtbot.waitSignal(bar.step_chosen) as told:
        shown[2].click()
    assert told.args == [StepName.NOTICES]
    bar.show_steps([Step(StepName.FACE, StepState.TODO)], StepName.FACE)
    shown = [button for button in bar.findChildren(QPushButton) if not button.isHidden()]
    assert len(shown) == 5
    assert shown[2].accessibleName().startswith("3 人脸比对")


def test_the_key_bar_follows_its_actions(qtbot: QtBot, words: Words) -> None:
    bar = KeyBar()
    qtbot.addWidget(bar)
    retake, send = QAction("Retake", bar), QAction("Send", bar)
    retake.setShortcut("F3")
    send.setShortcut("F12")
    bar.show_actions([retake, send])
    assert bar.texts == ("F3  Retake", "F12  Send")
    send.setText("提交")
    send.setEnabled(False)
    assert bar.texts == ("F3  Retake", "F12  提交")
    done: list[str] = []
    retake.triggered.connect(lambda: done.append("retake"))
    send.triggered.connect(lambda: done.append("send"))
    for button in bar.findChildren(QPushButton):
        button.click()
    assert done == ["retake"]
    bar.show_actions([retake])
    assert " ".join(bar.texts) == "F3  Retake"


@pytest.mark.parametrize(
    ("link", "word"),
    [
        (LinkState.ONLINE, "Online"),
        (LinkState.OFFLINE, "Offline"),
        (LinkState.REFUSED, "Refused by the carrier"),
        (LinkState.UNKNOWN, "Not contacted yet"),
    ],
)
def test_the_strip_says_how_the_link_is(
    qtbot: QtBot, words: Words, link: LinkState, word: str
) -> None:
    strip, desk = StatusStrip(), FakeDesk()
    qtbot.addWidget(strip)
    desk.link = link
    strip.show_status(desk.status(), NOON)
    assert strip.text(Chip.LINK) == word


@pytest.mark.parametrize(
    ("states", "english", "chinese"),
    [
        ((), "All sent", "全部已上传"),
        ((RowState.QUEUED,), "1 waiting, oldest 4 min", "1 笔待上传，最早 4 分钟前"),
        ((RowState.SENDING, RowState.QUEUED), "Sending, 2 to go", "正在上传，剩余 2 笔"),
        ((RowState.RETURNED,), "1 needs you", "1 笔需处理"),
        ((RowState.RETURNED, RowState.QUARANTINED), "2 need you", "2 笔需处理"),
    ],
)
def test_the_strip_counts_exactly(
    qtbot: QtBot, words: Words, states: tuple[RowState, ...], english: str, chinese: str
) -> None:
    strip, desk = StatusStrip(), FakeDesk()
    qtbot.addWidget(strip)
    desk.fill_outbox(states)
    strip.show_status(desk.status(), NOON)
    assert strip.text(Chip.QUEUE).startswith(english)
    words.speak("zh_CN")
    assert strip.text(Chip.QUEUE).startswith(chinese)


def test_while_much_is_sent_the_strip_says_for_how_long_and_how_fast(
    qtbot: QtBot, words: Words
) -> None:
    strip, desk = StatusStrip(), FakeDesk()
    qtbot.addWidget(strip)
    desk.fill_outbox((RowState.SENDING, *[RowState.QUEUED] * 70))
    desk.rate, desk.left_s = 246_000.0, 130.0
    strip.show_status(desk.status(), NOON)
    assert strip.text(Chip.QUEUE) == "Sending, 71 to go, about 3 min at 246 kB/s"
    names = [chip.accessibleName() for chip in strip.findChildren(QPushButton)]
    assert "Queue: Sending, 71 to go, about 3 minutes at 246 kB/s" in names
    words.speak("zh_CN")
    assert strip.text(Chip.QUEUE) == "正在上传，剩余 71 笔，约 3 分钟（246 kB/s）"
    desk.left_s = 20.0
    strip.show_status(desk.status(), NOON)
    assert strip.text(Chip.QUEUE) == "正在上传，剩余 71 笔"


def test_what_waits_for_another_line_is_said(qtbot: QtBot, words: Words) -> None:
    strip, desk = StatusStrip(), FakeDesk()
    qtbot.addWidget(strip)
    desk.fill_outbox((RowState.QUEUED, RowState.QUEUED))
    desk.held = True
    strip.show_status(desk.status(), NOON)
    assert strip.text(Chip.QUEUE) == "2 waiting, this line is metered"
    words.speak("zh_CN")
    assert strip.text(Chip.QUEUE) == "2 笔待上传，当前网络按流量计费"


def test_what_the_system_says_about_the_line_is_believed(qtbot: QtBot) -> None:
    line = PaidLine()
    line.watch()
    line.hear(True)
    assert line.metered()
    line.hear(False)
    assert not line.metered()


def test_a_screen_reader_hears_the_queue_in_full_words(qtbot: QtBot, words: Words) -> None:
    strip, desk = StatusStrip(), FakeDesk()
    qtbot.addWidget(strip)
    desk.fill_outbox((RowState.QUEUED,))
    strip.show_status(desk.status(), NOON)
    names = [chip.accessibleName() for chip in strip.findChildren(QPushButton)]
    assert "Queue: 1 waiting, oldest 4 minutes" in names


def test_a_clock_that_is_off_is_told_and_training_cannot_be_overlooked(
    qtbot: QtBot, words: Words
) -> None:
    strip, desk = StatusStrip(), FakeDesk(training=True)
    qtbot.addWidget(strip)
    desk.clock_offset_s = 430.0
    desk.camera_name = None
    strip.show_status(desk.status(), NOON + timedelta(minutes=1))
    assert strip.text(Chip.CLOCK) == "Clock +7 min"
    assert strip.text(Chip.CAMERA) == "No camera"
    assert any("TRAINING" in label.text() for label in strip.findChildren(QLabel))
    with qtbot.waitSignal(strip.chip_chosen) as told:
        strip.findChildren(QPushButton)[1].click()
    assert told.args == [Chip.QUEUE]


def test_a_narrow_strip_breaks_into_two_rows_and_clips_nothing(qtbot: QtBot, words: Words) -> None:
    strip, desk = StatusStrip(), FakeDesk(training=False)
    qtbot.addWidget(strip)
    desk.fill_outbox((RowState.QUEUED,))
    strip.show_status(desk.status(), NOON)
    strip.resize(420, strip.heightForWidth(420))
    strip.show()
    chips = [chip for chip in strip.findChildren(QPushButton) if chip.isVisible()]
    assert len({chip.y() for chip in chips}) == 2
    assert all(chip.geometry().right() <= strip.width() for chip in chips)
    assert all(chip.width() >= chip.sizeHint().width() for chip in chips)


def test_a_big_number_is_never_shortened(qtbot: QtBot, words: Words) -> None:
    number = BigNumber()
    qtbot.addWidget(number)
    number.show_number("13800138000", "Mobile number")
    assert number.text() == "138 0013 8000"
    assert number.minimumWidth() >= number.fontMetrics().horizontalAdvance("138 0013 8000")
    assert number.accessibleName() == "Mobile number: 138 0013 8000"


def test_a_flow_forgets_what_is_taken_out(qtbot: QtBot, words: Words) -> None:
    whole = QWidget()
    flow = FlowLayout(whole, spacing=4)
    qtbot.addWidget(whole)
    for word in ("one", "two", "three"):
        flow.addWidget(QLabel(word))
    assert flow.count() == 3
    taken = flow.takeAt(1)
    assert taken is not None
    assert flow.count() == 2
    assert flow.takeAt(9) is None
