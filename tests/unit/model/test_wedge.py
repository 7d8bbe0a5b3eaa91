"""A scanner's burst of keys is taken whole; a person's keys are never lost, swapped or late."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.private import Private
from pos_client.model.wedge import GAP_S, LEAST, Wedge

ICCID = "89860070310112094320"


def typed(wedge: Wedge[str], text: str, gap_s: float, start: float = 0.0) -> tuple[str, list[str]]:
    """Press the keys of `text` in equal time; gives what came through, and the scans."""
    through, scans, at = "", [], start
    for letter in text:
        outcome = wedge.press(letter, letter, at)
        through += "".join(outcome.released)
        if outcome.scan is not None:
            scans.append(outcome.scan.reveal())
        at += gap_s
        if gap_s > GAP_S:
            through += "".join(wedge.overdue(at - gap_s + GAP_S).released)
    through += "".join(wedge.overdue(at + GAP_S).released)
    return through, scans


def test_a_scan_is_taken_and_nothing_of_it_reaches_the_form() -> None:
    for end in "\r\n\t":
        assert typed(Wedge(), ICCID + end, 0.008) == ("", [ICCID])


def test_a_slow_scanner_is_still_a_scanner() -> None:
    assert typed(Wedge(), ICCID + "\r", 0.034) == ("", [ICCID])


def test_typing_goes_through_with_its_enter() -> None:
    assert typed(Wedge(), "13800008000\r", 0.09) == ("13800008000\r", [])


def test_a_burst_that_is_too_short_is_typing() -> None:
    short = "8" * (LEAST - 2) + "9"
    assert typed(Wedge(), short + "\r", 0.01) == (short + "\r", [])


def test_a_burst_without_an_end_is_typing() -> None:
    assert typed(Wedge(), ICCID, 0.01) == (ICCID, [])


def test_a_pause_inside_makes_two_bursts_and_neither_is_a_scan() -> None:
    wedge: Wedge[str] = Wedge()
    first, _ = typed(wedge, "898600703", 0.01)
    second, scans = typed(wedge, "10112094\r", 0.01, start=1.0)
    assert (first, second, scans) == ("898600703", "10112094\r", [])


def test_the_letter_typed_before_a_scan_is_not_part_of_it() -> None:
    wedge: Wedge[str] = Wedge()
    assert wedge.press("x", "x", 0.0).released == ()
    outcome = wedge.press("8", "8", 0.2)
    assert outcome.released == ("x",)
    assert typed(wedge, ICCID[1:] + "\r", 0.01, start=0.21) == ("", [ICCID])


def test_a_key_held_down_is_no_scan() -> None:
    wedge: Wedge[str] = Wedge()
    through = ""
    for number in range(40):
        outcome = wedge.press("a", "a", number * 0.03, repeated=number > 0)
        through += "".join(outcome.released)
    assert through == "a" * 40
    assert typed(Wedge(), "a" * 40 + "\r", 0.03) == ("a" * 40 + "\r", [])


def test_keys_that_write_nothing_go_through_at_once() -> None:
    wedge: Wedge[str] = Wedge()
    assert wedge.press("", "F12", 0.0).released == ("F12",)
    assert wedge.press("\r", "Enter", 0.01).released == ("Enter",)


def test_a_scan_is_private() -> None:
    wedge: Wedge[str] = Wedge()
    for number, letter in enumerate(ICCID):
        wedge.press(letter, letter, number * 0.01)
    outcome = wedge.press("\r", "\r", len(ICCID) * 0.01)
    assert outcome.scan == Private(ICCID)
    assert ICCID not in repr(outcome)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*"089AZ", "\r", "\t", ""]), st.floats(0.001, 0.2), st.booleans()
        ),
        max_size=80,
    )
)
def test_no_key_is_lost_doubled_or_out_of_order(keys: list[tuple[str, float, bool]]) -> None:
    wedge: Wedge[int] = Wedge()
    through: list[int] = []
    at, swallowed = 0.0, 0
    for number, (text, gap_s, asked) in enumerate(keys):
        at += gap_s
        if asked:
            through += wedge.overdue(at).released
        outcome = wedge.press(text, number, at)
        through += outcome.released
        if outcome.scan is not None:
            swallowed += len(outcome.scan.reveal()) + 1
    through += wedge.overdue(at + 1).released
    assert through == sorted(through)
    assert len(through) == len(keys) - swallowed


@given(st.text("0123456789ABCDEF", min_size=1, max_size=40), st.floats(0.06, 0.3))
def test_a_person_is_never_taken_for_a_scanner(text: str, gap_s: float) -> None:
    assert typed(Wedge(), text + "\r", gap_s) == (text + "\r", [])
