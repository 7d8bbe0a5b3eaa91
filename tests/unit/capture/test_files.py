"""Picture files from anywhere: good ones become frames, all others a Problem with its reason."""

from __future__ import annotations

import contextlib
import errno
import io
import multiprocessing
import multiprocessing.spawn
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from PIL import Image

from bench._hostile_files import bombs, honest, mutated
from pos_client.capture import files
from pos_client.capture.bounded import Decoder
from pos_client.capture.decode import decode
from pos_client.capture.files import read_picture
from pos_client.capture.picture_problems import PicturesNotOpened
from pos_client.capture.problems import PictureUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def problem_of(file: Path) -> PictureUnreadable:
    with pytest.raises(PictureUnreadable) as caught:
        read_picture(file)
    assert file.name not in str(caught.value)
    return caught.value


def reason(file: Path) -> str:
    return problem_of(file).reason


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF"])
def test_common_formats_become_blue_green_red_frames(form: str, tmp_path: Path) -> None:
    file = tmp_path / "picture"
    file.write_bytes(saved(Image.new("RGB", (60, 40), (200, 30, 10)), form))
    frame = read_picture(file)
    assert frame.pixels.shape == (40, 60, 3)
    assert frame.pixels.dtype == np.uint8
    assert np.abs(frame.pixels[20, 30].astype(int) - (10, 30, 200)).max() < 12
    assert frame.captured_at.tzinfo is not None


def test_the_turn_noted_by_the_camera_is_applied(tmp_path: Path) -> None:
    picture = Image.new("RGB", (60, 40))
    exif = picture.getexif()
    exif[0x0112] = 6
    file = tmp_path / "turned.jpg"
    file.write_bytes(saved(picture, "JPEG", exif=exif.tobytes()))
    assert read_picture(file).pixels.shape == (60, 40, 3)


def test_transparency_becomes_white(tmp_path: Path) -> None:
    file = tmp_path / "clear.png"
    file.write_bytes(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    assert read_picture(file).pixels.min() == 255


def test_what_is_no_picture_is_told_apart(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.jpg") == "missing"
    assert reason(tmp_path) == "missing"
    text = tmp_path / "letter.jpg"
    text.write_text("Dear Sir or Madam", encoding="utf-8")
    assert reason(text) == "not_a_picture"
    half = tmp_path / "half.jpg"
    whole = saved(Image.effect_noise((200, 200), 60).convert("RGB"), "JPEG")
    half.write_bytes(whole[: len(whole) // 2])
    assert reason(half) == "broken_file"


NOT_READ: Final = {
    b"": "D129",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100): "D140",
    b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(100): "D140",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n": "D141",
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>': "D142",
    b"Dear Sir or Madam": "D128",
    honest()["jpeg"][:-400]: "D120",
    saved(Image.new("1", (12_000, 12_000)), "PNG"): "D126",
}


@pytest.mark.parametrize(("data", "code"), NOT_READ.items(), ids=NOT_READ.values())
def test_a_person_is_told_what_the_file_is_instead(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    file.write_bytes(data)
    assert problem_of(file).code == code


def test_a_name_that_leads_to_no_file_is_told_by_what_is_there(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "none.jpg").code == "D122"
    assert problem_of(tmp_path).code == "D123"
    assert problem_of(tmp_path / ("a" * 5000)).code == "D122"
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.jpg")
        assert problem_of(tmp_path / "pipe.jpg").code == "D125"
        assert problem_of(Path("/dev/zero")).code == "D125"


def test_a_file_whose_owner_forbids_it_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.jpg"
    file.write_bytes(honest()["jpeg"])

    def forbidden(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Not by its mode: who runs the tests may be one who may read everything.
    monkeypatch.setattr(os, "open", forbidden)
    assert problem_of(file).code == "D124"


def test_a_picture_that_would_take_too_long_is_not_begun() -> None:
    hopeless = {
        "deep": bombs()["png 16 bit under the limit"],
        "clear": bombs()["png just under the limit"],
        "line": saved(Image.new("1", (1, 400_000)), "PNG"),
        "webp": saved(Image.new("RGB", (6500, 6500)), "WEBP", lossless=True, method=0),
        "scans": bombs()["jpeg of a thousand scans"],
    }
    for name, data in hopeless.items():
        began = time.process_time()
        with pytest.raises(PictureUnreadable) as caught:
            decode(data)
        assert caught.value.reason in {"too_large", "too_slow"}, name
        assert time.process_time() - began < 0.5, name


def test_a_page_scanned_at_six_hundred_dots_is_still_read() -> None:
    page = Image.new("RGB", (4960, 7016), "white")
    assert decode(saved(page, "PNG", compress_level=1)).shape == (3508, 2480, 3)


def test_size_is_tested_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(saved(Image.new("1", (12_000, 12_000)), "PNG"))
    assert bomb.stat().st_size < 100_000
    assert reason(bomb) == "too_large"
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    assert reason(bomb) == "too_large"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF"])
def test_damaged_files_are_read_or_refused_but_never_crash(form: str, tmp_path: Path) -> None:
    rng = random.Random(form)  # noqa: S311 - damage from a seed is no secret
    whole = saved(Image.effect_noise((64, 48), 50).convert("RGB"), form)
    file = tmp_path / "damaged"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        file.write_bytes(bytes(data[: rng.randint(1, len(data))]))
        with contextlib.suppress(PictureUnreadable):
            assert read_picture(file).pixels.ndim == 3


def test_deep_grey_is_spread_and_not_cut_off(tmp_path: Path) -> None:
    levels = np.linspace(1000, 9000, 64 * 48).reshape(48, 64).astype(np.uint16)
    file = tmp_path / "deep.png"
    file.write_bytes(saved(Image.fromarray(levels), "PNG"))
    grey = read_picture(file).pixels[:, :, 0]
    assert (int(grey.min()), int(grey.max())) == (0, 255)
    assert len(np.unique(grey)) > 200


def test_a_large_picture_is_made_smaller_and_keeps_its_turn(tmp_path: Path) -> None:
    picture = Image.new("RGB", (5000, 1000), (9, 9, 9))
    exif = picture.getexif()
    exif[0x0112] = 6
    file = tmp_path / "wide.png"
    file.write_bytes(saved(picture, "PNG", exif=exif.tobytes()))
    height, width = read_picture(file).pixels.shape[:2]
    assert height > 4 * width
    assert height <= 4000


# -- in a child of its own --------------------------------------------------------------------
@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


@pytest.mark.parametrize("kind", list(honest()))
def test_whatever_people_have_is_decoded_alike_in_the_child(kind: str, decoder: Decoder) -> None:
    data = honest()[kind]
    assert np.array_equal(decoder.decode(data), decode(data))


def refusal_of(decoder: Decoder, data: bytes) -> str:
    try:
        decoder.decode(data)
    except PictureUnreadable as problem:
        return problem.reason
    return "a picture"


def test_bombs_are_refused_and_the_next_file_is_read(decoder: Decoder) -> None:
    good = honest()["png"]
    told = {}
    for name, data in bombs().items():
        told[name] = refusal_of(decoder, data)
        assert decoder.decode(good).shape == (48, 64, 3), name
    assert told["png 60,000 x 60,000"] == "too_large"
    assert told["jpeg of a thousand scans"] == "too_slow"
    assert told["html"] == "not_a_picture"
    # What is on the edge of the bounds may pass; nothing else does.
    assert {name for name, reason in told.items() if reason == "a picture"} <= {
        "gif of 2,000 pictures",
        "png just under the limit",
        "png 16 bit under the limit",
        "png more pixels than told",
    }


def test_six_hundred_damaged_files_end_in_a_picture_or_a_reason(decoder: Decoder) -> None:
    sources = list(honest().values())
    reasons = set()
    for number in range(600):
        rng = random.Random(f"test {number}")  # noqa: S311 - damage from a seed is no secret
        reasons.add(refusal_of(decoder, mutated(rng.choice(sources), rng, sources)))
    assert {"a picture", "broken_file", "not_a_picture"} <= reasons
    assert reasons <= {"a picture", "broken_file", "not_a_picture", "too_large", "too_slow"}


def test_a_child_that_dies_is_replaced(decoder: Decoder) -> None:
    good = honest()["jpeg"]
    decoder.decode(good)
    child = decoder.pid()
    assert child is not None
    os.kill(child, signal.SIGTERM)
    assert refusal_of(decoder, good) in {"broken_file", "a picture"}
    assert decoder.decode(good).ndim == 3
    assert decoder.pid() != child


def test_after_a_file_that_killed_it_a_child_is_there_before_the_next_file(
    decoder: Decoder,
) -> None:
    decoder.decode(honest()["jpeg"])
    child = decoder.pid()
    assert child is not None
    os.kill(child, signal.SIGTERM)
    refusal_of(decoder, honest()["jpeg"])
    assert decoder.pid() not in {None, child}


def test_no_file_is_blamed_for_a_child_that_cannot_be_started() -> None:
    alone = Decoder()
    # A program that ends at once stands for a computer without room for another process.
    python = multiprocessing.spawn.get_executable()
    multiprocessing.set_executable("/bin/false")
    try:
        with pytest.raises(PicturesNotOpened):
            alone.decode(honest()["jpeg"])
    finally:
        multiprocessing.set_executable(python)
    assert alone.decode(honest()["jpeg"]).ndim == 3
    alone.close()
