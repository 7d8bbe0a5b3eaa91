"""Puts receipts on paper in the background: the first print, and counted copies after it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.ui.background import Background, Lane
from pos_client.ui.port import CounterDesk
from pos_client.ui.receipt_print import print_receipt
from pos_client.ui.words import language_now


class Paper(QObject):
    """A failed print touches no registration; it can be printed later from the waiting list."""

    #: The receipt lies here.
    printed = Signal(Path)
    #: There is no paper.
    failed = Signal(Problem)

    def __init__(
        self, desk: CounterDesk, background: Background, folder: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._folder = folder
        self._first: CustomerReceipt | None = None

    def take(self, receipt: CustomerReceipt) -> None:
        """Take the receipt of a registration that was just saved; its first print is no copy."""
        self._first = receipt

    def print(self, registration: RegistrationId, *, a4: bool) -> None:
        """Print the receipt of a registration; every print after the first is marked as a copy."""
        language = language_now()
        first = self._first if self._first and self._first.id == registration else None
        self._first = None

        def work() -> Path:
            receipt = first or self._desk.receipt(registration)
            code = self._desk.receipt_code(registration)
            return print_receipt(receipt, self._folder, language, code, a4=a4)

        self._background.run(work, self.printed.emit, self.failed.emit, lane=Lane.DESK)
