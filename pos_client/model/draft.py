"""A registration while the clerk may still change it."""

from dataclasses import dataclass, field
from datetime import datetime

from pos_client.model.document import DocumentImage, DocumentKind, Side
from pos_client.model.face import FaceCheck
from pos_client.model.field import Field, FieldName
from pos_client.model.private import Private
from pos_client.model.registration import (
    FlowKind,
    Line,
    NoticeAnswer,
    OperatorDecision,
    OperatorNumber,
    RegistrationId,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is known so far. Every step gives a new Draft, which is saved before the next one.

    `fields` holds the current value of each field by name; `read_fields` what the camera read, so
    that an edit can be undone and the carrier sees both. `images` holds one picture a side.
    `confirmed` names the fields the operator compared with the print and the WARN rules accepted.
    `supersedes` is the returned registration that this one corrects. `face` holds the tries at
    comparing person and card, None while there was none.
    """

    id: RegistrationId
    flow: FlowKind
    operator: OperatorNumber
    started: datetime
    document: DocumentKind | None = None
    fields: dict[FieldName, Field] = field(default_factory=dict)
    read_fields: dict[FieldName, Field] = field(default_factory=dict)
    mrz: tuple[Private[str], ...] = ()
    images: dict[Side, DocumentImage] = field(default_factory=dict)
    line: Line | None = None
    notices: tuple[NoticeAnswer, ...] = ()
    confirmed: frozenset[str] = frozenset()
    decisions: tuple[OperatorDecision, ...] = ()
    read_back: bool = False
    revision: int = 0
    supersedes: RegistrationId | None = None
    face: FaceCheck | None = None
