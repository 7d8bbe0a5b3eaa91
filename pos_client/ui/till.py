"""Opening and locking the till from the window: set-up, sign-in, lock."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos_client.model.operator import Operator
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber
from pos_client.ui.background import Background
from pos_client.ui.pages.invitation import read_invitation
from pos_client.ui.port import CounterDesk


class Till(QObject):
    """Asks the desk in the background; the window shows what comes of it."""

    #: Somebody is signed in.
    opened = Signal(Operator)
    #: Nobody was let in.
    refused = Signal(Problem)

    def __init__(self, desk: CounterDesk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background

    def set_up(self, invitation: Path, number: str, pin: Private[str]) -> None:
        """Enrol this computer with the carrier; its first operator is signed in with it."""

        def work() -> Operator:
            return self._desk.enrol(read_invitation(invitation), OperatorNumber(number), pin)

        self._background.run(work, self.opened.emit, self.refused.emit)

    def sign_in(self, number: str, pin: Private[str]) -> None:
        """Open the till for an operator."""
        self._background.run(
            lambda: self._desk.sign_in(OperatorNumber(number), pin),
            self.opened.emit,
            self.refused.emit,
        )

    def lock(self) -> None:
        """Close the till for everybody; drafts are kept and sending goes on."""
        self._background.run(self._desk.lock, lambda _: None, self.refused.emit)
