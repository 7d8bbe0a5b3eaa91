"""A number large enough to be read aloud from: grouped, with digits that cannot be mistaken."""

from PySide6.QtWidgets import QLabel, QWidget

from pos_client.ui.figures import grouped
from pos_client.ui.look.fonts import number_font
from pos_client.ui.look.tokens import BIG_PX


class BigNumber(QLabel):
    """Shows a mobile number, an ID number or a registration number whole, never shortened."""

    def __init__(self, pixels: int = BIG_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A style sheet of the application would otherwise set its own size.
        self.setFont(number_font(pixels, bold=True))

    def show_number(self, number: str, spoken_name: str) -> None:
        """Show a number; `spoken_name` says to a screen reader what it is."""
        self.setText(grouped(number))
        self.setAccessibleName(f"{spoken_name}: {grouped(number)}")
        self.setMinimumWidth(self.sizeHint().width())
