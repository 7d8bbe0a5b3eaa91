"""Nothing of a card is written to any file while it is read, by whichever engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Reads one card with the engine that is named; whatever opens a file for writing ends it.
PROGRAM = """
import os, sys
from datetime import UTC, datetime
from pos_client.capture.frame import Frame
from pos_client.capture.reader import Reader, load_reader
from pos_client.capture.tesseract import TesseractEngine, TesseractReader
from pos_client.documents import load_documents
from pos_client.resources import folder
from specimens.camera import shoot
from specimens.persons import invent_person
from specimens.resident_id import draw_portrait_side

documents = load_documents(folder("documents"))
reader = load_reader(documents, folder("models"), threads=1)
if sys.argv[1] == "tesseract":
    reader = Reader(documents, TesseractEngine("chi_sim+eng"), TesseractReader("chi_sim+eng"))
specimen = draw_portrait_side(invent_person(5), seed=5)
taken = datetime(2026, 1, 1, tzinfo=UTC)
frames = [
    Frame(shoot(specimen, seed=seed, difficulty="medium").frame, "test", taken) for seed in (5, 6)
]

def watch(event, arguments):
    # Numbers are open already: the pipe to Tesseract.
    if event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[0] != os.devnull:
        if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            print("wrote", arguments[0], file=sys.stderr)
            os._exit(3)

sys.addaudithook(watch)
readings = [reader.read(frame) for frame in frames]
print(reader.weigh(readings).verdict, len(readings[0].fields))
"""


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["networks", "tesseract"])
def test_nothing_is_written_while_a_card_is_read(engine: str, tmp_path: Path) -> None:
    temporary, home, here = tmp_path / "tmp", tmp_path / "home", tmp_path / "here"
    for place in (temporary, home, here):
        place.mkdir()
    surroundings = {
        **os.environ,
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        "HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    before = {place: place.stat().st_mtime_ns for place in (temporary, home, here)}
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, engine],
        check=False,
        capture_output=True,
        text=True,
        cwd=here,
        env=surroundings,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout.split()[-1]) > 0
    # A file that is made and deleted again, also by Tesseract, changes the time of its folder.
    assert {place: place.stat().st_mtime_ns for place in before} == before
