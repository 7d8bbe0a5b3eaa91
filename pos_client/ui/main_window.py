"""The window on the counter: pages, keys, and the strip at the lower edge."""

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.at_keyboard import application
from pos_client.ui.background import Background, Lane
from pos_client.ui.counter import Counter
from pos_client.ui.look.dress import Theme, apply_look, tokens_now
from pos_client.ui.pages.book import Book
from pos_client.ui.pages.header import Header
from pos_client.ui.pages.help import HelpSheet
from pos_client.ui.pages.keys import Deed, Keys
from pos_client.ui.pages.page import PageName
from pos_client.ui.port import CounterDesk
from pos_client.ui.pulse import Pulse
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.widgets.key_bar import KeyBar
from pos_client.ui.widgets.status_strip import Chip, StatusStrip
from pos_client.ui.words import Words

#: At closing, what was just typed is still saved; it takes milliseconds.
LAST_WORDS_MS: Final = 4000


class MainWindow(QWidget):
    """Shows one page at a time. `start` looks which one is first; `close` leaves nothing behind."""

    def __init__(
        self,
        desk: CounterDesk,
        background: Background,
        words: Words,
        surroundings: Surroundings,
    ) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self._desk, self._background, self._words = desk, background, words
        self.header = Header()
        self.book = Book(desk, background, surroundings)
        self.keys = Keys(self)
        self.key_bar = KeyBar()
        self.strip = StatusStrip()
        self._lay_out()
        self.help = HelpSheet(self)
        self.pulse = Pulse(desk, background, surroundings.now, self)
        self.counter = Counter(desk, background, surroundings, self.book, self.pulse)
        self._connect()
        self.resize(1366, 768)
        self.setMinimumSize(640, 384)
        self._word()

    @property
    def page(self) -> PageName:
        """The page that is shown."""
        return self.book.page

    def start(self) -> None:
        """Show the first page and begin to live; call it after `show`."""
        self.counter.start()
        self.pulse.start()
        self._background.run(self._desk.warm_up, lambda _: None, lambda _: None, lane=Lane.CAMERA)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the camera go, save what was just typed, and wait for work under way."""
        self.pulse.stop()
        self.counter.stop()
        self._background.drain(LAST_WORDS_MS)
        self._background.close(LAST_WORDS_MS)
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the help sheet over the whole window."""
        super().resizeEvent(event)
        self.help.setGeometry(self.rect())

    def _word(self) -> None:
        self.setWindowTitle(self.tr("Registration counter"))
        self.keys.word()

    def _turned(self, name: PageName) -> None:
        self.help.hide()
        self.keys.go_to(name)
        self.keys.number_steps(face=self._desk.policy().face is not None)
        own = self.book.waiting.keys() if name is PageName.WAITING else ()
        self.key_bar.show_actions((*own, *self.keys.bar()))
        outside = name in {PageName.SET_UP, PageName.SIGN_IN, PageName.RECOVERY}
        operator = None if outside else self._desk.operator()
        self.header.show_place(name, operator, self.counter.registration)

    def _connect(self) -> None:
        self.book.turned.connect(self._turned)
        self.keys.pressed.connect(self._do)
        self.header.deed_chosen.connect(self._do)
        self.help.closed.connect(self._close_help)
        self.pulse.felt.connect(self.strip.show_status)
        self.pulse.felt.connect(
            lambda status, _: self.book.home.show_figures(status.queue, status.room)
        )
        self.pulse.felt.connect(lambda status, _: self.book.waiting.follow(status.queue))
        self.strip.chip_chosen.connect(self._show_more)

    def _do(self, deed: Deed) -> None:
        if not self.help.isHidden():
            self._close_help()
            if deed in {Deed.HELP, Deed.BACK}:
                return
        if deed is Deed.HELP:
            self._show_help()
        elif deed is Deed.LANGUAGE:
            self._words.speak_next()
        elif deed is Deed.THEME:
            self._turn_light()
        else:
            self.counter.do(deed)

    def _show_help(self) -> None:
        extra = (
            (self.tr("Space"), self.tr("Take the picture now (camera focused)")),
            (self.tr("Enter"), self.tr("Confirm a field and go to the next open one")),
            ("Ctrl+Z", self.tr("Put the read value back")),
            ("Alt+1 … 4", self.tr("Take another reading")),
        )
        on_form = self.page is PageName.REGISTRATION
        self.help.show_keys(self.keys.sheet(), extra if on_form else ())

    def _close_help(self) -> None:
        self.help.hide()
        self.book.put_keyboard()

    def _turn_light(self) -> None:
        apply_look(application(), Theme.LIGHT if tokens_now().dark else Theme.DARK)

    def _show_more(self, chip: Chip) -> None:
        signed_in = self._desk.operator() is not None
        if chip in {Chip.LINK, Chip.QUEUE} and signed_in and self.page in self.counter.RESTING:
            self.counter.do(Deed.WAITING)
        elif chip is Chip.CAMERA and self.page is PageName.REGISTRATION:
            self.counter.do(Deed.OTHER_CAMERA)
        elif chip is Chip.CAMERA and signed_in and self.page in self.counter.RESTING:
            self.counter.do(Deed.CAMERA)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.book, 1)
        column.addWidget(self.key_bar)
        column.addWidget(self.strip)
