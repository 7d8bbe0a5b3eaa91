"""What is lawful here and now, as the carrier's lawyer wrote it: the policy pack."""

from dataclasses import dataclass

from pos_client.model.document import DocumentKind
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
class PolicyPack:
    """One signed, versioned edition of the rules. A TRAINING pack never syncs to a real carrier.

    `severities` soften or harden single rules; `iccid_prefixes` are the carrier's own SIM cards;
    `msisdn_patterns` regular expressions of its numbers; `offered_numbers` the outlet's stock.
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
