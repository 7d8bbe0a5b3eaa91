"""Puts the look on the window: style, colours, type; changed while the window stands open."""

from dataclasses import asdict
from enum import StrEnum
from string import Template
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pos_client import resources
from pos_client.ui.look import tokens
from pos_client.ui.look.focus_ring import FocusRings
from pos_client.ui.look.fonts import FAMILIES, NUMBER_FAMILIES, text_font
from pos_client.ui.look.tokens import DARK, LIGHT, Tokens, Tone


class Theme(StrEnum):
    """Light, dark, or whatever the computer is set to."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


_SCHEME: Final = {
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
}


def apply_look(app: QApplication, theme: Theme) -> None:
    """Dress the whole application; call again at any time to change.

    With SYSTEM the look follows the computer's own switch between light and dark.
    """
    first = app.property("theme") is None
    app.setProperty("theme", theme.value)
    hints = app.styleHints()
    if first:
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda scheme: _put_on(app, scheme))
        FocusRings(app)
    hints.setColorScheme(_SCHEME[theme])
    _put_on(app, hints.colorScheme())


def tokens_now() -> Tokens:
    """Return the colours in use, for what is painted by hand."""
    app = QCoreApplication.instance()
    dark = app is not None and app.property("dark")
    return DARK if dark else LIGHT


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet: `title`, `muted`, `primary`, `card`, ..."""
    widget.setProperty("role", role)
    _polish(widget)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour a widget by what it says."""
    if widget.property("tone") != tone.value:
        widget.setProperty("tone", tone.value)
        _polish(widget)


def _polish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _put_on(app: QApplication, system: Qt.ColorScheme) -> None:
    theme = Theme(app.property("theme"))
    dark = theme is Theme.DARK or (theme is Theme.SYSTEM and system is Qt.ColorScheme.Dark)
    chosen = DARK if dark else LIGHT
    worn = (theme.value, dark)
    if app.property("worn") == worn:
        return
    app.setProperty("worn", worn)
    app.setProperty("dark", dark)
    app.setFont(text_font())
    app.setPalette(_palette(chosen))
    app.setStyleSheet(style_sheet(chosen))


def style_sheet(chosen: Tokens) -> str:
    """Return the style sheet with the colours and sizes of a theme filled in."""
    sizes = {
        name.lower(): str(value)
        for name, value in vars(tokens).items()
        if name.endswith("_PX") and isinstance(value, int)
    }
    template = Template(resources.path("style/counter.qss").read_text("utf-8"))
    families = ", ".join(f'"{family}"' for family in NUMBER_FAMILIES + FAMILIES)
    return template.substitute(asdict(chosen) | sizes | {"number_families": families})


def _palette(chosen: Tokens) -> QPalette:
    part = QPalette.ColorRole
    palette = QPalette()
    for role, colour in {
        part.Window: chosen.page,
        part.WindowText: chosen.text,
        part.Base: chosen.card,
        part.AlternateBase: chosen.page,
        part.Text: chosen.text,
        part.Button: chosen.card,
        part.ButtonText: chosen.text,
        part.BrightText: chosen.stop,
        part.Highlight: chosen.selected,
        part.HighlightedText: chosen.text,
        part.ToolTipBase: chosen.card,
        part.ToolTipText: chosen.text,
        part.PlaceholderText: chosen.muted,
        part.Link: chosen.primary,
        part.Accent: chosen.primary,
        part.Mid: chosen.hairline,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (part.WindowText, part.Text, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.off))
    return palette
