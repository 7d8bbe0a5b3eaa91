"""The upper edge of the window: where we are, who is signed in, language, light, lock, help."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from pos_client.model.operator import Operator
from pos_client.model.registration import RegistrationId
from pos_client.ui.look.dress import set_role, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.pages.keys import Deed
from pos_client.ui.pages.page import PageName, push_button, text_label
from pos_client.ui.words import LANGUAGES, language_now

#: As many characters of an id are enough to tell drafts apart.
SHORT_ID = 8
_ICONS = {Deed.LANGUAGE: "lines", Deed.THEME: "light", Deed.LOCK: "lock", Deed.HELP: "question"}


class Header(QFrame):
    """Same place for the same thing on every page. It never shows anything of a customer."""

    #: One of the buttons was pressed.
    deed_chosen = Signal(Deed)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "top")
        self._page = PageName.SIGN_IN
        self._registration: RegistrationId | None = None
        self._operator: Operator | None = None
        self._title = text_label("heading", wraps=False)
        self._who = text_label("muted", wraps=False)
        self.buttons: dict[Deed, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.addWidget(self._title, 1)
        row.addWidget(self._who)
        for deed in _ICONS:
            button = push_button(f"header-{deed.value}", "flat")
            button.clicked.connect(lambda _=False, chosen=deed: self.deed_chosen.emit(chosen))
            self.buttons[deed] = button
            row.addWidget(button)
        self.word()

    def show_place(
        self, page: PageName, operator: Operator | None, registration: RegistrationId | None
    ) -> None:
        """Say where we are."""
        self._page, self._operator, self._registration = page, operator, registration
        self.word()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word and draw anew when language or colours change."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self.word()
        super().changeEvent(event)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._title.setText(self._place())
        signed_in = self._operator is not None
        who = (
            self.tr("Operator {number}").format(number=self._operator.number)
            if self._operator
            else ""
        )
        self._who.setText(who)
        other = next(code for code in LANGUAGES if code != language_now())
        words = {
            Deed.LANGUAGE: LANGUAGES[other],
            Deed.THEME: self.tr("Light") if tokens_now().dark else self.tr("Dark"),
            Deed.LOCK: self.tr("Lock"),
            Deed.HELP: self.tr("Help (F1)"),
        }
        for deed, button in self.buttons.items():
            button.setText(words[deed])
            button.setIcon(icon(_ICONS[deed], tokens_now().primary))
        self.buttons[Deed.LOCK].setVisible(signed_in)

    def _place(self) -> str:
        if self._page is PageName.REGISTRATION and self._registration:
            return self.tr("New line, draft {id}").format(id=self._registration[:SHORT_ID])
        return {
            PageName.SET_UP: self.tr("First start"),
            PageName.SIGN_IN: self.tr("Registration counter"),
            PageName.HOME: self.tr("Registration counter"),
            PageName.REGISTRATION: self.tr("New line"),
            PageName.DONE: self.tr("Saved"),
            PageName.WAITING: self.tr("Waiting list"),
            PageName.CAMERA: self.tr("Camera check"),
            PageName.STAFF: self.tr("Operators and PINs"),
            PageName.RECOVERY: self.tr("Lost PIN or keys"),
        }[self._page]
