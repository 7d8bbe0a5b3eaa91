"""The second reader: it reads by pipe, and leaves nothing on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from pos_client.capture.ctc import greedy, text_of
from pos_client.capture.tesseract import TesseractEngine, TesseractReader, available
from specimens.fonts import SANS, font

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels


def printed(text: str) -> Pixels:
    picture = Image.new("RGB", (60 + 30 * len(text), 80), "white")
    ImageDraw.Draw(picture).text((30, 15), text, font=font(SANS, 40), fill=(20, 20, 20))
    return np.ascontiguousarray(np.asarray(picture, np.uint8)[:, :, ::-1])


def test_it_is_installed_where_these_tests_run() -> None:
    assert available()


def test_it_reads_digits_through_a_pipe() -> None:
    reader = TesseractReader("chi_sim+eng")
    assert reader.read_line(printed("110105194912310"), "0123456789X") == "110105194912310"


def test_a_whole_picture_is_not_handed_over() -> None:
    page = np.full((1500, 1500, 3), 255, np.uint8)
    assert TesseractReader("eng").read_line(page, "") is None


def test_its_text_is_dressed_up_as_steps() -> None:
    seen = TesseractEngine("eng").recognise([printed("440524188001010014")])[0]
    assert text_of(greedy(seen)) == "440524188001010014"


PROGRAM = """
import numpy as np
from pos_client.capture.tesseract import TesseractEngine, TesseractReader
picture = np.full((70, 500, 3), 200, np.uint8)
picture[20:50, 30:400:9] = 30
TesseractReader("eng").read_line(picture, "0123456789X")
TesseractEngine("eng").find_lines(picture, 640)
TesseractEngine("eng").recognise([picture])
"""


def test_nothing_is_written_while_it_reads(tmp_path: Path) -> None:
    temporary, home, here = tmp_path / "tmp", tmp_path / "home", tmp_path / "here"
    for folder in (temporary, home, here):
        folder.mkdir()
    root = str(Path(__file__).parents[3])
    surroundings = {
        **os.environ,
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "HOME": str(home),
        "PYTHONPATH": root,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = {folder: folder.stat().st_mtime_ns for folder in (temporary, home, here)}
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, cwd=here, env=surroundings)  # noqa: S603 - our own program
    # A file that is made and deleted again still changes the time of its folder.
    assert {folder: folder.stat().st_mtime_ns for folder in before} == before
