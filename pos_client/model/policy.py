"""What is lawful here and now, as the carrier's lawyer wrote it: the policy pack."""

from dataclasses import dataclass
from typing import Final

from pos_client.model.document import DocumentKind
from pos_client.model.face import FaceMethod
from pos_client.model.field import Source
from pos_client.model.registration import FlowKind
from pos_client.model.rules import Severity

#: Language code (`en`, `zh_CN`) to text.
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A text the customer is shown and answers; `version` names this very wording."""

    id: str
    version: str
    title: Texts
    text: Texts
    required: bool


@dataclass(frozen=True, slots=True)
class OfflineLimits:
    """How long and how much a till may register without contact; warnings at these shares."""

    max_days: int
    max_count: int
    warn_at: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Safety:
    """How long a till is trusted that the carrier has not heard of, and what takes two people.

    Without a word signed by the carrier for `offline_login_days` operators cannot sign in, only
    supervisors; after `lease_days` everything personal is erased and an administrator is needed.
    `four_eyes` are the rules whose warnings a second person has to accept.
    """

    offline_login_days: int = 14
    lease_days: int = 60
    four_eyes: tuple[str, ...] = ()


#: What face compare leaves open is never for one person to decide.
FACE_FOUR_EYES: Final = frozenset({"FAC06", "FAC07", "FAC08", "FAC11"})


@dataclass(frozen=True, slots=True)
class FacePolicy:
    """How the person at the counter is compared with the card.

    Attributes:
        required: without it, or another way, nothing is sealed; else it is offered.
        attempts: tries before a second person decides, 1 or more.
        accept: likeness (cosine) from which it is a match.
        review: likeness below which the two clearly differ; not above `accept`.
        moves: movements asked for in each try, 0 to 3.
        alternatives: what is offered to somebody who declines.
        keep_picture: whether a small picture of the live face goes into the sealed packet.
        consent: the separate question to the customer, in the words now in force.
    """

    required: bool
    attempts: int
    accept: float
    review: float
    moves: int
    alternatives: tuple[FaceMethod, ...]
    keep_picture: bool
    consent: Notice


@dataclass(frozen=True, slots=True)
class PolicyPack:
    """One signed, versioned edition of the rules. A TRAINING pack never syncs to a real carrier.

    `severities` soften or harden single rules; `iccid_prefixes` are the carrier's own SIM cards;
    `msisdn_patterns` regular expressions of its numbers; `offered_numbers` the outlet's stock;
    `face` how faces are compared, None where they are not.
    """

    id: str
    version: str
    training: bool
    carrier: Texts
    documents: dict[FlowKind, tuple[DocumentKind, ...]]
    accepted_sources: dict[DocumentKind, tuple[Source, ...]]
    camera_allowed_when_no_reader: bool
    severities: dict[str, Severity]
    notices: tuple[Notice, ...]
    offline: OfflineLimits
    per_device_limit: int
    iccid_prefixes: tuple[str, ...]
    iccid_luhn: Severity
    msisdn_patterns: tuple[str, ...]
    offered_numbers: tuple[str, ...]
    expiry_warning_days: int
    delete_after_ack_hours: int
    draft_hours: int
    idle_lock_minutes: int
    hotline: str
    receipt_rights: Texts
    minimum_age: int
    safety: Safety = Safety()
    face: FacePolicy | None = None

    @property
    def four_eyes(self) -> frozenset[str]:
        """The rules whose warnings a second person has to accept."""
        own = frozenset(self.safety.four_eyes)
        return own if self.face is None else own | FACE_FOUR_EYES
