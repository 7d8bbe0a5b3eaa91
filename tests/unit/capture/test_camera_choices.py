"""Which camera for what: chosen by name, remembered, and given up when the settings change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pos_client.desk.choices import Choices
from pos_client.model.camera_check import CameraUse

if TYPE_CHECKING:
    from pathlib import Path


def test_a_choice_is_found_again_after_the_next_start(tmp_path: Path) -> None:
    Choices(tmp_path, "device:0").choose(CameraUse.DOCUMENT, "device:桌面摄像头")
    Choices(tmp_path, "device:0").choose(CameraUse.PERSON, "device:Built-in")
    again = Choices(tmp_path, "device:0")
    assert again.camera(CameraUse.DOCUMENT) == "device:桌面摄像头"
    assert again.camera(CameraUse.PERSON) == "device:Built-in"


def test_whoever_names_another_camera_in_the_settings_means_that_one(tmp_path: Path) -> None:
    Choices(tmp_path, "device:0").choose(CameraUse.DOCUMENT, "device:Desk Cam")
    assert Choices(tmp_path, "video:card.mp4").camera(CameraUse.DOCUMENT) is None
    assert Choices(tmp_path, "device:0").camera(CameraUse.DOCUMENT) == "device:Desk Cam"


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        '"text"',
        json.dumps({"under": "device:0", "cameras": ["device:1"]}),
        json.dumps({"under": "device:0", "cameras": {"document": 3, "moon": "device:1"}}),
    ],
)
def test_a_damaged_file_is_no_choice(kept: str, tmp_path: Path) -> None:
    (tmp_path / "choices.json").write_text(kept, encoding="utf-8")
    choices = Choices(tmp_path, "device:0")
    assert choices.camera(CameraUse.DOCUMENT) is None
    choices.choose(CameraUse.DOCUMENT, "device:Desk Cam")
    assert Choices(tmp_path, "device:0").camera(CameraUse.DOCUMENT) == "device:Desk Cam"


def test_a_disk_that_takes_nothing_costs_only_the_memory(tmp_path: Path) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    choices = Choices(in_the_way, "device:0")
    choices.choose(CameraUse.DOCUMENT, "device:Desk Cam")
    assert choices.camera(CameraUse.DOCUMENT) == "device:Desk Cam"
