"""Asks what becomes of a draft that is left; nothing is discarded without a second word."""

from PySide6.QtCore import QEvent, Signal

from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import push_button
from pos_client.ui.widgets.banner import Banner


class LeavingBanner(Banner):
    """Park, discard, or go on; it stands above the form and takes nothing away."""

    #: Keep the draft for later.
    park_chosen = Signal()
    #: Forget the draft for good.
    discard_chosen = Signal()
    #: Go on with the draft.
    stay_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("leaving")
        self._surely = False
        self.park = push_button("leave-park", "primary")
        self.discard = push_button("leave-discard", "danger")
        self.stay = push_button("leave-stay")
        for button in (self.park, self.discard, self.stay):
            self.add_button(button)
        self.park.clicked.connect(self.park_chosen)
        self.discard.clicked.connect(self.discard_chosen)
        self.stay.clicked.connect(self.stay_chosen)

    @property
    def asks_surely(self) -> bool:
        """True where the next word discards."""
        return not self.isHidden() and self._surely

    def ask(self, *, surely: bool = False) -> None:
        """Ask what is to become of the draft; `surely` asks about discarding alone."""
        self._surely = surely
        self._word()
        (self.stay if surely else self.park).setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self._word()
        super().changeEvent(event)

    def _word(self) -> None:
        self.park.setText(self.tr("Park (Ctrl+B)"))
        self.discard.setText(self.tr("Discard (Ctrl+Shift+Del)"))
        self.stay.setText(self.tr("Go on (Esc)"))
        self.park.setVisible(not self._surely)
        if self._surely:
            self.tell(
                Tone.WARN,
                self.tr("Discard this draft for good?"),
                self.tr("Pictures and values are removed and cannot be brought back."),
            )
        else:
            self.tell(
                Tone.INFO,
                self.tr("Leave this registration?"),
                self.tr("Parked drafts are kept, encrypted, and wait on the first page."),
            )
