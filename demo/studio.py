"""One window over a desk in memory, brought into any state by keys: for pictures of screens."""

import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from demo.director import Script, Until
from pos_client.model.document import Quad, Side
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.status import TillState
from pos_client.model.steps import StepName
from pos_client.model.view import Phase, View
from pos_client.ui.background import Background
from pos_client.ui.look.dress import Theme, apply_look
from pos_client.ui.main_window import MainWindow
from pos_client.ui.pages.page import PageName
from pos_client.ui.surroundings import Surroundings
from pos_client.ui.widgets.status_strip import Chip
from pos_client.ui.words import Words
from tests.fakes import card
from tests.fakes.desk import ICCID, NOON, PIN, FakeDesk

Key = Qt.Key
CTRL: Final = Qt.KeyboardModifier.ControlModifier
CORNERS: Final = ((236, 96), (1052, 120), (1036, 636), (214, 604))


class Studio:
    """One window at a time over a desk in memory."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._words = Words(app)
        self._receipts = Path(tempfile.gettempdir()) / "pos-client-receipts"
        self.desk = FakeDesk()
        self.window: MainWindow

    def open(self, theme: Theme, language: str, size: tuple[int, int]) -> None:
        """Open a window that nobody has signed in to."""
        apply_look(self._app, theme)
        self._words.speak(language)
        self.desk = FakeDesk()
        around = Surroundings(lambda: NOON, self._receipts)
        self.window = MainWindow(self.desk, Background(_raise), self._words, around)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()

    def shoot(self, file: Path) -> None:
        """Save what the window looks like now."""
        self.window.grab().save(str(file))

    def close(self) -> None:
        """Close the window for good."""
        self.window.close()
        self.window.deleteLater()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key on the window."""
        QTest.keyClick(self.window.windowHandle(), key, modifier)

    def at(self, page: PageName) -> Until:
        """Wait for a page."""
        return Until(f"page {page}", lambda: self.window.page is page)

    def at_step(self, step: StepName) -> Until:
        """Wait for a step of the registration."""
        return Until(f"step {step}", lambda: self.window.book.registration.step is step)

    def focus(self, name: str) -> Until:
        """Wait for the keyboard to be in a widget."""
        return Until(f"keyboard in {name}", lambda: _focused() == name)

    def start(self, till: TillState = TillState.OPEN) -> Script:
        """Begin to live, with somebody signed in or not."""
        if till is TillState.OPEN:
            self.desk.sign_in(OperatorNumber("0007"), Private(PIN))
        self.desk.till = till
        self.window.start()
        page = {
            TillState.NEW: PageName.SET_UP,
            TillState.LOCKED: PageName.SIGN_IN,
            TillState.OPEN: PageName.HOME,
        }[till]
        yield self.at(page)
        yield Until("the strip", lambda: bool(self.window.strip.text(Chip.CLOCK)))

    def begin(self, *sides: Side) -> Script:
        """Start a registration and lay down sides of the specimen."""
        yield from self.start()
        self.desk.lay_down(*sides)
        self.press(Key.Key_F2)
        yield self.at(PageName.REGISTRATION)
        page = self.window.book.registration
        yield Until("the sides", lambda: page.standing is not None and self._has(sides))
        yield Until("the flight's end", lambda: not self.window.findChildren(QLabel, "flying"))

    def hold(self, hint: str | None, phase: Phase, steady: float = 0.0) -> None:
        """Show the specimen before the camera."""
        self.window.book.registration.camera.view.show_view(preview(hint, phase, steady))

    def fill_line(self) -> Script:
        """Give a number and a SIM card."""
        page = self.window.book.registration
        self.press(Key.Key_2, CTRL)
        yield self.at_step(StepName.LINE)
        page.line.take_scanned_number(Private("13800138002"))
        page.line.take_scan(Private(ICCID))
        yield Until(
            "the line", lambda: page.standing is not None and page.standing.line is not None
        )

    def _has(self, sides: tuple[Side, ...]) -> bool:
        standing = self.window.book.registration.standing
        return standing is not None and set(sides) <= set(standing.draft.images)


def preview(hint: str | None, phase: Phase, steady: float) -> View:
    """Draw the specimen lying askew on a desk, as a camera would see it."""
    frame = QImage(1280, 720, QImage.Format.Format_RGB32)
    frame.fill(QColor("#6E6659"))
    painter = QPainter(frame)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    printed = QImage.fromData(card.draw(Side.PORTRAIT))
    own = QPolygonF(QRect(QPoint(0, 0), printed.size()).toRectF())
    there = QPolygonF([QPointF(x, y) for x, y in CORNERS])
    lean = QTransform()
    own.removeLast()
    if QTransform.quadToQuad(own, there, lean):
        painter.setTransform(lean)
    painter.drawImage(0, 0, printed)
    painter.end()
    corners = Quad(*((float(x), float(y)) for x, y in CORNERS))
    bgrx = bytes(frame.constBits())
    return View(1280, 720, bgrx, phase, corners, hint, steady)


def _focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def _raise(bug: Exception) -> None:
    raise bug
