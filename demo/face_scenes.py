"""The scenes of the face page: asked, looked at, matched or not, declined, left to two."""

from collections.abc import Callable
from typing import Final

from demo.director import Script, Until
from demo.studio import CTRL, Key, Studio
from pos_client.model.document import Side
from pos_client.model.face import FaceMethod, FaceVerdict
from pos_client.model.steps import StepName


def _at_face(studio: Studio) -> Script:
    """Go to the page that asks for the face; the policy of this till has one."""
    studio.desk.compare_faces()
    yield from studio.begin(Side.PORTRAIT, Side.EMBLEM)
    yield from studio.fill_line()
    studio.press(Key.Key_3, CTRL)
    yield studio.at_step(StepName.FACE)
    yield studio.focus("face-consent-text")


def face_consent(studio: Studio) -> Script:
    """The separate question to the customer."""
    yield from _at_face(studio)


def face_looking(studio: Studio) -> Script:
    """The camera asks for a movement; the photo of the card lies beside it."""
    yield from _at_face(studio)
    studio.press(Key.Key_F9)
    face = studio.window.book.registration.face
    yield Until("the person", lambda: face.view.view is not None)


def face_again(studio: Studio) -> Script:
    """It did not match; two tries are left."""
    studio.desk.faces.append(FaceVerdict.REVIEW)
    yield from _at_face(studio)
    studio.press(Key.Key_F9)
    face = studio.window.book.registration.face
    yield Until("the try", lambda: _tries(studio) == 1)
    yield Until("another try", lambda: not face.start.isHidden())


def face_matched(studio: Studio) -> Script:
    """This is the person on the card."""
    studio.desk.faces.append(FaceVerdict.MATCH)
    yield from _at_face(studio)
    studio.press(Key.Key_F9)
    face = studio.window.book.registration.face
    yield Until("the match", lambda: not face.go_on.isHidden())


def face_declined(studio: Studio) -> Script:
    """The customer does not want it; there are other ways."""
    yield from _at_face(studio)
    face = studio.window.book.registration.face
    face.consent.decline.click()
    yield Until("the ways", lambda: not face.ways[FaceMethod.CARRIER_CHECK].isHidden())


def face_second(studio: Studio) -> Script:
    """All tries are used; a second person has the keyboard."""
    studio.desk.faces.extend([FaceVerdict.REVIEW, FaceVerdict.DIFFER, FaceVerdict.NOT_LIVE])
    yield from _at_face(studio)
    studio.press(Key.Key_F9)
    face = studio.window.book.registration.face
    for tries in (1, 2):
        yield Until("a try", lambda n=tries: _tries(studio) == n)  # type: ignore[misc]  # bound in the loop
        yield Until("another try", lambda: not face.start.isHidden())
        studio.press(Key.Key_F9)
    yield Until("the question", lambda: not face.ask_second.isHidden())
    studio.press(Key.Key_F9)
    yield studio.focus("second-number")


def _tries(studio: Studio) -> int:
    standing = studio.window.book.registration.standing
    check = standing.draft.face if standing else None
    return len(check.tries) if check else 0


FACE_SCENES: Final[tuple[Callable[[Studio], Script], ...]] = (
    face_consent,
    face_looking,
    face_again,
    face_matched,
    face_declined,
    face_second,
)
