"""One value of a document: the print and the reading side by side, to be compared and mended."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_client.model.field import FieldName, Source
from pos_client.model.private import Private
from pos_client.ui.look.dress import set_role, set_tone
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.field_shown import MARK_SIGN, FieldShown, Mark, difference
from pos_client.ui.widgets.flow import FlowLayout
from pos_client.ui.widgets.icon_label import IconLabel
from pos_client.ui.widgets.print_crop import PrintCrop, printed_lines
from pos_client.ui.widgets.value_edit import ValueEdit

#: Narrower than this, the print stands above the value instead of beside it.
SIDE_BY_SIDE_PX: Final = 640
CAPTION_PX: Final = 96
MARK_PX: Final = 98


class FieldRow(QFrame):
    """Caption, print, value, mark; below it what the rules say and other readings to choose from.

    Enter confirms an unchanged value, or hands over a typed one, and goes on. Ctrl+Z asks for the
    read value back. Alt+1..4 take another reading.
    """

    #: The clerk typed another value.
    value_typed = Signal(str, Private)
    #: The clerk compared the value with the print and let it stand.
    confirmed = Signal(str)
    #: The clerk wants back what was read.
    undo_asked = Signal(str)
    #: The clerk is done with this field and wants the next one.
    finished = Signal(str)

    def __init__(self, name: FieldName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._shown = FieldShown(name, "")
        set_role(self, "row")
        # All with a parent from the start: a part that becomes visible without one is a window.
        self._caption = QLabel(self)
        self._crop = PrintCrop(self)
        self.editor = ValueEdit()
        self._icon = IconLabel(20, self)
        self._word = QLabel(self)
        self._source = QLabel(self)
        self._sentence = QLabel(self)
        self._chips = QWidget(self)
        self._chip_line = FlowLayout(self._chips, spacing=8)
        self._grid = QGridLayout(self)
        self._beside: bool | None = None
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> FieldShown:
        """What the row shows."""
        return self._shown

    @property
    def mark(self) -> Mark:
        """The mark the row shows."""
        return self._shown.mark

    @property
    def mark_word(self) -> str:
        """The word beside the mark's icon."""
        return self._word.text()

    @property
    def sentence(self) -> str:
        """What stands beneath the value."""
        return self._sentence.text()

    def present(self, shown: FieldShown) -> None:
        """Show how the field stands now; text that is being typed is left alone."""
        self._shown = shown
        self.editor.put(shown.value)
        self._draw_print()
        self._fill_chips()
        self._word_it()
        self._place()

    def edit(self) -> None:
        """Put the keyboard here, as if by Tab."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self._word_it()
            self._fill_chips()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the print above the value where the row is narrow."""
        super().resizeEvent(event)
        self._place()

    def _lay_out(self) -> None:
        self._caption.setFixedWidth(CAPTION_PX)
        self._caption.setWordWrap(True)
        set_role(self._caption, "caption")
        set_role(self._source, "muted")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._sentence, "finding")
        marks = QGridLayout()
        marks.setSpacing(4)
        marks.addWidget(self._icon, 0, 0)
        marks.addWidget(self._word, 0, 1)
        marks.addWidget(self._source, 1, 0, 1, 2)
        marks.setColumnStretch(1, 1)
        holder = QWidget(self)
        holder.setFixedWidth(MARK_PX)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(marks)
        self._marks = holder
        self._grid.setContentsMargins(8, 6, 8, 6)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)

    def _connect(self) -> None:
        self.editor.entered.connect(self._enter)
        self.editor.left.connect(self._hand_over)
        self.editor.undo_asked.connect(lambda: self.undo_asked.emit(self.name))
        self.editor.alternative_asked.connect(self._take)

    def _place(self) -> None:
        beside = self.width() >= SIDE_BY_SIDE_PX and not self._shown.open and not self._crop.empty
        if beside == self._beside:
            return
        self._beside = beside
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._caption, 0 if beside else 1, 0, middle)
        if beside:
            grid.addWidget(self._crop, 0, 1, middle)
            grid.addWidget(self.editor, 0, 2, middle)
        else:
            grid.addWidget(self._crop, 0, 1, 1, 2)
            grid.addWidget(self.editor, 1, 1, 1, 2, middle)
        grid.addWidget(self._marks, 0 if beside else 1, 3, middle)
        grid.addWidget(self._sentence, 2, 1, 1, 3)
        grid.addWidget(self._chips, 3, 1, 1, 3)

    def _draw_print(self) -> None:
        shown = self._shown
        source = shown.read or shown.field
        piece = shown.side.cut(source) if shown.side is not None and source is not None else None
        lines = printed_lines(source) if source is not None else 1
        spoken = self.tr("printed: {title}").format(title=shown.title)
        self._crop.show_piece(piece, lines, spoken, large=shown.open)
        self._crop.setVisible(piece is not None)

    def _word_it(self) -> None:
        shown = self._shown
        tone, shape = MARK_SIGN[shown.mark]
        self._caption.setText(shown.title)
        self._icon.show_icon(tone, shape)
        self._word.setText(self._mark_words(shown.mark))
        self._source.setText(self._source_words())
        self._sentence.setText("\n".join(shown.sentences))
        self._sentence.setVisible(bool(shown.sentences))
        set_tone(self._sentence, tone if shown.open else Tone.CALM)
        parts = (shown.title, self._word.text(), self._source.text())
        self.editor.setAccessibleName(", ".join(part for part in parts if part))
        self.editor.setAccessibleDescription(" ".join(shown.sentences))

    def _mark_words(self, mark: Mark) -> str:
        return {
            Mark.OK: self.tr("ok"),
            Mark.CHECK: self.tr("check"),
            Mark.DIFFERS: self.tr("changed"),
            Mark.FIX: self.tr("correct it"),
            Mark.MISSING: self.tr("missing"),
        }[mark]

    def _source_words(self) -> str:
        field = self._shown.field
        if field is None:
            return ""
        return {
            Source.CHIP: self.tr("from the chip"),
            Source.MRZ: self.tr("code lines"),
            Source.BARCODE: self.tr("barcode"),
            Source.OCR: self.tr("camera"),
            Source.TYPED: self.tr("typed"),
            Source.CAMPAIGN: self.tr("work list"),
        }[field.source]

    def _fill_chips(self) -> None:
        while (item := self._chip_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        others = self._alternatives() if self._shown.open else ()
        for number, other in enumerate(others):
            text = difference(self._shown.value, other.reveal())
            chip = QPushButton(f"{number + 1}  {text}")
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setToolTip(self.tr("Use this reading (Alt+{n})").format(n=number + 1))
            chip.clicked.connect(lambda _=False, place=number: self._take(place))
            self._chip_line.addWidget(chip)
        self._chips.setVisible(bool(others))

    def _alternatives(self) -> tuple[Private[str], ...]:
        field = self._shown.field
        return () if field is None else field.alternatives[:4]

    def _take(self, place: int) -> None:
        others = self._alternatives()
        if self._shown.open and place < len(others):
            self.editor.clear()
            self.editor.insertPlainText(others[place].reveal())
            self._hand_over()

    def _hand_over(self) -> bool:
        if not self.editor.changed:
            return False
        self.value_typed.emit(self.name, Private(self.editor.settle()))
        return True

    def _enter(self) -> None:
        if not self._hand_over() and self._shown.value:
            self.confirmed.emit(self.name)
        self.finished.emit(self.name)
