"""Every declared kind of document is recognised and read from a photograph of a specimen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from pos_client import resources
from pos_client.capture.frame import Frame
from pos_client.capture.reader import Reader, load_reader
from pos_client.documents import known_kinds
from pos_client.model.document import DocumentKind
from pos_client.model.field import FieldName
from pos_client.model.originality import Sign
from pos_client.model.reading import Reading, Verdict
from specimens.camera import shoot
from specimens.declared import TRUTH, draw_declared, holders, specimens_of

if TYPE_CHECKING:
    from specimens.specimen import Specimen

NOW: Final = datetime(2026, 11, 25, 9, tzinfo=UTC)
KINDS: Final = known_kinds()
#: Scripts that the reader does not know: the clerk types what the picture shows.
TYPED: Final = {"kr.resident_card": {"name", "address"}}
#: Sides that are printed alike on two kinds: there the clerk's choice decides.
ALIKE: Final = {("cn.pr_2017", "emblem"), ("cn.pr_2023", "emblem")}
SIDES: Final = sorted(
    (file.stem, each.side) for file in TRUTH.glob("*.json") for each in holders(file)
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(KINDS, resources.folder("models"))


def photographed(specimen: Specimen, seed: int) -> Frame:
    return Frame(shoot(specimen, seed=seed).frame, "test", NOW)


def values(reading: Reading) -> dict[str, str]:
    return {str(each.name): each.value.reveal() for each in reading.fields}


def specimen_of(code: str, side: str) -> Specimen:
    return next(each for each in specimens_of(code, seed=0) if each.side == side)


@pytest.mark.slow
@pytest.mark.parametrize(("code", "side"), SIDES)
def test_a_side_of_every_kind_is_read_from_an_easy_frame(
    reader: Reader, code: str, side: str
) -> None:
    specimen = specimen_of(code, side)
    wanted = DocumentKind(code) if (code, side) in ALIKE else None
    reading = reader.read(photographed(specimen, 3), wanted=wanted)
    assert (reading.document, reading.side) == (code, side)
    got = values(reading)
    typed = TYPED.get(code, set())
    wrong = {
        name: (truth, got.get(name))
        for name, truth in specimen.truth.items()
        if got.get(name) != truth and name not in typed
    }
    assert wrong == {}
    assert not typed & set(got)
    assert typed or reading.verdict is not Verdict.UNREADABLE


def test_every_kind_that_may_be_photographed_has_a_specimen() -> None:
    drawn = {code for code, _ in SIDES}
    elsewhere = {each.code for each in KINDS if each.mrz is not None} | {"cn.resident_id.2"}
    assert drawn | elsewhere == {each.code for each in KINDS if each.image_allowed}


@pytest.mark.slow
def test_a_number_under_a_scratch_is_mended_by_its_check_digit_or_left_in_doubt(
    reader: Reader,
) -> None:
    specimen = specimen_of("in.aadhaar", "portrait")
    image = specimen.image.copy()
    image[44 * 15 : 49 * 15, 34 * 15 : 35 * 15] = 235
    reading = reader.read(photographed(replace(specimen, image=image), 3))
    number = next((each for each in reading.fields if each.name == "id_number"), None)
    right = number is not None and number.value.reveal() == specimen.truth["id_number"]
    assert right or reading.verdict is Verdict.DOUBT


@pytest.mark.slow
def test_a_resident_of_hong_kong_is_no_resident_card_and_no_taiwanese(reader: Reader) -> None:
    """The three cards carry the same captions; the number tells them apart."""
    for code in ("cn.hk_macau_residence", "cn.taiwan_residence"):
        for seed in (5, 6):
            reading = reader.read(photographed(specimen_of(code, "portrait"), seed))
            assert reading.document == code


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "side", "said"),
    [
        ("cn.household", "data", False),
        ("cn.hk_macau_residence", "portrait", True),
    ],
)
def test_grey_is_no_sign_of_a_copy_where_a_kind_is_printed_without_colour(
    reader: Reader, code: str, side: str, *, said: bool
) -> None:
    specimen = specimen_of(code, side)
    grey = np.repeat(specimen.image.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    image = reader.read(photographed(replace(specimen, image=grey), 3)).image
    assert image is not None
    suspected = {each.sign for each in image.originality if each.suspected}
    assert (Sign.GREY in suspected) is said


def test_a_specimen_says_what_it_is() -> None:
    kind = {"code": "xx.none", "width_mm": 85.6, "height_mm": 54.0, "sides": []}
    side = {"side": "data", "anchors": [], "fields": []}
    holder = replace(holders(TRUTH / "ng.nin.json")[0], side="data")
    specimen = draw_declared(kind | {"sides": [side]}, holder, seed=1)
    assert specimen.kind == "xx.none"
    assert specimen.width_mm == pytest.approx(85.6, abs=0.05)


@pytest.mark.slow
def test_the_only_day_on_a_card_without_captions_is_found_out_of_its_place(reader: Reader) -> None:
    (specimen,) = specimens_of("kr.resident_card", seed=3)
    reading = reader.read(photographed(specimen, 3))
    issued = reading.field(FieldName("issued"))
    assert issued is not None
    assert issued.value.reveal() == specimen.truth["issued"]
    assert issued.doubtful
