"""Holds the one draft on the counter: verbs run one after another, each on the newest draft."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.draft import Draft
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.reading import Reading
from pos_client.model.registration import Line, RegistrationId
from pos_client.ui.background import Background
from pos_client.ui.port import CounterDesk
from pos_client.ui.standing import Standing
from pos_client.ui.widgets.print_crop import PrintedSide

Verb = Callable[[Draft], Draft]


class DraftGone(Problem):
    """The draft that was to be gone on with is no longer in the store."""

    code = "S142"
    title = "This draft is no longer kept"
    advice = "It was submitted, discarded or is too old. Start a new registration."


@dataclass(slots=True)
class Unsaved:
    """What was typed and is not in the store yet."""

    typed: dict[FieldName, Private[str]] = field(default_factory=dict)
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """A verb, and what to forget once it is saved."""

    verb: Verb
    saved: Callable[[], None]


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
        prints = {side: self.prints[image.sha256] for side, image in draft.images.items()}
        declared = (each for each in desk.documents() if each.code == draft.document)
        return Standing(
            draft, desk.steps(draft), desk.findings(draft), next(declared, None), prints
        )


class Journey(QObject):
    """One registration from the first card to the receipt, as the window sees it.

    `changed` is sent once nothing asked for is still under way, so that no older state of the
    draft overwrites what the clerk has done since.
    """

    #: The draft changed; how it stands now.
    changed = Signal(Standing)
    #: Something could not be done; what was typed is still here, `try_again` does it once more.
    failed = Signal(Problem)
    #: The registration is sealed and saved.
    submitted = Signal(CustomerReceipt)

    def __init__(self, desk: CounterDesk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._sheet: _Sheet | None = None
        self._under_way = 0
        self._undone: dict[str, _Task] = {}
        self._unsaved = Unsaved()
        self._left: tuple[RegistrationId, dict[str, _Task], Unsaved] | None = None
        self.standing: Standing | None = None

    @property
    def open(self) -> bool:
        """True while a draft lies on the counter."""
        return self._sheet is not None

    @property
    def at_rest(self) -> bool:
        """True where everything asked for is done and saved."""
        return not self._under_way and not self._undone

    def begin(self) -> None:
        """Start a new registration."""
        self._open(self._desk.begin)

    def resume(self, registration: RegistrationId) -> None:
        """Take a saved draft up again as it lies in the store, with what could not be saved."""
        self._open(lambda: _found(self._desk.parked(), registration))

    def do(self, what: str, verb: Verb, saved: Callable[[], None] | None = None) -> None:
        """Run a verb on the newest draft, after all verbs before it; call `saved` when it is done.

        `what` names the thing that is changed: a failed verb is done again by `try_again`, unless
        a newer one about the same thing has taken its place.
        """
        self._undone.pop(what, None)
        self._run(what, _Task(verb, saved or _nothing))

    def type_field(self, name: FieldName, text: Private[str]) -> None:
        """Put a typed value in; it stays on the screen until it is saved, whatever happens."""
        self._unsaved.typed[name] = text

        def saved() -> None:
            if self._unsaved.typed.get(name) is text:
                del self._unsaved.typed[name]

        self.do(f"field {name}", lambda draft: self._desk.type_field(draft, name, text), saved)

    def undo_field(self, name: FieldName) -> None:
        """Put back what was read."""
        self._unsaved.typed.pop(name, None)
        self.do(f"field {name}", lambda draft: self._desk.undo_field(draft, name))

    def take_reading(self, reading: Reading) -> None:
        """Take a side over. One that cannot be taken is not kept: the camera reads it again."""
        self._run(None, _Task(lambda draft: self._desk.take_reading(draft, reading), _nothing))

    def decide(self, verb: Verb, saved: Callable[[], None]) -> None:
        """Run what somebody else decided with their PIN: it is never done again by itself."""
        self._run(None, _Task(verb, saved))

    def set_line(self, line: Line) -> None:
        """Put number and SIM in; they stay on the screen until they are saved."""
        self._unsaved.line = line

        def saved() -> None:
            if self._unsaved.line is line:
                self._unsaved.line = None

        def save(draft: Draft) -> Draft:
            return self._desk.set_line(draft, line.msisdn, line.iccid, line.iccid_source)

        self.do("line", save, saved)

    def look_anew(self) -> None:
        """Ask the rules once more: they look beyond the draft, at the line and at other visits."""
        self._run(None, _Task(lambda draft: draft, _nothing))

    def try_again(self) -> None:
        """Do once more what could not be done."""
        for what, task in list(self._undone.items()):
            self.do(what, task.verb, task.saved)

    def after_all(self, then: Callable[[], None]) -> None:
        """Call `then` once everything asked for so far has been tried."""
        self._background.run(lambda: None, lambda _: then(), self.failed.emit)

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
            self._undone, self._unsaved = {}, Unsaved()
            self.put_away()
            then()

        self._background.run(lambda: self._desk.discard(sheet.draft), gone, self.failed.emit)

    def put_away(self) -> None:
        """Take the draft off the counter. It is saved; what could not be is kept beside its id."""
        if self._sheet is not None and self._undone:
            self._left = (self._sheet.draft.id, self._undone, self._unsaved)
        self._sheet, self.standing, self._under_way = None, None, 0
        self._undone, self._unsaved = {}, Unsaved()

    def _open(self, find: Callable[[], Draft]) -> None:
        self.put_away()

        def work() -> tuple[_Sheet, Standing]:
            sheet = _Sheet(find())
            return sheet, sheet.standing(self._desk)

        def opened(found: tuple[_Sheet, Standing]) -> None:
            self._sheet, self.standing = found
            if self._left is not None and self._left[0] == self.standing.draft.id:
                _, self._undone, self._unsaved = self._left
                self._left = None
            self._tell()
            self.try_again()

        self._background.run(work, opened, self.failed.emit)

    def _run(self, what: str | None, task: "_Task") -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._under_way += 1

        def work() -> Standing:
            sheet.draft = task.verb(sheet.draft)
            return sheet.standing(self._desk)

        def done(standing: Standing) -> None:
            if sheet is self._sheet:
                self.standing = standing
                self._under_way -= 1
                task.saved()
                self._tell()

        def failed(problem: Problem) -> None:
            if sheet is self._sheet:
                self._under_way -= 1
                if what is not None:
                    self._undone.setdefault(what, task)
                self.failed.emit(problem)
                self._tell()

        self._background.run(work, done, failed)

    def _tell(self) -> None:
        if self.standing is not None and not self._under_way:
            unsaved = self._unsaved
            self.standing = self.standing.with_unsaved(unsaved.typed, unsaved.line)
            self.changed.emit(self.standing)

    def _sealed(self, receipt: CustomerReceipt) -> None:
        self._undone, self._unsaved = {}, Unsaved()
        self.put_away()
        self.submitted.emit(receipt)


def _nothing() -> None:
    """Forget nothing."""


def _found(drafts: tuple[Draft, ...], registration: RegistrationId) -> Draft:
    found = next((draft for draft in drafts if draft.id == registration), None)
    if found is None:
        raise DraftGone
    return found
