"""Two doubtful readings become one; two cards never do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos_client.capture.second_look import merged, same_card
from pos_client.model.field import Box, Field
from pos_client.model.private import Private
from pos_client.model.reading import Verdict
from tests.fakes.cameras import PASSPORT, field_of, reading

SURE = reading(Verdict.DOUBT, field_of("name", "样本"), field_of("id_number", "1", passed=True))


def test_of_each_field_the_better_reading_is_kept() -> None:
    one = reading(Verdict.DOUBT, field_of("name", "样木", sure=0.3), field_of("sex", "女"))
    other = reading(Verdict.DOUBT, field_of("name", "样本"), field_of("sex", "女", sure=0.2))
    assert [each.value.reveal() for each in merged(one, other).fields] == ["样本", "女"]


def test_a_passed_check_beats_confidence() -> None:
    one = reading(Verdict.DOUBT, field_of("id_number", "11", sure=0.99, passed=False))
    other = reading(Verdict.DOUBT, field_of("id_number", "12", sure=0.91, passed=True))
    assert merged(one, other).fields[0].value == Private("12")


def test_a_field_that_only_one_reading_has_is_kept() -> None:
    one = reading(Verdict.DOUBT, field_of("id_number", "1", passed=True))
    assert {each.name for each in merged(one, SURE).fields} == {"name", "id_number"}


def test_a_taken_over_value_is_shown_at_its_place_in_the_kept_picture() -> None:
    here, there = Box(1, 2, 30, 10), Box(4, 5, 30, 10)
    poor = replace(field_of("name", "样木", sure=0.3), box=here)
    good = replace(field_of("name", "样本"), box=there)
    one = reading(Verdict.DOUBT, poor, *(field_of(n, "女") for n in ("sex", "ethnicity")))
    other = reading(
        Verdict.DOUBT, good, *(field_of(n, "女", sure=0.1) for n in ("sex", "ethnicity"))
    )
    name = merged(one, other).fields[0]
    assert (name.value, name.box) == (Private("样本"), here)


def test_a_reading_that_is_sure_is_taken_whole() -> None:
    read = reading(Verdict.READ, field_of("name", "样本"))
    assert merged(SURE, read) is read


def test_a_merged_reading_stays_in_doubt() -> None:
    assert merged(SURE, SURE).verdict is Verdict.DOUBT


def test_two_checked_numbers_that_differ_are_two_cards() -> None:
    other = replace(SURE, fields=(SURE.fields[0], field_of("id_number", "2", passed=True)))
    assert not same_card(SURE, other)
    assert merged(SURE, other) in {SURE, other}


def test_sides_of_different_documents_are_never_mixed() -> None:
    assert not same_card(SURE, replace(SURE, document=PASSPORT))


def test_without_a_check_half_of_the_fields_must_agree() -> None:
    one = reading(Verdict.DOUBT, *(field_of(n, "1") for n in "abcd"))
    near = reading(Verdict.DOUBT, *(field_of(n, v) for n, v in zip("abcd", "1122", strict=True)))
    far = reading(Verdict.DOUBT, *(field_of(n, v) for n, v in zip("abcd", "1222", strict=True)))
    assert same_card(one, near)
    assert not same_card(one, far)


def test_a_frame_of_which_little_but_the_number_could_be_read_is_of_the_same_card() -> None:
    number = field_of("id_number", "810000194305270015", passed=False)
    good = reading(Verdict.READ, number, *(field_of(n, "1") for n in ("name", "sex", "address")))
    torn = field_of("name", "2", sure=0.2), field_of("sex", ""), field_of("birth_date", "")
    assert same_card(good, reading(Verdict.DOUBT, number, *torn))


def test_what_was_not_made_out_is_no_difference() -> None:
    one = reading(Verdict.DOUBT, *(field_of(n, "1") for n in "abcd"))
    torn = reading(Verdict.DOUBT, field_of("a", "1"), *(field_of(n, "") for n in "bcd"))
    assert same_card(one, torn)


def test_days_that_many_cards_share_tell_of_no_one_card() -> None:
    days = [field_of("valid_from", "2019-05-06"), field_of("valid_until", "2029-05-05")]
    one = reading(Verdict.DOUBT, *days, *(field_of(n, "1") for n in "abc"))
    assert not same_card(one, reading(Verdict.DOUBT, *days, *(field_of(n, "2") for n in "abc")))


fields = st.builds(
    field_of,
    st.sampled_from(["name", "sex", "address", "id_number"]),
    st.sampled_from(["1", "2"]),
    sure=st.floats(0, 1),
    passed=st.sampled_from([None, True, False]),
)


def _one_each(found: list[Field]) -> tuple[Field, ...]:
    return tuple({each.name: each for each in found}.values())


@given(st.lists(fields, max_size=5).map(_one_each), st.lists(fields, max_size=5).map(_one_each))
def test_merging_never_makes_a_field_worse_and_never_invents_one(
    ours: tuple[Field, ...], theirs: tuple[Field, ...]
) -> None:
    one, other = reading(Verdict.DOUBT, *ours), reading(Verdict.DOUBT, *theirs)
    both = merged(one, other)
    seen = {(each.name, each.value) for each in ours + theirs}
    assert {(each.name, each.value) for each in both.fields} <= seen
    if same_card(one, other):
        for each in both.fields:
            rivals = [r.field(each.name) for r in (one, other)]
            assert not each.doubtful or all(r is None or r.doubtful for r in rivals)
