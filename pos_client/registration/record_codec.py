"""The registration record as the bytes that are sealed; `docs/record.md` describes their shape."""

from typing import Any, Final

from pos_client.model.packet import canonical_json
from pos_client.model.registration import (
    Channel,
    Evidence,
    FaceOutcome,
    IdentityDocument,
    Line,
    Person,
    Registration,
    Times,
)
from pos_client.registration import evidence_json

VERSION: Final = 1
_MEDIA_TYPE: Final = "image/jpeg"


def encode(registration: Registration) -> bytes:
    """Return the record as canonical JSON; pictures by size and SHA-256 only."""
    possession = registration.possession
    return canonical_json(
        {
            "v": VERSION,
            "id": registration.id,
            "kind": registration.flow,
            "training": registration.training,
            "policy": {"id": registration.policy_id, "version": registration.policy_version},
            "channel": _channel(registration.channel),
            "device": {
                "id": registration.device.device_id,
                "app_version": registration.device.app_version,
            },
            "times": _times(registration.times),
            "persons": [_person(each) for each in registration.persons],
            "lines": [_line(each) for each in registration.lines],
            "possession": (
                {"method": possession.method, "result": possession.result} if possession else None
            ),
            "evidence": [_evidence(each) for each in registration.evidence],
            "notices": [evidence_json.notice(each) for each in registration.notices],
            "signatures": [
                {"strokes": each.strokes.reveal(), "shown_sha256": each.shown_sha256}
                for each in registration.signatures
            ],
            "checks": [
                {
                    "rule": each.rule,
                    "severity": each.severity,
                    "about": each.about,
                    "confirmed_by": each.confirmed_by,
                }
                for each in registration.rules
            ],
            "decisions": [evidence_json.decision(each) for each in registration.decisions],
            "supersedes": registration.supersedes,
        }
    )


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "carrier": channel.carrier,
        "dealers": list(channel.dealers),
        "outlet": channel.outlet,
        "operator": channel.operator,
    }


def _times(times: Times) -> dict[str, Any]:
    return {
        "started": evidence_json.moment(times.started),
        "sealed": evidence_json.moment(times.sealed),
        "clock_offset_s": times.clock_offset_s,
        "timezone": times.timezone,
        "boot_id": times.boot_id,
        "monotonic_ms": times.monotonic_ms,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "document": _document(person.document),
        "contact": person.contact.reveal() if person.contact else None,
        "face": _face(person.face) if person.face else None,
    }


def _face(face: FaceOutcome) -> dict[str, Any]:
    return {
        "score": face.score,
        "threshold": face.threshold,
        "decision": face.decision,
        "method": face.method,
        "attempts": face.attempts,
        "tries": [evidence_json.face_try(each) for each in face.tries],
    }


def _document(document: IdentityDocument) -> dict[str, Any]:
    typed_over = {field.name: evidence_json.field(field) for field in document.read}
    return {
        "kind": document.kind,
        "fields": {
            field.name: {**evidence_json.field(field), "read": typed_over.get(field.name)}
            for field in document.fields
        },
        "mrz": [line.reveal() for line in document.mrz],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "msisdn": line.msisdn.reveal(),
        "iccid": line.iccid.reveal(),
        "iccid_source": line.iccid_source,
        "imei": line.imei.reveal() if line.imei else None,
        "action": line.action,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "kind": evidence.kind,
        "side": evidence.side,
        "media_type": _MEDIA_TYPE,
        "size": len(evidence.image.jpeg.reveal()),
        **evidence_json.picture(evidence.image),
    }
