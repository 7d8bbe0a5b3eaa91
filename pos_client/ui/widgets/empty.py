"""What stands where there is nothing yet: an icon, a word, and what will come here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.icon_label import IconLabel


class EmptyPlate(QWidget):
    """A calm plate in the middle of an empty list."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        drawing = IconLabel(48)
        drawing.show_icon(Tone.CALM, icon)
        self._headline = QLabel()
        self._line = QLabel()
        set_role(self._headline, "heading")
        set_role(self._line, "muted")
        column = QVBoxLayout(self)
        column.addStretch()
        for piece in (drawing, self._headline, self._line):
            column.addWidget(piece, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def tell(self, headline: str, line: str) -> None:
        """Say what is so, and what it means."""
        self._headline.setText(headline)
        self._line.setText(line)
        self.setAccessibleName(f"{headline}. {line}")

    @property
    def headline(self) -> str:
        """The word that is shown."""
        return self._headline.text()
