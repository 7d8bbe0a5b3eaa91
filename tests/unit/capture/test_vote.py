"""Several frames of one card: each character is voted on, and two cards never mix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pos_client.capture.fuse import fused
from pos_client.capture.vote import agreed_twice, elected, together
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE, Field, FieldCheck, Letter
from pos_client.model.reading import Verdict
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD, field_of, reading

if TYPE_CHECKING:
    from pos_client.model.declaration import FieldDeclaration


def spelled(text: str, sure: float = 0.9, **others: str) -> tuple[Letter, ...]:
    """Letters of a text; `others` names what a character may be instead."""
    return tuple(
        Letter(each, sure, tuple((other, (1 - sure) * 0.9) for other in others.get(each, "")))
        for each in text
    )


def word(letters: tuple[Letter, ...]) -> str:
    return "".join(letter.text for letter in letters)


def declared(side: Side) -> tuple[FieldDeclaration, ...]:
    card = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
    found = card.side(side)
    assert found is not None
    return found.fields


def with_letters(field: Field, letters: tuple[Letter, ...]) -> Field:
    return replace(field, letters=letters)


def test_two_frames_outvote_one() -> None:
    looks = [(spelled(text), 1.0) for text in ("样木", "样本", "样本")]
    assert word(fused(looks, 2.0)) == "样本"


def test_a_sure_frame_outweighs_two_that_waver() -> None:
    wavering = (Letter("木", 0.4, (("本", 0.35),)),)
    looks = [(wavering, 1.0), (wavering, 1.0), ((Letter("本", 0.98, (("木", 0.01),)),), 1.0)]
    assert word(fused(looks, 2.0)) == "本"


def test_a_sharp_frame_counts_more_than_a_blurred_one() -> None:
    sharp, blurred = (Letter("本", 0.6, (("木", 0.3),)),), (Letter("木", 0.6, (("本", 0.3),)),)
    assert word(fused([(sharp, 1.0), (blurred, 0.4)], 1.5)) == "本"
    assert word(fused([(sharp, 0.4), (blurred, 1.0)], 1.5)) == "木"


def test_a_character_that_one_frame_lost_is_kept_by_the_others() -> None:
    looks = [(spelled(text), 1.0) for text in ("人民路号", "人民路8号", "人民路8号")]
    assert word(fused(looks, 2.0)) == "人民路8号"


def test_a_character_that_only_one_frame_saw_is_not_believed() -> None:
    looks = [
        (spelled(text, sure), 1.0)
        for text, sure in (("一样本", 0.5), ("样本", 0.95), ("样本", 0.95))
    ]
    assert word(fused(looks, 2.0)) == "样本"


def test_what_two_of_five_frames_saw_clearly_light_hid_from_the_others() -> None:
    looks = [
        (spelled(text, 0.995), 1.0)
        for text in ("样本屯8组", "样本屯8", "样本屯8", "样本屯8组", "样本屯8")
    ]
    assert word(fused(looks, 5**0.6)) == "样本屯8组"


def test_frames_that_agree_are_surer_than_one() -> None:
    letter = (Letter("本", 0.8, (("木", 0.15),)),)
    one, three = fused([(letter, 1.0)], 1.0), fused([(letter, 1.0)] * 3, 3**0.6)
    assert three[0].probability > one[0].probability


@given(st.lists(st.text("样本木人口日目", max_size=6), min_size=1, max_size=5))
def test_voting_gives_probabilities_whatever_was_read(texts: list[str]) -> None:
    letters = fused([(spelled(text), 1.0) for text in texts], len(texts) ** 0.6)
    assert all(0 <= letter.probability <= 1 for letter in letters)
    assert len(letters) <= sum(map(len, texts))


def test_a_number_is_elected_under_its_check_character() -> None:
    right, wrong = "11010519491231002X", "11010519491281002X"
    number = field_of("id_number", right, sure=0.9)
    unsure = with_letters(replace(number, value=number.value), spelled(wrong, 0.6, **{"8": "3"}))
    readings = [
        reading(Verdict.DOUBT, with_letters(number, spelled(right, 0.7))),
        reading(Verdict.DOUBT, unsure),
    ]
    value = elected(declared(Side.PORTRAIT), readings)["id_number"]
    assert value.text == right


def test_a_frame_that_lost_digits_does_not_move_those_of_the_others() -> None:
    right = "11010519491231002X"
    number = field_of("id_number", right, sure=0.9)
    lost = field_of("id_number", right[:6] + right[9:], sure=0.1)
    readings = [
        reading(Verdict.DOUBT, with_letters(lost, spelled(right[:6] + right[9:], 0.9))),
        reading(Verdict.DOUBT, with_letters(number, spelled(right, 0.7))),
        reading(Verdict.DOUBT, with_letters(lost, spelled(right[:6] + right[9:], 0.9))),
    ]
    value = elected(declared(Side.PORTRAIT), readings)["id_number"]
    assert value.text == right


def test_what_no_frame_was_sure_of_is_not_sure_by_their_number() -> None:
    # All five frames lost the same character under the same glare.
    frame = with_letters(field_of("name", "样本", sure=0.5), spelled("样本", 0.99))
    value = elected(declared(Side.PORTRAIT), [reading(Verdict.DOUBT, frame)] * 5)["name"]
    assert value.text == "样本"
    assert value.confidence < SURE


def test_what_every_frame_took_from_the_number_is_not_sure_by_their_number() -> None:
    taken = FieldCheck("NUM04", passed=True, reason="repaired")
    sex = replace(field_of("sex", "男", sure=0.6), checks=(taken,))
    value = elected(declared(Side.PORTRAIT), [reading(Verdict.DOUBT, sex)] * 5)["sex"]
    assert value.repaired
    assert value.confidence < SURE


def test_a_frame_that_read_more_keeps_the_rest_in_doubt() -> None:
    short = with_letters(field_of("name", "样本"), spelled("样本", 0.99))
    long = with_letters(field_of("name", "样本人", sure=0.4), spelled("样本人", 0.6))
    readings = [reading(Verdict.DOUBT, short), reading(Verdict.DOUBT, long)]
    assert elected(declared(Side.PORTRAIT), [*readings, readings[0]])["name"].confidence < SURE


def test_readings_of_two_cards_are_never_counted_together() -> None:
    one = reading(Verdict.DOUBT, field_of("id_number", "1", passed=True))
    other = reading(Verdict.DOUBT, field_of("id_number", "2", passed=True))
    assert together([one, other, other]) == [other, other]


def test_what_checks_cover_has_to_be_seen_twice() -> None:
    one = reading(Verdict.READ, field_of("id_number", "1", passed=True), field_of("name", "甲"))
    assert not agreed_twice([one])
    assert agreed_twice([one, one])
    assert not agreed_twice([one, reading(Verdict.READ, field_of("id_number", "2", passed=True))])
