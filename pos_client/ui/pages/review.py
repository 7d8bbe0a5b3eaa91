"""The last look: who, which number, what is still open; read to the customer, then sent."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_client.model.field import FieldName
from pos_client.model.operator import SecondOpinion
from pos_client.model.private import Private
from pos_client.model.rules import Finding, Severity
from pos_client.ui.look.dress import set_role, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Pane, push_button, text_label
from pos_client.ui.pages.second_person import SecondPersonBox
from pos_client.ui.standing import Standing
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.big_number import BigNumber
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.long_link import LongLink
from pos_client.ui.widgets.tick_box import TickBox
from pos_client.ui.widgets.value_edit import worded
from pos_client.ui.words import text_in

_SIGN: Final = {
    Severity.BLOCK: (Tone.STOP, "octagon"),
    Severity.REVIEW: (Tone.INFO, "eye"),
    Severity.WARN: (Tone.WARN, "triangle"),
    Severity.INFO: (Tone.INFO, "info"),
    Severity.HINT: (Tone.INFO, "info"),
}
_NAMES: Final = frozenset({"name", "surname", "given_names"})
#: It has its own box right below the list.
_READ_BACK: Final = "CNS04"


class ReviewPane(Pane):
    """Identity and number in large type, open points as links, the reading back, submit."""

    #: The clerk wants to go where this is put right.
    finding_chosen = Signal(Finding)
    #: The clerk accepts a warning that is about no single field.
    warning_accepted = Signal(str)
    #: A second person decided: rule, opinion, reason, their number, their PIN.
    second_decided = Signal(str, SecondOpinion, str, str, Private)
    #: The customer nodded, or not.
    read_back_changed = Signal(bool)
    #: The clerk wants to send it.
    submit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self._said: tuple[tuple[Finding, str], ...] = ()
        self._four_eyes: frozenset[str] = frozenset()
        self.person = text_label("title")
        self.person.setObjectName("review-name")
        self._captions = [text_label("caption", wraps=False) for _ in range(3)]
        self.document_number, self.msisdn, self.iccid = BigNumber(24), BigNumber(24), BigNumber(20)
        self._others = text_label()
        self._others.setObjectName("review-others")
        self._points_title = text_label("heading")
        self._points = QWidget()
        self._column = QVBoxLayout(self._points)
        self._area = QScrollArea()
        self.second = SecondPersonBox()
        self.clear_banner = Banner()
        self.read_back = TickBox()
        self.read_back.setObjectName("read-back")
        self.submit = push_button("submit", "primary")
        self.busy = Busy()
        self._lay_out()
        self.read_back.clicked.connect(self.read_back_changed)
        self.submit.clicked.connect(self.submit_asked)
        self.second.decided.connect(self.second_decided)
        self.second.left.connect(self._leave_second)
        self.word()

    def show_four_eyes(self, rules: Collection[str]) -> None:
        """Take the rules whose warnings the policy leaves to two people."""
        self._four_eyes = frozenset(rules)

    def show_standing(self, standing: Standing, points: Sequence[tuple[Finding, str]]) -> None:
        """Show the draft; `points` are the findings still to be heeded, with their sentences."""
        self._standing, self._said = standing, tuple(points)
        declaration = standing.declaration
        key = declaration.compare_key if declaration else None
        parts = [standing.value(name) for name in _names(standing)]
        self.person.setText(" ".join(part for part in parts if part) or "–")
        number = standing.value(key) if key else ""
        line = standing.line
        self.document_number.show_number(number or "–", self.tr("Document number"))
        self.msisdn.show_number(line.msisdn.reveal() if line else "–", self.tr("Number"))
        self.iccid.show_number(line.iccid.reveal() if line else "–", self.tr("SIM card"))
        self._others.setText(_others(standing, self._pair()))
        self.read_back.setChecked(standing.draft.read_back)
        self.submit.setEnabled(standing.ready)
        self._fill()

    def point_buttons(self) -> tuple[QPushButton, ...]:
        """Return the links of the open points."""
        return tuple(self._points.findChildren(QPushButton))

    def accept_buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons that accept a warning."""
        named = QRegularExpression("^accept-")
        return tuple(self._points.findChildren(QPushButton, named))

    def wait(self, what: str | None) -> None:
        """Say what is being done, or that it is over."""
        if what is None:
            self.busy.stop()
        else:
            self.busy.start(what)
            self.submit.setEnabled(False)

    def enter(self) -> None:
        """Start at the first open point, else at the reading back."""
        buttons = self.point_buttons()
        (buttons[0] if buttons else self.read_back).setFocus()

    def forget(self) -> None:
        """Keep nothing of a customer."""
        self._standing, self._said = None, ()
        self.person.clear()
        self._others.clear()
        for number, spoken in (
            (self.document_number, self.tr("Document number")),
            (self.msisdn, self.tr("Number")),
            (self.iccid, self.tr("SIM card")),
        ):
            number.show_number("–", spoken)
        self.read_back.setChecked(False)
        self.second.forget()
        self.wait(None)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()
        super().changeEvent(event)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        captions = (self.tr("Document number"), self.tr("Number"), self.tr("SIM card"))
        for label, caption in zip(self._captions, captions, strict=True):
            label.setText(caption)
        self.read_back.setText(self.tr("Read to the customer, who agreed (F9)"))
        self.submit.setText(self.tr("Submit (F12)"))
        if self._standing is not None:
            self._others.setText(_others(self._standing, self._pair()))
        self._fill()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        points = [each for each in self._said if each[0].rule != _READ_BACK]
        asking = not self.second.isHidden()
        for place, (finding, sentence) in enumerate(points):
            self._column.addWidget(self._point(place, finding, sentence))
        self._column.addStretch()
        self._points_title.setText(
            self.tr("%n point(s) open. Each line leads there.", "", len(points))
        )
        self._points_title.setVisible(bool(points) and not asking)
        self._area.setVisible(bool(points) and not asking)
        if points or self._standing is None:
            self.clear_banner.clear()
        else:
            self.clear_banner.tell(Tone.OK, self.tr("Nothing stands in the way"))

    def _point(self, place: int, finding: Finding, sentence: str) -> QWidget:
        tone, shape = _SIGN[finding.severity]
        link = LongLink(f"point-{place}")
        link.setIcon(icon(shape, tokens_now().tone(tone)[0]))
        refused = self._refused(finding.rule)
        link.setText(f"{sentence}   {finding.rule}{refused}")
        link.clicked.connect(lambda: self.finding_chosen.emit(finding))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(6, 6, 6, 6)
        row.addWidget(link, 1)
        if finding.severity is not Severity.WARN:
            return whole
        if finding.rule in self._four_eyes:
            ask = push_button(f"second-{finding.rule}")
            ask.setText(self.tr("A second person decides"))
            ask.clicked.connect(lambda: self._ask_second(finding.rule, sentence))
            row.addWidget(ask)
        elif finding.about is None:
            accept = push_button(f"accept-{finding.rule}")
            accept.setText(self.tr("Go on anyway"))
            accept.clicked.connect(lambda: self.warning_accepted.emit(finding.rule))
            row.addWidget(accept)
        return whole

    def _ask_second(self, rule: str, sentence: str) -> None:
        # The list makes room: number, PIN and reason are to be seen without scrolling.
        self._points_title.hide()
        self._area.hide()
        self.second.ask(rule, sentence)

    def _leave_second(self) -> None:
        self._fill()
        self.enter()

    def _refused(self, rule: str) -> str:
        decisions = self._standing.draft.decisions if self._standing else ()
        said = [each for each in decisions if each.what.partition(":")[2] == rule]
        if not said or not said[-1].what.startswith(SecondOpinion.REFUSED):
            return ""
        words = self.tr("refused by {number}: {reason}")
        return "\n" + words.format(number=said[-1].operator, reason=said[-1].reason)

    def _pair(self) -> str:
        return self.tr("{title}: {value}")

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.addWidget(self.person, 0, 0, 1, 2)
        numbers = (self.document_number, self.msisdn, self.iccid)
        for row, (caption, number) in enumerate(zip(self._captions, numbers, strict=True), start=1):
            grid.addWidget(caption, row, 0)
            grid.addWidget(number, row, 1)
        grid.addWidget(self._others, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area.setWidget(self._points)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.addWidget(self.read_back, 1)
        foot.addWidget(self.submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        for piece in (card, self._points_title):
            column.addWidget(piece)
        column.addWidget(self._area, 1)
        column.addWidget(self.second)
        column.addWidget(self.clear_banner)
        column.addStretch()
        column.addWidget(self.busy)
        column.addLayout(foot)


def _names(standing: Standing) -> Sequence[FieldName]:
    declared = standing.declaration.fields if standing.declaration else ()
    return [each.name for each in declared if each.name in _NAMES]


def _others(standing: Standing, pair: str) -> str:
    """Return everything else that was read or typed, to be looked over once more.

    `pair` is how a value stands behind its name in the window's language.
    """
    declaration = standing.declaration
    if declaration is None:
        return ""
    large = {*_NAMES, declaration.compare_key}
    pairs = (
        (text_in(each.title), worded(standing.value(each.name)))
        for each in declaration.fields
        if each.name not in large
    )
    return "   ".join(pair.format(title=title, value=value) for title, value in pairs if value)
