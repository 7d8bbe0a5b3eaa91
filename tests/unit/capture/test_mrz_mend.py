"""Whatever is changed in machine-readable lines is recorded: where, from what, to what, and why."""

from __future__ import annotations

import numpy as np

from pos_client.capture.cells import Cells, fit_cells
from pos_client.capture.engine import Alphabet, Posterior
from pos_client.capture.mrz_mend import mended
from pos_client.capture.mrz_zone import kinds_of
from pos_client.model.numbers.mrz import ALPHABET, MrzFormat
from pos_client.model.reading import Repair, RepairReason

#: The specimen of ICAO 9303-4.
PRINTED = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def seen(line: str, doubts: str = "") -> Posterior:
    """Three steps a character; where `doubts` has another one, that is seen nearly as well."""
    alphabet = Alphabet(ALPHABET)
    table = np.full((3 * len(line), len(alphabet)), 1e-5, np.float32)
    table[:, 0] = 0.99
    for at, (character, other) in enumerate(zip(line, doubts or line, strict=True)):
        table[3 * at + 1, 0] = 0.01
        table[3 * at + 1, alphabet.index(other) or 0] = 0.2
        table[3 * at + 1, alphabet.index(character) or 0] = 0.79
    return Posterior(table, alphabet, 4.0)


def cells(upper: Posterior, lower: Posterior) -> list[Cells]:
    fitted = [
        fit_cells(line, kinds)
        for line, kinds in zip((upper, lower), kinds_of(MrzFormat.TD3), strict=True)
    ]
    return [each for each in fitted if each is not None]


def told(repairs: tuple[Repair, ...]) -> list[tuple[int, int, str, str, RepairReason]]:
    return [(r.row, r.place, r.seen.reveal(), r.taken.reveal(), r.reason) for r in repairs]


def test_lines_that_are_right_need_no_repair() -> None:
    best = mended(MrzFormat.TD3, cells(seen(PRINTED[0]), seen(PRINTED[1])))
    assert best.lines == PRINTED
    assert not best.repairs
    assert not best.values


def test_a_letter_that_cannot_stand_in_a_date_is_recorded() -> None:
    lower = PRINTED[1].replace("740812", "74O812")
    best = mended(MrzFormat.TD3, cells(seen(PRINTED[0]), seen(lower)))
    assert best.lines == PRINTED
    assert told(best.repairs) == [(2, 16, "O", "0", RepairReason.ALPHABET)]


def test_a_digit_that_its_check_digit_refutes_is_recorded() -> None:
    lower = PRINTED[1].replace("L898902", "L898907")
    best = mended(MrzFormat.TD3, cells(seen(PRINTED[0]), seen(lower, PRINTED[1])))
    assert best.lines == PRINTED
    assert told(best.repairs) == [(2, 7, "7", "2", RepairReason.CHECK_DIGIT)]


def test_a_state_that_is_none_is_mended_and_recorded() -> None:
    upper = PRINTED[0].replace("P<UTO", "P<UTD")
    best = mended(MrzFormat.TD3, cells(seen(upper, PRINTED[0]), seen(PRINTED[1])))
    assert best.lines == PRINTED
    assert told(best.repairs) == [(1, 5, "D", "O", RepairReason.STATE)]


def test_a_check_digit_that_was_printed_wrong_stays_as_it_is_printed() -> None:
    lower = PRINTED[1].replace("7408122F", "7408125F")
    best = mended(MrzFormat.TD3, cells(seen(PRINTED[0]), seen(lower)))
    assert best.lines == (PRINTED[0], lower)
    assert not best.repairs


def test_what_the_composite_digit_mends_is_doubted_by_the_value_it_stands_in() -> None:
    # Two swaps keep the optional data's own digit: only the last digit tells.
    wrong = PRINTED[1][:43] + "6"
    barely = seen(wrong, PRINTED[1])
    at = 3 * 43 + 1
    barely.probabilities[at, barely.alphabet.index("6") or 0] = 0.85
    barely.probabilities[at, barely.alphabet.index("0") or 0] = 0.12
    best = mended(MrzFormat.TD3, cells(seen(PRINTED[0]), barely))
    assert best.lines == PRINTED
    assert best.values == {"document_number"}
