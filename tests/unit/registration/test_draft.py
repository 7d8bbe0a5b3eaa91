"""A draft loses nothing that was read, and nothing that was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.document import Side
from pos_client.model.field import FieldCheck, FieldName, Source
from pos_client.model.numbers import cn_id
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict
from pos_client.model.registration import NoticeAnswer
from pos_client.model.steps import StepName, StepState
from pos_client.registration import dates, holder, rules
from pos_client.registration import draft as steps_of_draft
from pos_client.registration.policy import load_policy
from pos_client.registration.problems import NothingRead, OtherDocument, UnknownField
from pos_client.registration.steps import steps
from tests.unit.registration import visit
from tests.unit.registration.visit import RESIDENT_ID, TODAY, identified, kind, typed

if TYPE_CHECKING:
    from pos_client.model.draft import Draft

CARD = kind(RESIDENT_ID)
ADDRESS = FieldName("address")


def value(draft: Draft, name: str) -> str:
    return draft.fields[FieldName(name)].value.reveal()


def test_both_sides_are_collected_with_their_sources() -> None:
    draft = identified()
    assert set(draft.images) == {Side.PORTRAIT, Side.EMBLEM}
    assert {name: field.value.reveal() for name, field in draft.fields.items()} == (
        visit.PORTRAIT | visit.EMBLEM
    )
    assert {field.source for field in draft.fields.values()} == {Source.OCR}


def test_the_first_reading_says_which_document_it_is() -> None:
    assert identified().document == RESIDENT_ID


def test_each_step_gives_a_new_revision_and_leaves_the_old_draft_alone() -> None:
    draft = identified()
    after = typed(draft, "address", "another")
    assert after.revision == draft.revision + 1
    assert value(draft, "address") == visit.PORTRAIT["address"]


def test_another_kind_of_document_is_refused_until_it_is_chosen() -> None:
    draft = identified()
    with pytest.raises(OtherDocument):
        visit.shown(draft, visit.passport_reading())
    with pytest.raises(OtherDocument):
        steps_of_draft.take_reading(draft, visit.passport_reading(), CARD, TODAY)
    chosen = steps_of_draft.choose_document(draft, visit.PASSPORT)
    assert (chosen.fields, chosen.images, chosen.mrz) == ({}, {}, ())
    assert visit.shown(chosen, visit.passport_reading()).mrz


def test_choosing_the_same_document_again_forgets_nothing() -> None:
    draft = identified()
    assert steps_of_draft.choose_document(draft, RESIDENT_ID) == draft


def test_a_reading_of_nothing_is_refused() -> None:
    nothing = Reading(Verdict.UNREADABLE, None, None, (), (), None, 20, "no_document")
    with pytest.raises(NothingRead):
        steps_of_draft.take_reading(visit.begun(), nothing, CARD, TODAY)


def test_typed_values_survive_every_new_reading() -> None:
    draft = typed(identified(), "address", "上海市样本路2号")
    again = visit.shown(draft, visit.reading(Side.PORTRAIT, visit.PORTRAIT | {"name": "样本甲"}))
    assert value(again, "address") == "上海市样本路2号"
    assert value(again, "name") == "样本甲"
    assert again.read_fields[ADDRESS].value.reveal() == visit.PORTRAIT["address"]


def test_a_camera_never_lowers_what_a_chip_gave() -> None:
    draft = identified()
    chip = visit.read_field("name", "样本女", source=Source.CHIP)
    draft = replace(draft, fields=draft.fields | {FieldName("name"): chip})
    again = visit.shown(draft, visit.reading(Side.PORTRAIT, visit.PORTRAIT | {"name": "样木女"}))
    assert again.fields[FieldName("name")].source is Source.CHIP


def test_a_typed_value_names_who_typed_it_and_can_be_undone() -> None:
    draft = typed(identified(), "address", "上海市样本路2号")
    assert draft.fields[ADDRESS].source is Source.TYPED
    assert draft.fields[ADDRESS].edited_by == visit.OPERATOR
    undone = steps_of_draft.undo_field(draft, ADDRESS, CARD, TODAY)
    assert undone.fields[ADDRESS] == draft.read_fields[ADDRESS]


def test_undoing_a_value_that_was_never_read_empties_it() -> None:
    draft = steps_of_draft.choose_document(visit.begun(), RESIDENT_ID)
    draft = typed(draft, "name", "样本")
    assert steps_of_draft.undo_field(draft, FieldName("name"), CARD, TODAY).fields == {}


def test_a_field_the_document_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownField):
        typed(identified(), "shoe_size", "44")


def test_a_retake_forgets_one_side_and_keeps_what_was_typed() -> None:
    draft = typed(identified(), "name", "样本甲")
    again = steps_of_draft.retake(draft, Side.PORTRAIT, CARD, TODAY)
    assert set(again.images) == {Side.EMBLEM}
    assert value(again, "name") == "样本甲"
    assert ADDRESS not in again.fields
    assert value(again, "authority") == visit.EMBLEM["authority"]


def test_a_retake_of_a_passport_forgets_its_lines() -> None:
    draft = visit.shown(visit.begun(), visit.passport_reading())
    assert steps_of_draft.retake(draft, Side.DATA, kind(visit.PASSPORT), TODAY).mrz == ()


def test_a_typed_number_is_checked_at_once_against_itself_and_the_print() -> None:
    wrong = typed(identified(), "id_number", "110105194912310021")
    number = wrong.fields[FieldName("id_number")]
    assert [(check.rule, check.reason) for check in number.checks] == [("NUM02", "checksum")]
    assert number.doubtful
    right = typed(wrong, "id_number", "110105 19491231 002x")
    checks = right.fields[FieldName("id_number")].checks
    assert {check.rule for check in checks if check.passed} == {"NUM02", "NUM03", "NUM04"}
    assert not right.fields[FieldName("id_number")].doubtful


def test_a_digit_that_the_reader_mended_stays_marked() -> None:
    read = visit.reading(Side.PORTRAIT, visit.PORTRAIT)
    mended = (FieldCheck("NUM02", passed=True, reason="repaired"),)
    fields = tuple(
        replace(field, checks=mended) if field.name == "id_number" else field
        for field in read.fields
    )
    draft = visit.shown(visit.begun(), replace(read, fields=fields))
    number = draft.fields[FieldName("id_number")]
    assert ("NUM02", "repaired") in {(check.rule, check.reason) for check in number.checks}


def test_a_period_that_does_not_fit_marks_both_dates_until_the_birth_date_is_right() -> None:
    born = {"birth_date": "1999-12-31", "id_number": ""}
    draft = identified(portrait=born)
    marked = {name for name, field in draft.fields.items() if field.doubtful}
    assert marked == {"valid_from", "valid_until"}
    draft = typed(draft, "birth_date", "19491231")
    assert not [field for field in draft.fields.values() if field.doubtful]


def test_an_unknown_region_marks_the_number() -> None:
    body = "16010119491231002"
    number = body + cn_id.check_character(body)
    assert identified(portrait={"id_number": number}).fields[FieldName("id_number")].doubtful


def test_typing_the_birth_date_settles_the_check_of_the_number_too() -> None:
    draft = identified(portrait={"birth_date": "1949-12-30"})
    assert draft.fields[FieldName("id_number")].doubtful
    assert not typed(draft, "birth_date", "19491231").fields[FieldName("id_number")].doubtful


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("birth_date", "19900307", "1990-03-07"),
        ("birth_date", "1990-3-7", "1990-03-07"),
        ("birth_date", "1990.03.07", "1990-03-07"),
        ("birth_date", "1990/3/7", "1990-03-07"),
        ("birth_date", "1990年3月7日", "1990-03-07"),
        ("birth_date", "900307", "1990-03-07"),
        ("birth_date", "250601", "2025-06-01"),
        ("birth_date", "250602", "1925-06-02"),
        ("birth_date", "\uff11\uff19\uff19\uff10\uff10\uff13\uff10\uff17", "1990-03-07"),
        ("birth_date", "1990-13-40", "1990-13-40"),
        ("birth_date", "19901340", "19901340"),
        ("valid_until", "c", "long-term"),
        ("valid_until", "长", "long-term"),
        ("valid_until", "长期", "long-term"),
        ("valid_until", "360506", "2036-05-06"),
        ("valid_from", "c", "c"),
        ("id_number", "110105-19491231-002\u0445", "11010519491231002X"),
        ("sex", "f", "女"),
        ("sex", "男", "男"),
        ("ethnicity", "维吾尔族", "维吾尔"),
        ("ethnicity", "样本族", "样本族"),
        ("name", "  阿布都\u2022样本 ", "阿布都\u00b7样本"),
        ("address", "样本路1号\n2单元", "样本路1号 2单元"),
    ],
)
def test_typed_values_are_brought_into_one_form(name: str, text: str, kept: str) -> None:
    assert value(typed(identified(), name, text), name) == kept


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("sex", "女", "F"),
        ("birth_date", "740812", "1974-08-12"),
        ("expiry_date", "2032.4.15", "2032-04-15"),
        ("document_number", "l898 902-c3<", "L898902C3"),
        ("surname", "Eriksson<Specimen", "ERIKSSON SPECIMEN"),
    ],
)
def test_typed_passport_values_are_brought_into_one_form(name: str, text: str, kept: str) -> None:
    draft = visit.shown(visit.begun(), visit.passport_reading())
    assert value(typed(draft, name, text), name) == kept


@given(st.sampled_from([field.name for field in CARD.fields]), st.text())
def test_no_typed_text_crashes_a_draft_or_a_rule(name: str, text: str) -> None:
    draft = typed(identified(), name, text)
    value(draft, name).encode()
    rules.check(visit.case(draft))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_typed_date_is_understood(day: date) -> None:
    for text in (f"{day:%Y%m%d}", f"{day.year}-{day.month}-{day.day}", f"{day:%Y.%m.%d}"):
        assert dates.typed(text, TODAY) == day.isoformat()


def test_a_change_takes_back_what_was_confirmed_for_the_old_value() -> None:
    draft = identified()
    for what in ("address", "name", "DOC03", "SIM02"):
        draft = steps_of_draft.confirm(draft, what)
    after = typed(draft, "address", "上海市样本路2号")
    assert after.confirmed == {"name", "SIM02"}


def test_a_change_after_reading_back_asks_for_reading_back_again() -> None:
    draft = visit.finished(identified(), load_policy("training"))
    assert draft.read_back
    assert not typed(draft, "name", "样本甲").read_back
    line = draft.line
    assert line is not None
    same = steps_of_draft.set_line(draft, line.msisdn, line.iccid, line.iccid_source)
    assert same.read_back
    other = steps_of_draft.set_line(draft, Private("12000000118"), line.iccid, Source.TYPED)
    assert not other.read_back


def test_number_and_card_are_stored_bare() -> None:
    draft = steps_of_draft.set_line(
        visit.begun(), Private("120 0000 0101"), Private("8986 0110 1231 1709 830s"), Source.TYPED
    )
    assert draft.line is not None
    assert draft.line.msisdn.reveal() == "12000000101"
    assert draft.line.iccid.reveal() == "8986011012311709830S"


def test_a_later_answer_to_a_notice_replaces_the_earlier() -> None:
    no = NoticeAnswer("privacy_notice", "1", "en", 100, accepted=False)
    yes = replace(no, accepted=True)
    draft = steps_of_draft.answer_notice(steps_of_draft.answer_notice(visit.begun(), no), yes)
    assert draft.notices == (yes,)


def states(draft: Draft) -> dict[StepName, StepState]:
    found = steps(draft, rules.check(visit.case(draft)))
    return {step.name: step.state for step in found}


def test_a_visit_begins_with_everything_to_do() -> None:
    assert set(states(visit.begun()).values()) == {StepState.TODO}


def test_steps_can_be_done_in_any_order() -> None:
    draft = steps_of_draft.set_line(
        visit.begun(), Private(visit.MSISDN), Private(visit.ICCID), Source.BARCODE
    )
    assert states(draft)[StepName.LINE] is StepState.DONE
    assert states(draft)[StepName.IDENTITY] is StepState.TODO


def test_a_doubt_asks_for_a_check_and_the_review_waits_for_all() -> None:
    old = {"id_number": "440524188001010014", "birth_date": "1880-01-01", "sex": "男"}
    draft = visit.finished(identified(portrait=old), load_policy("training"))
    assert states(draft)[StepName.IDENTITY] is StepState.CHECK
    assert states(draft)[StepName.REVIEW] is StepState.TODO
    done = steps_of_draft.confirm(draft, "PER05")
    assert set(states(done).values()) == {StepState.DONE}


def test_a_missing_second_side_is_to_do_and_no_fault() -> None:
    draft = visit.shown(visit.begun(), visit.reading(Side.PORTRAIT, visit.PORTRAIT))
    assert states(draft)[StepName.IDENTITY] is StepState.TODO


def test_two_states_passports_with_one_number_are_two_persons() -> None:
    declaration = kind(visit.PASSPORT)
    draft = visit.shown(visit.begun(), visit.passport_reading())
    assert holder.recognised_by(draft.fields, declaration) == "UTOL898902C3"
    assert holder.recognised_by(identified().fields, CARD) == visit.PORTRAIT["id_number"]
    assert holder.recognised_by({}, declaration) == ""
