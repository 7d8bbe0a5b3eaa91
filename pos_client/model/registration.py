"""One registration record with all its parts, as it is sealed for the carrier."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from pos_client.model.document import DocumentImage, DocumentKind, Side
from pos_client.model.face import FaceMethod, FaceTry
from pos_client.model.field import Field, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.rules import Severity

#: Made when the draft starts; also packet id and idempotency key, for ever. A lower-case UUID.
RegistrationId = NewType("RegistrationId", str)

#: The operator's number as printed on receipts and stored with each row. Never a name.
OperatorNumber = NewType("OperatorNumber", str)


class FlowKind(StrEnum):
    """What the customer came for."""

    NEW_LINE = "new_line"


class Role(StrEnum):
    """Why a person is in a registration."""

    HOLDER = "holder"
    AGENT = "agent"
    GUARDIAN = "guardian"
    HANDLER = "handler"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Channel:
    """Who stands behind the counter: carrier, dealer chain from the top, outlet, operator."""

    carrier: str
    dealers: tuple[str, ...]
    outlet: str
    operator: OperatorNumber


@dataclass(frozen=True, slots=True)
class Device:
    """The till: its enrolled id and the version of the client that made the record."""

    device_id: str
    app_version: str


@dataclass(frozen=True, slots=True)
class Times:
    """When it happened, by three clocks, so that a clock that was moved can be seen.

    `clock_offset_s` is local minus carrier time in seconds at the last contact, None if never met.
    """

    started: datetime
    sealed: datetime
    clock_offset_s: float | None
    timezone: str
    boot_id: str
    monotonic_ms: int


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """A document that was shown, with the fields taken from it.

    `read` keeps what was read of those fields that somebody typed over.
    """

    kind: DocumentKind
    fields: tuple[Field, ...]
    mrz: tuple[Private[str], ...] = ()
    read: tuple[Field, ...] = ()


class FaceDecision(StrEnum):
    """What is held of the person before the card when the record is sealed.

    The first four are the till's, of its best try. APPROVED: a second person, who stands among the
    decisions. CARRIER: left to the carrier. DECLINED: the customer did not want it and it is not
    required. NOT_COMPARED: nobody tried.
    """

    MATCH = "match"
    REVIEW = "review"
    DIFFER = "differ"
    NOT_LIVE = "not_live"
    APPROVED = "approved"
    CARRIER = "carrier"
    DECLINED = "declined"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class FaceOutcome:
    """How it was found out whether the person is the one on the card.

    `score` and `threshold` are those of the best try, None where nothing was compared.
    """

    score: float | None
    threshold: float | None
    decision: FaceDecision
    method: FaceMethod
    attempts: int
    tries: tuple[FaceTry, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the registration, with the document that shows who it is.

    `face` is None where the policy asks for no compare.
    """

    role: Role
    document: IdentityDocument
    contact: Private[str] | None = None
    face: FaceOutcome | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A number and the SIM that will carry it. `iccid_source` says scanned or typed."""

    msisdn: Private[str]
    iccid: Private[str]
    iccid_source: Source
    action: str = "activate"
    imei: Private[str] | None = None


@dataclass(frozen=True, slots=True)
class Possession:
    """How an existing number was shown to be in the customer's hand."""

    method: str
    result: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A picture that goes into the sealed packet."""

    kind: str
    side: Side | None
    image: DocumentImage


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """What the customer was shown and answered. `version` names the exact text."""

    notice_id: str
    version: str
    language: str
    shown_ms: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """Strokes of (x, y, ms) triples, bound to what was shown by its SHA-256."""

    strokes: Private[tuple[tuple[tuple[int, int, int], ...], ...]]
    shown_sha256: str


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What a rule found when the registration was sealed. No values: they stand in the fields."""

    rule: str
    severity: Severity
    about: FieldName | None
    confirmed_by: OperatorNumber | None = None


@dataclass(frozen=True, slots=True)
class OperatorDecision:
    """Something a person behind the counter decided, and why."""

    operator: OperatorNumber
    what: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """The whole record. Parts that a flow does not need are empty, never squeezed into a remark."""

    id: RegistrationId
    flow: FlowKind
    policy_id: str
    policy_version: str
    channel: Channel
    device: Device
    times: Times
    persons: tuple[Person, ...]
    lines: tuple[Line, ...]
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[NoticeAnswer, ...] = ()
    signatures: tuple[Signature, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    decisions: tuple[OperatorDecision, ...] = ()
    possession: Possession | None = None
    training: bool = False
    supersedes: RegistrationId | None = None
