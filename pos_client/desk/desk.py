"""The desk: the whole client without a screen. Window, kiosk, command line and tests stand here."""

import platform
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from pos_client.desk.approval_verbs import ApprovalVerbs
from pos_client.desk.camera_verbs import CameraVerbs
from pos_client.desk.draft_verbs import DraftVerbs
from pos_client.desk.face_verbs import FaceVerbs
from pos_client.desk.follow_verbs import FollowVerbs
from pos_client.desk.problems import NeedsSecondPerson
from pos_client.desk.queue_verbs import QueueVerbs
from pos_client.desk.staff_verbs import StaffVerbs
from pos_client.desk.stages import Machine, OpenCamera, Stages, stages
from pos_client.desk.stick_verbs import StickVerbs
from pos_client.desk.till_verbs import TillVerbs
from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.draft import Draft
from pos_client.model.registration import RegistrationId
from pos_client.settings import Settings

if TYPE_CHECKING:
    from pos_client.desk.stages import Clock


class Desk(
    TillVerbs,
    StaffVerbs,
    CameraVerbs,
    DraftVerbs,
    ApprovalVerbs,
    FaceVerbs,
    QueueVerbs,
    FollowVerbs,
    StickVerbs,
):
    """Joins the stages; what it remembers lies in `Stages`, what matters in the outbox."""

    def __init__(self, settings: Settings, machine: Machine) -> None:
        """Set the desk of this till up; nothing is opened before somebody signs in.

        Raises:
            Problem: what is installed on this computer cannot be used.
        """
        self._stages: Stages = stages(settings, machine)
        TillVerbs.__init__(self, self._stages)
        StaffVerbs.__init__(self, self._stages)
        CameraVerbs.__init__(self, self._stages)
        DraftVerbs.__init__(self, self._stages)
        ApprovalVerbs.__init__(self, self._stages, self)
        FaceVerbs.__init__(self, self._stages, self, self)
        QueueVerbs.__init__(self, self._stages, self)
        FollowVerbs.__init__(self, self._stages, self)
        StickVerbs.__init__(self, self._stages)

    def begin(self) -> Draft:
        """Start a new registration: another customer, another card. Raises as `QueueVerbs`."""
        self.forget_card()
        return super().begin()

    def revise(self, registration: RegistrationId) -> Draft:
        """Start the correction of a returned registration. Raises as `FollowVerbs`."""
        self.forget_card()
        return super().revise(registration)

    def submit(self, draft: Draft) -> CustomerReceipt:
        """Seal and save. Raises NeedsSecondPerson, and as `QueueVerbs`."""
        self.require_second_person(draft)
        return super().submit(draft)

    def confirm(self, draft: Draft, what: str) -> Draft:
        """Note that the operator accepted a warning that one person may accept.

        Raises:
            NeedsSecondPerson: the policy leaves it to two.
        """
        if what in self.policy().four_eyes:
            raise NeedsSecondPerson(rules=what)
        return super().confirm(draft, what)

    def close(self) -> None:
        """Let the camera go and close the store: the client ends."""
        self.close_camera()
        super().close()


def camera_opener(clock: "Clock") -> OpenCamera:
    """Return what opens a camera by its line in the settings."""

    def open_camera(spec: str):  # type: ignore[no-untyped-def]  # a FrameSource, loaded late
        from pos_client.capture.sources import open_source  # noqa: PLC0415 - pixels load late

        return open_source(spec, clock)

    return open_camera


def boot_id() -> str:
    """Return what tells one start of this computer from the next; random where it cannot say."""
    if platform.system() == "Linux":
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return str(uuid.uuid4())
