"""The kinds of documents to choose from: in groups, and found by typing a part of their name."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pos_client.model.declaration import DocumentDeclaration, KindGroup
from pos_client.model.document import DocumentKind
from pos_client.ui.words import text_in

_CODE: Final = Qt.ItemDataRole.UserRole
#: Fewer kinds than this are seen at a glance: there is nothing to search.
_AT_A_GLANCE: Final = 6
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALONG: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KindList(QWidget):
    """A search line over a list. The keyboard stays in the line; Up and Down walk the list."""

    #: The code of the kind that was chosen.
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[DocumentDeclaration, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("document-search")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("document-kinds")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._show)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.list.installEventFilter(self)
        self.search.installEventFilter(self)

    def offer(self, kinds: Sequence[DocumentDeclaration]) -> None:
        """Take the kinds that may be chosen, most usual first."""
        self._kinds = tuple(kinds)
        self.word()

    def ask(self, present: DocumentKind | None) -> None:
        """Put the keyboard here, on the kind that is chosen now."""
        self.search.clear()
        self.search.setVisible(len(self._kinds) >= _AT_A_GLANCE)
        self._go_to(present)
        (self.search if self.search.isVisibleTo(self) else self.list).setFocus()

    def codes(self) -> list[str]:
        """Return the kinds that are listed now, from the top."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_CODE)) for item in items if item.data(_CODE)]

    def word(self) -> None:
        """Put everything in the window's language."""
        self.search.setPlaceholderText(self.tr("Type a part of its name: 通行证, passport, KTP …"))
        self.search.setAccessibleName(self.tr("Search the documents"))
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Enter choose and the arrows walk the list, wherever the keyboard is."""
        if event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - Qt says so by the type
            if event.key() in _ENTER:
                self._choose(self.list.currentItem())
                return True
            if event.key() in _ALONG and watched is self.search:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        """List the kinds that what was typed may mean, under the names of their groups."""
        code = _code_of(self.list.currentItem())
        self.list.clear()
        words = self.search.text().lower().split()
        found = [kind for kind in self._kinds if all(word in _all_names(kind) for word in words)]
        groups = list(dict.fromkeys(kind.group for kind in found))
        for group in groups:
            if len(groups) > 1:
                self._add_heading(group)
            for kind in found:
                if kind.group is group:
                    item = QListWidgetItem(text_in(kind.title))
                    item.setData(_CODE, str(kind.code))
                    self.list.addItem(item)
        if not found:
            self._add_note(self.tr("No document here is called like that. Esc leaves it as it is."))
        self._go_to(code)

    def _add_heading(self, group: KindGroup) -> None:
        item = QListWidgetItem(self._group_name(group))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _add_note(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _group_name(self, group: KindGroup) -> str:
        names = {
            KindGroup.CITIZEN: self.tr("Chinese citizens"),
            KindGroup.COMPATRIOT: self.tr("Hong Kong, Macau and Taiwan"),
            KindGroup.FOREIGNER: self.tr("Foreigners"),
            KindGroup.NATIONAL: self.tr("Cards of single countries"),
            KindGroup.UNIT: self.tr("Companies and offices"),
        }
        return names[group]

    def _go_to(self, code: DocumentKind | None) -> None:
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_CODE)]
        same = (row for row in rows if self.list.item(row).data(_CODE) == code)
        row = next(same, rows[0] if rows else -1)
        self.list.setCurrentRow(row)
        if row in rows[:1]:
            self.list.scrollToTop()

    def _choose(self, item: QListWidgetItem | None) -> None:
        code = _code_of(item)
        if code is not None:
            self.chosen.emit(code)


def _code_of(item: QListWidgetItem | None) -> DocumentKind | None:
    """The kind that an entry stands for; headings and notes stand for none."""
    code = item.data(_CODE) if item is not None else None
    return DocumentKind(code) if code else None


def _all_names(kind: DocumentDeclaration) -> str:
    """All that people may type to find a kind, in small letters."""
    return "\n".join((*kind.title.values(), kind.code, *kind.search_words)).lower()
