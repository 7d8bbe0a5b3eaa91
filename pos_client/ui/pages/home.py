"""Where each customer begins: one large button, and what still needs somebody."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pos_client.model.draft import Draft
from pos_client.model.field import FieldName
from pos_client.model.mask import mask_msisdn, mask_name
from pos_client.model.policy import PolicyPack
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import QueueFigures
from pos_client.ui.figures import age, clock
from pos_client.ui.look.dress import set_role, tokens_now
from pos_client.ui.look.icons import icon
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Page, PageName, push_button, put_in_the_middle, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.problem_box import ProblemBox
from pos_client.ui.words import text_in

#: More parked drafts than this fill no screen of a shop.
MOST_DRAFTS: Final = 6
#: From here on the first page says how many more registrations the disk has room for.
ROOM_TO_SPARE: Final = 500
#: A busy day of a shop: from here on somebody has to see to it today.
ROOM_SCARCE: Final = 50
_NAMES: Final = (FieldName("name"), FieldName("surname"))


class HomePage(Page):
    """New (F2), the figures of the queue, and drafts to be gone on with; labels are masked."""

    #: A new customer stands at the counter.
    new_asked = Signal()
    #: A parked draft is to be gone on with.
    resume_asked = Signal(Draft)
    #: A parked draft goes to somebody else: the draft, their number.
    hand_over_asked = Signal(Draft, str)
    #: The clerk wants to see the waiting list.
    waiting_asked = Signal()

    def __init__(self) -> None:
        super().__init__(PageName.HOME)
        self._policy: PolicyPack | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._takers: tuple[OperatorNumber, ...] = ()
        self._figures: QueueFigures | None = None
        self._room: int | None = None
        self._now: datetime | None = None
        self._carrier = text_label("muted")
        self._title = text_label("title")
        self.new = push_button("new-registration", "hero")
        self.tiles = {
            name: push_button(f"tile-{name}", "tile") for name in ("drafts", "waiting", "returned")
        }
        self._drafts_title = text_label("heading")
        self._nothing = text_label("muted")
        self._list = QVBoxLayout()
        self._links: list[QPushButton] = []
        self._gives: list[QPushButton] = []
        self.room_line = Banner()
        self.told = Banner()
        self.problem_box = ProblemBox()
        self.busy = Busy()
        self._lay_out()
        self.new.clicked.connect(self.new_asked)
        self.tiles["waiting"].clicked.connect(self.waiting_asked)
        self.tiles["returned"].clicked.connect(self.waiting_asked)
        self.tiles["drafts"].clicked.connect(self._focus_drafts)
        self.word()

    def show_policy(self, policy: PolicyPack) -> None:
        """Show whose till this is."""
        self._policy = policy
        self.word()

    def show_drafts(self, drafts: Sequence[Draft], now: datetime) -> None:
        """Offer the parked drafts, newest first."""
        self._drafts, self._now = tuple(drafts), now
        self.word()

    def show_takers(self, takers: Sequence[OperatorNumber]) -> None:
        """Take the other operators of this till: a draft may be handed over to one of them."""
        self._takers = tuple(takers)
        self._word_drafts()

    def show_figures(self, figures: QueueFigures, room: int | None) -> None:
        """Show how many registrations wait and came back, and for how many more there is room."""
        if figures != self._figures:
            self._figures = figures
            self._word_tiles()
        if room != self._room:
            self._room = room
            self._word_room()

    def tell_handed_over(self, taker: str) -> None:
        """Say who goes on with a draft."""
        self.problem_box.clear()
        self.told.tell(
            Tone.OK,
            self.tr("{number} goes on with this draft").format(number=taker),
            self.tr("It is on their first page when they sign in."),
            icon="check",
        )

    def wait(self) -> None:
        """Say that a registration is being started."""
        self.problem_box.clear()
        self.busy.start(self.tr("Starting a registration"))

    def show_problem(self, problem: Problem) -> None:
        """Show why it does not go on."""
        self.busy.stop()
        self.problem_box.show_problem(problem)

    def draft_buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the offered drafts."""
        return tuple(self._links)

    def hand_over_buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons that hand a draft over, one a draft where there is somebody else."""
        return tuple(self._gives)

    def enter(self) -> None:
        """Start at the large button."""
        self.new.setFocus()

    def forget(self) -> None:
        """Keep no draft on a page that is not seen."""
        self.busy.stop()
        self.problem_box.clear()
        self.told.clear()
        self._drafts = ()
        self._word_drafts()

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self._carrier.setText("" if self._policy is None else text_in(self._policy.carrier))
        self._title.setText(self.tr("What does the customer want?"))
        self.new.setText(self.tr("New registration (F2)"))
        self._drafts_title.setText(self.tr("Go on with"))
        self._nothing.setText(self.tr("Nothing waits for you. F2 starts a new registration."))
        self._word_tiles()
        self._word_room()
        self._word_drafts()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self.word()
        super().changeEvent(event)

    def _focus_drafts(self) -> None:
        buttons = self.draft_buttons()
        if buttons:
            buttons[0].setFocus()

    def _word_tiles(self) -> None:
        self.new.setIcon(icon("plus", tokens_now().on_primary))
        figures = self._figures
        waiting = figures.waiting + figures.sending if figures else 0
        stuck = figures.returned + figures.quarantined if figures else 0
        words = {
            "drafts": (self.tr("%n draft(s)", "", len(self._drafts)), "pencil", Tone.PLAIN),
            "waiting": (self._waiting_words(waiting, figures), "tray", Tone.PLAIN),
            "returned": (
                self.tr("%n need(s) you", "", stuck) if stuck else self.tr("Nothing came back"),
                "return" if stuck else "check",
                Tone.WARN if stuck else Tone.OK,
            ),
        }
        for name, (text, shape, tone) in words.items():
            tile = self.tiles[name]
            tile.setIcon(icon(shape, tokens_now().tone(tone)[0]))
            tile.setText(f"  {text}")

    def _waiting_words(self, waiting: int, figures: QueueFigures | None) -> str:
        if waiting:
            return self.tr("%n waiting to be sent", "", waiting)
        if figures is not None and figures.last_received is not None:
            at = clock(figures.last_received)
            return self.tr("All sent at {time}").format(time=at)
        return self.tr("Nothing waits to be sent")

    def _word_drafts(self) -> None:
        self._links.clear()
        self._gives.clear()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for draft in self._drafts[:MOST_DRAFTS]:
            self._list.addWidget(self._draft_line(draft))
        self._drafts_title.setVisible(bool(self._drafts))
        self._nothing.setVisible(not self._drafts)

    def _draft_line(self, draft: Draft) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        link = self._draft_button(draft)
        self._links.append(link)
        row.addWidget(link, 1)
        if self._takers:
            give = push_button(f"hand-over-{draft.id}", "flat")
            give.setText(self.tr("Hand over"))
            give.setToolTip(self.tr("Somebody else goes on with it; who began it is kept"))
            menu = QMenu(give)
            for taker in self._takers:
                action = menu.addAction(icon("person", tokens_now().primary), taker)
                action.triggered.connect(partial(self._give, draft, taker))
            give.setMenu(menu)
            self._gives.append(give)
            row.addWidget(give)
        return line

    def _give(self, draft: Draft, taker: OperatorNumber, _checked: object = None) -> None:
        self.hand_over_asked.emit(draft, taker)

    def _word_room(self) -> None:
        room = self._room
        if room is None or room > ROOM_TO_SPARE:
            self.room_line.clear()
        elif room:
            words = self.tr("The disk has room for about %n more registration(s)", "", room)
            self.room_line.tell(Tone.WARN if room < ROOM_SCARCE else Tone.INFO, words)
        else:
            self.room_line.tell(
                Tone.STOP,
                self.tr("The disk is nearly full: new registrations are paused until it has room"),
            )

    def _draft_button(self, draft: Draft) -> QPushButton:
        button = push_button(f"draft-{draft.id}", "link")
        button.setText("   ".join(part for part in self._parts(draft) if part))
        button.setIcon(icon("retry", tokens_now().primary))
        button.clicked.connect(lambda: self.resume_asked.emit(draft))
        return button

    def _parts(self, draft: Draft) -> tuple[str, ...]:
        names = [draft.fields[name].value.reveal() for name in _NAMES if name in draft.fields]
        name = mask_name(names[0]) if names and names[0] else self.tr("No name yet")
        number = mask_msisdn(draft.line.msisdn.reveal()) if draft.line else ""
        old = age(draft.started, self._now) if self._now is not None else ""
        return (self.draft_title(draft.id), name, number, old)

    def draft_title(self, registration: RegistrationId) -> str:
        """Return how a draft is called on the screen."""
        return self.tr("Draft {id}").format(id=registration[:8])

    def _lay_out(self) -> None:
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(820)
        grid = QGridLayout(card)
        grid.setContentsMargins(32, 28, 32, 28)
        grid.setSpacing(14)
        grid.addWidget(self._carrier, 0, 0, 1, 3)
        grid.addWidget(self._title, 1, 0, 1, 3)
        grid.addWidget(self.new, 2, 0, 1, 3)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, 3, place)
            grid.setColumnStretch(place, 1)
        pieces = (
            self.room_line,
            self.problem_box,
            self.told,
            self.busy,
            self._drafts_title,
            self._nothing,
        )
        for row, piece in enumerate(pieces, start=4):
            grid.addWidget(piece, row, 0, 1, 3)
        grid.addLayout(self._list, 4 + len(pieces), 0, 1, 3)
        put_in_the_middle(self, card)
        self._list.setAlignment(Qt.AlignmentFlag.AlignTop)
