"""Cards that printers lay out otherwise than was declared are read by their captions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pos_client import resources
from pos_client.capture.anchors import find_anchor
from pos_client.capture.ctc import Char
from pos_client.capture.engine import Alphabet, Posterior, TextLine
from pos_client.capture.frame import Frame
from pos_client.capture.lines import ReadLine
from pos_client.capture.page_captions import ends_of_caption
from pos_client.capture.reader import Reader, load_reader
from pos_client.documents import known_kinds
from pos_client.model.declaration import Anchor
from pos_client.model.reading import Reading, Verdict
from specimens.camera import shoot
from specimens.check_digits import mrz_check
from specimens.declared import DECLARATIONS, TRUTH, draw_declared, holders
from specimens.fonts import OCR_B, font

if TYPE_CHECKING:
    from specimens.specimen import Specimen

NOW: Final = datetime(2026, 11, 25, 9, tzinfo=UTC)
Box = list[float]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(known_kinds(), resources.folder("models"))


def declared(code: str) -> dict[str, Any]:
    kind: dict[str, Any] = json.loads((DECLARATIONS / f"{code}.json").read_text(encoding="utf-8"))
    return kind


def side_of(kind: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in kind["sides"] if each["side"] == name)


def drawn(
    kind: dict[str, Any], side: str, seed: int = 3, printed: dict[str, str] | None = None
) -> Specimen:
    holder = next(e for e in holders(TRUTH / f"{kind['code']}.json") if e.side == side)
    holder = replace(holder, printed=holder.printed | (printed or {}))
    return draw_declared(kind, holder, seed=seed)


def read(reader: Reader, specimen: Specimen, seed: int = 3) -> Reading:
    return reader.read(Frame(shoot(specimen, seed=seed).frame, "test", NOW))


def wrong(specimen: Specimen, reading: Reading) -> dict[str, tuple[str, str | None]]:
    got = {str(each.name): each.value.reveal() for each in reading.fields}
    return {
        name: (truth, got.get(name))
        for name, truth in specimen.truth.items()
        if got.get(name) != truth
    }


def put(side: dict[str, Any], captions: dict[str, Box], fields: dict[str, Box]) -> None:
    """Move captions (left, top) and fields (left, top, width) to other places."""
    for anchor in side["anchors"]:
        if anchor["text"] in captions:
            anchor["box"][:2] = captions[anchor["text"]]
    for field in side["fields"]:
        field["box"][:3] = fields.get(field["name"], field["box"][:3])


def permit_with_values_beside_captions() -> dict[str, Any]:
    kind = declared("cn.hkm_permit")
    side = side_of(kind, "portrait")
    side["photo"] = [4.0, 12.0, 22.0, 30.0]
    rows = {"姓名": 12.0, "出生日期": 23.0, "有效期限": 29.5, "签发机关": 36.0, "证件号码": 42.5}
    captions = {text: [29.0, top + 1.0] for text, top in rows.items()}
    captions["性别"] = [62.0, 24.0]
    put(
        side,
        captions,
        {
            "name": [37.0, 12.0, 30.0],
            "name_latin": [37.0, 17.0, 40.0],
            "birth_date": [41.0, 23.0, 20.0],
            "sex": [69.0, 23.0, 8.0],
            "valid_from": [41.0, 29.5, 42.0],
            "valid_until": [41.0, 29.5, 42.0],
            "authority": [41.0, 36.0, 42.0],
            "id_number": [41.0, 42.5, 40.0],
        },
    )
    return kind


@pytest.mark.slow
def test_a_permit_with_values_beside_its_captions_and_the_photo_on_the_left_is_read(
    reader: Reader,
) -> None:
    specimen = drawn(permit_with_values_beside_captions(), "portrait")
    reading = read(reader, specimen)
    assert (reading.document, reading.side) == ("cn.hkm_permit", "portrait")
    assert wrong(specimen, reading) == {}


@pytest.mark.slow
def test_rows_that_stand_unevenly_are_read(reader: Reader) -> None:
    kind = declared("cn.taiwan_residence")
    side = side_of(kind, "emblem")
    rows = dict(
        zip(("签发机关", "有效期限", "通行证号码", "签发次数"), (22, 31, 35, 45), strict=True)
    )
    put(
        side,
        {text: [21.0, top + 1.0] for text, top in rows.items()},
        {
            "authority": [36.0, 22.0, 45.0],
            "valid_from": [36.0, 31.0, 45.0],
            "valid_until": [36.0, 31.0, 45.0],
            "permit_number": [36.0, 35.0, 30.0],
            "issue_count": [36.0, 45.0, 12.0],
        },
    )
    specimen = drawn(kind, "emblem")
    assert wrong(specimen, read(reader, specimen)) == {}


@pytest.mark.slow
def test_a_temporary_card_with_its_number_above_its_term_is_no_resident_card(
    reader: Reader,
) -> None:
    kind = declared("cn.temp_id")
    put(
        side_of(kind, "portrait"),
        {"公民身份号码": [6.9, 36.2], "签发机关": [6.9, 41.6], "有效期限": [6.9, 46.6]},
        {
            "id_number": [29.6, 35.2, 48.4],
            "authority": [20.0, 40.5, 36.0],
            "valid_from": [20.0, 45.5, 36.0],
            "valid_until": [20.0, 45.5, 36.0],
        },
    )
    specimen = drawn(kind, "portrait")
    reading = read(reader, specimen)
    assert reading.document == "cn.temp_id"
    assert wrong(specimen, reading) == {}


@pytest.mark.slow
def test_a_permit_with_a_zone_of_its_own_is_read_by_its_captions(reader: Reader) -> None:
    specimen = drawn(declared("cn.hkm_permit"), "data")
    picture = Image.fromarray(cv2.cvtColor(specimen.image, cv2.COLOR_BGR2RGB))
    pen = ImageDraw.Draw(picture)
    days = f"910617{mrz_check('910617')}M280901{mrz_check('280901')}"
    rows = ("CRH123456785", days, "CHAN<<YEUNG<PUN")
    for row, text in enumerate(rows):
        for place, letter in enumerate(text.ljust(30, "<")):
            spot = ((5 + 2.5 * place) * 15, (36 + 4.6 * row) * 15)
            pen.text(spot, letter, font=font(OCR_B, 3.5 * 15), fill=(20, 20, 24))
    image = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)
    specimen = replace(specimen, image=np.asarray(image, np.uint8))
    reading = read(reader, specimen)
    assert (reading.document, reading.side) == ("cn.hkm_permit", "data")
    assert wrong(specimen, reading) == {}


@pytest.mark.slow
def test_captions_in_two_languages_and_a_country_in_two_are_no_values(reader: Reader) -> None:
    kind = declared("cn.pr_2017")
    more = {"姓名": "/Name", "性别": "/Sex", "出生日期": "/Date of Birth", "国籍": "/Nationality",
            "有效期限": "/Period of Validity"}  # fmt: skip
    for anchor in side_of(kind, "portrait")["anchors"]:
        if anchor["text"] in more:
            width = anchor["box"][2]
            anchor["text"] += more[anchor["text"]]
            anchor["box"][2] = width * 3.4
    specimen = drawn(kind, "portrait", printed={"nationality": "哈萨克斯坦/KAZ"})
    reading = read(reader, specimen)
    assert wrong(specimen, reading) == {}


def line_of(text: str) -> ReadLine:
    """A line of square characters; a blank leaves room and is none."""
    chars = tuple(Char(each, 0.99, at, at + 1) for at, each in enumerate(text) if each != " ")
    quad = np.array([(0, 0), (20 * len(text), 0), (20 * len(text), 40), (0, 40)], float)
    seen = Posterior(np.zeros((len(text), 1), np.float32), Alphabet([]), 20.0)
    return ReadLine(TextLine(quad, 1.0), seen, chars)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("国籍/Nationality", ""),
        ("国籍/Nationality   UTO", "UTO"),
        ("国籍/Sex男", "男"),
        ("国籍/ID No.JPN310148101466", "JPN310148101466"),
        ("国籍/CardNo JPN310148101466", "JPN310148101466"),
        ("国籍 UTO", "UTO"),
        ("国籍/M", "/M"),
    ],
)
def test_a_caption_goes_on_behind_a_stroke_and_ends_where_its_value_begins(
    text: str, value: str
) -> None:
    line = line_of(text)
    assert line.text[ends_of_caption(line, 2) :] == value


@pytest.mark.slow
def test_letters_before_a_day_do_not_take_part_in_it(reader: Reader) -> None:
    printed = {"birth_date": "GUNUNG KIDUL,17-08-1945"}
    specimen = drawn(declared("id.ktp"), "data", printed=printed)
    assert "birth_date" not in wrong(specimen, read(reader, specimen))


def test_a_latin_caption_is_known_in_capitals_and_with_what_looks_like_its_letters() -> None:
    caption = Anchor("Government of India", (0.0, 0.0, 10.0, 2.0))
    assert find_anchor("GOVERNMENTOFINDIA", caption)[0] == 0
    assert find_anchor("|GovernmentoflndiA", caption)[0] == 1
    assert find_anchor("GovernmentofPakistan", caption)[0] == -1


@pytest.mark.slow
def test_a_card_as_declared_is_not_laid_otherwise(reader: Reader) -> None:
    specimen = drawn(declared("cn.hk_macau_residence"), "portrait")
    reading = read(reader, specimen)
    assert reading.verdict is not Verdict.UNREADABLE
    assert wrong(specimen, reading) == {}
    assert reading.image is not None
    assert reading.image.width / reading.image.height == pytest.approx(85.6 / 54, abs=0.01)


@pytest.mark.slow
def test_a_degree_behind_a_name_keeps_its_full_stop(reader: Reader) -> None:
    specimen = drawn(declared("id.ktp"), "data", printed={"name": "CONTOH BUDIMAN, S.T."})
    specimen = replace(specimen, truth=specimen.truth | {"name": "CONTOH BUDIMAN, S.T."})
    assert "name" not in wrong(specimen, read(reader, specimen))


@pytest.mark.slow
def test_a_side_of_which_nothing_was_read_is_not_called_read(reader: Reader) -> None:
    specimen = drawn(declared("cn.pr_2017"), "emblem", printed={"authority": ""})
    reading = read(reader, specimen)
    assert reading.document in {"cn.pr_2017", "cn.pr_2023"}
    assert reading.verdict is Verdict.DOUBT
