"""Saves pictures of every piece and page, in both languages and themes, to be looked at.

Run `python -m tests.gui.look_at FOLDER [NAME...]` from the root of the checkout.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_client.model.document import Side
from pos_client.model.packet import PacketDamaged
from pos_client.model.rules import Finding, Severity
from pos_client.model.status import LinkState, TillState
from pos_client.model.steps import Step, StepName, StepState
from pos_client.model.view import Phase
from pos_client.ui.background import Background
from pos_client.ui.look.dress import Theme, apply_look
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.waiting import WaitingPage
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.big_number import BigNumber
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.camera_view import CameraView
from pos_client.ui.widgets.field_row import FieldRow
from pos_client.ui.widgets.field_shown import FieldShown
from pos_client.ui.widgets.key_bar import KeyBar
from pos_client.ui.widgets.print_crop import PrintedSide
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.widgets.status_strip import StatusStrip
from pos_client.ui.widgets.step_bar import StepBar
from pos_client.ui.words import Words, language_now
from tests.fakes import card
from tests.fakes.camera import view
from tests.fakes.desk import NOON, FakeDesk
from tests.fakes.policy import documents

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = ((1366, 768), (1280, 720))


def rows(width: int) -> QWidget:
    """Return the field rows of the specimen card, the address doubtful, the number wrong."""
    del width
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setSpacing(0)
    desk = FakeDesk()
    for side in (Side.PORTRAIT, Side.EMBLEM):
        printed = PrintedSide(card.picture(side, NOON))
        declared = documents()[0].side(side)
        assert declared is not None
        for field in card.fields(side):
            title = next(each.title for each in declared.fields if each.name == field.name)
            shown = FieldShown(field.name, title[language_now()], field, field, printed, (), None)
            if field.doubtful:
                say = desk.wording(Finding("CHK01", Severity.WARN), language_now())
                shown = replace(shown, sentences=(say,), severity=Severity.WARN)
            if field.name == "id_number":
                say = desk.wording(Finding("NUM02", Severity.BLOCK), language_now())
                shown = replace(shown, sentences=(say,), severity=Severity.BLOCK)
            if field.name == "valid_until":
                shown = replace(shown, field=None, read=None)
            row = FieldRow(field.name)
            row.present(shown)
            column.addWidget(row)
    column.addStretch()
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def workplace(width: int) -> QWidget:
    """Return camera and rows side by side, with steps, keys and strip around them."""
    desk = FakeDesk(till=TillState.OPEN)
    desk.fill_outbox()
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    top = QVBoxLayout()
    top.setContentsMargins(12, 8, 12, 8)
    steps = StepBar()
    states = (StepState.CHECK, StepState.DONE, StepState.TODO, StepState.TODO)
    finding = (Finding("CHK01", Severity.WARN),)
    steps.show_steps(
        [Step(name, state, finding) for name, state in zip(StepName, states, strict=True)],
        StepName.IDENTITY,
    )
    top.addWidget(steps)
    middle = QHBoxLayout()
    camera = CameraView(lambda code: desk.hint(code, language_now()))
    camera.show_view(view(Phase.STEADY, hint="CAP05", steady=0.6))
    middle.addWidget(camera, 5)
    middle.addWidget(rows(width), 6)
    top.addLayout(middle)
    column.addLayout(top, 1)
    keys = KeyBar()
    actions = []
    for key, text in (("F3", "Retake"), ("F4", "Type"), ("F6", "Next to check"), ("F12", "Send")):
        action = QAction(text, keys)
        action.setShortcut(key)
        actions.append(action)
    actions[-1].setEnabled(False)
    keys.show_actions(actions)
    column.addWidget(keys)
    strip = StatusStrip()
    strip.show_status(desk.status(), NOON)
    column.addWidget(strip)
    return whole


def pieces(width: int) -> QWidget:
    """Return banners, problems, big numbers and strips in all their states."""
    del width
    whole = QWidget()
    column = QVBoxLayout(whole)
    for tone in (Tone.INFO, Tone.OK, Tone.WARN, Tone.STOP, Tone.CALM):
        banner = Banner()
        banner.tell(tone, "已保存到本机，联网后自动上传", "Saved on this device. It will be sent.")
        column.addWidget(banner)
    box = ProblemBox()
    box.show_problem(PacketDamaged(reason="cut"), can_retry=True)
    column.addWidget(box)
    number = BigNumber()
    number.show_number("11010519491231002X", "ID number")
    column.addWidget(number)
    busy = Busy()
    busy.start("Reading the card")
    busy._appear()
    column.addWidget(busy)
    for link in LinkState:
        desk = FakeDesk(training=link is LinkState.UNKNOWN)
        desk.link = link
        desk.camera_name = None if link is LinkState.OFFLINE else "Drawn camera"
        desk.clock_offset_s = 430.0 if link is LinkState.REFUSED else 0.0
        strip = StatusStrip()
        strip.show_status(desk.status(), NOON + timedelta(minutes=3))
        column.addWidget(strip)
    column.addStretch()
    return whole


def waiting(width: int) -> QWidget:
    """Return the waiting list with a row of each state."""
    del width
    desk = FakeDesk(till=TillState.OPEN)
    desk.fill_outbox()
    background = Background(_stop)
    page = WaitingPage(desk, background, lambda: NOON)
    page.refresh()
    background.drain()
    return page


def nothing_waits(width: int) -> QWidget:
    """Return the waiting list with nothing in it, and a problem above."""
    del width
    page = WaitingPage(FakeDesk(till=TillState.OPEN), Background(_stop), lambda: NOON)
    page.problem_box.show_problem(PacketDamaged(reason="cut"))
    return page


def _stop(error: Exception) -> None:
    raise error


PAGES: Final[dict[str, Callable[[int], QWidget]]] = {
    "workplace": workplace,
    "pieces": pieces,
    "waiting": waiting,
    "nothing_waits": nothing_waits,
}


def main(folder: Path, names: list[str]) -> None:
    """Save each page as `name-language-theme-size.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    words = Words(app)
    for theme in (Theme.LIGHT, Theme.DARK):
        apply_look(app, theme)
        for language in ("en", "zh_CN"):
            words.speak(language)
            for name, make in PAGES.items():
                if names and name not in names:
                    continue
                for width, height in SIZES:
                    page = make(width)
                    page.resize(width, height)
                    page.show()
                    app.processEvents()
                    page.grab().save(str(folder / f"{name}-{language}-{theme}-{width}.png"))
                    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
