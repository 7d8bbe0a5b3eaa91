"""The way out of a capture that does not succeed: take it now, type it, or use another camera."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_client.ui.look.dress import set_role
from pos_client.ui.pages.page import Pane, push_button, text_label
from pos_client.ui.widgets.flow import FlowLayout


class WayOut(Pane):
    """Hidden until somebody has tried in vain; then three buttons with words, and a tip."""

    #: Take the picture now.
    take_chosen = Signal()
    #: Type instead of capturing.
    type_chosen = Signal()
    #: Use the next camera.
    other_camera_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("way-out")
        self._sim = False
        self._title = text_label("heading")
        self._tip = text_label("muted")
        self.take = push_button("way-out-take", "primary")
        self.type_instead = push_button("way-out-type")
        self.other_camera = push_button("way-out-other-camera")
        frame = QFrame()
        set_role(frame, "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(6)
        inside.addWidget(self._title)
        inside.addWidget(self._tip)
        buttons = FlowLayout()
        for button in (self.take, self.type_instead, self.other_camera):
            buttons.addWidget(button)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.take.clicked.connect(self.take_chosen)
        self.type_instead.clicked.connect(self.type_chosen)
        self.other_camera.clicked.connect(self.other_camera_chosen)
        self.word()
        self.hide()

    def offer(self, *, sim: bool) -> None:
        """Show the ways out; of a bar code that was not scanned no picture can be taken."""
        self._sim = sim
        self.take.setVisible(not sim)
        self.type_instead.setVisible(not sim)
        self.word()
        self.show()

    @property
    def briefly(self) -> str | None:
        """What is the matter, while the buttons stand there without a word of their own."""
        return self._title.text() if not self.isHidden() and self._title.isHidden() else None

    def be_brief(self, *, brief: bool) -> None:
        """Show the buttons alone where the window is low: the picture says the rest."""
        self._title.setHidden(brief)
        self._tip.setHidden(brief)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        if self._sim:
            self._title.setText(self.tr("The bar code is not read yet"))
            self._tip.setText(
                self.tr("Scan it with the hand scanner, or type the digits below the bars.")
            )
        else:
            self._title.setText(self.tr("It takes longer than usual"))
            self._tip.setText(
                self.tr(
                    "Light from the side helps, and a card that lies flat. You need not wait: "
                    "everything can be checked and mended afterwards."
                )
            )
        self.take.setText(self.tr("Take it now (Space)"))
        self.type_instead.setText(self.tr("Type instead (F4)"))
        self.other_camera.setText(self.tr("Other camera (Shift+F3)"))
