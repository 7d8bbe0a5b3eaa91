"""A saved draft comes back exactly as it was, or is refused in a word."""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.document import DocumentImage, DocumentKind, Quality, Side
from pos_client.model.draft import Draft
from pos_client.model.face import FaceCheck, FaceMethod, FaceMove, FaceTry, FaceVerdict
from pos_client.model.field import Box, Field, FieldCheck, FieldName, Source
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
from pos_client.registration.draft_codec import decode, encode
from pos_client.registration.policy import load_policy
from pos_client.registration.problems import DraftUnreadable
from tests.unit.registration import visit

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
private = texts.map(Private)
numbers = st.integers(-(2**40), 2**40)
floats = st.floats(allow_nan=False, allow_infinity=False)
moments = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone itself
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
checks = st.builds(FieldCheck, texts, st.booleans(), texts)


@st.composite
def named(draw: st.DrawFn) -> dict[FieldName, Field]:
    fields = st.builds(
        Field,
        texts.map(FieldName),
        private,
        private,
        st.sampled_from(Source),
        floats,
        st.none() | boxes,
        st.lists(checks, max_size=2).map(tuple),
        st.lists(private, max_size=2).map(tuple),
        st.none() | texts,
    )
    return {field.name: field for field in draw(st.lists(fields, max_size=3))}


pictures = st.builds(
    lambda content, width, camera, at, figure: replace(
        visit.picture(content, at=at),
        width=width,
        camera=camera,
        quality=Quality(figure, figure, figure, figure, figure),
    ),
    st.binary(max_size=40),
    numbers,
    texts,
    moments,
    floats,
)
face_tries = st.builds(
    FaceTry,
    moments,
    st.sampled_from(FaceVerdict),
    st.none() | floats,
    floats,
    floats,
    st.lists(st.sampled_from(FaceMove), max_size=3).map(tuple),
    texts,
    st.none() | pictures,
)
face_checks = st.builds(
    FaceCheck, st.lists(face_tries, max_size=3).map(tuple), st.sampled_from(FaceMethod)
)
drafts = st.builds(
    Draft,
    texts.map(RegistrationId),
    st.sampled_from(FlowKind),
    texts.map(OperatorNumber),
    moments,
    st.none() | texts.map(DocumentKind),
    named(),
    named(),
    st.lists(private, max_size=3).map(tuple),
    st.dictionaries(st.sampled_from(Side), pictures),
    st.none()
    | st.builds(Line, private, private, st.sampled_from(Source), texts, st.none() | private),
    st.lists(st.builds(NoticeAnswer, texts, texts, texts, numbers, st.booleans()), max_size=2).map(
        tuple
    ),
    st.frozensets(texts, max_size=3),
    st.lists(
        st.builds(OperatorDecision, texts.map(OperatorNumber), texts, texts, moments), max_size=2
    ).map(tuple),
    st.booleans(),
    numbers,
    st.none() | texts.map(RegistrationId),
    st.none() | face_checks,
)


@given(drafts)
def test_every_draft_comes_back_exactly(draft: Draft) -> None:
    body, images = encode(draft)
    assert decode(body, images) == draft
    assert encode(decode(body, images)) == (body, images)


def test_pictures_stay_outside_the_body() -> None:
    body, images = encode(visit.identified())
    assert len(images) == 2
    assert len(body) < 8000


def saved() -> tuple[dict[str, Any], dict[str, bytes]]:
    body, images = encode(visit.finished(visit.identified(), load_policy("training")))
    found = json.loads(body)
    assert isinstance(found, dict)
    return found, images


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"v": 2}, "version"),
        ({"v": None}, "version"),
        ({"nickname": "x"}, "nickname"),
        ({"revision": "1"}, "revision"),
        ({"started": "2025-06-01T08:00:00"}, "started"),
        ({"flow": "swap"}, "flow"),
        ({"line": {"msisdn": "1"}}, "line.iccid"),
    ],
)
def test_another_version_and_unknown_keys_are_refused_by_name(
    change: dict[str, object], reason: str
) -> None:
    body, images = saved()
    with pytest.raises(DraftUnreadable) as caught:
        decode(canonical_json(body | change), images)
    assert caught.value.values["reason"] == reason


def test_a_missing_key_is_refused() -> None:
    body, images = saved()
    del body["mrz"]
    with pytest.raises(DraftUnreadable):
        decode(canonical_json(body), images)


def test_a_missing_picture_is_refused() -> None:
    body, _ = saved()
    with pytest.raises(DraftUnreadable, match="picture"):
        decode(canonical_json(body), {})


def test_a_refusal_never_shows_what_stood_in_the_draft() -> None:
    body, images = saved()
    body["fields"]["name"]["value"] = ["样本女"]
    with pytest.raises(DraftUnreadable) as caught:
        decode(canonical_json(body), images)
    assert "样本女" not in str(caught.value)
    assert "样本女" not in str(caught.value.__cause__)


@given(st.binary())
def test_no_bytes_crash_the_decoder(untrusted: bytes) -> None:
    with pytest.raises(DraftUnreadable):
        decode(untrusted, {})


@given(st.data())
def test_no_damaged_byte_crashes_the_decoder(data: st.DataObject) -> None:
    body, images = encode(visit.identified())
    place = data.draw(st.integers(0, len(body) - 1))
    damaged = body[:place] + bytes([data.draw(st.integers(0, 255))]) + body[place + 1 :]
    with contextlib.suppress(DraftUnreadable):
        assert isinstance(decode(damaged, images), Draft)


def test_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(DraftUnreadable):
        decode(b"[" * 100_000, {})


def test_a_picture_without_a_figure_is_never_written() -> None:
    image: DocumentImage = visit.picture(b"x")
    broken = replace(image, quality=replace(image.quality, sharpness=math.nan))
    with pytest.raises(ValueError, match="JSON"):
        encode(replace(visit.begun(), images={Side.DATA: broken}))
