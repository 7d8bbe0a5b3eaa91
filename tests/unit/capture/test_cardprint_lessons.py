"""The lines that the recogniser learns print on cards from."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client.resources import path
from training.cardprint.lines import HEIGHT, Artist
from training.cardprint.texts import Texts, gb2312

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = [
    *gb2312(16, 87),
    "囍",
    *"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/.-· ",
]


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    words = tmp_path / "words"
    words.write_text("王样本 9 nr\n样本山 40 ns\n方便 70 n\nbroken\n", encoding="utf-8")
    names = path("names/cn_surnames.txt")
    return Texts(KNOWN, words, path("regions/cn_regions.csv"), names)


def test_a_batch_is_the_same_for_the_same_number(texts: Texts) -> None:
    artist = Artist(texts, {each: at for at, each in enumerate(KNOWN, 1)})
    pictures, wanted = artist.batch(4)
    again, same = artist.batch(4)
    assert np.array_equal(pictures, again)
    assert wanted == same
    assert pictures.shape == (len(wanted), 3, HEIGHT, 264)
    assert all(0 < len(line) < 264 / 8 for line in wanted)
    assert -1 <= pictures.min() < pictures.max() <= 1


def test_lines_are_names_parts_of_addresses_forms_and_latin_words(texts: Texts) -> None:
    rng = random.Random(3)  # noqa: S311 - no secret
    lines = [texts.line(rng) for _ in range(400)]
    chinese = [text for text, is_chinese in lines if is_chinese]
    assert 0.85 < len(chinese) / len(lines) < 0.99
    assert any(text.endswith("公安局") for text in chinese)
    assert any("王样本" in text for text in chinese)
    assert any(text.endswith(("号", "组")) for text in chinese)
