"""A card nobody has heard of is read once one file was laid into a folder: no code was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import cv2
import pytest

from pos_client import settings
from pos_client.cli import main
from pos_client.desk.reading_lines import reading_lines
from pos_client.documents import check_file
from pos_client.model.document import DocumentKind
from specimens.camera import shoot
from specimens.declared import specimens_of

FREEDONIA: Final = Path(__file__).parent / "freedonia"
CARD: Final = FREEDONIA / "kinds" / "fd.voter_card.json"


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A photograph of the card, and what is on it."""
    (card,) = specimens_of(
        "fd.voter_card", seed=4, declaration=CARD, truth=FREEDONIA / "truth.json"
    )
    file = tmp_path_factory.mktemp("freedonia") / "card.png"
    file.write_bytes(cv2.imencode(".png", shoot(card, seed=9, rotation=90).frame)[1].tobytes())
    return file, card.truth


def test_the_new_card_is_described_rightly(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_file(CARD) == ()
    assert main(["documents", "check", str(CARD)]) == 0
    assert capsys.readouterr().out == f"{CARD}: in order\n"


def test_the_new_card_is_listed_beside_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", "list", "--json", "--documents", str(CARD.parent)]) == 0
    codes = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert codes[-1] == "fd.voter_card"
    assert "cn.resident_id.2" in codes


def test_a_kind_that_there_is_not_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--document", "cn.resident_id.3", str(tmp_path / "card.png")]) != 0
    said = capsys.readouterr()
    assert "There is no document kind called cn.resident_id.3 [D151]" in said.err
    assert not said.out


@pytest.mark.slow
def test_the_new_card_is_read_from_a_photograph(
    frame: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "--json", "--documents", str(CARD.parent), str(frame[0])]) == 0
    line: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (line["document"], line["side"]) == ("fd.voter_card", "portrait")
    assert {name: each["value"] for name, each in line["fields"].items()} == frame[1]


@pytest.mark.slow
def test_without_its_file_the_card_is_not_taken_for_another_one(
    frame: tuple[Path, dict[str, str]],
) -> None:
    (line,) = reading_lines([frame[0]], None, threads=2)
    assert (line["document"], line["verdict"]) == (None, "unreadable")


def test_the_settings_of_a_shop_name_the_folder(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('documents = "C:/shop/documents"\n', encoding="utf-8")
    assert settings.load({}, home=tmp_path).documents == "C:/shop/documents"
    assert settings.load({"POS_CLIENT_DOCUMENTS": "/x"}, home=tmp_path).documents == "/x"


@pytest.mark.slow
def test_another_card_than_the_one_asked_for_is_read_as_what_it_is_and_said_to_be_another(
    frame: tuple[Path, dict[str, str]],
) -> None:
    wanted, folder = DocumentKind("cn.resident_id.2"), str(CARD.parent)
    (line,) = reading_lines([frame[0]], wanted, threads=2, documents=folder)
    assert (line["document"], line["as_wanted"]) == ("fd.voter_card", False)
    (line,) = reading_lines([frame[0]], DocumentKind("fd.voter_card"), threads=2, documents=folder)
    assert line["as_wanted"]
