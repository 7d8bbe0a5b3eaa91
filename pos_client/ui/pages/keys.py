"""The keys of the counter: one table says which key does what, and on which page."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from pos_client.ui.at_keyboard import AtKeyboard
from pos_client.ui.pages.page import PageName


class Deed(StrEnum):
    """What a key does."""

    HELP = "help"
    NEW = "new"
    RETAKE = "retake"
    OTHER_CAMERA = "other_camera"
    TYPE = "type"
    SYNC = "sync"
    NEXT_CHECK = "next_check"
    PREVIOUS_CHECK = "previous_check"
    WAITING = "waiting"
    STAFF = "staff"
    ACCEPT = "accept"
    SUBMIT = "submit"
    BACK = "back"
    IDENTITY = "identity"
    LINE = "line"
    FACE = "face"
    NOTICES = "notices"
    REVIEW = "review"
    DOCUMENT = "document"
    PRINT = "print"
    PARK = "park"
    DISCARD = "discard"
    LOCK = "lock"
    CAMERA = "camera"
    LANGUAGE = "language"
    THEME = "theme"


KEYS: Final = {
    Deed.HELP: "F1",
    Deed.NEW: "F2",
    Deed.RETAKE: "F3",
    Deed.OTHER_CAMERA: "Shift+F3",
    Deed.TYPE: "F4",
    Deed.SYNC: "F5",
    Deed.NEXT_CHECK: "F6",
    Deed.PREVIOUS_CHECK: "Shift+F6",
    Deed.WAITING: "F7",
    Deed.STAFF: "F8",
    Deed.ACCEPT: "F9",
    Deed.SUBMIT: "F12",
    Deed.BACK: "Esc",
    Deed.IDENTITY: "Ctrl+1",
    Deed.LINE: "Ctrl+2",
    Deed.FACE: "",
    Deed.NOTICES: "Ctrl+3",
    Deed.REVIEW: "Ctrl+4",
    Deed.DOCUMENT: "Ctrl+D",
    Deed.PRINT: "Ctrl+P",
    Deed.PARK: "Ctrl+B",
    Deed.DISCARD: "Ctrl+Shift+Del",
    Deed.LOCK: "Ctrl+L",
    Deed.CAMERA: "Ctrl+M",
    Deed.LANGUAGE: "Ctrl+Shift+L",
    Deed.THEME: "Ctrl+Shift+T",
}

#: Where faces are compared, that step stands between, and the others move on by one.
WITH_FACE: Final = {Deed.FACE: "Ctrl+3", Deed.NOTICES: "Ctrl+4", Deed.REVIEW: "Ctrl+5"}

_ANYWHERE: Final = (Deed.HELP, Deed.LANGUAGE, Deed.THEME, Deed.BACK)
_SIGNED_IN: Final = (*_ANYWHERE, Deed.LOCK)
_VISIT: Final = (
    Deed.RETAKE,
    Deed.OTHER_CAMERA,
    Deed.TYPE,
    Deed.SYNC,
    Deed.NEXT_CHECK,
    Deed.PREVIOUS_CHECK,
    Deed.ACCEPT,
    Deed.SUBMIT,
    Deed.IDENTITY,
    Deed.LINE,
    Deed.FACE,
    Deed.NOTICES,
    Deed.REVIEW,
    Deed.DOCUMENT,
    Deed.PARK,
    Deed.DISCARD,
)

#: What may be done on each page. The waiting list brings keys of its own.
ON_PAGE: Final = {
    PageName.SET_UP: _ANYWHERE,
    PageName.SIGN_IN: _ANYWHERE,
    PageName.HOME: (*_SIGNED_IN, Deed.NEW, Deed.SYNC, Deed.WAITING, Deed.STAFF, Deed.CAMERA),
    PageName.REGISTRATION: (*_SIGNED_IN, *_VISIT),
    PageName.DONE: (*_SIGNED_IN, Deed.NEW, Deed.SYNC, Deed.WAITING, Deed.PRINT),
    PageName.WAITING: (*_SIGNED_IN, Deed.NEW),
    PageName.CAMERA: (*_SIGNED_IN, Deed.NEW, Deed.RETAKE, Deed.PRINT),
    PageName.STAFF: _SIGNED_IN,
    PageName.RECOVERY: _ANYWHERE,
}

#: What stands on the bar; the others are on the help sheet.
ON_BAR: Final = {
    PageName.SET_UP: (Deed.HELP,),
    PageName.SIGN_IN: (Deed.HELP,),
    PageName.HOME: (Deed.NEW, Deed.WAITING, Deed.SYNC, Deed.CAMERA, Deed.LOCK, Deed.HELP),
    PageName.REGISTRATION: (
        Deed.RETAKE,
        Deed.TYPE,
        Deed.NEXT_CHECK,
        Deed.DOCUMENT,
        Deed.ACCEPT,
        Deed.PARK,
        Deed.SUBMIT,
        Deed.HELP,
    ),
    PageName.DONE: (Deed.NEW, Deed.PRINT, Deed.WAITING, Deed.LOCK, Deed.HELP),
    PageName.WAITING: (Deed.BACK, Deed.NEW, Deed.HELP),
    PageName.CAMERA: (Deed.BACK, Deed.RETAKE, Deed.PRINT, Deed.HELP),
    PageName.STAFF: (Deed.BACK, Deed.LOCK, Deed.HELP),
    PageName.RECOVERY: (Deed.BACK, Deed.HELP),
}


class Keys(AtKeyboard):
    """The actions of the window. A key works on the pages it belongs to and nowhere else."""

    #: A key was pressed, or its button on the bar.
    pressed = Signal(Deed)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._page = PageName.SIGN_IN
        self._face = False
        self.actions: dict[Deed, QAction] = {}
        for deed in Deed:
            action = QAction(self)
            action.setObjectName(f"key-{deed.value}")
            action.setShortcut(QKeySequence(KEYS[deed]))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _=False, chosen=deed: self.pressed.emit(chosen))
            window.addAction(action)
            self.actions[deed] = action
        self.word()
        self.go_to(PageName.SIGN_IN)

    def go_to(self, page: PageName) -> None:
        """Make the keys of a page work, and only those."""
        self._page = page
        for deed, action in self.actions.items():
            action.setEnabled(deed in self._deeds())

    def number_steps(self, *, face: bool) -> None:
        """Give the steps their numbers: with that of the face where the policy has one."""
        self._face = face
        for deed, usual in KEYS.items():
            if deed in WITH_FACE:
                self.actions[deed].setShortcut(QKeySequence(WITH_FACE[deed] if face else usual))
        self.go_to(self._page)

    def bar(self) -> tuple[QAction, ...]:
        """Return the actions for the key bar of the page."""
        return tuple(self.actions[deed] for deed in ON_BAR[self._page])

    def sheet(self) -> tuple[tuple[str, str], ...]:
        """Return (key, words) of everything that works on the page, for the help sheet."""
        return tuple(
            (_native(self.actions[deed]), self.actions[deed].text()) for deed in self._deeds()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep text fields from taking our keys: some platforms delete a letter with Ctrl+D."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if any(each.isEnabled() and each.shortcut() == pressed for each in self._all()):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def word(self) -> None:
        """Put the captions in the window's language."""
        for deed, action in self.actions.items():
            action.setText(self._words(deed))

    def _deeds(self) -> tuple[Deed, ...]:
        return tuple(d for d in ON_PAGE[self._page] if self._face or d is not Deed.FACE)

    def _all(self) -> tuple[QAction, ...]:
        return tuple(self.actions.values())

    def _words(self, deed: Deed) -> str:
        return {
            Deed.HELP: self.tr("Help"),
            Deed.NEW: self.tr("New registration"),
            Deed.RETAKE: self.tr("Retake"),
            Deed.OTHER_CAMERA: self.tr("Other camera"),
            Deed.TYPE: self.tr("Type instead"),
            Deed.SYNC: self.tr("Send now"),
            Deed.NEXT_CHECK: self.tr("Next to check"),
            Deed.PREVIOUS_CHECK: self.tr("Previous to check"),
            Deed.WAITING: self.tr("Waiting list"),
            Deed.STAFF: self.tr("Operators and PINs"),
            Deed.ACCEPT: self.tr("Customer agrees"),
            Deed.SUBMIT: self.tr("Submit"),
            Deed.BACK: self.tr("Back"),
            Deed.IDENTITY: self.tr("Identity"),
            Deed.LINE: self.tr("Number and SIM"),
            Deed.FACE: self.tr("Face"),
            Deed.NOTICES: self.tr("Notices"),
            Deed.REVIEW: self.tr("Review"),
            Deed.DOCUMENT: self.tr("Document kind"),
            Deed.PRINT: self.tr("Print"),
            Deed.PARK: self.tr("Park"),
            Deed.DISCARD: self.tr("Discard this draft"),
            Deed.LOCK: self.tr("Lock"),
            Deed.CAMERA: self.tr("Camera check"),
            Deed.LANGUAGE: self.tr("中文 / English"),
            Deed.THEME: self.tr("Light or dark"),
        }[deed]


def _native(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
