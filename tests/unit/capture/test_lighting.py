"""Dark documents are made bright, and pale print as strong as the rest of its line."""

from __future__ import annotations

import numpy as np

from pos_client.capture.lighting import evened, lit


def test_a_document_in_the_dark_is_made_bright_and_a_bright_one_is_left_alone() -> None:
    dark = np.full((810, 1284, 3), 60, np.uint8)
    assert lit(dark).mean() > 200
    bright = np.full((810, 1284, 3), 210, np.uint8)
    assert lit(bright) is bright


def test_pale_ink_becomes_as_dark_as_the_rest_of_its_line() -> None:
    line = np.full((60, 600, 3), 240, np.uint8)
    line[15:45, 60:68] = 60
    line[15:45, 520:528] = 205
    even = evened(line)[30, :, 0].astype(int)
    assert even[64] < 80
    assert even[524] < 80
    assert even[300] > 200
