"""Colours can be told apart by everybody, in both themes, and change while the window is open."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from pos_client import resources
from pos_client.ui.look.dress import Theme, apply_look, style_sheet, tokens_now
from pos_client.ui.look.focus_ring import FocusRing
from pos_client.ui.look.fonts import FAMILIES, number_font, text_font
from pos_client.ui.look.icons import TONE_ICON, pixmap
from pos_client.ui.look.tokens import BUTTON_PX, DARK, FIELD_PX, LIGHT, Tokens, Tone
from pos_client.ui.models.rows_table import STATE_SIGN
from pos_client.ui.widgets.field_shown import MARK_SIGN

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXT: Final = 4.5
PARTS: Final = 3.0


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#6E7781", "#FFFFFF") == pytest.approx(4.6, abs=0.1)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_reaches_4_5_to_1_on_its_ground(theme: Tokens) -> None:
    pairs = {
        f"{word} on {ground}": (getattr(theme, word), getattr(theme, ground))
        for word, ground in (
            ("text", "page"),
            ("text", "card"),
            ("text", "selected"),
            ("muted", "page"),
            ("muted", "card"),
            ("on_primary", "primary"),
            ("on_primary", "primary_lit"),
            ("primary", "card"),
            ("primary", "page"),
            ("stop", "card"),
            ("off", "off_plate"),
            ("off", "card"),
        )
    }
    pairs |= {f"tone {tone}": theme.tone(tone) for tone in Tone}
    weak = {name: contrast(*pair) for name, pair in pairs.items() if contrast(*pair) < TEXT}
    assert weak == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_borders_rings_and_icons_reach_3_to_1(theme: Tokens) -> None:
    for ground in (theme.page, theme.card):
        assert contrast(theme.border, ground) >= PARTS
        assert contrast(theme.focus, ground) >= PARTS
        for tone in Tone:
            assert contrast(theme.tone(tone)[0], ground) >= PARTS


def test_no_state_is_told_by_colour_alone() -> None:
    for signs in (STATE_SIGN, MARK_SIGN):
        shapes = [shape for _, shape in signs.values()]
        assert len(set(shapes)) == len(shapes)
    assert len(set(TONE_ICON.values())) >= len(TONE_ICON) - 1


def test_every_icon_that_is_named_is_there(dressed: QApplication) -> None:
    names = {path.stem for path in resources.folder("icons").glob("*.svg")}
    used = {shape for _, shape in (*STATE_SIGN.values(), *MARK_SIGN.values())}
    used |= set(TONE_ICON.values())
    assert used <= names
    for name in names:
        picture = pixmap(name, "#FF0000", 24).toImage()
        reds = sum(picture.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
        assert reds > 10, name


def test_the_style_sheet_has_no_gaps(dressed: QApplication) -> None:
    for theme in (LIGHT, DARK):
        sheet = style_sheet(theme)
        assert "$" not in sheet
        assert theme.primary in sheet


def test_light_and_dark_change_while_the_window_is_open(
    qtbot: QtBot, dressed: QApplication
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert tokens_now() is LIGHT
    apply_look(dressed, Theme.DARK)
    assert tokens_now() is DARK
    assert window.palette().window().color() == QColor(DARK.page)
    apply_look(dressed, Theme.LIGHT)
    assert window.palette().window().color() == QColor(LIGHT.page)


def test_the_look_follows_the_computer_where_it_is_asked_to(dressed: QApplication) -> None:
    # The offscreen platform has no scheme of its own, so the switch is told by hand.
    switched = dressed.styleHints().colorSchemeChanged
    apply_look(dressed, Theme.SYSTEM)
    switched.emit(Qt.ColorScheme.Dark)
    assert tokens_now() is DARK
    switched.emit(Qt.ColorScheme.Light)
    assert tokens_now() is LIGHT
    apply_look(dressed, Theme.LIGHT)
    switched.emit(Qt.ColorScheme.Dark)
    assert tokens_now() is LIGHT


def test_controls_are_as_high_as_fingers_and_eyes_need(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    button, line = QPushButton("Retake"), QLineEdit("110105")
    for widget in (button, line):
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    assert button.height() >= BUTTON_PX
    assert line.height() >= FIELD_PX


def test_the_ring_stands_around_the_control_and_follows_it(
    qtbot: QtBot, dressed: QApplication
) -> None:
    window = QWidget()
    first, second = QPushButton("one", window), QPushButton("two", window)
    first.move(20, 20)
    second.move(20, 90)
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    qtbot.waitUntil(lambda: len(window.findChildren(FocusRing)) == 1)
    ring = window.findChildren(FocusRing)[0]
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.move(40, 120)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)


def test_digits_are_all_equally_wide_and_chinese_is_there(dressed: QApplication) -> None:
    metrics = QFontMetrics(number_font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789X"}) == 1
    assert QFontMetrics(text_font()).inFont("样")
    assert QFontInfo(text_font()).pixelSize() >= 14
    assert isinstance(text_font(), QFont)
    assert FAMILIES[0] == "Noto Sans CJK SC"


def test_both_themes_name_every_colour() -> None:
    for token in fields(Tokens):
        if token.type == "str":
            for theme in (LIGHT, DARK):
                assert QColor(getattr(theme, token.name)).isValid()
