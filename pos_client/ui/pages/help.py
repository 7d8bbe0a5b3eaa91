"""The sheet of keys for the present page; it lies over the window until F1 or Esc."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from pos_client.ui.look.dress import set_role
from pos_client.ui.look.fonts import number_font
from pos_client.ui.look.tokens import TEXT_PX
from pos_client.ui.pages.page import push_button, text_label

_COLUMNS: Final = 2


class HelpSheet(QWidget):
    """A plate in the middle of the window; the page below stays as it is."""

    #: The clerk has read it.
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("help")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = text_label("title")
        self._lead = text_label("muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._close = push_button("help-close")
        self._close.clicked.connect(self.closed)
        card = QFrame()
        set_role(card, "card")
        card.setMaximumWidth(980)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 20, 32, 20)
        column.addWidget(self._title)
        column.addWidget(self._lead)
        column.addLayout(self._grid)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        whole = QVBoxLayout(self)
        whole.addStretch()
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch()
        self.hide()

    def show_keys(self, keys: Sequence[tuple[str, str]], extra: Sequence[tuple[str, str]]) -> None:
        """Show (key, words) pairs of the page, and below those the ones inside its fields."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        everything = (*keys, *extra)
        half = -(-len(everything) // _COLUMNS)
        for place, (key, words) in enumerate(everything):
            column, row = divmod(place, half)
            cap = QLabel(key)
            cap.setFont(number_font(TEXT_PX, bold=True))
            self._grid.addWidget(cap, row, 2 * column)
            meaning = text_label(wraps=False)
            meaning.setText(words)
            self._grid.addWidget(meaning, row, 2 * column + 1)
        self._word()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._close.setFocus()

    def _word(self) -> None:
        self._title.setText(self.tr("Keys on this page"))
        self._lead.setText(
            self.tr("Nothing is lost while you read: every step is saved as it is made.")
        )
        self._close.setText(self.tr("Close (Esc)"))
