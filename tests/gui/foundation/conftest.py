"""What window tests need: the application dressed and speaking English, and one door to threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from pos_client.ui.background import Background
from pos_client.ui.look.dress import Theme, apply_look
from pos_client.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    apply_look(qapp, Theme.LIGHT)
    yield qapp
    apply_look(qapp, Theme.LIGHT)


class WordsAtOnce(Words):
    """Hands LanguageChange on at once; in the window it comes with the loop's next turn."""

    def speak(self, language: str) -> None:
        super().speak(language)
        QCoreApplication.sendPostedEvents()


@pytest.fixture
def words(dressed: QApplication) -> Iterator[Words]:
    speaker = WordsAtOnce(dressed)
    yield speaker
    speaker.speak("en")
    speaker.fall_silent()
    speaker.setParent(None)


@pytest.fixture
def background() -> Iterator[Background]:
    def bug(error: Exception) -> None:
        raise error

    door = Background(bug)
    yield door
    assert door.close()
