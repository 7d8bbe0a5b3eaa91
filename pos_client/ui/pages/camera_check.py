"""Camera check: which cameras look at cards and at people, and how good the one for cards is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
)

from pos_client.model.camera_check import Aspect, CameraReport, CameraUse, Grade, Mark
from pos_client.model.problems import Problem
from pos_client.model.view import Shutter
from pos_client.ui.background import Background, Lane
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, text_label
from pos_client.ui.port import CounterDesk
from pos_client.ui.target_print import print_target
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.camera_view import CameraView
from pos_client.ui.widgets.choice_box import ChoiceBox
from pos_client.ui.widgets.icon_label import IconLabel
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.words import language_now, problem_advice, problem_title

#: How often the list of cameras is looked at: one that is plugged in is there when it is wanted.
EVERY_MS: Final = 2000
_FILE: Final = "camera-target.pdf"
_TONES: Final = {Grade.GOOD: Tone.OK, Grade.FAIR: Tone.WARN, Grade.POOR: Tone.STOP}
_ICONS: Final = {Grade.GOOD: "check", Grade.FAIR: "triangle", Grade.POOR: "octagon"}


class CameraCheckPage(Page):
    """Looks for the printed target as long as it is open, and shows the marks of the camera."""

    def __init__(self, desk: CounterDesk, background: Background, folder: Path) -> None:
        super().__init__(PageName.CAMERA)
        self._desk, self._background, self._folder = desk, background, folder
        self._shutter: Shutter | None = None
        self._report: CameraReport | None = None
        self._names: tuple[str, ...] | None = None
        self.view = CameraView(lambda rule: desk.hint(rule, language_now()))
        self.view.setMinimumSize(240, 150)
        # The picture takes what is left; it never makes the page scroll.
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.lists = {use: ChoiceBox() for use in CameraUse}
        self._captions = {use: QLabel() for use in CameraUse}
        self._lead = text_label("muted")
        self._verdict = text_label("heading")
        self.rows = {aspect: _Row() for aspect in Aspect}
        self.told = Banner()
        self.problem_box = ProblemBox()
        self.again = push_button("camera-again", "primary")
        self.print = push_button("camera-print-target")
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._list)
        self._lay_out()
        for use, box in self.lists.items():
            box.activated.connect(lambda _=0, chosen=use: self._choose(chosen))
        self.again.clicked.connect(self.check)
        self.print.clicked.connect(self.print_target)
        self.word()

    @property
    def report(self) -> CameraReport | None:
        """The marks that are shown."""
        return self._report

    def enter(self) -> None:
        """Begin to look."""
        self._timer.start()
        self._list()
        self.check()
        self.again.setFocus()

    def forget(self) -> None:
        """Let the camera go: somebody else may want it now."""
        self._stop()
        self._timer.stop()
        self.view.clear()
        self._show(None)
        self.told.clear()
        self.problem_box.clear()

    def check(self) -> None:
        """Look for the target, from the beginning."""
        self._stop()
        self._show(None)
        self.problem_box.clear()
        shutter = self._shutter = Shutter()
        self._background.run(
            lambda: self._desk.check_camera(self.view.post, shutter),
            lambda report: self._checked(shutter, report),
            lambda problem: self._failed(shutter, problem),
            lane=Lane.CAMERA,
        )

    def print_target(self) -> None:
        """Write the page with the target, to be printed at full size."""
        language, file = language_now(), self._folder / _FILE
        self._background.run(
            lambda: print_target(self._desk.camera_target(), file, language),
            self._printed,
            self.problem_box.show_problem,
            lane=Lane.ASIDE,
        )

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._captions[CameraUse.DOCUMENT].setText(self.tr("Camera for cards"))
        self._captions[CameraUse.PERSON].setText(self.tr("Camera for people"))
        for use, box in self.lists.items():
            box.setAccessibleName(self._captions[use].text())
        self._lead.setText(
            self.tr("Print the test card once, and hold it where customers' cards are held.")
        )
        self.view.aim(self.tr("Hold the test card in front of the camera"))
        self.again.setText(self.tr("Check again (F3)"))
        self.print.setText(self.tr("Print the test card (Ctrl+P)"))
        self._fill_lists()
        self._show(self._report)

    def _stop(self) -> None:
        if self._shutter is not None:
            self._shutter.stop()
        self._shutter = None

    def _checked(self, shutter: Shutter, report: CameraReport | None) -> None:
        if shutter is self._shutter and report is not None:
            self._show(report)

    def _failed(self, shutter: Shutter, problem: Problem) -> None:
        if shutter is self._shutter:
            self.problem_box.show_problem(problem)

    def _printed(self, file: Path) -> None:
        self.told.tell(
            Tone.INFO,
            self.tr("The test card lies here: {file}").format(file=file),
            self.tr("Print it at 100 %, unscaled."),
            icon="print",
        )

    # -- which cameras ------------------------------------------------------------------------
    def _list(self) -> None:
        self._background.run(self._desk.cameras, self._listed, lambda _: None, lane=Lane.ASIDE)

    def _listed(self, names: tuple[str, ...]) -> None:
        if names != self._names:
            self._names = names
            self._fill_lists()

    def _fill_lists(self) -> None:
        for use, box in self.lists.items():
            if box.view().isVisible():
                continue
            chosen = self._desk.chosen_camera(use)
            names = list(self._names or ())
            missing = chosen not in names
            box.clear()
            if missing:
                box.addItem(self.tr("{name} (not plugged in)").format(name=chosen), chosen)
            for name in names:
                box.addItem(name, name)
            box.setCurrentIndex(box.findData(chosen))

    def _choose(self, use: CameraUse) -> None:
        name = str(self.lists[use].currentData())
        if name != self._desk.chosen_camera(use):
            self._stop()
            self._background.run(
                lambda: self._desk.choose_camera(name, use),
                lambda _: self.check(),
                self.problem_box.show_problem,
                lane=Lane.ASIDE,
            )

    # -- the marks ----------------------------------------------------------------------------
    def _show(self, report: CameraReport | None) -> None:
        self._report = report
        marks = {mark.aspect: mark for mark in report.marks} if report else {}
        for aspect, row in self.rows.items():
            row.show_mark(self._title(aspect), marks.get(aspect), self._grade, self._advice)
        if report is None:
            self._verdict.setText(self.tr("Not checked yet"))
        else:
            self._verdict.setText(
                self.tr("{grade}: {camera}, {mode}").format(
                    grade=self._grade(report.grade), camera=report.camera, mode=report.mode
                )
            )

    def _title(self, aspect: Aspect) -> str:
        return {
            Aspect.RESOLUTION: self.tr("Resolution"),
            Aspect.FOCUS: self.tr("Sharpness"),
            Aspect.EXPOSURE: self.tr("Light"),
            Aspect.NOISE: self.tr("Grain"),
            Aspect.COLOUR: self.tr("Colour"),
            Aspect.SPEED: self.tr("Speed"),
        }[aspect]

    def _advice(self, problem: Problem) -> str:
        return self.tr("{title}. {advice}").format(
            title=problem_title(problem), advice=problem_advice(problem)
        )

    def _grade(self, grade: Grade) -> str:
        return {
            Grade.GOOD: self.tr("Good"),
            Grade.FAIR: self.tr("Will do"),
            Grade.POOR: self.tr("Too little"),
        }[grade]

    def _lay_out(self) -> None:
        choice = QGridLayout()
        choice.setHorizontalSpacing(12)
        for row, use in enumerate(CameraUse):
            choice.addWidget(self._captions[use], row, 0)
            choice.addWidget(self.lists[use], row, 1)
        choice.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addWidget(self.print)
        buttons.addStretch()
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(choice)
        left.addWidget(self.view, 1)
        left.addWidget(self._lead)
        left.addLayout(buttons)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(10)
        inside.addWidget(self._verdict)
        for each in self.rows.values():
            inside.addWidget(each)
        inside.addStretch()
        panes = QHBoxLayout()
        panes.setSpacing(14)
        panes.addLayout(left, 11)
        panes.addWidget(card, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.problem_box)
        column.addWidget(self.told)
        column.addLayout(panes, 1)


class _Row(QFrame):
    """One aspect: icon, name, grade in a word, figure, and what to change."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel(20)
        self._title = text_label(wraps=False)
        self._grade = text_label(wraps=False)
        self._figure = text_label("muted", wraps=False)
        self._advice = text_label("muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._figure)
        head.addWidget(self._grade)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._advice)

    def show_mark(
        self,
        title: str,
        mark: Mark | None,
        word: Callable[[Grade], str],
        advise: Callable[[Problem], str],
    ) -> None:
        """Show a mark, or that there is none yet."""
        self._title.setText(title)
        if mark is None:
            self._icon.show_icon(Tone.CALM, "ring")
            texts: Sequence[str] = ("", "", "")
        else:
            self._icon.show_icon(_TONES[mark.grade], _ICONS[mark.grade])
            problem = mark.problem
            advice = advise(problem) if problem else ""
            texts = (word(mark.grade), f"{mark.figure:g} {mark.unit}".strip(), advice)
        for label, text in zip((self._grade, self._figure, self._advice), texts, strict=True):
            label.setText(text)
        self._advice.setVisible(bool(texts[2]))
        self.setAccessibleName(", ".join(text for text in (title, *texts) if text))
