"""The one way a problem is shown: what happened, what is safe, what to do, and a small code."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pos_client.model.problems import Problem, Retry
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.words import problem_advice, problem_title


class ProblemBox(Banner):
    """A banner for a Problem; work goes on around it. Nothing here is modal."""

    #: The clerk wants the same thing to be tried once more.
    try_again_chosen = Signal()
    #: The clerk has read it.
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._retry = QPushButton()
        self._close = QPushButton()
        self._code = QLabel()
        set_role(self._code, "muted")
        for button in (self._retry, self._close):
            button.setAutoDefault(False)
        self._row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add_button(self._retry)
        self.add_button(self._close)
        self._retry.clicked.connect(self.try_again_chosen)
        self._close.clicked.connect(self._dismiss)
        self._name_buttons()

    @property
    def problem(self) -> Problem | None:
        """The problem that is shown."""
        return self._problem

    def show_problem(self, problem: Problem, *, can_retry: bool = False) -> None:
        """Show a problem in the window's language, with a retry button where the page has one."""
        self._problem = problem
        self._retry.setVisible(can_retry)
        self._code.setText(problem.code)
        tone = Tone.WARN if problem.retry is Retry.LATER else Tone.STOP
        self.tell(tone, problem_title(problem), problem_advice(problem))

    def clear(self) -> None:
        """Take the problem away."""
        self._problem = None
        super().clear()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word everything anew when the language changes."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_buttons()
            if self._problem is not None:
                self.show_problem(self._problem, can_retry=not self._retry.isHidden())
        super().changeEvent(event)

    def _name_buttons(self) -> None:
        self._retry.setText(self.tr("Try again"))
        self._close.setText(self.tr("Close"))

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()
