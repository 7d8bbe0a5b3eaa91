"""Reads the policy pack: what the carrier's lawyer wrote, taken whole or refused whole."""

import json
import re
from typing import Annotated, Final, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator
from pydantic.config import JsonDict

from pos_client import resources, wordings
from pos_client.model.document import DocumentKind
from pos_client.model.face import FaceMethod
from pos_client.model.field import Source
from pos_client.model.numbers import sim
from pos_client.model.policy import FacePolicy, Notice, OfflineLimits, PolicyPack, Safety
from pos_client.model.registration import FlowKind
from pos_client.model.rules import Severity
from pos_client.registration.problems import PolicyRefused, TrainingMismatch
from pos_client.registration.strict_part import StrictPart

#: The editions shipped with the client; the strict one is the default.
EDITIONS: Final = ("strict", "training")
MAX_PACK_BYTES: Final = 1024 * 1024

_Word = Annotated[str, Field(min_length=1, max_length=80)]
_Code = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,64}$")]
_Count = Annotated[int, Field(ge=1, le=100_000)]
_Hours = Annotated[int, Field(ge=0, le=24 * 365)]


class _Texts(StrictPart):
    en: Annotated[str, Field(min_length=1, max_length=20_000)]
    zh_CN: Annotated[str, Field(min_length=1, max_length=20_000)]  # noqa: N815 - a language code

    def plain(self) -> dict[str, str]:
        return {"en": self.en, "zh_CN": self.zh_CN}


class _Notice(StrictPart):
    id: _Code
    version: _Word
    title: _Texts
    text: _Texts
    required: bool

    def plain(self) -> Notice:
        return Notice(self.id, self.version, self.title.plain(), self.text.plain(), self.required)


class _Offline(StrictPart):
    max_days: Annotated[int, Field(ge=1, le=365)]
    max_count: _Count
    warn_at: tuple[Annotated[float, Field(gt=0, le=1)], ...]


class _Safety(StrictPart):
    offline_login_days: Annotated[int, Field(ge=1, le=365)]
    lease_days: Annotated[int, Field(ge=1, le=730)]
    four_eyes: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{2}$")], ...]


#: For editors: what `_makes_sense` says about who declines.
_WAY_OUT: Final[JsonDict] = {
    "if": {"properties": {"required": {"const": True}}},
    "then": {"properties": {"alternatives": {"minItems": 1}}},
}


class _Face(StrictPart):
    model_config = ConfigDict(json_schema_extra=_WAY_OUT)

    required: bool
    attempts: Annotated[int, Field(ge=1, le=10)]
    accept: Annotated[float, Field(gt=0, lt=1)]
    review: Annotated[float, Field(ge=-1, lt=1)]
    moves: Annotated[int, Field(ge=0, le=3)]
    alternatives: tuple[Literal[FaceMethod.MANUAL_CHECK, FaceMethod.CARRIER_CHECK], ...]
    keep_picture: bool
    consent: _Notice

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        _refuse_unless(self.review <= self.accept, "review: above accept")
        _refuse_unless(not self.consent.required, "consent: a consent that is required is none")
        once = len(set(self.alternatives)) == len(self.alternatives)
        _refuse_unless(once, "alternatives: a method stands twice")
        # Consent is asked for: where the only answer is yes, it would be none.
        way_out = bool(self.alternatives) or not self.required
        _refuse_unless(way_out, "alternatives: who declines must have another way")
        return self

    def plain(self) -> FacePolicy:
        return FacePolicy(
            self.required,
            self.attempts,
            self.accept,
            self.review,
            self.moves,
            tuple(self.alternatives),
            self.keep_picture,
            self.consent.plain(),
        )


class PolicyFile(StrictPart):
    """The file as it is written; its JSON Schema is shipped beside the packs."""

    format: Literal[1]
    id: _Word
    version: _Word
    training: bool
    carrier: _Texts
    documents: dict[FlowKind, tuple[_Code, ...]]
    accepted_sources: dict[_Code, tuple[Source, ...]]
    camera_allowed_when_no_reader: bool
    severities: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}[0-9]{2}$")], Severity]
    notices: tuple[_Notice, ...]
    offline: _Offline
    per_device_limit: _Count
    iccid_prefixes: tuple[Annotated[str, Field(pattern=r"^89[0-9]{1,8}$")], ...]
    iccid_luhn: Severity
    msisdn_patterns: tuple[_Word, ...]
    offered_numbers: tuple[Annotated[str, Field(pattern=r"^[0-9]{5,15}$")], ...]
    expiry_warning_days: Annotated[int, Field(ge=0, le=3650)]
    delete_after_ack_hours: _Hours
    draft_hours: Annotated[int, Field(ge=1, le=24 * 31)]
    idle_lock_minutes: Annotated[int, Field(ge=1, le=120)]
    hotline: _Word
    receipt_rights: _Texts
    minimum_age: Annotated[int, Field(ge=0, le=120)]
    safety: _Safety
    face: _Face | None = None

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        _refuse_unless(FlowKind.NEW_LINE in self.documents, "documents: no entry for new_line")
        for kinds in self.documents.values():
            unsourced = sorted(set(kinds) - set(self.accepted_sources))
            _refuse_unless(not unsourced, f"accepted_sources: nothing for {unsourced}")
        rules = set(wordings.load().rules)
        unknown = sorted((set(self.severities) | set(self.safety.four_eyes)) - rules)
        _refuse_unless(not unknown, f"severities, four_eyes: unknown rule {unknown}")
        ids = [notice.id for notice in self.notices]
        ids += [self.face.consent.id] if self.face else []
        _refuse_unless(len(ids) == len(set(ids)), "notices: an id stands twice")
        _refuse_unless(all(map(_compiles, self.msisdn_patterns)), "msisdn_patterns: no pattern")
        foreign = [n for n in self.offered_numbers if not sim.msisdn_fits(n, self.msisdn_patterns)]
        _refuse_unless(not foreign, "offered_numbers: a number outside msisdn_patterns")
        return self


def load_policy(edition: str) -> PolicyPack:
    """Read an edition shipped with the client: `strict` or `training`.

    Raises:
        PolicyRefused: no such edition, or its file is not valid.
    """
    if edition not in EDITIONS:
        raise PolicyRefused(key="edition", reason="not shipped with this client")
    return parse_policy(resources.path(f"policies/{edition}.json").read_bytes())


def parse_policy(untrusted: bytes) -> PolicyPack:
    """Take a policy pack's JSON apart.

    Raises:
        PolicyRefused: an unknown, missing or repeated key, or a wrong value; it names the key.
    """
    if len(untrusted) > MAX_PACK_BYTES:
        raise PolicyRefused(key="file", reason="too long")
    try:
        json.loads(untrusted, object_pairs_hook=_each_key_once)
        file = PolicyFile.model_validate_json(untrusted)
    except ValidationError as err:
        first = err.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(step) for step in first["loc"]) or "file"
        raise PolicyRefused(key=key, reason=first["msg"]) from err
    except (ValueError, RecursionError) as err:
        raise PolicyRefused(key="file", reason=str(err) or type(err).__name__) from err
    return _pack(file)


def policy_schema() -> bytes:
    """Return the JSON Schema of a policy pack as it is shipped in `policies/policy.schema.json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= PolicyFile.model_json_schema()
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def refuse_mixed_training(policy: PolicyPack, *, training_carrier: bool) -> None:
    """Let a TRAINING pack only meet a training carrier, and a real pack only a real one.

    Raises:
        TrainingMismatch: the two do not belong together.
    """
    if policy.training is not training_carrier:
        raise TrainingMismatch


def _refuse_unless(holds: bool, reason: str) -> None:
    if not holds:
        raise ValueError(reason)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    _refuse_unless(len(found) == len(pairs), "a key stands twice")
    return found


def _pack(file: PolicyFile) -> PolicyPack:
    return PolicyPack(
        id=file.id,
        version=file.version,
        training=file.training,
        carrier=file.carrier.plain(),
        documents={
            flow: tuple(DocumentKind(kind) for kind in kinds)
            for flow, kinds in file.documents.items()
        },
        accepted_sources={
            DocumentKind(kind): sources for kind, sources in file.accepted_sources.items()
        },
        camera_allowed_when_no_reader=file.camera_allowed_when_no_reader,
        severities=dict(file.severities),
        notices=tuple(each.plain() for each in file.notices),
        offline=OfflineLimits(file.offline.max_days, file.offline.max_count, file.offline.warn_at),
        per_device_limit=file.per_device_limit,
        iccid_prefixes=file.iccid_prefixes,
        iccid_luhn=file.iccid_luhn,
        msisdn_patterns=file.msisdn_patterns,
        offered_numbers=file.offered_numbers,
        expiry_warning_days=file.expiry_warning_days,
        delete_after_ack_hours=file.delete_after_ack_hours,
        draft_hours=file.draft_hours,
        idle_lock_minutes=file.idle_lock_minutes,
        hotline=file.hotline,
        receipt_rights=file.receipt_rights.plain(),
        minimum_age=file.minimum_age,
        safety=Safety(
            file.safety.offline_login_days, file.safety.lease_days, file.safety.four_eyes
        ),
        face=file.face.plain() if file.face else None,
    )
