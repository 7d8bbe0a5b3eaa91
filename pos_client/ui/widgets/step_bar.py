"""The parts of a visit side by side: which is open, which is done, which needs a look."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pos_client.model.steps import Step, StepName, StepState
from pos_client.ui.look.dress import set_role, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import Tone

_SHAPE: Final = {
    StepState.TODO: (Tone.CALM, "ring"),
    StepState.CHECK: (Tone.WARN, "triangle"),
    StepState.DONE: (Tone.OK, "check-ring"),
}


class StepBar(QWidget):
    """One button for each step there is; Ctrl+1 and the like are the window's business."""

    #: The clerk wants to see this step.
    step_chosen = Signal(StepName)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = tuple(
            Step(name, StepState.TODO) for name in StepName if name is not StepName.FACE
        )
        self._current = StepName.IDENTITY
        self._summaries: Mapping[StepName, str] = {}
        self._buttons: dict[StepName, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(8)
        for name in StepName:
            button = QPushButton()
            button.setCheckable(True)
            set_role(button, "step")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, chosen=name: self.step_chosen.emit(chosen))
            self._group.addButton(button)
            self._buttons[name] = button
            row.addWidget(button, 1)
        self._word()

    def show_steps(
        self,
        steps: Sequence[Step],
        current: StepName,
        summaries: Mapping[StepName, str] | None = None,
    ) -> None:
        """Show how far each step has come, which one is open, and below it what is in it."""
        self._steps, self._current, self._summaries = tuple(steps), current, summaries or {}
        self._word()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Word and draw anew when language or colours change."""
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._word()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave Enter to the page: a scanner must never press a step."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _word(self) -> None:
        states = {step.name: step for step in self._steps}
        self._buttons[StepName.FACE].setVisible(StepName.FACE in states)
        there = [name for name in StepName if name in states or name is not StepName.FACE]
        for number, name in enumerate(there, start=1):
            button = self._buttons[name]
            step = states.get(name, Step(name, StepState.TODO))
            tone, shape = _SHAPE[step.state]
            button.setIcon(icon(shape, tokens_now().tone(tone)[0]))
            below = f"\n {self._summary(step)}" if self._summaries else ""
            button.setText(f" {number}  {self._name(name)}{below}")
            button.setChecked(name is self._current)
            button.setAccessibleName(f"{number} {self._name(name)}, {self._state(step)}")
            button.setToolTip(self._state(step))

    def _name(self, name: StepName) -> str:
        return {
            StepName.IDENTITY: self.tr("Identity"),
            StepName.LINE: self.tr("Number and SIM"),
            StepName.FACE: self.tr("Face"),
            StepName.NOTICES: self.tr("Notices"),
            StepName.REVIEW: self.tr("Review"),
        }[name]

    def _summary(self, step: Step) -> str:
        return self._summaries.get(step.name) or self._state(step)

    def _state(self, step: Step) -> str:
        if step.state is StepState.CHECK:
            return self.tr("%n to check", "", max(1, len(step.findings)))
        return self.tr("done") if step.state is StepState.DONE else self.tr("not started")
