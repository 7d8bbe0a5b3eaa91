"""Every scene of the screenshots is still reached by keys, so that each picture can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo.director import Until
from demo.shot_scenes import SCENES
from demo.studio import Studio
from pos_client.ui.look.dress import Theme, apply_look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def studio(qapp: QApplication) -> Iterator[Studio]:
    studio = Studio(qapp)
    studio.open(Theme.LIGHT, "en", (1280, 720))
    yield studio
    studio.close()
    apply_look(qapp, Theme.LIGHT)


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_is_reached(qtbot: QtBot, studio: Studio, name: str) -> None:
    for step in SCENES[name](studio):
        if isinstance(step, Until):
            qtbot.waitUntil(step.seen, timeout=20_000)
        else:
            qtbot.wait(round(step.seconds * 1000))
