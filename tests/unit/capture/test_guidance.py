"""One hint at a time: which, from when, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.capture import guidance
from pos_client.capture.guidance import (
    LEAST_PAPER,
    LEAST_SCALE,
    MOST_BLUR_MM,
    MOST_CLIPPED,
    MOST_GLARE,
    MOST_HIDDEN,
    MOST_TILT_DEG,
    Bound,
    CardSeen,
    Guidance,
    Seen,
    fault_in,
)
from pos_client.capture.surface import Surface
from pos_client.model.view import Phase

CLEAR = Surface(
    px_per_mm=9.0, blur_mm=0.06, smear=1.2, paper=200, clipped=0.0, glare=0.0, hidden=0.0
)
GOOD = CardSeen(filled=0.75, cut_off=False, tilt_deg=3.0, surface=CLEAR)
STILL = Seen(brightness=140, clipped=0.0, quiet_s=0.3, card=GOOD)
EMPTY = Seen(brightness=140, clipped=0.0, quiet_s=5.0)


def seen_with(**surface: float) -> Seen:
    return replace(STILL, card=replace(GOOD, surface=replace(CLEAR, **surface)))


@pytest.mark.parametrize(
    ("seen", "hint"),
    [
        (STILL, None),
        (EMPTY, None),
        (replace(STILL, card=replace(GOOD, mismatch="CAP11")), "CAP11"),
        (replace(STILL, card=replace(GOOD, mismatch="CAP09")), "CAP09"),
        (replace(STILL, card=replace(GOOD, mismatch="CAP10")), "CAP10"),
        (replace(STILL, card=replace(GOOD, cut_off=True)), "CAP04"),
        (replace(STILL, card=replace(GOOD, cut_off=True, filled=0.95)), "CAP02"),
        (replace(STILL, card=replace(GOOD, filled=0.99)), "CAP02"),
        (seen_with(hidden=MOST_HIDDEN.starts + 0.01), "CAP17"),
        (seen_with(px_per_mm=LEAST_SCALE.starts - 0.1), "CAP01"),
        (seen_with(px_per_mm=LEAST_SCALE.starts), None),
        (replace(STILL, card=replace(GOOD, tilt_deg=MOST_TILT_DEG.starts)), None),
        (replace(STILL, card=replace(GOOD, tilt_deg=MOST_TILT_DEG.starts + 1)), "CAP03"),
        (seen_with(paper=LEAST_PAPER.starts - 1), "CAP06"),
        (replace(EMPTY, brightness=30), "CAP06"),
        (seen_with(clipped=MOST_CLIPPED.starts + 0.01), "CAP07"),
        (replace(EMPTY, clipped=0.9), "CAP07"),
        (seen_with(glare=MOST_GLARE.starts + 0.01), "CAP05"),
        (seen_with(blur_mm=MOST_BLUR_MM.starts + 0.01), "CAP15"),
        (seen_with(blur_mm=MOST_BLUR_MM.starts + 0.01, smear=2.5), "CAP08"),
        (replace(STILL, quiet_s=None), "CAP08"),
        (replace(STILL, card=replace(GOOD, surface=None)), None),
        (replace(EMPTY, quiet_s=None), None),
    ],
)
def test_every_fault_has_its_hint(seen: Seen, hint: str | None) -> None:
    assert fault_in(seen) == hint


def test_the_hints_come_in_the_order_of_the_rules() -> None:
    """Wrong document, wrong side, hidden edge, distance, tilt, light, glare, blur, motion."""
    surface = Surface(
        px_per_mm=1.0, blur_mm=2.0, smear=1.0, paper=5, clipped=1.0, glare=0.9, hidden=0.9
    )
    card = CardSeen(0.5, cut_off=True, tilt_deg=70, surface=surface, mismatch="CAP11")
    cards = [card, replace(card, mismatch="CAP10"), replace(card, mismatch=None)]
    cards.append(card := replace(cards[-1], cut_off=False))
    cards.append(replace(card, surface=(surface := replace(surface, hidden=0.0))))
    cards.append(replace(card, surface=(surface := replace(surface, px_per_mm=9.0))))
    card = replace(card, tilt_deg=0.0)
    cards.append(replace(card, surface=surface))
    cards.append(replace(card, surface=(surface := replace(surface, paper=200))))
    cards.append(replace(card, surface=(surface := replace(surface, clipped=0.0))))
    cards.append(replace(card, surface=(surface := replace(surface, glare=0.0))))
    cards.append(replace(card, surface=replace(surface, blur_mm=0.05)))
    order = [fault_in(Seen(20, 0.2, None, each)) for each in cards]
    assert order == [
        "CAP11", "CAP10", "CAP04", "CAP17", "CAP01", "CAP03", "CAP06", "CAP07", "CAP05", "CAP15",
        "CAP08",
    ]  # fmt: skip


def between(bound: Bound) -> float:
    return (bound.starts + bound.ends) / 2


@pytest.mark.parametrize(
    ("name", "bound", "hint"),
    [
        ("px_per_mm", LEAST_SCALE, "CAP01"),
        ("paper", LEAST_PAPER, "CAP06"),
        ("clipped", MOST_CLIPPED, "CAP07"),
        ("glare", MOST_GLARE, "CAP05"),
        ("hidden", MOST_HIDDEN, "CAP17"),
        ("blur_mm", MOST_BLUR_MM, "CAP15"),
    ],
)
def test_what_was_said_stays_until_it_is_clearly_better(name: str, bound: Bound, hint: str) -> None:
    hardly_better = seen_with(**{name: between(bound)})
    assert fault_in(hardly_better) is None
    assert fault_in(hardly_better, hint) == hint


def test_a_card_that_shivers_around_a_bound_gets_one_hint_and_not_ten() -> None:
    guide, shown = Guidance(), set()
    for tick in range(200):
        scale = LEAST_SCALE.starts + (0.1 if tick % 2 else -0.1)
        guide = guide.after(seen_with(px_per_mm=scale), tick * 0.05)
        if tick > 20 and guide.waiting_s(tick * 0.05) < guidance.WAY_OUT_S:
            shown.add(guide.hint)
    assert shown == {"CAP01"}


def test_no_camera_is_asked_for_more_than_it_can_give() -> None:
    soft = seen_with(blur_mm=0.3)
    assert fault_in(soft) == "CAP15"
    assert soft.card is not None
    at_its_best = replace(soft, card=replace(soft.card, bearable_mm=0.31))
    assert fault_in(at_its_best) is None


def test_the_way_to_go_for_sharpness_is_the_one_that_the_camera_has_shown() -> None:
    soft = seen_with(blur_mm=0.3)
    assert soft.card is not None
    assert fault_in(replace(soft, card=replace(soft.card, sharper="nearer"))) == "CAP16"
    assert fault_in(replace(soft, card=replace(soft.card, sharper="farther"))) == "CAP15"


def test_a_passing_fault_is_not_spoken_of() -> None:
    tilted = replace(STILL, card=replace(GOOD, tilt_deg=70))
    guide = Guidance().after(STILL, 0.0).after(tilted, 0.1).after(tilted, 0.5)
    assert guide.hint is None
    assert guide.after(tilted, 0.7).hint == "CAP03"


def test_a_hand_that_is_arriving_is_not_told_to_hold_still() -> None:
    arriving = replace(seen_with(blur_mm=0.3, smear=2.5), quiet_s=None)
    guide = Guidance().after(arriving, 0.0)
    assert guide.after(arriving, 0.9).hint is None
    assert guide.after(arriving, 1.1).hint == "CAP08"


def test_a_hand_that_trembles_under_a_sharp_picture_is_left_in_peace() -> None:
    trembling = replace(STILL, quiet_s=None)
    guide = Guidance().after(trembling, 0.0)
    assert guide.after(trembling, 2.9).hint is None
    assert guide.after(trembling, 3.1).hint == "CAP08", "reading has not helped, stillness may"


def test_a_hand_that_smears_the_print_is_told_to_hold_still() -> None:
    smearing = replace(seen_with(blur_mm=0.18, smear=1.6), quiet_s=None)
    guide = Guidance().after(smearing, 0.0)
    assert guide.after(smearing, 1.1).hint == "CAP08"


def test_word_and_colour_do_not_change_with_every_beat_of_a_trembling_hand() -> None:
    guide, changes = Guidance(), 0
    for tick in range(60):
        seen = replace(STILL, quiet_s=0.0 if tick % 2 else None)
        before, guide = guide.phase, guide.after(seen, tick / 15)
        changes += guide.phase is not before
    assert changes <= 60 / 15 / 0.4 + 1


def test_the_wrong_side_is_said_at_once() -> None:
    wrong = replace(STILL, card=replace(GOOD, mismatch="CAP10"))
    assert Guidance().after(wrong, 0.0).after(wrong, 0.2).hint == "CAP10"


def test_a_hint_stays_long_enough_to_be_read() -> None:
    wrong = replace(STILL, card=replace(GOOD, mismatch="CAP10"))
    guide = Guidance().after(wrong, 0.0).after(wrong, 0.2)
    assert guide.after(STILL, 0.5).hint == "CAP10"
    assert guide.after(STILL, 0.5).after(STILL, 1.41).hint is None


def test_the_ring_turns_once_in_six_tenths_of_a_second() -> None:
    for quiet_s, part in ((0.0, 0.0), (0.3, 0.5), (0.6, 1.0), (2.0, 1.0)):
        guide = Guidance().after(replace(STILL, quiet_s=quiet_s), 9.0)
        assert guide.phase is Phase.STEADY
        assert guide.steady == pytest.approx(part)


def test_phases_follow_the_card() -> None:
    guide = Guidance().after(EMPTY, 0.0)
    assert guide.phase is Phase.SEARCH
    moving = replace(seen_with(blur_mm=0.3, smear=2.5), quiet_s=None)
    guide = guide.after(moving, 0.1)
    assert guide.phase is Phase.FOUND
    guide = guide.after(moving, 1.2)
    assert guide.phase is Phase.ADJUST
    guide = guide.after(STILL, 1.3)
    assert guide.phase is Phase.STEADY
    assert guide.after(EMPTY, 1.4).phase is Phase.SEARCH


def test_after_twelve_seconds_of_trying_the_way_out_is_offered() -> None:
    dim = seen_with(glare=0.9)
    guide = Guidance().after(dim, 100.0).after(dim, 111.9)
    assert guide.hint == "CAP05"
    assert guide.after(dim, 113.2).hint == "CAP13"


def test_the_way_out_of_a_bar_code_is_not_to_take_a_picture_of_it() -> None:
    moving = replace(EMPTY, quiet_s=None)
    guide = Guidance(way_out=guidance.WAY_OUT_SIM).after(moving, 0.0)
    assert guide.after(moving, 12.1).hint == "CAP18"


def test_nobody_waits_before_an_empty_desk() -> None:
    guide = Guidance().after(EMPTY, 0.0).after(EMPTY, 60.0)
    assert guide.hint is None
    assert guide.waiting_s(60.0) == 0.0


def test_the_wrong_side_is_still_named_after_twelve_seconds() -> None:
    wrong = replace(STILL, card=replace(GOOD, mismatch="CAP09"))
    guide = Guidance().after(wrong, 0.0).after(wrong, 20.0)
    assert guide.hint == "CAP09"


shares = st.floats(0, 1)
seen_things = st.builds(
    Seen,
    brightness=st.floats(0, 255),
    clipped=shares,
    quiet_s=st.none() | st.floats(0, 5),
    card=st.none()
    | st.builds(
        CardSeen,
        filled=shares,
        cut_off=st.booleans(),
        tilt_deg=st.floats(0, 60),
        surface=st.none()
        | st.builds(
            Surface,
            px_per_mm=st.floats(0, 30),
            blur_mm=st.floats(0, 2),
            smear=st.floats(1, 5),
            paper=st.floats(0, 255),
            clipped=shares,
            glare=shares,
            hidden=shares,
        ),
        mismatch=st.none() | st.sampled_from(sorted(guidance.MISMATCHES)),
    ),
)


@given(st.lists(st.tuples(seen_things, st.floats(0.01, 0.5)), max_size=60))
def test_whatever_happens_no_hint_is_replaced_before_it_could_be_read(
    frames: list[tuple[Seen, float]],
) -> None:
    guide, at = Guidance(), 0.0
    for seen, pause in frames:
        at += pause
        after = guide.after(seen, at)
        if guide.hint is not None and after.hint != guide.hint:
            assert at - guide.hint_since >= guidance.SHOWN_S
        assert 0.0 <= after.steady <= 1.0
        guide = after
