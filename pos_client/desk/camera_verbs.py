"""The camera at the desk: which one, watching for a card, scanning a SIM."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pos_client import regions
from pos_client.desk.choices import Choices
from pos_client.desk.stages import Stages
from pos_client.model.camera_check import CameraReport, CameraUse, Target
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import RegistrationId
from pos_client.model.view import Phase, Shutter, View, Wanted

if TYPE_CHECKING:
    from pos_client.desk.eyes import Eyes

Show = Callable[[View], None]
T = TypeVar("T")


class CameraVerbs:
    """Everything that needs a camera. All of it blocks."""

    def __init__(self, stages: Stages) -> None:
        """Stand at the desk of this till."""
        self._stages = stages
        self._eyes: Eyes | None = None
        self._guard = threading.Lock()
        self._choices = Choices(stages.settings.home, stages.settings.camera)
        self._spec = self._choices.camera(CameraUse.DOCUMENT) or stages.settings.camera
        # The names behind the numbers by which settings may mean a camera, as last looked up.
        self._numbered: dict[str, str] = {}
        stages.camera = self._name(self._spec)

    def cameras(self) -> tuple[str, ...]:
        """Return the names of the cameras that can be opened now."""
        from pos_client.desk.eyes import plugged_in  # noqa: PLC0415 - pixels load late, see there

        found = plugged_in()
        # The best backend is listed first, and it is the first to be asked for a number.
        self._numbered = {str(each.index): each.name for each in reversed(found)}
        if self._stages.camera is not None:
            self._stages.camera = self._name(self._spec)
        return tuple(dict.fromkeys(each.name for each in found))

    def choose_camera(self, name: str, use: CameraUse = CameraUse.DOCUMENT) -> None:
        """Use this camera from the next capture on, today and after the next start."""
        with self._guard:
            self._choices.choose(use, f"device:{name}")
            if use is CameraUse.DOCUMENT:
                self._spec = f"device:{name}"
                self._stages.camera = name
            self._blink()

    def chosen_camera(self, use: CameraUse = CameraUse.DOCUMENT) -> str:
        """Return the name of the camera for this use; one camera may do for both."""
        return self._name(self.camera_spec(use))

    def camera_spec(self, use: CameraUse) -> str:
        """Return the line by which the camera for this use is opened."""
        if use is CameraUse.DOCUMENT:
            return self._spec
        return self._choices.camera(use) or self._spec

    def refuse_unless_camera(self) -> None:
        """Look whether the camera for cards is there, without opening it.

        Raises:
            NoSuchCamera, RecordingMissing, SourceUnknown: it is not.
        """
        from pos_client.desk.eyes import refuse_unless_there  # noqa: PLC0415 - pixels load late

        refuse_unless_there(self._spec, self.cameras())

    def camera_target(self) -> Target:
        """Return the target to be printed, at which `check_camera` looks."""
        from pos_client.capture.target import target  # noqa: PLC0415 - pixels load late

        return target()

    def check_camera(self, show: Callable[[View], None], shutter: Shutter) -> CameraReport | None:
        """Grade the document camera on the printed target. None when the shutter was stopped."""
        return self._watched(self.eyes().check, show, shutter)

    def warm_up(self) -> None:
        """Load what the first card needs; called once after the window is up.

        Raises:
            ModelsMissing: neither the networks nor Tesseract are installed.
        """
        regions.load()
        self.eyes().warm_up()

    def look(
        self, wanted: Wanted, show: Callable[[View], None], shutter: Shutter
    ) -> Reading | None:
        """Watch the camera until one wanted side is read. None when the shutter was stopped."""
        return self._watched(partial(self.eyes().look, wanted), show, shutter)

    def scan_sim(self, show: Callable[[View], None], shutter: Shutter) -> Private[str] | None:
        """Watch the camera until a SIM's ICCID bar code is read. None when stopped."""
        return self._watched(self.eyes().scan_sim, show, shutter)

    def receipt_code(self, registration: RegistrationId) -> tuple[tuple[bool, ...], ...]:
        """Return the QR code of a registration's id for its receipt, True for dark modules."""
        from pos_client.capture.qr import qr_matrix  # noqa: PLC0415 - pixels load late

        return qr_matrix(registration)

    def forget_card(self) -> None:
        """Forget the last capture: the next card is another customer's."""
        if self._eyes is not None:
            self._eyes.forget()

    def close_camera(self) -> None:
        """Let the camera go for good."""
        with self._guard:
            self._blink()

    def eyes(self) -> "Eyes":
        """Return camera and recogniser, opened when they are first needed. Raises ModelsMissing."""
        from pos_client.desk.eyes import Eyes  # noqa: PLC0415 - pixels load late, see there

        with self._guard:
            if self._eyes is None:
                stages = self._stages
                source = stages.machine.open_camera(self._spec)
                person = self.camera_spec(CameraUse.PERSON)
                other = None if person == self._spec else stages.machine.open_camera(person)
                self._eyes = Eyes(stages.documents, stages.settings.threads, source, other)
            return self._eyes

    def _watched(self, look: Callable[[Show, Shutter], T], show: Show, shutter: Shutter) -> T:
        """Look, and let the status strip say meanwhile whether the camera is there."""

        def show_and_note(view: View) -> None:
            gone = view.phase is Phase.NO_CAMERA
            self._stages.camera = None if gone else self._name(self._spec)
            show(view)

        try:
            return look(show_and_note, shutter)
        finally:
            self._stages.camera = self._name(self._spec)

    def _name(self, spec: str) -> str:
        """Return what people call the camera: a number only where its name is not known yet."""
        kind, _, what = spec.partition(":")
        if kind == "device":
            return self._numbered.get(what or "0", what or kind)
        return what or kind

    def _blink(self) -> None:
        if self._eyes is not None:
            self._eyes.close()
            self._eyes = None
