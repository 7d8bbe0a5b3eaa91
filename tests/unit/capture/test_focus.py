"""How sharp a camera can be is learnt from what it has shown, and never asked beyond."""

from __future__ import annotations

from pos_client.capture.focus import ENOUGH_LOOKS, Focus

NEED_MM = 0.15


def fixed_focus(px_per_mm: float) -> float:
    """A webcam that is sharp from 6 pixels a millimetre outwards and blurs everything nearer."""
    return 0.10 + max(0.0, px_per_mm - 6) * 0.08


def seen(*looks: tuple[float, float]) -> Focus:
    focus = Focus()
    for px_per_mm, blur_mm in looks:
        focus = focus.after(px_per_mm, blur_mm)
    return focus


def test_a_camera_that_is_not_known_is_asked_for_what_reading_needs() -> None:
    assert Focus().bearable(NEED_MM) == NEED_MM
    assert Focus().sharper_when(10, 0.3) is None


def test_a_camera_that_was_never_sharper_is_asked_for_no_more_than_its_best() -> None:
    focus = seen(*[(9.0, 0.31)] * ENOUGH_LOOKS)
    assert 0.31 < focus.bearable(NEED_MM) < 0.4


def test_a_good_camera_is_held_to_what_reading_needs() -> None:
    focus = seen(*[(9.0, 0.08)] * ENOUGH_LOOKS)
    assert focus.bearable(NEED_MM) == NEED_MM


def test_a_fixed_focus_is_known_to_be_sharper_farther_away() -> None:
    focus = seen(*[(scale, fixed_focus(scale)) for scale in (6.0, 8.0, 10.0) for _ in range(6)])
    assert focus.sharper_when(10.0, fixed_focus(10.0)) == "farther"
    assert focus.sharper_when(6.0, fixed_focus(6.0)) is None


def test_a_camera_that_sees_too_little_far_away_is_known_to_be_sharper_nearer() -> None:
    focus = seen(*[(9.0, 0.09)] * 6, *[(4.0, 0.25)] * 6)
    assert focus.sharper_when(4.0, 0.25) == "nearer"


def test_one_lucky_look_is_no_knowledge() -> None:
    focus = seen((5.0, 0.05), *[(10.0, 0.3)] * 6)
    assert focus.sharper_when(10.0, 0.3) is None
