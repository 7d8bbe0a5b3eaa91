"""Readings as the camera would give them, made from what is printed on a specimen."""

import hashlib
from datetime import UTC, datetime

import cv2

from pos_client.model.document import DocumentImage, DocumentKind, Quality, Side
from pos_client.model.field import Box, Field, FieldCheck, FieldName, Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict
from specimens.specimen import Specimen

TAKEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def reading_of(specimen: Specimen, at: datetime = TAKEN, **misread: str) -> Reading:
    """Return a sure reading of a specimen; `misread` replaces values as a bad read would."""
    source = Source.MRZ if specimen.mrz else Source.OCR
    values = dict(specimen.truth) | misread
    fields = tuple(
        Field(
            name=FieldName(name),
            value=Private(value),
            raw=Private(value),
            source=source,
            confidence=0.99,
            box=Box(20, 20 + 40 * place, 400, 36),
            checks=(FieldCheck("NUM06", passed=True),) if specimen.mrz else (),
        )
        for place, (name, value) in enumerate(values.items())
    )
    return Reading(
        verdict=Verdict.READ,
        document=DocumentKind(specimen.kind),
        side=Side(specimen.side),
        fields=fields,
        mrz=tuple(Private(line) for line in specimen.mrz),
        image=_image(specimen, at),
        ms=0,
    )


def _image(specimen: Specimen, at: datetime) -> DocumentImage:
    _, data = cv2.imencode(".jpg", specimen.image, [cv2.IMWRITE_JPEG_QUALITY, 70])
    jpeg = data.tobytes()
    height, width = specimen.image.shape[:2]
    return DocumentImage(
        jpeg=Private(jpeg),
        sha256=hashlib.sha256(jpeg).hexdigest(),
        width=width,
        height=height,
        camera="test",
        captured_at=at,
        quality=Quality(400.0, 160.0, 0.0, 0.7, 2.0),
    )
