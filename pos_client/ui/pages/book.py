"""All pages of the window, one of them open; the one that is left forgets the customer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_client.model.problems import Problem
from pos_client.ui.background import Background
from pos_client.ui.pages.camera_check import CameraCheckPage
from pos_client.ui.pages.done import DonePage
from pos_client.ui.pages.home import HomePage
from pos_client.ui.pages.page import Page, PageName, scrolled
from pos_client.ui.pages.recovery import RecoveryPage
from pos_client.ui.pages.registration import RegistrationPage
from pos_client.ui.pages.set_up import SetUpPage
from pos_client.ui.pages.sign_in import SignInPage
from pos_client.ui.pages.staff import StaffPage
from pos_client.ui.pages.waiting import WaitingPage
from pos_client.ui.port import CounterDesk
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.words import language_now


class Book(QStackedWidget):
    """Pages are made once and live as long as the window."""

    #: Another page is open.
    turned = Signal(PageName)

    def __init__(
        self, desk: CounterDesk, background: Background, surroundings: Surroundings
    ) -> None:
        super().__init__()
        self.set_up = SetUpPage()
        self.sign_in = SignInPage()
        self.home = HomePage()
        self.registration = RegistrationPage(
            lambda rule, values: desk.hint(rule, language_now(), values),
            lambda finding: desk.wording(finding, language_now()),
        )
        self.done = DonePage()
        self.waiting = WaitingPage(desk, background, surroundings.now)
        self.camera = CameraCheckPage(desk, background, surroundings.receipts)
        self.waiting.setObjectName("page-waiting")
        self.staff = StaffPage()
        self.recovery = RecoveryPage()
        pages: dict[PageName, QWidget] = {
            PageName.SET_UP: self.set_up,
            PageName.SIGN_IN: self.sign_in,
            PageName.HOME: self.home,
            PageName.REGISTRATION: self.registration,
            PageName.DONE: self.done,
            PageName.WAITING: self.waiting,
            PageName.CAMERA: self.camera,
            PageName.STAFF: self.staff,
            PageName.RECOVERY: self.recovery,
        }
        self._pages = pages
        self._leaves = {name: self._leaf(name, page) for name, page in pages.items()}
        self.page = PageName.SIGN_IN
        self.setCurrentWidget(self._leaves[self.page])

    def show_problem(self, problem: Problem) -> None:
        """Show a problem on the page that is open, whatever went wrong."""
        shows = {
            PageName.SET_UP: self.set_up.show_problem,
            PageName.SIGN_IN: self.sign_in.show_problem,
            PageName.HOME: self.home.show_problem,
            PageName.REGISTRATION: self.registration.problem_box.show_problem,
            PageName.DONE: self.done.show_problem,
            PageName.WAITING: self.waiting.problem_box.show_problem,
            PageName.CAMERA: self.camera.problem_box.show_problem,
            PageName.STAFF: self.staff.show_problem,
            PageName.RECOVERY: self.recovery.show_problem,
        }
        shows[self.page](problem)

    def go_to(self, name: PageName) -> None:
        """Open a page."""
        before, after = self._pages[self.page], self._pages[name]
        self.page = name
        if isinstance(before, Page) and before is not after:
            before.forget()
        self.setCurrentWidget(self._leaves[name])
        self.turned.emit(name)
        self.put_keyboard()

    def _leaf(self, name: PageName, page: QWidget) -> QWidget:
        """Put a page in; a low window scrolls it, but for those that scroll by themselves."""
        own = {PageName.REGISTRATION, PageName.WAITING}
        leaf = page if name in own else scrolled(page)
        self.addWidget(leaf)
        return leaf

    def put_keyboard(self) -> None:
        """Put the keyboard where the work of the open page begins."""
        page = self._pages[self.page]
        if isinstance(page, Page):
            page.enter()
