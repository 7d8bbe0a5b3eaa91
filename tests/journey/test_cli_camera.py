"""`pos-client camera` says at once what is not there, and writes nothing where nobody meant it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from pos_client.capture.camera_problems import NoSuchCamera, RecordingMissing, SourceUnknown
from pos_client.capture.sources import refuse_unless_there
from pos_client.cli import camera as command
from pos_client.cli import main
from pos_client.desk.camera_verbs import CameraVerbs
from pos_client.model.view import Phase, Shutter, View

if TYPE_CHECKING:
    from pathlib import Path

    from pos_client.model.problems import Problem


def typed(home: Path, *arguments: str) -> int:
    return main(["--home", str(home), "camera", *arguments])


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("device:Nope", NoSuchCamera),
        ("video:none.mp4", RecordingMissing),
        ("folder:none", RecordingMissing),
        ("video:", SourceUnknown),
        ("webcam", SourceUnknown),
    ],
)
def test_a_source_that_is_not_there_is_named(spec: str, problem: type[Problem]) -> None:
    with pytest.raises(problem) as caught:
        refuse_unless_there(spec, ["Good Camera"])
    assert spec.partition(":")[2] in str(caught.value)


@pytest.mark.parametrize("spec", ["device:", "device:0", "device:good", "synthetic:", "folder:."])
def test_a_source_that_may_be_there_is_tried(spec: str) -> None:
    refuse_unless_there(spec, ["Good Camera"])


def test_a_check_without_its_source_ends_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    assert typed(tmp_path, "check", "--camera", "folder:/no/such/place") == 1
    assert time.monotonic() - began < 30
    assert "There is no such folder: /no/such/place [D107]" in capsys.readouterr().err


def test_a_check_ends_where_the_first_thing_seen_is_that_there_is_no_camera() -> None:
    nothing = View(1, 1, bytes(4), Phase.NO_CAMERA, hint="DEV01")
    shutter = Shutter()
    seen = command._Seen(shutter)
    seen.show(nothing)
    assert shutter.stopped
    assert "No camera is plugged in" in seen.why()


def test_a_camera_that_is_in_use_is_waited_for_and_one_with_pictures_may_pause() -> None:
    shutter = Shutter()
    seen = command._Seen(shutter)
    seen.show(View(1, 1, bytes(4), Phase.NO_CAMERA, hint="DEV02"))
    seen.show(View(1, 1, bytes(4), Phase.SEARCH))
    seen.show(View(1, 1, bytes(4), Phase.NO_CAMERA, hint="DEV01"))
    assert not shutter.stopped


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_check_takes_a_time_that_passes(seconds: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        typed(tmp_path, "check", "--seconds", seconds)
    assert ended.value.code == 2


def test_a_list_for_programs_is_json_also_where_there_is_no_camera(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CameraVerbs, "cameras", lambda _: ())
    assert typed(tmp_path, "list", "--json") == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["code"] == "D105"


def test_the_target_is_a_pdf_in_a_folder_that_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(tmp_path, "target", str(tmp_path / "new" / "target.pdf")) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    assert typed(tmp_path, "target", str(tmp_path / "target.png")) == 2
    assert "the page is a PDF" in capsys.readouterr().err
    assert not (tmp_path / "target.png").exists()
