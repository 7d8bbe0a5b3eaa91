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
class Safety:
    """How long a till is trusted that the carrier has not heard of, and what takes two people.

    Without a word signed by the carrier for `offline_login_days` operators cannot sign in, only
    supervisors; after `lease_days` everything personal is erased and an administrator is needed.
    `four_eyes` are the rules whose warnings a second person has to accept.
    """

    offline_login_days: int = 14
    lease_days: int = 60
    four_eyes: tuple[str, ...] = ()


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
    safety: Safety = Safety()
