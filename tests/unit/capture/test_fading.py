"""Print that fades at the end of a line may go on under the glare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pos_client.capture.ctc import Char
from pos_client.capture.engine import Alphabet, Posterior, TextLine
from pos_client.capture.fading import blown_beyond, covered_beyond, fades, fades_into_light
from pos_client.capture.lines import ReadLine
from pos_client.capture.piece import Piece

if TYPE_CHECKING:
    from pos_client.capture.frame import Pixels


def row_of(*inks: int) -> tuple[Pixels, Piece]:
    """A row of square characters, 40 pixels each, that are so much darker than their paper."""
    flat = np.full((60, 40 * len(inks), 3), 220, np.uint8)
    for at, ink in enumerate(inks):
        flat[20:40, 40 * at + 10 : 40 * at + 16] = 220 - ink
    width = 40 * len(inks)
    quad = np.array([(0, 10), (width, 10), (width, 50), (0, 50)], float)
    seen = Posterior(np.zeros((len(inks), 1), np.float32), Alphabet([]), 40.0)
    chars = tuple(Char("样", 0.99, at, at + 1) for at in range(len(inks)))
    return flat, Piece(ReadLine(TextLine(quad, 1.0), seen, chars), chars, 0, len(inks))


def test_even_print_does_not_fade() -> None:
    assert not fades(*row_of(150, 140, 150))


def test_a_pale_last_character_is_a_reason_to_doubt() -> None:
    assert fades(*row_of(150, 140, 40))


def test_a_pale_first_one_too() -> None:
    assert fades(*row_of(40, 140, 150))


def shone_on(flat: Pixels, left: int) -> Pixels:
    """The same with a reflection from `left` on."""
    wide = np.concatenate([flat, np.full((60, 80, 3), 220, np.uint8)], axis=1)
    wide[:, left:] = 255
    return np.asarray(wide, np.uint8)


def test_a_reflection_that_begins_behind_the_last_character_may_hide_another() -> None:
    flat, piece = row_of(150, 140, 150)
    assert blown_beyond(shone_on(flat, 120), piece)


def test_paper_that_ends_there_or_is_white_all_along_hides_nothing() -> None:
    flat, piece = row_of(150, 140, 150)
    assert not blown_beyond(flat, piece)
    assert not blown_beyond(shone_on(flat, 190), piece)
    assert not blown_beyond(shone_on(flat + np.uint8(20), 120), piece)


def test_a_pale_end_before_lighter_paper_is_a_reason_to_doubt() -> None:
    flat, piece = row_of(150, 140, 80)
    assert not fades_into_light(flat, piece)
    beyond = np.full((60, 80, 3), 250, np.uint8)
    assert fades_into_light(np.concatenate([flat, beyond], axis=1), piece)


def test_a_thumb_behind_the_last_character_may_hide_another() -> None:
    flat, piece = row_of(150, 140, 150)
    wide = shone_on(flat, 200)
    assert not covered_beyond(wide, piece)
    wide[:, 118:] = (120, 150, 200)
    assert covered_beyond(wide, piece)
