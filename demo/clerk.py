"""The clerk of the demo: works the real window with keys, and looks before pressing the next."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from demo.director import NotSeen, Pause, Script, Until
from demo.heartbeat import Heartbeat
from demo.report import Visit
from demo.scenes import Held
from pos_client.app import Counter
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.model.document import Side
from pos_client.model.draft import Draft
from pos_client.model.field import FieldName
from pos_client.model.row import RowState
from pos_client.model.steps import StepName
from pos_client.ui.pages.page import PageName
from pos_client.ui.pages.registration import RegistrationPage
from specimens.specimen import Specimen

OPERATOR: Final = "1001"
PIN: Final = "246802"
_PRESSED_AGAIN_S: Final = 3.0

_Widget = TypeVar("_Widget", bound=QWidget)


class Clerk:
    """Sees what is on the window and presses keys; knows nothing else of the client."""

    def __init__(
        self, counter: Counter, camera: SyntheticSource, heartbeat: Heartbeat, *, pace: float
    ) -> None:
        self.window = counter.window
        self._camera = camera
        self._heartbeat = heartbeat
        self._pace = pace
        self._looked = 0.0

    # -- set-up -----------------------------------------------------------------------------
    def set_up(self, invitation: Path, pin: str = PIN) -> Script:
        """Enrol the till with the carrier's invitation and sign the first operator in."""
        yield self._until_page(PageName.SET_UP)
        for name, text in (
            ("invitation", str(invitation)),
            ("first-operator", OPERATOR),
            ("first-pin", pin),
            ("first-pin-again", pin),
        ):
            self._find(QLineEdit, name).setFocus()
            self._write(text)
            yield Pause(0.2 * self._pace)
        self._key(Qt.Key.Key_Return)
        yield self._until_page(PageName.HOME)

    def sign_in(self, pin: str = PIN) -> Script:
        """Type number and PIN, and press Return; whether that opens the till shows then."""
        yield self._until_page(PageName.SIGN_IN)
        for name, text in (("operator-number", OPERATOR), ("pin", pin)):
            field = self._find(QLineEdit, name)
            field.setText(text)
            field.setFocus()
        self._key(Qt.Key.Key_Return)

    # -- one registration -------------------------------------------------------------------
    def begin(self) -> Script:
        """Press F2 and wait for the working screen."""
        self._key(Qt.Key.Key_F2)
        yield self._until_page(PageName.REGISTRATION)
        yield Until("an empty draft", lambda: self._page.standing is not None)

    def begin_correction(self, registration: str, look: Callable[[], None]) -> Script:
        """Choose what came back in the waiting list, read its story, and start the correction."""
        yield self._until_page(PageName.WAITING)
        page = self.window.book.waiting
        QTest.keyClick(page, Qt.Key.Key_3)
        yield Until(
            "the returned registration in the list",
            lambda: self._chosen_returned(registration) and bool(page.story.past),
        )
        yield Pause(0.3 + 3.0 * self._pace)
        look()
        self._key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        yield self._until_page(PageName.REGISTRATION)
        yield Until("a draft of the correction", lambda: self._corrects(registration))

    def _chosen_returned(self, registration: str) -> bool:
        chosen = self.window.book.waiting.chosen()
        back = chosen is not None and chosen.state is RowState.RETURNED
        if not back and time.monotonic() - self._looked > _PRESSED_AGAIN_S:
            self._looked = time.monotonic()
            self._key(Qt.Key.Key_F5)
        return back and chosen is not None and chosen.id == registration

    def _corrects(self, registration: str) -> bool:
        standing = self._page.standing
        return standing is not None and standing.draft.supersedes == registration

    def show_side(self, visit: Visit, specimen: Specimen, seed: int) -> Script:
        """Hold one side under the camera until it is in the form; time it."""
        side = Side(specimen.side)
        scene = Held(specimen, seed)
        self._heartbeat.listen()
        self._camera.show(scene)
        yield Until(
            f"the {side} side in the form",
            lambda: side in self._draft().images and self._page.identity.settled,
            120,
        )
        visit.card_to_form_s.append(time.monotonic() - scene.still_since)
        # What is laid out and painted for it still counts as capturing.
        yield Pause(0.1)
        self._heartbeat.rest()
        self._camera.clear()
        yield Pause(1.0 * self._pace)

    def check_fields(self, visit: Visit) -> Script:
        """Go through what the client is not sure of; correct what differs from the print."""
        identity = self._page.identity
        truth = visit.customer.truth
        while identity.open_count:
            self._key(Qt.Key.Key_F6)
            yield Until("the keyboard in an open field", lambda: bool(self._field_with_keyboard()))
            name = self._field_with_keyboard()
            before, count = self._draft().revision, identity.open_count
            field = self._draft().fields.get(FieldName(name))
            if field is None or field.value.reveal() != truth.get(name, ""):
                visit.corrected.append(name)
                editor = QApplication.focusWidget()
                if isinstance(editor, QLineEdit):
                    editor.selectAll()
                self._write(truth.get(name, ""))
            yield Pause(0.8 * self._pace)
            self._key(Qt.Key.Key_Return)
            yield Until(
                f"{name} checked",
                lambda before=before, count=count: (  # type: ignore[misc]  # bound in the loop
                    self._draft().revision > before and identity.open_count < count
                ),
            )

    def choose_line(self, visit: Visit, place: int, seed: int) -> Script:
        """Take an offered number and hold the SIM card's holder under the camera."""
        self._key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        yield self._until_step(StepName.LINE)
        number = self._page.line.number
        number.setFocus()
        for _ in range(place):
            QTest.keyClick(number, Qt.Key.Key_Down)
        QTest.keyClick(number, Qt.Key.Key_Return)
        yield Until("a number", lambda: bool(self._msisdn()))
        visit.msisdn = self._msisdn()
        self._camera.show(Held(visit.customer.sim, seed))
        yield Until("the SIM card's number", lambda: bool(self._iccid()), 90)
        self._camera.clear()
        yield Pause(0.8 * self._pace)

    def type_line(self, visit: Visit, msisdn: str) -> Script:
        """Type a whole number and the SIM card's, as where neither stock nor bar code is there."""
        self._key(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        yield self._until_step(StepName.LINE)
        line = self._page.line
        for field, text in ((line.number, msisdn), (line.iccid, visit.customer.iccid)):
            field.setFocus()
            field.selectAll()
            self._write(text)
            QTest.keyClick(field, Qt.Key.Key_Return)
        yield Until("number and SIM", lambda: bool(self._msisdn() and self._iccid()))

    def answer_notices(self) -> Script:
        """Let the customer agree to each notice."""
        self._key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        yield self._until_step(StepName.NOTICES)
        notices = self._page.notices
        while notices.accepted_count < notices.count:
            yield Pause(0.8 * self._pace)
            accepted = notices.accepted_count
            self._key(Qt.Key.Key_F9)
            yield Until(
                "the answer to a notice",
                lambda accepted=accepted: notices.accepted_count > accepted,  # type: ignore[misc]  # bound in the loop
            )

    def review_and_submit(self) -> Script:
        """Accept what only warns, read back, submit, and wait for the word "saved".

        What warns anew, because the line went down meanwhile, is accepted as well.
        """
        yield self._until_review()
        yield Pause(0.8 * self._pace)
        yield from self._accept_warnings()
        self._key(Qt.Key.Key_F9)
        yield Until("the reading back noted", lambda: self._draft().read_back)
        yield Pause(0.8 * self._pace)
        done = self._find(QWidget, "page-done")
        while not done.isVisible():
            yield from self._accept_warnings()
            self._key(Qt.Key.Key_F12)
            yield Until(
                "the page done", lambda: done.isVisible() or self._warning_button() is not None
            )

    def _accept_warnings(self) -> Script:
        while (button := self._warning_button()) is not None:
            revision = self._draft().revision
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            yield Until("the warning accepted", lambda r=revision: self._draft().revision > r)  # type: ignore[misc]  # bound in the loop

    def print_receipt(self, folder: Path, registration: str) -> Script:
        """Print the receipt and wait for its file."""
        self._key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        yield Until("the printed receipt", lambda: bool(list(folder.glob(f"*{registration}*.pdf"))))
        yield Pause(1.0 * self._pace)

    # -- what is seen -----------------------------------------------------------------------
    def draft_id(self) -> str:
        """Return the id of the draft on the counter."""
        return self._draft().id

    def shoot(self, file: Path) -> None:
        """Save what the window looks like now."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(file))

    def key(self, key: Qt.Key) -> None:
        """Press a key on the window."""
        self._key(key)

    @property
    def _page(self) -> RegistrationPage:
        return self._find(RegistrationPage, "page-registration")

    def _draft(self) -> Draft:
        standing = self._page.standing
        if standing is None:
            raise NotSeen("there is no draft on the counter")
        return standing.draft

    def _msisdn(self) -> str:
        line = self._draft().line
        return line.msisdn.reveal() if line else ""

    def _iccid(self) -> str:
        line = self._draft().line
        return line.iccid.reveal() if line else ""

    def _field_with_keyboard(self) -> str:
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None else ""
        return name.removeprefix("value-") if name.startswith("value-") else ""

    def _warning_button(self) -> QPushButton | None:
        buttons = self._page.review.findChildren(QPushButton)
        return next(
            (b for b in buttons if b.objectName().startswith("accept-") and b.isVisible()), None
        )

    def _until_page(self, page: PageName) -> Until:
        return Until(
            f"the page {page}", lambda: self._find(QWidget, f"page-{page.value}").isVisible()
        )

    def _until_review(self) -> Until:
        """Press Ctrl+4; once more where the window had just moved on by itself to what is open."""
        pressed = 0.0

        def seen() -> bool:
            nonlocal pressed
            if self._page.step is StepName.REVIEW:
                return True
            if time.monotonic() - pressed > _PRESSED_AGAIN_S:
                pressed = time.monotonic()
                self._key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
            return False

        return Until("the review", seen)

    def _until_step(self, step: StepName) -> Until:
        return Until(f"the step {step}", lambda: self._page.step is step)

    def _find(self, kind: type[_Widget], name: str) -> _Widget:
        found: _Widget | None = self.window.findChild(kind, name)
        if found is None:
            message = f"the window has no {name}"
            raise NotSeen(message)
        return found

    def _key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def _write(self, text: str) -> None:
        # As an input method does it, which is how Chinese text comes into a field.
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(QApplication.focusWidget() or self.window, event)
