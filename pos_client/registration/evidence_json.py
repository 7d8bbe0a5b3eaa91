"""How values, pictures and moments are written as JSON, in drafts and sealed records alike."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from pos_client.model.document import DocumentImage
from pos_client.model.face import FaceTry
from pos_client.model.field import Field
from pos_client.model.registration import NoticeAnswer, OperatorDecision


def moment(at: datetime) -> str:
    """Return an aware time as UTC to the microsecond: `2025-06-01T08:00:00.000000Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def field(value: Field) -> dict[str, Any]:
    """Return a value with its provenance; its name is the key under which it stands."""
    box = value.box
    return {
        "value": value.value.reveal(),
        "raw": value.raw.reveal(),
        "source": value.source,
        "confidence": value.confidence,
        "box": [box.x, box.y, box.width, box.height] if box else None,
        "checks": [
            {"rule": each.rule, "passed": each.passed, "reason": each.reason}
            for each in value.checks
        ],
        "alternatives": [each.reveal() for each in value.alternatives],
        "edited_by": value.edited_by,
    }


def picture(image: DocumentImage) -> dict[str, Any]:
    """Return what is known of a picture; its bytes travel beside."""
    quality = image.quality
    return {
        "sha256": hashlib.sha256(image.jpeg.reveal()).hexdigest(),
        "width": image.width,
        "height": image.height,
        "camera": image.camera,
        "captured_at": moment(image.captured_at),
        "quality": {
            "sharpness": quality.sharpness,
            "brightness": quality.brightness,
            "glare": quality.glare,
            "coverage": quality.coverage,
            "tilt_deg": quality.tilt_deg,
        },
        "originality": [
            {"sign": each.sign, "score": each.score, "suspected": each.suspected}
            for each in image.originality
        ],
    }


def notice(answer: NoticeAnswer) -> dict[str, Any]:
    """Return what the customer was shown and answered."""
    return {
        "id": answer.notice_id,
        "version": answer.version,
        "language": answer.language,
        "shown_ms": answer.shown_ms,
        "accepted": answer.accepted,
    }


def decision(made: OperatorDecision) -> dict[str, Any]:
    """Return what a person behind the counter decided, and why."""
    return {
        "operator": made.operator,
        "what": made.what,
        "reason": made.reason,
        "at": moment(made.at),
    }


def face_try(made: FaceTry) -> dict[str, Any]:
    """Return one look at a face, without its picture."""
    return {
        "at": moment(made.at),
        "verdict": made.verdict,
        "score": made.score,
        "accept": made.accept,
        "review": made.review,
        "moves": list(made.moves),
        "card_sha256": made.card_sha256,
    }
