"""One hint at a time: which, from when, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.capture import guidance
from pos_client.capture.guidance import CardSeen, Guidance, Seen, fault_in
from pos_client.model.view import Phase

GOOD = CardSeen(filled=0.75, cut_off=False, tilt_deg=3.0, glare=0.0)
STILL = Seen(brightness=140, clipped=0.0, quiet_s=0.3, card=GOOD)
EMPTY = Seen(brightness=140, clipped=0.0, quiet_s=5.0)


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
        (replace(STILL, card=replace(GOOD, filled=0.54)), "CAP01"),
        (replace(STILL, card=replace(GOOD, filled=0.55)), None),
        (replace(STILL, card=replace(GOOD, filled=0.99)), "CAP02"),
        (replace(STILL, card=replace(GOOD, tilt_deg=12.0)), None),
        (replace(STILL, card=replace(GOOD, tilt_deg=12.5)), "CAP03"),
        (replace(STILL, brightness=30), "CAP06"),
        (replace(EMPTY, brightness=30), "CAP06"),
        (replace(STILL, clipped=0.06), "CAP07"),
        (replace(STILL, card=replace(GOOD, glare=0.02)), "CAP05"),
        (replace(STILL, quiet_s=None), "CAP08"),
        (replace(EMPTY, quiet_s=None), None),
    ],
)
def test_every_fault_has_its_hint(seen: Seen, hint: str | None) -> None:
    assert fault_in(seen) == hint


def test_the_hints_come_in_the_order_of_the_rules() -> None:
    card = CardSeen(0.3, cut_off=True, tilt_deg=40, glare=0.5, mismatch="CAP11")
    worst = Seen(brightness=20, clipped=0.2, quiet_s=None, card=card)
    turned = replace(card, mismatch="CAP10")
    right = replace(card, mismatch=None)
    whole = replace(right, cut_off=False)
    near = replace(whole, filled=0.7)
    flat = replace(near, tilt_deg=0.0)
    shaded = replace(flat, glare=0.0)
    mended = [worst] + [replace(worst, card=each) for each in (turned, right, whole, near, flat)]
    mended.append(replace(mended[-1], brightness=140))
    mended.append(replace(mended[-1], clipped=0.0))
    mended.append(replace(mended[-1], card=shaded))
    mended.append(replace(mended[-1], quiet_s=0.0))
    order = [fault_in(seen) for seen in mended]
    assert order == [
        "CAP11", "CAP10", "CAP04", "CAP01", "CAP03", "CAP06", "CAP07", "CAP05", "CAP08", None,
    ]  # fmt: skip


def test_a_passing_fault_is_not_spoken_of() -> None:
    tilted = replace(STILL, card=replace(GOOD, tilt_deg=30))
    guide = Guidance().after(STILL, 0.0).after(tilted, 0.1).after(tilted, 0.5)
    assert guide.hint is None
    assert guide.after(tilted, 0.7).hint == "CAP03"


def test_a_hand_that_is_arriving_is_not_told_to_hold_still() -> None:
    arriving = replace(STILL, quiet_s=None)
    guide = Guidance().after(arriving, 0.0)
    assert guide.after(arriving, 0.9).hint is None
    assert guide.after(arriving, 1.1).hint == "CAP08"


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
    moving = replace(STILL, quiet_s=None)
    guide = guide.after(moving, 0.1)
    assert guide.phase is Phase.FOUND
    guide = guide.after(moving, 1.2)
    assert guide.phase is Phase.ADJUST
    guide = guide.after(STILL, 1.3)
    assert guide.phase is Phase.STEADY
    assert guide.after(EMPTY, 1.4).phase is Phase.SEARCH


def test_after_twelve_seconds_of_trying_the_way_out_is_offered() -> None:
    dim = replace(STILL, card=replace(GOOD, glare=0.1))
    guide = Guidance().after(dim, 100.0).after(dim, 111.9)
    assert guide.hint == "CAP05"
    assert guide.after(dim, 113.2).hint == "CAP13"


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
        glare=shares,
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
