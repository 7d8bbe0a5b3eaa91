"""Evenly spaced characters are counted back where the network's steps melt them together."""

from __future__ import annotations

import numpy as np

from pos_client.capture import ctc
from pos_client.capture.cells import CellKind, cheapest, fit_cells, rivals, valid_texts
from pos_client.capture.engine import Alphabet, Posterior
from pos_client.model.numbers import cn_id

DIGITS = CellKind("0123456789", {"0": "O"})
LETTERS = CellKind("ABC<", {}, "<")


def seen(steps: str, sure: float = 0.99) -> Posterior:
    """One character a step; a dot is "none here"."""
    alphabet = Alphabet(sorted(set("0123456789ABCO<X") | (set(steps) - {"."})))
    table = np.full((len(steps), len(alphabet)), (1 - sure) / (len(alphabet) - 1), np.float32)
    for at, character in enumerate(steps):
        table[at, alphabet.index(character) or 0 if character != "." else 0] = sure
    return Posterior(table, alphabet, 8.0)


def test_equal_neighbours_that_melted_are_counted_by_their_room() -> None:
    line = seen(".1..0....0..2..2.")
    assert ctc.text_of(ctc.greedy(line)) == "10022"
    melted = seen(".1..000000..2222.")
    assert ctc.text_of(ctc.greedy(melted)) == "102"
    cells = fit_cells(melted, [DIGITS] * 6)
    assert cells is not None
    assert cells.text == "100022"


def test_look_alikes_count_for_the_symbol_they_stand_for() -> None:
    cells = fit_cells(seen(".1..O..2."), [DIGITS] * 3)
    assert cells is not None
    assert cells.text == "102"
    assert min(cells.confidence("102")) > 0.9


def test_an_empty_cell_is_most_likely_a_filler() -> None:
    cells = fit_cells(seen(".A..B........", 1.0), [LETTERS] * 4)
    assert cells is not None
    assert cells.text == "AB<<"


def test_a_cell_without_print_is_known_to_be_hidden() -> None:
    line = seen(".1..0..7.....2..5..9..3..4.")
    crisp = Posterior(line.probabilities, line.alphabet, 8.0, crisp=True)
    cells = fit_cells(crisp, [DIGITS] * 9)
    assert cells is not None
    assert [at for at, hidden in enumerate(cells.hidden) if hidden] == [3]


def test_a_line_with_fewer_steps_than_characters_is_not_read() -> None:
    assert fit_cells(seen("12"), [DIGITS] * 3) is None


def test_texts_come_cheapest_first_and_each_once() -> None:
    options = [[(0.0, "a"), (1.0, "b")], [(0.0, "c")], [(0.0, "d"), (0.5, "e"), (2.0, "f")]]
    texts = list(cheapest(options, 100))
    assert [cost for cost, _ in texts] == sorted(cost for cost, _ in texts)
    assert {text for _, text in texts} == {"acd", "ace", "acf", "bcd", "bce", "bcf"}
    assert len(texts) == 6


def test_a_misread_digit_is_found_by_the_check_character() -> None:
    number = "11010519491231002X"
    steps = "".join(f".{character}." for character in number)
    line = seen(steps, 0.97)
    for character, share in (("2", 0.19), ("7", 0.8)):
        line.probabilities[3 * 11 + 1, line.alphabet.index(character) or 0] = share
    cells = fit_cells(line, [DIGITS] * 17 + [CellKind("0123456789X")])
    assert cells is not None
    assert cells.text != number
    found = valid_texts(rivals(cells), lambda text: cn_id.fault(text) is None)
    assert found[0][1] == number


def test_the_likelihood_of_a_text_adds_up_all_its_ways() -> None:
    line = seen(".A.A.", 0.9)
    double, single, mixed, unknown = ctc.likelihoods(line, ["AA", "A", "AB", "A猫"])
    assert double > max(single, mixed)
    assert unknown < mixed + 0.01
    ranked = ctc.choose(line, ["AB", "AA", "B"])
    assert ranked[0][0] == "AA"
    assert ranked[0][1] > 0.9
