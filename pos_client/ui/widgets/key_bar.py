"""The keys of the current page, always at the same place, and clickable."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from pos_client.ui.look.dress import set_role
from pos_client.ui.widgets.flow import FlowLayout


class KeyBar(QFrame):
    """Shows actions as `F3 Retake`; it follows their texts, their language and whether they can."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._keys: list[_Key] = []
        self._flow = FlowLayout(spacing=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.addLayout(self._flow)

    def show_actions(self, actions: Sequence[QAction]) -> None:
        """Show these actions and no others; their shortcuts work wherever the page added them."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._keys = [_Key(action, self) for action in actions]
        for key in self._keys:
            self._flow.addWidget(key)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands on the bar."""
        return tuple(key.text() for key in self._keys if not key.isHidden())


class _Key(QPushButton):
    def __init__(self, action: QAction, bar: KeyBar) -> None:
        # Without a parent, becoming visible would make it a window that takes the keyboard away.
        super().__init__(bar)
        set_role(self, "flat")
        self._action = action
        # The keyboard has these keys already; Tab goes through the page only.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        key = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        # Qt marks Alt keys in captions with "&"; here the key itself stands in front.
        text = self._action.text().replace("&", "")
        self.setText(f"{key}  {text}" if key else text)
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible())
        self.setToolTip(self._action.toolTip())
