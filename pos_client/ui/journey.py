"""Holds the one draft on the counter: verbs run one after another, each on the newest draft."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.document import Side
from pos_client.model.draft import Draft
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.ui.background import Background
from pos_client.ui.port import CounterDesk
from pos_client.ui.standing import Standing
from pos_client.ui.widgets.print_crop import PrintedSide

Verb = Callable[[Draft], Draft]


class _Sheet:
    """The newest draft, touched by the one thread of the desk's lane only."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.prints: dict[str, PrintedSide] = {}

    def standing(self, desk: CounterDesk) -> Standing:
        draft = self.draft
        for image in draft.images.values():
            if image.sha256 not in self.prints:
                self.prints[image.sha256] = PrintedSide(image)
        prints: dict[Side, PrintedSide] = {
            side: self.prints[image.sha256] for side, image in draft.images.items()
        }
        declared = (each for each in desk.documents() if each.code == draft.document)
        return Standing(
            draft, desk.steps(draft), desk.findings(draft), next(declared, None), prints
        )


class Journey(QObject):
    """One registration from the first card to the receipt, as the window sees it."""

    #: The draft changed; how it stands now.
    changed = Signal(Standing)
    #: A verb could not be done; what was typed is still here.
    failed = Signal(Problem)
    #: The registration is sealed and saved.
    submitted = Signal(CustomerReceipt)
    #: Everything asked for so far is done; True where all that was typed is saved.
    settled = Signal(bool)

    def __init__(self, desk: CounterDesk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._sheet: _Sheet | None = None
        self._typed: dict[FieldName, Private[str]] = {}
        self._left: tuple[RegistrationId, dict[FieldName, Private[str]]] | None = None
        self.standing: Standing | None = None

    @property
    def open(self) -> bool:
        """True while a draft lies on the counter."""
        return self._sheet is not None

    def begin(self) -> None:
        """Start a new registration."""
        self._open(self._desk.begin)

    def resume(self, draft: Draft) -> None:
        """Take a saved draft up again, with what was typed and could not be saved."""
        self._open(lambda: draft)

    def do(self, verb: Verb) -> None:
        """Run a verb on the newest draft, after all verbs before it."""
        self._run(verb, self._stands, self.failed.emit)

    def type_field(self, name: FieldName, text: Private[str]) -> None:
        """Put a typed value in; it stays on the screen until it is saved, whatever happens."""
        self._typed[name] = text

        def saved(standing: Standing) -> None:
            if self._typed.get(name) is text:
                del self._typed[name]
            self._stands(standing)

        self._run(lambda draft: self._desk.type_field(draft, name, text), saved, self._not_saved)

    def save_typed_again(self) -> None:
        """Try once more to save what was typed."""
        for name, text in list(self._typed.items()):
            self.type_field(name, text)

    def settle(self) -> None:
        """Send `settled` once everything asked for so far is done."""

        def done(_: object) -> None:
            self.settled.emit(not self._typed)

        self._background.run(lambda: None, done, self.failed.emit)

    def submit(self) -> None:
        """Seal and save the registration."""
        sheet = self._sheet
        if sheet is not None:
            self._background.run(
                lambda: self._desk.submit(sheet.draft), self._sealed, self.failed.emit
            )

    def discard(self, then: Callable[[], None]) -> None:
        """Forget the draft for good."""
        sheet = self._sheet
        if sheet is None:
            return

        def gone(_: None) -> None:
            self._typed = {}
            self.put_away()
            then()

        self._background.run(lambda: self._desk.discard(sheet.draft), gone, self.failed.emit)

    def put_away(self) -> None:
        """Take the draft off the counter. It is saved; what is not yet saved is kept with its id."""
        if self._sheet is not None and self._typed:
            self._left = (self._sheet.draft.id, self._typed)
        self._sheet, self._typed, self.standing = None, {}, None

    def _open(self, find: Callable[[], Draft]) -> None:
        self.put_away()

        def work() -> tuple[_Sheet, Standing]:
            sheet = _Sheet(find())
            return sheet, sheet.standing(self._desk)

        def opened(found: tuple[_Sheet, Standing]) -> None:
            self._sheet, standing = found
            if self._left is not None and self._left[0] == standing.draft.id:
                self._typed, self._left = self._left[1], None
            self._stands(standing)
            self.save_typed_again()

        self._background.run(work, opened, self.failed.emit)

    def _run(
        self, verb: Verb, then: Callable[[Standing], None], failed: Callable[[Problem], None]
    ) -> None:
        sheet = self._sheet
        if sheet is None:
            return

        def work() -> Standing:
            sheet.draft = verb(sheet.draft)
            return sheet.standing(self._desk)

        def done(standing: Standing) -> None:
            if sheet is self._sheet:
                then(standing)

        self._background.run(work, done, failed)

    def _stands(self, standing: Standing) -> None:
        self.standing = standing.with_typed(self._typed)
        self.changed.emit(self.standing)

    def _not_saved(self, problem: Problem) -> None:
        if self.standing is not None:
            self.standing = self.standing.with_typed(self._typed)
            self.changed.emit(self.standing)
        self.failed.emit(problem)

    def _sealed(self, receipt: CustomerReceipt) -> None:
        self._typed = {}
        self.put_away()
        self.submitted.emit(receipt)
