"""A value that is read and mended in its own place: wraps, never clips, groups long numbers."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from pos_client.ui.figures import grouped
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.fonts import number_font
from pos_client.ui.look.tokens import FIELD_PX

#: The longest number there is, as it is shown: never clipped.
WIDEST: Final = "000000 00000000 000X"
#: How a document without an end is kept, whatever language the window speaks.
LONG_TERM: Final = "long-term"
MOST_LINES: Final = 4
_SIDES: Final = 10
#: A menu or another window only borrows the keyboard.
COMING_BACK: Final = frozenset(
    {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
)


def worded(value: str) -> str:
    """Return a value as it is shown: the one that is a word of ours, in the window's language."""
    if value == LONG_TERM:
        return QCoreApplication.translate("ValueEdit", "long-term")
    return value


class ValueEdit(QPlainTextEdit):
    """Shows a value grouped while it is only looked at, and bare while it is being typed."""

    #: Enter was pressed.
    entered = Signal()
    #: Ctrl+Z was pressed.
    undo_asked = Signal()
    #: The keyboard went elsewhere.
    left = Signal()
    #: Alt+1 to Alt+4 was pressed; counts from 0.
    alternative_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bare = ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(_SIDES, 0, _SIDES, 0)
        self.textChanged.connect(self._fit)
        self._set_font("")

    def put(self, value: str) -> None:
        """Show a value. What is being typed right now is left alone."""
        if self.hasFocus() and self.typed != self._bare:
            return
        self._bare = value
        self._set_font(value)
        self._write(self._for_typing() if self.hasFocus() else self._for_looking())

    @property
    def typed(self) -> str:
        """The text as it stands, without the gaps that only grouping put in."""
        text = self.toPlainText().strip()
        return self._bare if text in {self._for_looking(), self._for_typing()} else text

    @property
    def changed(self) -> bool:
        """True where the text is another one than was put in."""
        return self.typed != self._bare

    def settle(self) -> str:
        """Take what was typed as the value from now on, and return it."""
        self._bare = self.typed
        return self._bare

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be wide enough for an ID number and high enough for all lines."""
        return QSize(self.minimumSizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never be too narrow for an ID number."""
        widest = QFontMetrics(number_font()).horizontalAdvance(WIDEST)
        return QSize(widest + 2 * _SIDES + 8, FIELD_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter confirms, Ctrl+Z puts the read value back, Alt+1..4 take an alternative."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif alt and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_4:
            self.alternative_asked.emit(event.key() - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste as one line without surrounding blanks."""
        self.insertPlainText(" ".join(source.text().split()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the bare value for typing, selected when the keyboard came here."""
        super().focusInEvent(event)
        if not self.changed:
            self._write(self._for_typing())
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Group again, and say that the keyboard left."""
        super().focusOutEvent(event)
        if event.reason() in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            return
        self.left.emit()
        if not self.changed:
            self._write(self._for_looking())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew what is worded; what is being typed stays."""
        rewords = event.type() == QEvent.Type.LanguageChange and self._bare == LONG_TERM
        if rewords and not self.hasFocus():
            self._write(self._for_looking())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Become higher where the width no longer holds the text."""
        super().resizeEvent(event)
        self._fit()

    def _for_looking(self) -> str:
        return self._for_typing() if self._bare == LONG_TERM else grouped(self._bare)

    def _for_typing(self) -> str:
        return worded(self._bare)

    def _write(self, text: str) -> None:
        if self.toPlainText() != text:
            self.setPlainText(text)

    def _set_font(self, value: str) -> None:
        # Through the style sheet: it would put its own font back over one that is set here.
        number = value.isascii() and any(letter.isdigit() for letter in value)
        role = "number" if number else "words"
        if self.property("role") != role:
            set_role(self, role)

    def _fit(self) -> None:
        # A plain text document counts its size in lines.
        lines = min(MOST_LINES, max(1, round(self.document().size().height())))
        line = round(QFontMetrics(self.font()).lineSpacing())
        height = max(FIELD_PX, lines * line + 14)
        if height != self.height():
            self.setFixedHeight(height)
        margin = max(0, (height - 2 - lines * line) // 2)
        if self.viewportMargins().top() != margin:
            self.setViewportMargins(_SIDES, margin, _SIDES, 0)
