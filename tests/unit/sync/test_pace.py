"""What goes in one piece follows what the line carries, and how often it breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.registration import RegistrationId
from pos_client.sync.pace import LARGEST, SMALLEST, Pace, Progress

ROW = RegistrationId("row-1")


def settled(rate: float, wait_s: float = 0.3) -> Pace:
    """Return a pace that knows a line of so many bytes a second, with a wait for each answer."""
    pace = Pace()
    for _ in range(40):
        pace.measured(pace.piece, pace.piece / rate + wait_s)
    return pace


def test_a_fast_line_takes_large_pieces_and_a_slow_one_small_pieces() -> None:
    assert settled(10_000_000).piece == LARGEST
    assert settled(1_000).piece == SMALLEST
    middle = settled(125_000).piece
    assert 300_000 < middle < 500_000, "some seconds of the line"


@given(
    st.lists(
        st.one_of(st.just("cut"), st.tuples(st.integers(0, 2**24), st.floats(-1.0, 1e6))),
        max_size=60,
    )
)
def test_a_piece_is_never_a_crumb_and_never_more_than_the_carrier_takes(
    story: list[object],
) -> None:
    pace = Pace(lanes=2)
    for chapter in story:
        if isinstance(chapter, tuple):
            pace.measured(*chapter)
        else:
            pace.cut()
        assert SMALLEST <= pace.piece <= LARGEST


def test_each_cut_halves_what_the_next_one_can_cost() -> None:
    pace = settled(200_000)
    before = pace.piece
    pace.cut()
    assert pace.piece <= before // 2 + 1
    for _ in range(10):
        pace.cut()
    assert pace.piece <= 200_000 + 1
    for _ in range(60):
        pace.measured(100_000, 0.5)
    assert pace.piece > before // 2, "and it grows again while nothing is cut"


@pytest.mark.parametrize("known", [None, 10_000_000.0])
def test_a_line_on_which_nothing_comes_through_is_tried_with_less_and_less(
    known: float | None,
) -> None:
    pace = Pace(lanes=2)
    if known is not None:
        pace.measured(1_000_000, 1_000_000 / known)
    for _ in range(40):
        pace.cut()
    assert pace.piece == SMALLEST


def test_the_rest_of_the_time_is_known_once_the_line_is() -> None:
    pace = Pace(lanes=2)
    assert pace.eta_s(1_000_000) is None
    pace.measured(100_000, 1.0)
    assert pace.throughput == 200_000
    assert pace.eta_s(1_000_000) == 5.0


def test_what_is_under_way_is_known_and_forgotten_at_its_end() -> None:
    pace = Pace()
    pace.at(ROW, 10, 100)
    assert pace.progress() == {ROW: Progress(10, 100)}
    pace.ended(ROW)
    assert pace.progress() == {}
