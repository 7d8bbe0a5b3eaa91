"""A draft as bytes for the encrypted store, and back, exactly; what is unknown is refused."""

import json
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, ValidationError
from pydantic import Field as Bound

from pos_client.model.document import DocumentImage, DocumentKind, Quality, Side
from pos_client.model.draft import Draft
from pos_client.model.face import FaceCheck, FaceMethod, FaceMove, FaceTry, FaceVerdict
from pos_client.model.field import Box, Field, FieldCheck, FieldName, Source
from pos_client.model.originality import Sign, Suspicion
from pos_client.model.packet import canonical_json
from pos_client.model.private import Private
from pos_client.model.registration import (
    FlowKind,
    Line,
    NoticeAnswer,
    OperatorDecision,
    OperatorNumber,
    RegistrationId,
)
from pos_client.registration import evidence_json
from pos_client.registration.problems import DraftUnreadable
from pos_client.registration.strict_part import StrictPart

VERSION: Final = 1


class _Check(StrictPart):
    rule: str
    passed: bool
    reason: str


class _Field(StrictPart):
    value: str
    raw: str
    source: Source
    confidence: float
    box: tuple[int, int, int, int] | None
    checks: tuple[_Check, ...]
    alternatives: tuple[str, ...]
    edited_by: str | None

    def of(self, name: str) -> Field:
        return Field(
            FieldName(name),
            Private(self.value),
            Private(self.raw),
            self.source,
            self.confidence,
            box=Box(*self.box) if self.box else None,
            checks=tuple(FieldCheck(c.rule, c.passed, c.reason) for c in self.checks),
            alternatives=tuple(Private(each) for each in self.alternatives),
            edited_by=self.edited_by,
        )


class _Quality(StrictPart):
    sharpness: float
    brightness: float
    glare: float
    coverage: float
    tilt_deg: float


class _Suspicion(StrictPart):
    sign: Sign
    score: float
    suspected: bool


class _Picture(StrictPart):
    sha256: Annotated[str, Bound(pattern=r"^[0-9a-f]{64}$")]
    width: int
    height: int
    camera: str
    captured_at: AwareDatetime
    quality: _Quality
    originality: tuple[_Suspicion, ...] = ()


class _Line(StrictPart):
    msisdn: str
    iccid: str
    iccid_source: Source
    action: str
    imei: str | None


class _Notice(StrictPart):
    id: str
    version: str
    language: str
    shown_ms: int
    accepted: bool


class _Decision(StrictPart):
    operator: str
    what: str
    reason: str
    at: AwareDatetime


class _FaceTry(StrictPart):
    at: AwareDatetime
    verdict: FaceVerdict
    score: float | None
    accept: float
    review: float
    moves: tuple[FaceMove, ...]
    card_sha256: str
    picture: _Picture | None


class _Face(StrictPart):
    tries: tuple[_FaceTry, ...]
    method: FaceMethod


class _Body(StrictPart):
    v: Literal[1]
    id: str
    flow: FlowKind
    operator: str
    started: AwareDatetime
    document: str | None
    fields: dict[str, _Field]
    read_fields: dict[str, _Field]
    mrz: tuple[str, ...]
    images: dict[Side, _Picture]
    line: _Line | None
    notices: tuple[_Notice, ...]
    confirmed: tuple[str, ...]
    decisions: tuple[_Decision, ...]
    read_back: bool
    revision: int
    supersedes: str | None = None
    face: _Face | None = None


def encode(draft: Draft) -> tuple[bytes, dict[str, bytes]]:
    """Return the draft as canonical JSON, and its pictures by the SHA-256 of their bytes."""
    pictures = {side: evidence_json.picture(image) for side, image in draft.images.items()}
    body = {
        "v": VERSION,
        "id": draft.id,
        "flow": draft.flow,
        "operator": draft.operator,
        "started": evidence_json.moment(draft.started),
        "document": draft.document,
        "fields": {name: evidence_json.field(field) for name, field in draft.fields.items()},
        "read_fields": {
            name: evidence_json.field(field) for name, field in draft.read_fields.items()
        },
        "mrz": [line.reveal() for line in draft.mrz],
        "images": pictures,
        "line": _line_json(draft.line) if draft.line else None,
        "notices": [evidence_json.notice(each) for each in draft.notices],
        "confirmed": sorted(draft.confirmed),
        "decisions": [evidence_json.decision(each) for each in draft.decisions],
        "read_back": draft.read_back,
        "revision": draft.revision,
        "supersedes": draft.supersedes,
        "face": _face_json(draft.face) if draft.face else None,
    }
    images = {pictures[side]["sha256"]: image.jpeg.reveal() for side, image in draft.images.items()}
    live = [each.picture for each in draft.face.tries if each.picture] if draft.face else []
    images |= {evidence_json.picture(each)["sha256"]: each.jpeg.reveal() for each in live}
    return canonical_json(body), images


def decode(body: bytes, images: dict[str, bytes]) -> Draft:
    """Take a saved draft apart.

    Raises:
        DraftUnreadable: another version, an unknown key, a wrong value, or a picture is missing.
    """
    try:
        # Only the version may be trusted before the whole is known to be of this version.
        version = json.loads(body)
        if not isinstance(version, dict) or version.get("v") != VERSION:
            raise DraftUnreadable(reason="version")
        saved = _Body.model_validate_json(body)
    except ValidationError as err:
        place = ".".join(str(step) for step in err.errors(include_input=False)[0]["loc"])
        raise DraftUnreadable(reason=place or "content") from err
    except (ValueError, RecursionError) as err:
        raise DraftUnreadable(reason="content") from err
    return _draft(saved, images)


def _draft(saved: _Body, images: dict[str, bytes]) -> Draft:
    return Draft(
        id=RegistrationId(saved.id),
        flow=saved.flow,
        operator=OperatorNumber(saved.operator),
        started=saved.started,
        document=DocumentKind(saved.document) if saved.document is not None else None,
        fields={FieldName(name): field.of(name) for name, field in saved.fields.items()},
        read_fields={FieldName(name): field.of(name) for name, field in saved.read_fields.items()},
        mrz=tuple(Private(line) for line in saved.mrz),
        images={side: _image(picture, images) for side, picture in saved.images.items()},
        line=_line(saved.line) if saved.line else None,
        notices=tuple(
            NoticeAnswer(each.id, each.version, each.language, each.shown_ms, each.accepted)
            for each in saved.notices
        ),
        confirmed=frozenset(saved.confirmed),
        decisions=tuple(
            OperatorDecision(OperatorNumber(each.operator), each.what, each.reason, each.at)
            for each in saved.decisions
        ),
        read_back=saved.read_back,
        revision=saved.revision,
        supersedes=RegistrationId(saved.supersedes) if saved.supersedes is not None else None,
        face=_face(saved.face, images) if saved.face else None,
    )


def _image(picture: _Picture, images: dict[str, bytes]) -> DocumentImage:
    jpeg = images.get(picture.sha256)
    if jpeg is None:
        raise DraftUnreadable(reason="a picture is missing")
    return DocumentImage(
        jpeg=Private(jpeg),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        camera=picture.camera,
        captured_at=picture.captured_at,
        quality=Quality(**picture.quality.model_dump()),
        originality=tuple(
            Suspicion(each.sign, each.score, each.suspected) for each in picture.originality
        ),
    )


def _face_json(check: FaceCheck) -> dict[str, Any]:
    tries = [
        {
            **evidence_json.face_try(each),
            "picture": evidence_json.picture(each.picture) if each.picture else None,
        }
        for each in check.tries
    ]
    return {"tries": tries, "method": check.method}


def _face(saved: _Face, images: dict[str, bytes]) -> FaceCheck:
    tries = tuple(
        FaceTry(
            each.at,
            each.verdict,
            each.score,
            each.accept,
            each.review,
            each.moves,
            each.card_sha256,
            _image(each.picture, images) if each.picture else None,
        )
        for each in saved.tries
    )
    return FaceCheck(tries, saved.method)


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "msisdn": line.msisdn.reveal(),
        "iccid": line.iccid.reveal(),
        "iccid_source": line.iccid_source,
        "action": line.action,
        "imei": line.imei.reveal() if line.imei else None,
    }


def _line(saved: _Line) -> Line:
    return Line(
        msisdn=Private(saved.msisdn),
        iccid=Private(saved.iccid),
        iccid_source=saved.iccid_source,
        action=saved.action,
        imei=Private(saved.imei) if saved.imei is not None else None,
    )
