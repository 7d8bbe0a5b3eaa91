"""The desk as the screens need it: every sentence a screen may say to the rest of the client."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from pos_client.model.camera_check import CameraReport, CameraUse, Target
from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind, Side
from pos_client.model.draft import Draft
from pos_client.model.face import FaceMethod, FaceTry
from pos_client.model.field import FieldName, Source
from pos_client.model.operator import Operator, OperatorRole, SecondOpinion
from pos_client.model.policy import PolicyPack
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import NoticeAnswer, OperatorNumber, RegistrationId
from pos_client.model.row import Row
from pos_client.model.rules import Finding
from pos_client.model.status import Status, TillState
from pos_client.model.steps import Step
from pos_client.model.stick import Exported, Imported
from pos_client.model.timeline import Happening
from pos_client.model.view import Shutter, View, Wanted


class CounterDesk(Protocol):
    """Everything here may block (disk, camera, recogniser), so screens call it in the background.

    Only `status`, `policy`, `documents`, `wording`, `steps`, `findings` and `operator` answer at
    once. Every verb may raise a `Problem`. Verbs on a draft save it before they return.
    """

    # -- the till ---------------------------------------------------------------------------
    def till_state(self) -> TillState:
        """Say whether the till is new, locked or open."""
        ...

    def enrol(self, invitation: bytes, operator: OperatorNumber, pin: Private[str]) -> Operator:
        """Enrol the device with the carrier's invitation file and make the first operator."""
        ...

    def sign_in(self, number: OperatorNumber, pin: Private[str]) -> Operator:
        """Open the till for an operator. Raises WrongPin (with tries or seconds left)."""
        ...

    def lock(self) -> None:
        """Lock the screen; drafts are kept, sending goes on."""
        ...

    def ask_recovery(self, pin: Private[str]) -> bytes:
        """Return the request for lost keys; `pin` will be the new one. Raises PinTooShort."""
        ...

    def take_recovery(self, answer: bytes, number: OperatorNumber, pin: Private[str]) -> Operator:
        """Take the carrier's answer; `number` becomes an administrator. Raises a Problem."""
        ...

    def operator(self) -> Operator | None:
        """Return who is signed in."""
        ...

    def operators(self) -> tuple[Operator, ...]:
        """Return who may sign in, in the order of their numbers."""
        ...

    def add_operator(self, number: OperatorNumber, role: OperatorRole, pin: Private[str]) -> None:
        """Let one more person in. Raises NotAllowed, OperatorKnown, PinTooShort."""
        ...

    def remove_operator(self, number: OperatorNumber) -> None:
        """Shut somebody out; the store gets a new key. Raises NotAllowed and others."""
        ...

    def reset_pin(self, number: OperatorNumber, pin: Private[str]) -> None:
        """Give somebody who forgot it a new PIN. Raises NotAllowed, PinTooShort."""
        ...

    def change_pin(self, old: Private[str], new: Private[str]) -> None:
        """Give whoever is signed in a new PIN for the old one. Raises WrongPin, PinTooShort."""
        ...

    def policy(self) -> PolicyPack:
        """Return the policy pack in force."""
        ...

    def documents(self) -> tuple[DocumentDeclaration, ...]:
        """Return the documents this flow accepts, most usual first."""
        ...

    def wording(self, finding: Finding, language: str) -> str:
        """Return the sentence for a finding in `en` or `zh_CN`, placeholders filled."""
        ...

    def hint(self, rule: str, language: str, values: Mapping[str, str] | None = None) -> str:
        """Return the sentence for a capture hint such as `CAP05`, with `values` filled in."""
        ...

    # -- the camera -------------------------------------------------------------------------
    def cameras(self) -> tuple[str, ...]:
        """Return the names of the cameras that can be opened now."""
        ...

    def choose_camera(self, name: str, use: CameraUse = CameraUse.DOCUMENT) -> None:
        """Use this camera from the next capture on, today and after the next start."""
        ...

    def chosen_camera(self, use: CameraUse = CameraUse.DOCUMENT) -> str:
        """Return the name of the camera for this use; one camera may do for both."""
        ...

    def camera_target(self) -> Target:
        """Return the target to be printed, at which `check_camera` looks."""
        ...

    def check_camera(self, show: Callable[[View], None], shutter: Shutter) -> CameraReport | None:
        """Grade the document camera on the printed target. None when the shutter was stopped."""
        ...

    def warm_up(self) -> None:
        """Load the recogniser; called once after the window is up."""
        ...

    def look(
        self, wanted: Wanted, show: Callable[[View], None], shutter: Shutter
    ) -> Reading | None:
        """Watch the camera until one wanted side is read. None when the shutter was stopped.

        `show` is called from the capture thread at most 30 times a second, with the newest picture.
        """
        ...

    def scan_sim(self, show: Callable[[View], None], shutter: Shutter) -> Private[str] | None:
        """Watch the camera until a SIM's ICCID barcode is read. None when stopped."""
        ...

    def face_photo(self, draft: Draft) -> Private[bytes]:
        """Return the holder's photo on the card as JPEG. Raises PortraitUnusable and others."""
        ...

    def look_at_face(
        self, draft: Draft, show: Callable[[View], None], shutter: Shutter
    ) -> FaceTry | None:
        """Look at the customer once, and compare. None when the shutter was stopped.

        Raises FaceModelsMissing, PortraitUnusable, FaceNotAgreed, NoTriesLeft.
        """
        ...

    # -- the draft --------------------------------------------------------------------------
    def begin(self) -> Draft:
        """Start a new registration. Raises a Problem where policy pauses new work."""
        ...

    def parked(self) -> tuple[Draft, ...]:
        """Return the saved drafts of this operator, newest first: parked or left by a crash."""
        ...

    def choose_document(self, draft: Draft, kind: DocumentKind) -> Draft:
        """Say which document it is, where the camera guessed wrong or fields are typed."""
        ...

    def take_reading(self, draft: Draft, reading: Reading) -> Draft:
        """Take a side's reading over into the draft; typed values are never overwritten."""
        ...

    def retake(self, draft: Draft, side: Side) -> Draft:
        """Forget one side, so that it can be captured again."""
        ...

    def type_field(self, draft: Draft, name: FieldName, text: Private[str]) -> Draft:
        """Put a typed value into a field. What was read is kept beside it."""
        ...

    def undo_field(self, draft: Draft, name: FieldName) -> Draft:
        """Put the value back that was read."""
        ...

    def confirm(self, draft: Draft, what: str) -> Draft:
        """Note that the operator compared a field with the print, or accepted a WARN rule."""
        ...

    def second_person_decides(
        self,
        draft: Draft,
        rule: str,
        opinion: SecondOpinion,
        reason: str,
        approver: tuple[OperatorNumber, Private[str]],
    ) -> Draft:
        """Let a supervisor accept or refuse a warning. Raises SamePerson, NotAllowed, WrongPin."""
        ...

    def take_face(self, draft: Draft, made: FaceTry) -> Draft:
        """Keep what came of one look at the customer. Raises FaceNotAgreed, NoTriesLeft."""
        ...

    def choose_face_method(self, draft: Draft, method: FaceMethod) -> Draft:
        """Find out who it is in another way. Raises FaceNotOffered."""
        ...

    def hand_over(self, draft: Draft, taker: OperatorNumber) -> Draft:
        """Give a parked draft to another operator. Raises DraftOfAnother, OperatorUnknown."""
        ...

    def set_line(
        self, draft: Draft, msisdn: Private[str], iccid: Private[str], source: Source
    ) -> Draft:
        """Put in the number and the SIM; `source` says whether the ICCID was scanned or typed."""
        ...

    def answer_notice(self, draft: Draft, answer: NoticeAnswer) -> Draft:
        """Keep what the customer answered to a notice, with the version shown."""
        ...

    def read_back(self, draft: Draft, *, done: bool) -> Draft:
        """Note that name and number were read to the customer."""
        ...

    def steps(self, draft: Draft) -> tuple[Step, ...]:
        """Return the parts of this visit and what still stands in the way of each."""
        ...

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """Return what the rules say about the draft as it stands."""
        ...

    def submit(self, draft: Draft) -> CustomerReceipt:
        """Seal the registration and put it into the outbox. Once this returns it cannot be lost."""
        ...

    def discard(self, draft: Draft) -> None:
        """Forget a draft for good."""
        ...

    # -- after submit -----------------------------------------------------------------------
    def rows(self, *, limit: int = 50, after: RegistrationId | None = None) -> tuple[Row, ...]:
        """Return a page of the waiting list, newest first, starting behind `after`."""
        ...

    def timeline(self, registration: RegistrationId) -> tuple[Happening, ...]:
        """Return what happened to a registration, oldest first."""
        ...

    def revise(self, registration: RegistrationId) -> Draft:
        """Start the registration that corrects a returned one."""
        ...

    def export_queue(self, file: Path) -> Exported:
        """Write every packet that the carrier does not hold yet into a new file."""
        ...

    def import_file(self, file: Path) -> Imported:
        """Take in what came on a stick: receipts for this till, or packets of another one."""
        ...

    def try_again(self, registration: RegistrationId) -> None:
        """Make a quarantined or waiting row due now."""
        ...

    def receipt(self, registration: RegistrationId) -> CustomerReceipt:
        """Return the receipt of a registration for printing once more; counts the copy."""
        ...

    def receipt_code(self, registration: RegistrationId) -> tuple[tuple[bool, ...], ...]:
        """Return the QR code of a registration's id for its receipt, True for dark modules."""
        ...

    def sync_now(self) -> None:
        """Send what is due and fetch decisions, without waiting for the schedule."""
        ...

    def status(self) -> Status:
        """Return what the status strip shows."""
        ...
