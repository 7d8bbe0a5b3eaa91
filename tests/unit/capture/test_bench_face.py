"""The bench for an operator's own pairs: bounded, and wrong lists are sentences."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import cv2
import pytest

from bench import face
from specimens.live_face import stand

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    for seed in range(2):
        (tmp_path / f"person{seed}").mkdir()
        for number, near in enumerate((1.0, 0.9)):
            cv2.imwrite(str(tmp_path / f"person{seed}" / f"{number}.png"), stand(seed, near=near))
    return tmp_path


def listed(folder: Path, *rows: str, head: str = "one,two,same") -> Path:
    file = folder / "pairs.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def test_pairs_are_compared_and_nothing_is_kept(
    album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("person0/0.png,person0/1.png,1", "person0/0.png,missing.png,0")
    before = sorted(album.rglob("*"))
    file = listed(album, *rows)
    assert face.main([str(file), "--scores"]) == 0
    said = capsys.readouterr().out
    assert "     2 same      0.9" in said
    assert "     3 different missing" in said
    assert "| one person | 1 |" in said
    assert "person0" not in said
    assert sorted(album.rglob("*")) == sorted([*before, file])


def test_a_folder_of_people_makes_its_own_pairs(album: Path) -> None:
    pairs = face.pairs_of(album, random.Random(1))  # noqa: S311 - the same pairs every time
    assert [pair.same for pair in pairs].count(True) == 2
    assert all(pair.one.parent != pair.two.parent for pair in pairs if not pair.same)


@pytest.mark.parametrize(
    ("rows", "head", "told"),
    [
        ((), "one,two,same", "no pairs"),
        (("a,b,maybe",), "one,two,same", "line 2: `same`"),
        (("a,,1",), "one,two,same", "line 2: a picture"),
        (("a,b",), "one,two", "line 1: the columns"),
        (("a,b,1",) * (face.MAX_PAIRS + 1), "one,two,same", "more than"),
    ],
)
def test_a_wrong_list_is_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: tuple[str, ...],
    head: str,
    told: str,
) -> None:
    assert face.main([str(listed(tmp_path, *rows, head=head))]) == 2
    assert told in capsys.readouterr().err


def test_what_is_no_list_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "empty").mkdir()
    for name in ("noise.csv", "empty", "nowhere.csv"):
        assert face.main([str(tmp_path / name)]) == 2
        assert capsys.readouterr().err.startswith("bench face: ")
