"""A coloured plate with an icon and a sentence: tells without standing in the way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos_client.ui.look.dress import set_tone
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.announce import Announcer
from pos_client.ui.widgets.icon_label import IconLabel


class Banner(QFrame):
    """An icon, a headline, an explaining line and room for buttons. Hidden until it has a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(22)
        self._headline = QLabel()
        self._line = QLabel()
        for label in (self._headline, self._line):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._headline)
        words.addWidget(self._line)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 10, 12, 10)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._announcer = Announcer(self)
        self.hide()

    def tell(self, tone: Tone, headline: str, line: str = "", *, icon: str | None = None) -> None:
        """Show a sentence, and a second one below it that says what to do."""
        set_tone(self, tone)
        self._icon.show_icon(tone, icon)
        self._headline.setText(headline)
        bold = self._headline.font()
        bold.setBold(bool(line))
        self._headline.setFont(bold)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.setAccessibleName(f"{headline}. {line}" if line else headline)
        self.show()
        self._announcer.say(self.accessibleName())

    def clear(self) -> None:
        """Take the banner away."""
        self._headline.clear()
        self._line.clear()
        self.hide()

    @property
    def headline(self) -> str:
        """The sentence that is shown."""
        return self._headline.text()

    @property
    def line(self) -> str:
        """The second sentence."""
        return self._line.text()

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the end of the banner."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
