"""What every page of the window has in common, and the small parts they are put together from."""

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_client.ui.look.dress import set_role


class PageName(StrEnum):
    """The pages; the window shows one at a time."""

    SET_UP = "set_up"
    SIGN_IN = "sign_in"
    HOME = "home"
    REGISTRATION = "registration"
    DONE = "done"
    WAITING = "waiting"
    CAMERA = "camera"
    STAFF = "staff"
    RECOVERY = "recovery"


class Page(QWidget):
    """A page words itself anew when the language changes, and can forget the customer."""

    def __init__(self, name: PageName) -> None:
        super().__init__()
        self.name = name
        self.setObjectName(f"page-{name.value}")

    def word(self) -> None:
        """Put every sentence on the page in the window's language."""

    def enter(self) -> None:
        """Put the keyboard where the work begins."""

    def forget(self) -> None:
        """Keep nothing of a customer on a page that is not seen."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self.word()
        super().changeEvent(event)


class Pane(QWidget):
    """A part of a page that words itself."""

    def word(self) -> None:
        """Put every sentence on the pane in the window's language."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self.word()
        super().changeEvent(event)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return the widget in an area that scrolls where the window is too low for it."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def put_in_the_middle(page: QWidget, card: QWidget) -> None:
    """Lay a page out as one card: in the middle, and a little above it."""
    middle = QHBoxLayout()
    middle.addStretch()
    middle.addWidget(card)
    middle.addStretch()
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addLayout(middle)
    column.addStretch(2)


def push_button(name: str, role: str = "") -> QPushButton:
    """Return a button that Enter does not press: a scanner ends its text with Enter."""
    button = QPushButton()
    button.setObjectName(name)
    button.setAutoDefault(False)
    if role:
        set_role(button, role)
    return button


def text_label(role: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label for plain text; what was read from a card is never taken as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if role:
        set_role(label, role)
    return label
