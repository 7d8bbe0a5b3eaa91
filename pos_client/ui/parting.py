"""How a draft is left: parked, discarded after two words, put away while the till is locked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from pos_client.model.registration import RegistrationId
from pos_client.ui.eyes import Eyes
from pos_client.ui.journey import Journey
from pos_client.ui.pages.registration import RegistrationPage


class Parting(QObject):
    """Nothing typed is left behind: the field with the keyboard gives out its text first."""

    #: The draft is parked or gone; back to the first page.
    left = Signal()

    def __init__(
        self, journey: Journey, eyes: Eyes, page: RegistrationPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._journey, self._eyes, self._page = journey, eyes, page
        page.leaving.park_chosen.connect(self.park)
        page.leaving.discard_chosen.connect(self.discard)
        page.leaving.stay_chosen.connect(self.stay)

    def back(self) -> None:
        """Go back one level; a draft with anything in it is never left without a word."""
        page, standing = self._page, self._journey.standing
        if not page.leaving.isHidden():
            self.stay()
        elif page.identity.asking:
            page.identity.stop_asking()
            page.enter()
        elif not page.review.second.isHidden():
            page.review.second.close_up()
        elif not page.face.second.isHidden():
            page.face.second.close_up()
        elif standing is None or standing.empty:
            self._journey.discard(self._away)
        else:
            page.leaving.ask()

    def stay(self) -> None:
        """Go on with the draft."""
        self._page.leaving.clear()
        self._page.enter()

    def park(self) -> None:
        """Leave the draft for later; stays where something could not be saved."""
        self.hand_over()

        def parked() -> None:
            if self._journey.at_rest:
                self._journey.put_away()
                self._away()

        self._journey.after_all(parked)

    def discard(self) -> None:
        """Forget the draft; asked twice."""
        if self._page.leaving.asks_surely:
            self._journey.discard(self._away)
        else:
            self._page.leaving.ask(surely=True)

    def suspend(self, then: Callable[[], None]) -> RegistrationId | None:
        """Take everything off the counter; `then` follows when the draft is saved."""
        standing = self._journey.standing
        self.hand_over()
        self._eyes.stop()

        def saved() -> None:
            self._journey.put_away()
            then()

        self._journey.after_all(saved)
        return standing.draft.id if standing else None

    def stop(self) -> None:
        """Stop looking: the window closes."""
        self.hand_over()
        self._eyes.stop()

    def hand_over(self) -> None:
        """Let the field that has the keyboard give out what was typed in it."""
        widget = QApplication.focusWidget()
        if widget is not None and self._page.isAncestorOf(widget):
            widget.clearFocus()

    def _away(self) -> None:
        self._eyes.stop()
        self.left.emit()
