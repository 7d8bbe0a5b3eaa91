"""Writes the request for lost keys to a file, and takes the carrier's answer from one."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from pos_client.model.operator import Operator
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.ui.background import Background
from pos_client.ui.pages.recovery import RecoveryPage
from pos_client.ui.port import CounterDesk
from pos_client.ui.problems import AnswerNotRead, RequestNotWritten

#: An answer is a page of text; anything larger is another file.
_MOST_BYTES: Final = 1_000_000


class Recovering(QObject):
    """Hears the page about lost keys and does what it asks, in the background."""

    #: The till is open again; whoever is signed in now.
    opened = Signal(Operator)

    def __init__(
        self, desk: CounterDesk, background: Background, page: RecoveryPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._background, self._page = desk, background, page
        page.request_asked.connect(self._ask)
        page.answer_given.connect(self._take)

    def _ask(self, file: Path, pin: Private[str]) -> None:
        def work() -> Path:
            request = self._desk.ask_recovery(pin)
            try:
                file.write_bytes(request)
            except OSError as err:
                raise RequestNotWritten from err
            return file

        self._background.run(work, self._page.show_written, self._page.show_problem)

    def _take(self, file: Path, number: str, pin: Private[str]) -> None:
        def work() -> Operator:
            return self._desk.take_recovery(_read(file), OperatorNumber(number), pin)

        self._background.run(work, self.opened.emit, self._page.show_problem)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            answer = opened.read(_MOST_BYTES + 1)
    except OSError as err:
        raise AnswerNotRead from err
    if len(answer) > _MOST_BYTES:
        raise AnswerNotRead
    return answer
