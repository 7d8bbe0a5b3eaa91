"""Nobody can sign in any more: the request to the carrier is written, its answer opens the till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from pos_client.outbox.key_problems import RecoveryAnswerWrong
from pos_client.ui.pages.page import PageName

if TYPE_CHECKING:
    from pathlib import Path

    from pos_client.ui.pages.recovery import RecoveryPage
    from tests.gui.pages.conftest import Hand

Key = Qt.Key


@pytest.fixture
def page(hand: Hand) -> RecoveryPage:
    # The till has told its state: from then on pages turn by hand only.
    hand.until(lambda: hand.window.book.sign_in._policy is not None)
    hand.window.book.sign_in.lost.click()
    hand.at(PageName.RECOVERY)
    return hand.window.book.recovery


def choose(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(file), ""))


def fill(page: RecoveryPage) -> None:
    page.number.setText("9001")
    page.pin.setText("864209")
    page.pin_again.setText("864209")


def test_the_request_goes_into_a_file_and_the_page_says_what_is_next(
    hand: Hand, page: RecoveryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "request.json"
    choose(monkeypatch, file)
    fill(page)
    page.ask.click()
    hand.until(lambda: str(file) in page.told.headline)
    assert file.read_bytes() == b"please"
    assert page.pin.text() == "864209", "the same PIN opens the answer"


def test_the_answer_opens_the_till(
    hand: Hand, page: RecoveryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(b"here you are")
    choose(monkeypatch, file)
    fill(page)
    page.take.click()
    hand.at(PageName.HOME)
    assert hand.desk.answers == [b"here you are"]
    assert (page.pin.text(), page.pin_again.text()) == ("", "")


def test_an_answer_that_does_not_open_leaves_everything_typed(
    hand: Hand, page: RecoveryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(b"for somebody else")
    choose(monkeypatch, file)
    hand.desk.trouble["take_recovery"] = RecoveryAnswerWrong()
    fill(page)
    page.take.click()
    hand.until(lambda: not page.problem_box.isHidden())
    assert page.number.text() == "9001"
    assert page.take.isEnabled()


@pytest.mark.parametrize("name", ["gone.json", "large.json"])
def test_a_file_that_is_no_answer_is_said_so(
    hand: Hand, page: RecoveryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "large.json").write_bytes(bytes(1_000_001))
    choose(monkeypatch, tmp_path / name)
    fill(page)
    page.take.click()
    hand.until(lambda: not page.problem_box.isHidden())
    assert hand.desk.answers == []


def test_two_different_pins_are_asked_for_again(hand: Hand, page: RecoveryPage) -> None:
    fill(page)
    page.pin_again.setText("864200")
    page.ask.click()
    assert not page.told.isHidden()
    assert page.pin_again.text() == ""


def test_escape_goes_back_and_forgets_the_pin(hand: Hand, page: RecoveryPage) -> None:
    fill(page)
    hand.press(Key.Key_Escape)
    hand.at(PageName.SIGN_IN)
    assert page.pin.text() == ""
