"""Brings the face page, the camera and the draft together: one look at a time."""

from PySide6.QtCore import QObject, Signal

from pos_client.model.face import FaceMethod, FaceTry
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.steps import StepName
from pos_client.ui.background import Background, Lane
from pos_client.ui.eyes import Eyes
from pos_client.ui.journey import Journey
from pos_client.ui.pages.face_shown import FaceStand, face_shown
from pos_client.ui.pages.registration import RegistrationPage
from pos_client.ui.port import CounterDesk
from pos_client.ui.standing import Standing
from pos_client.ui.watching import Watching


class Facing(QObject):
    """Looks by itself once the customer agreed; every later look is asked for by the clerk.

    While its page is open the camera looks for no card.
    """

    #: The camera, the card's photo or the networks cannot be used.
    failed = Signal(Problem)

    def __init__(
        self,
        desk: CounterDesk,
        background: Background,
        page: RegistrationPage,
        journey: Journey,
        eyes: Eyes,
    ) -> None:
        super().__init__(eyes)
        self._desk, self._background = desk, background
        self._page, self._journey, self._eyes = page, journey, eyes
        self._watching = Watching(desk, background, self)
        self._watching.face_seen.connect(self._seen)
        self._watching.failed.connect(self._failed)
        self._photo_of: str | None = None
        self._photo_fine = False
        self._unsaved = False
        page.step_opened.connect(self._opened)
        page.face.start_asked.connect(self._look)
        page.face.way_chosen.connect(self._choose)
        page.face.asked_again.connect(self._stop)

    def show(self, standing: Standing) -> None:
        """Show how the face part stands, and look where that is what comes next."""
        policy = self._desk.policy().face
        if policy is None or not standing.has(StepName.FACE):
            return
        self._page.face.show_policy(policy)
        shown = face_shown(standing, policy)
        self._page.face.show_face(shown)
        if self._page.step is not StepName.FACE:
            return
        if not shown.by_camera or shown.stand is FaceStand.NO_CARD:
            self._stop()
            return
        self._fetch_photo(standing)
        if shown.stand is FaceStand.READY and self._photo_fine:
            self._look()

    def try_again(self) -> None:
        """Try once more what failed."""
        standing = self._journey.standing
        if self._page.step is StepName.FACE and standing is not None:
            self._photo_of = None
            self.show(standing)

    def stop(self) -> None:
        """Look at nobody: the page is left, or the visit is over."""
        self._stop()
        self._photo_of, self._photo_fine = None, False

    def _opened(self, step: StepName) -> None:
        if step is StepName.FACE:
            self._eyes.close_for(person=True)
            standing = self._journey.standing
            if standing is not None:
                self.show(standing)
        else:
            self.stop()
            self._eyes.close_for(person=False)

    def _look(self) -> None:
        standing = self._journey.standing
        if standing is None or self._watching.wanted is not None or self._unsaved:
            # A try that could not be saved yet still counts: no other one takes its place.
            return
        self._page.problem_box.clear()
        self._page.face.look(looking=True)
        self._watching.look_at_face(standing.draft, self._page.face.show_view)

    def _seen(self, made: FaceTry) -> None:
        def saved() -> None:
            self._unsaved = False

        self._unsaved = True
        self._page.face.look(looking=False)
        self._journey.do("face", lambda draft: self._desk.take_face(draft, made), saved)

    def _choose(self, way: FaceMethod) -> None:
        self._stop()
        self._page.problem_box.clear()
        self._journey.do("face way", lambda draft: self._desk.choose_face_method(draft, way))

    def _fetch_photo(self, standing: Standing) -> None:
        side = standing.declaration.photo_side if standing.declaration else None
        picture = standing.draft.images.get(side.side) if side else None
        if picture is None or picture.sha256 == self._photo_of:
            return
        wanted = self._photo_of = picture.sha256
        self._photo_fine = False
        draft = standing.draft

        def fetched(jpeg: Private[bytes]) -> None:
            if self._photo_of == wanted:
                self._photo_fine = True
                self._page.face.show_photo(jpeg)
                if self._journey.standing is not None:
                    self.show(self._journey.standing)

        def missing(problem: Problem) -> None:
            if self._photo_of == wanted:
                self._page.face.show_photo(None)
                self.failed.emit(problem)

        self._background.run(
            lambda: self._desk.face_photo(draft), fetched, missing, lane=Lane.ASIDE
        )

    def _failed(self, problem: Problem) -> None:
        self._page.face.look(looking=False)
        self.failed.emit(problem)

    def _stop(self) -> None:
        if self._watching.wanted is not None:
            self._watching.stop()
            self._page.face.look(looking=False)
