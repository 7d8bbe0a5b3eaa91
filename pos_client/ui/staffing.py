"""What a supervisor does about the people of this till: asks the desk, shows what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.ui.background import Background
from pos_client.ui.pages.staff import StaffPage
from pos_client.ui.port import CounterDesk


class Staffing(QObject):
    """Hears the page about people and does what it asks, in the background."""

    def __init__(
        self, desk: CounterDesk, background: Background, page: StaffPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._background, self._page = desk, background, page
        page.add_asked.connect(self._add)
        page.remove_asked.connect(self._remove)
        page.reset_asked.connect(self._reset)
        page.change_asked.connect(self._change)

    def show(self) -> None:
        """Fill the page with who may work here."""
        self._background.run(
            self._desk.operators, self._page.show_operators, self._page.show_problem
        )

    def _add(self, number: str, role: OperatorRole, pin: Private[str]) -> None:
        def work() -> tuple[Operator, ...]:
            self._desk.add_operator(OperatorNumber(number), role, pin)
            return self._desk.operators()

        self._do(work, self.tr("{number} may sign in now").format(number=number))

    def _remove(self, number: str) -> None:
        def work() -> tuple[Operator, ...]:
            self._desk.remove_operator(OperatorNumber(number))
            return self._desk.operators()

        self._do(work, self.tr("{number} is shut out").format(number=number))

    def _reset(self, number: str, pin: Private[str]) -> None:
        def work() -> tuple[Operator, ...]:
            self._desk.reset_pin(OperatorNumber(number), pin)
            return self._desk.operators()

        self._do(work, self.tr("{number} has a new PIN").format(number=number))

    def _change(self, old: Private[str], new: Private[str]) -> None:
        def work() -> tuple[Operator, ...]:
            self._desk.change_pin(old, new)
            return self._desk.operators()

        self._do(work, self.tr("Your PIN was changed"))

    def _do(self, work: Callable[[], tuple[Operator, ...]], told: str) -> None:
        def done(operators: tuple[Operator, ...]) -> None:
            self._page.show_operators(operators)
            self._page.show_done(told)

        self._background.run(work, done, self._page.show_problem)
