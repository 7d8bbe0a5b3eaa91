"""Brings the pages together: who may see what next, and what each key does where."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.draft import Draft
from pos_client.model.operator import Operator
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import Row
from pos_client.model.status import LinkState, Status, TillState
from pos_client.model.steps import StepName
from pos_client.ui.background import Background, Lane
from pos_client.ui.idle import IdleWatch
from pos_client.ui.pages.book import Book
from pos_client.ui.pages.keys import Deed
from pos_client.ui.pages.page import PageName
from pos_client.ui.paper import Paper
from pos_client.ui.port import CounterDesk
from pos_client.ui.pulse import Pulse
from pos_client.ui.recovering import Recovering
from pos_client.ui.staffing import Staffing
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.till import Till
from pos_client.ui.visit import Visit
from pos_client.ui.wedge import ScannerEar

_STEPS: Final = {
    Deed.IDENTITY: StepName.IDENTITY,
    Deed.LINE: StepName.LINE,
    Deed.FACE: StepName.FACE,
    Deed.NOTICES: StepName.NOTICES,
    Deed.REVIEW: StepName.REVIEW,
}
_MINUTE_MS: Final = 60_000


class Counter(QObject):
    """Hears the pages' signals and the keys, and opens the page that comes next."""

    #: Pages on which no customer's draft lies on the counter.
    RESTING: Final = frozenset({PageName.HOME, PageName.DONE, PageName.WAITING, PageName.CAMERA})

    def __init__(
        self,
        desk: CounterDesk,
        background: Background,
        surroundings: Surroundings,
        book: Book,
        pulse: Pulse,
    ) -> None:
        super().__init__(book)
        self._desk, self._background = desk, background
        self._book, self._pulse = book, pulse
        self._surroundings = surroundings
        self._till = Till(desk, background, self)
        self._visit = Visit(desk, background, book.registration, self)
        self._staffing = Staffing(desk, background, book.staff, self)
        self._recovering = Recovering(desk, background, book.recovery, self)
        self._paper = Paper(desk, background, surroundings.receipts, self)
        self._locked: tuple[OperatorNumber, RegistrationId | None] | None = None
        self._ear = ScannerEar(self)
        self._idle = IdleWatch(self)
        self._deeds = self._table()
        self._connect()

    @property
    def registration(self) -> RegistrationId | None:
        """The draft on the counter."""
        return self._visit.registration

    def start(self) -> None:
        """Show set-up, sign-in or the first page, as the till stands."""
        window = self._book.window().windowHandle()
        if window is not None:
            self._idle.watch(window)
        self._background.run(
            self._desk.till_state, self._show_first, self._book.sign_in.show_problem
        )

    def stop(self) -> None:
        """Stop looking and listening: the window closes."""
        self._idle.stop()
        self._visit.parting.stop()
        self._book.camera.forget()

    def do(self, deed: Deed) -> None:
        """Do what a key stands for on the present page."""
        if deed in _STEPS:
            self._visit.go_to(_STEPS[deed])
            return
        self._deeds[deed]()

    # -- the till -----------------------------------------------------------------------------
    def _show_first(self, state: TillState) -> None:
        for page in (self._book.sign_in, self._book.home):
            page.show_policy(self._desk.policy())
        if state is TillState.NEW:
            self._book.go_to(PageName.SET_UP)
        elif state is TillState.OPEN:
            self._go_home()
        else:
            self._book.go_to(PageName.SIGN_IN)

    def _opened(self, operator: Operator) -> None:
        policy = self._desk.policy()
        for page in (self._book.sign_in, self._book.home):
            page.show_policy(policy)
        minutes_ms = policy.idle_lock_minutes * _MINUTE_MS
        self._idle.start(self._surroundings.idle_ms or minutes_ms)
        locked, self._locked = self._locked, None
        self._go_home()
        if locked is not None and locked[0] == operator.number and locked[1] is not None:
            self._visit.resume(locked[1])

    def _refused(self, problem: Problem) -> None:
        page = self._book.set_up if self._book.page is PageName.SET_UP else self._book.sign_in
        page.show_problem(problem)

    def _lock(self, idle_minutes: int | None = None) -> None:
        operator = self._desk.operator()
        if operator is None:
            return
        self._idle.stop()
        registration = None
        if self._book.page is PageName.REGISTRATION:
            registration = self._visit.suspend(self._till.lock)
        else:
            self._till.lock()
        self._locked = (operator.number, registration)
        self._book.go_to(PageName.SIGN_IN)
        self._book.sign_in.show_locked(operator.number, idle_minutes)
        self._book.sign_in.enter()

    # -- between customers --------------------------------------------------------------------
    def _go_home(self) -> None:
        self._book.go_to(PageName.HOME)
        self._background.run(self._desk.parked, self._show_parked, self._book.home.show_problem)

    def _show_parked(self, drafts: tuple[Draft, ...]) -> None:
        if self._book.page is not PageName.HOME:
            return
        self._book.home.show_drafts(drafts, self._surroundings.now())
        if drafts:
            self._background.run(self._desk.operators, self._show_takers, lambda _: None)

    def _show_takers(self, operators: tuple[Operator, ...]) -> None:
        me = self._desk.operator()
        if me is not None:
            self._book.home.show_takers([o.number for o in operators if o.number != me.number])

    def _hand_over(self, draft: Draft, taker: str) -> None:
        def given(_: Draft) -> None:
            self._go_home()
            self._book.home.tell_handed_over(taker)

        self._background.run(
            lambda: self._desk.hand_over(draft, OperatorNumber(taker)),
            given,
            self._book.home.show_problem,
        )

    def _show_staff(self) -> None:
        self._book.go_to(PageName.STAFF)
        self._staffing.show()

    def _begin(self) -> None:
        if self._book.page is not PageName.HOME:
            self._book.go_to(PageName.HOME)
        self._book.home.wait()
        self._visit.begin()

    def _resume(self, draft: Draft) -> None:
        self._visit.resume(draft.id)

    def _visit_opened(self) -> None:
        self._book.go_to(PageName.REGISTRATION)

    def _submitted(self, receipt: CustomerReceipt) -> None:
        self._paper.take(receipt)
        self._book.done.show_receipt(receipt, self._pulse.link)
        self._book.go_to(PageName.DONE)
        self._pulse.feel()

    def _retake(self) -> None:
        if self._book.page is PageName.CAMERA:
            self._book.camera.check()
        else:
            self._visit.retake()

    def _print(self, *, a4: bool = False) -> None:
        if self._book.page is PageName.CAMERA:
            self._book.camera.print_target()
            return
        registration = self._book.done.registration
        if registration is not None:
            self._book.done.wait()
            self._paper.print(registration, a4=a4)

    def _print_again(self, registration: str) -> None:
        self._paper.print(RegistrationId(registration), a4=False)

    def _printed(self, path: Path) -> None:
        if self._book.page is PageName.WAITING:
            self._book.waiting.show_printed(path)
        elif self._book.page is PageName.DONE:
            self._book.done.show_printed(path)

    def _paper_failed(self, problem: Problem) -> None:
        if self._book.page is PageName.WAITING:
            self._book.waiting.problem_box.show_problem(problem)
        else:
            self._book.done.show_problem(problem)

    def _sync(self) -> None:
        self._background.run(
            self._desk.sync_now, lambda _: self._pulse.feel(), self._show, lane=Lane.ASIDE
        )

    def _show(self, problem: Problem) -> None:
        page = self._book.page
        if page is PageName.REGISTRATION:
            self._book.registration.problem_box.show_problem(problem)
        elif page is PageName.HOME:
            self._book.home.show_problem(problem)

    def _follow_receipt(self, status: Status, _: object) -> None:
        done = self._book.done
        if self._book.page is PageName.DONE and done.registration is not None:
            self._background.run(
                lambda: self._desk.rows(limit=20),
                lambda rows: self._show_state(rows, status.link),
                lambda _: None,
                lane=Lane.ASIDE,
            )

    def _show_state(self, rows: tuple[Row, ...], link: LinkState) -> None:
        done = self._book.done
        found = next((row for row in rows if row.id == done.registration), None)
        if found is not None:
            done.show_state(found.state, link)

    def _scanned(self, text: Private[str]) -> None:
        if self._book.page is PageName.REGISTRATION:
            self._visit.take_scan(text)

    def _back(self) -> None:
        page = self._book.page
        if page is PageName.REGISTRATION:
            self._visit.parting.back()
        elif page is PageName.RECOVERY:
            self._book.go_to(PageName.SIGN_IN)
        elif page in {PageName.WAITING, PageName.DONE, PageName.CAMERA, PageName.STAFF}:
            self._go_home()

    # -- wiring -------------------------------------------------------------------------------
    def _table(self) -> dict[Deed, Callable[[], None]]:
        visit = self._visit
        return {
            Deed.NEW: self._begin,
            Deed.RETAKE: self._retake,
            Deed.OTHER_CAMERA: visit.other_camera,
            Deed.TYPE: visit.type_instead,
            Deed.SYNC: self._sync,
            Deed.NEXT_CHECK: visit.next_to_check,
            Deed.PREVIOUS_CHECK: lambda: visit.next_to_check(backwards=True),
            Deed.WAITING: lambda: self._book.go_to(PageName.WAITING),
            Deed.CAMERA: lambda: self._book.go_to(PageName.CAMERA),
            Deed.STAFF: self._show_staff,
            Deed.ACCEPT: visit.accept,
            Deed.SUBMIT: visit.submit,
            Deed.BACK: self._back,
            Deed.DOCUMENT: visit.choose_document,
            Deed.PRINT: self._print,
            Deed.PARK: visit.parting.park,
            Deed.DISCARD: visit.parting.discard,
            Deed.LOCK: self._lock,
        }

    def _connect(self) -> None:
        book = self._book
        self._till.opened.connect(self._opened)
        self._till.refused.connect(self._refused)
        book.set_up.set_up_asked.connect(self._till.set_up)
        book.sign_in.sign_in_asked.connect(self._till.sign_in)
        book.sign_in.recovery_asked.connect(lambda: book.go_to(PageName.RECOVERY))
        book.recovery.left.connect(self._back)
        self._recovering.opened.connect(self._opened)
        book.home.new_asked.connect(self._begin)
        book.home.resume_asked.connect(self._resume)
        book.home.hand_over_asked.connect(self._hand_over)
        book.home.waiting_asked.connect(lambda: book.go_to(PageName.WAITING))
        self._visit.opened.connect(self._visit_opened)
        self._visit.parting.left.connect(self._go_home)
        self._visit.submitted.connect(self._submitted)
        self._visit.refused.connect(book.home.show_problem)
        book.done.print_asked.connect(lambda a4: self._print(a4=a4))
        book.done.next_asked.connect(self._begin)
        book.waiting.print_again_chosen.connect(self._print_again)
        book.waiting.correction_begun.connect(self._resume)
        book.waiting.queue_touched.connect(self._pulse.feel)
        self._pulse.felt.connect(self._follow_receipt)
        self._paper.printed.connect(self._printed)
        self._paper.failed.connect(self._paper_failed)
        self._ear.scanned.connect(self._scanned)
        self._ear.heard.connect(self._idle.touch)
        minutes = self._desk.policy().idle_lock_minutes
        self._idle.idle.connect(lambda: self._lock(minutes))
