"""The scenes of the screenshots: each brings the window into a state, by keys and invented data."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QPushButton

from demo.director import Script, Until
from demo.face_scenes import FACE_SCENES
from demo.studio import CTRL, Key, Studio, preview
from pos_client.capture.camera_problems import PictureDark, PictureNotSharp
from pos_client.model.camera_check import Aspect, CameraMode, CameraReport, Grade, Mark
from pos_client.model.document import Side
from pos_client.model.field import FieldName
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.row import RowState
from pos_client.model.status import LinkState, TillState
from pos_client.model.steps import StepName
from pos_client.model.view import Phase, View
from pos_client.outbox.problems import DiskFull
from pos_client.ui.pages.page import PageName

REPORT: Final = CameraReport(
    "Drawn camera",
    CameraMode(1280, 720, "MJPG", 28),
    (
        Mark(Aspect.RESOLUTION, Grade.GOOD, 10.3, "px/mm"),
        Mark(Aspect.FOCUS, Grade.FAIR, 2.0, "lp/mm", PictureNotSharp()),
        Mark(Aspect.EXPOSURE, Grade.POOR, 96, "", PictureDark()),
        Mark(Aspect.NOISE, Grade.GOOD, 2.1, ""),
        Mark(Aspect.COLOUR, Grade.GOOD, 4.2, "ΔE"),
        Mark(Aspect.SPEED, Grade.GOOD, 28, "1/s"),
    ),
)


def set_up(studio: Studio) -> Script:
    """The first start."""
    yield from studio.start(TillState.NEW)


def sign_in(studio: Studio) -> Script:
    """Nobody is signed in."""
    yield from studio.start(TillState.LOCKED)


def wrong_pin(studio: Studio) -> Script:
    """The PIN was wrong."""
    yield from studio.start(TillState.LOCKED)
    page = studio.window.book.sign_in
    page.number.setText("0007")
    page.pin.setText("0000")
    page.button.click()
    yield Until("the problem", lambda: not page.problem_box.isHidden())


def recovery(studio: Studio) -> Script:
    """Nobody can sign in any more; the request to the carrier was written."""
    yield from studio.start(TillState.LOCKED)
    studio.window.book.sign_in.lost.click()
    yield studio.at(PageName.RECOVERY)
    page = studio.window.book.recovery
    page.number.setText("9001")
    page.show_written(Path("/media/usb/recovery-request.json"))


def home_empty(studio: Studio) -> Script:
    """Nothing waits."""
    yield from studio.start()


def home_drafts(studio: Studio) -> Script:
    """A parked draft, and registrations that wait or came back."""
    studio.desk.fill_outbox()
    yield from studio.begin(Side.PORTRAIT)
    studio.press(Key.Key_B, CTRL)
    yield studio.at(PageName.HOME)
    yield Until("the draft", lambda: bool(studio.window.book.home.draft_buttons()))


def home_little_room(studio: Studio) -> Script:
    """The disk fills up; a draft may go on with somebody else."""
    number = OperatorNumber("2001")
    studio.desk.staff[number] = Operator(number, OperatorRole.SUPERVISOR)
    studio.desk.room = 40
    yield from home_drafts(studio)
    home = studio.window.book.home
    yield Until("hand over", lambda: bool(home.hand_over_buttons()))
    yield Until("the room", lambda: not home.room_line.isHidden())


def camera_hint(studio: Studio) -> Script:
    """The camera sees a reflection."""
    yield from studio.begin()
    studio.hold("CAP05", Phase.ADJUST)


def camera_next_side(studio: Studio) -> Script:
    """One side is there, the other is live."""
    yield from studio.begin(Side.PORTRAIT)
    studio.hold("CAP08", Phase.STEADY, 0.6)


def camera_stuck(studio: Studio) -> Script:
    """Nothing was read for twelve seconds."""
    yield from studio.begin()
    studio.hold("CAP13", Phase.ADJUST)


def identity_to_check(studio: Studio) -> Script:
    """Both sides are read; one field is doubtful."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield studio.focus("value-address")


def identity_wrong(studio: Studio) -> Script:
    """A number that cannot be, and another that was corrected."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    identity = studio.window.book.registration.identity
    identity.value_typed.emit("id_number", Private("1101051949123100"))
    identity.value_typed.emit("name", Private("样木"))
    yield Until("the mark", lambda: identity.open_count == 2)
    identity.go_to(FieldName("id_number"))


def identity_typed(studio: Studio) -> Script:
    """Everything is typed."""
    yield from studio.begin()
    studio.press(Key.Key_F4)
    yield studio.focus("document-kinds")
    studio.press(Key.Key_Return)
    yield studio.focus("value-name")


def document_kinds(studio: Studio) -> Script:
    """Which document is it?"""
    yield from studio.begin(Side.PORTRAIT)
    studio.press(Key.Key_D, CTRL)
    yield studio.focus("document-kinds")


def passport(studio: Studio) -> Script:
    """A passport."""
    yield from studio.begin(Side.DATA)
    studio.press(Key.Key_1, CTRL)


def line(studio: Studio) -> Script:
    """Choosing a number while the camera waits for the SIM card."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    studio.press(Key.Key_2, CTRL)
    yield studio.focus("msisdn")


def line_done(studio: Studio) -> Script:
    """Number and SIM card are there."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield from studio.fill_line()


def notices(studio: Studio) -> Script:
    """The first notice."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    studio.press(Key.Key_3, CTRL)
    yield studio.at_step(StepName.NOTICES)


def notices_declined(studio: Studio) -> Script:
    """The customer said no."""
    yield from notices(studio)
    studio.window.book.registration.notices.decline.click()


def review_open(studio: Studio) -> Script:
    """Something still stands in the way."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield from studio.fill_line()
    studio.press(Key.Key_F12)
    yield studio.at_step(StepName.REVIEW)


def review_ready(studio: Studio) -> Script:
    """Nothing stands in the way."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield studio.focus("value-address")
    studio.press(Key.Key_Return)
    yield studio.at_step(StepName.LINE)
    yield from studio.fill_line()
    studio.press(Key.Key_3, CTRL)
    page = studio.window.book.registration
    for count in range(page.notices.count):
        studio.press(Key.Key_F9)
        yield Until("an answer", lambda n=count: page.notices.accepted_count > n)  # type: ignore[misc]  # bound in the loop
    yield studio.at_step(StepName.REVIEW)
    for button in page.review.accept_buttons():
        button.click()
    yield Until("the warnings accepted", lambda: not page.review.accept_buttons())
    studio.press(Key.Key_F9)
    yield Until("all ready", page.review.submit.isEnabled)


def review_second(studio: Studio) -> Script:
    """A warning that takes two people; the second one has the keyboard."""
    studio.desk.link = LinkState.OFFLINE
    studio.desk.leave_to_two("QTA02")
    yield from review_open(studio)
    review = studio.window.book.registration.review
    button = review.findChild(QPushButton, "second-QTA02")
    assert isinstance(button, QPushButton)  # noqa: S101 - it is the point of the picture
    button.click()
    yield studio.focus("second-number")


def leaving(studio: Studio) -> Script:
    """What becomes of the draft?"""
    yield from studio.begin(Side.PORTRAIT)
    studio.press(Key.Key_Escape)
    yield studio.focus("leave-park")


def not_saved(studio: Studio) -> Script:
    """The disk is full; what was typed is still there."""
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield studio.focus("value-address")
    studio.desk.trouble["type_field"] = DiskFull()
    page = studio.window.book.registration
    page.identity.value_typed.emit("name", Private("样本人"))
    yield Until("the problem", lambda: not page.problem_box.isHidden())


def done_online(studio: Studio) -> Script:
    """Saved, and being sent."""
    yield from review_ready(studio)
    studio.press(Key.Key_F12)
    yield studio.at(PageName.DONE)


def done_offline(studio: Studio) -> Script:
    """Saved without a network, and printed."""
    studio.desk.link = LinkState.OFFLINE
    yield from done_online(studio)
    studio.press(Key.Key_P, CTRL)
    yield Until("the print", lambda: not studio.window.book.done.printed.isHidden())


def waiting(studio: Studio) -> Script:
    """Registrations in every state."""
    studio.desk.fill_outbox()
    yield from studio.start()
    studio.press(Key.Key_F7)
    yield studio.at(PageName.WAITING)
    page = studio.window.book.waiting
    yield Until("the rows", lambda: page.table.rowCount() == len(RowState))


def camera_check(studio: Studio) -> Script:
    """A camera with its marks: good, fair and poor."""
    studio.desk.reports.append(REPORT)
    yield from studio.start()
    studio.press(Key.Key_M, CTRL)
    yield studio.at(PageName.CAMERA)
    page = studio.window.book.camera
    yield Until("the marks", lambda: page.report is not None)
    page.view.show_view(preview(None, Phase.CAPTURED, 1.0))


def camera_check_none(studio: Studio) -> Script:
    """The page without any camera."""
    studio.desk.camera_name = None
    yield from studio.start()
    studio.press(Key.Key_M, CTRL)
    yield studio.at(PageName.CAMERA)
    page = studio.window.book.camera
    yield Until("the dark view", lambda: page.view.view is not None)


def camera_gone(studio: Studio) -> Script:
    """The camera was unplugged while a card was held."""
    yield from studio.begin(Side.PORTRAIT)
    studio.window.book.registration.camera.view.show_view(
        View(640, 360, bytes(640 * 360 * 4), Phase.NO_CAMERA, None, "DEV06")
    )


def staff(studio: Studio) -> Script:
    """Who may work here."""
    yield from studio.start()
    studio.press(Key.Key_F8)
    yield studio.at(PageName.STAFF)
    yield Until("the people", lambda: studio.window.book.staff.people.count() > 0)


def help_sheet(studio: Studio) -> Script:
    """The keys of the working screen."""
    yield from studio.begin(Side.PORTRAIT)
    studio.press(Key.Key_F1)
    yield studio.focus("help-close")


def locked(studio: Studio) -> Script:
    """Locked with a draft on the counter."""
    yield from studio.begin(Side.PORTRAIT)
    studio.press(Key.Key_L, CTRL)
    yield studio.focus("pin")


SCENES: Final[dict[str, Callable[[Studio], Script]]] = {
    f"{number:02}-{scene.__name__.replace('_', '-')}": scene
    for number, scene in enumerate(
        (
            set_up,
            sign_in,
            wrong_pin,
            recovery,
            home_empty,
            home_drafts,
            home_little_room,
            camera_hint,
            camera_next_side,
            camera_stuck,
            identity_to_check,
            identity_wrong,
            identity_typed,
            document_kinds,
            passport,
            line,
            line_done,
            notices,
            notices_declined,
            review_open,
            review_ready,
            review_second,
            leaving,
            not_saved,
            done_online,
            done_offline,
            waiting,
            camera_check,
            camera_check_none,
            camera_gone,
            staff,
            help_sheet,
            locked,
            *FACE_SCENES,
        ),
        start=1,
    )
}
