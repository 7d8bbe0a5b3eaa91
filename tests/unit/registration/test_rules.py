"""The rules of a new line for a person: check digits block, tables warn, the policy decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pos_client.model.document import Side
from pos_client.model.field import FieldName, Source
from pos_client.model.numbers import cn_id
from pos_client.model.originality import Sign, Suspicion
from pos_client.model.private import Private
from pos_client.model.registration import RegistrationId
from pos_client.model.rules import Severity
from pos_client.registration import draft as steps_of_draft
from pos_client.registration import rules
from pos_client.registration.case import Known
from pos_client.registration.policy import load_policy
from tests.unit.registration import visit
from tests.unit.registration.visit import ICCID, MSISDN, found, identified, kind, typed

if TYPE_CHECKING:
    from pos_client.model.draft import Draft
    from pos_client.model.rules import Finding

TRAINING = load_policy("training")
STRICT = load_policy("strict")


#: The second example of GB 11643-1999.
BORN_1880 = {"id_number": "440524188001010014", "birth_date": "1880-01-01", "sex": "男"}


def in_the_way(draft: Draft) -> set[str]:
    return {each.rule for each in rules.in_the_way(draft, rules.check(visit.case(draft)))}


def number(region_and_birth: str, sequence: str) -> str:
    body = region_and_birth + sequence
    return body + cn_id.check_character(body)


def with_line(msisdn: str = MSISDN, iccid: str = ICCID) -> dict[str, Finding]:
    draft = steps_of_draft.set_line(identified(), Private(msisdn), Private(iccid), Source.TYPED)
    return found(draft)


def test_a_good_card_and_line_leave_nothing_in_the_way() -> None:
    draft = visit.finished(identified(), TRAINING)
    assert rules.check(visit.case(draft)) == ()


def test_an_empty_draft_asks_for_everything_and_crashes_nowhere() -> None:
    assert set(found(visit.begun())) == {"DOC15", "SIM08", "CNS01", "CNS04"}


def test_blocks_come_first() -> None:
    draft = identified(portrait={"id_number": "99"}, valid_until="2025-06-20")
    severities = [finding.severity for finding in rules.check(visit.case(draft))]
    assert severities == sorted(severities, key=list(reversed(Severity)).index)


# -- the document


def test_a_document_the_policy_does_not_list_is_refused_with_the_list() -> None:
    pack = replace(TRAINING, documents={visit.begun().flow: (visit.PASSPORT,)})
    finding = found(identified(), pack)["DOC01"]
    assert finding.values["list.zh_CN"] == kind(visit.PASSPORT).title["zh_CN"]


@pytest.mark.parametrize(
    ("until", "rule"),
    [
        ("2025-05-31", "DOC02"),
        ("2025-06-01", "DOC03"),
        ("2025-08-30", "DOC03"),
        ("2025-08-31", None),
        ("long-term", None),
    ],
)
def test_expiry_counts_by_the_day_and_long_term_never_expires(until: str, rule: str | None) -> None:
    assert {"DOC02", "DOC03"} & set(found(identified(valid_until=until))) == (
        {rule} if rule else set()
    )


def test_a_card_that_starts_tomorrow_is_not_valid_yet() -> None:
    assert "DOC04" in found(identified(valid_from="2025-06-02"))
    assert "DOC04" not in found(identified(valid_from="2025-06-01"))


@pytest.mark.parametrize(
    ("born", "start", "until", "fits"),
    [
        ("1949-12-31", "2016-05-06", "long-term", True),
        ("1949-12-31", "2016-05-06", "2036-05-06", False),
        ("1990-03-07", "2016-05-06", "2036-05-06", True),
        ("1990-03-07", "2016-05-06", "2036-05-05", True),
        ("1990-03-07", "2016-05-06", "2026-05-06", False),
        ("1990-03-07", "2016-05-06", "long-term", False),
        ("2000-03-07", "2016-03-07", "2026-03-07", True),
        ("2000-03-07", "2016-03-06", "2021-03-06", True),
        ("1990-03-07", "2012-02-29", "2022-02-28", True),
        ("1990-03-07", "2012-02-29", "2022-03-01", True),
    ],
)
def test_a_validity_period_fits_the_age_at_issue(
    born: str, start: str, until: str, fits: bool
) -> None:
    draft = identified(
        portrait={"birth_date": born, "id_number": ""}, valid_from=start, valid_until=until
    )
    assert ("DOC05" not in found(draft)) is fits


def test_a_misfit_of_the_validity_period_goes_to_people_and_blocks_nobody() -> None:
    assert found(identified(valid_until="2026-05-06"))["DOC05"].severity is Severity.REVIEW


def test_strict_wants_the_chip_and_training_takes_the_camera() -> None:
    assert found(identified(), STRICT)["DOC06"].severity is Severity.BLOCK
    assert not {"DOC06", "DOC07"} & set(found(identified(), TRAINING))


def test_a_policy_may_allow_the_camera_where_there_is_no_reader() -> None:
    pack = replace(STRICT, camera_allowed_when_no_reader=True)
    assert found(identified(), pack)["DOC07"].severity is Severity.REVIEW
    assert "DOC06" in found(identified(), pack, Known(reader_missing=False))


def test_strict_takes_a_passport_by_its_machine_readable_lines() -> None:
    draft = visit.shown(visit.begun(), visit.passport_reading())
    assert not {"DOC01", "DOC06", "NUM06"} & set(found(draft, STRICT))


def test_a_first_generation_number_is_no_longer_valid() -> None:
    findings = found(identified(portrait={"id_number": "110105491231002"}))
    assert "DOC10" in findings
    assert "NUM01" not in findings


def test_a_side_that_was_not_shown_is_asked_for_and_its_fields_not_yet() -> None:
    draft = visit.shown(visit.begun(), visit.reading(Side.PORTRAIT, visit.PORTRAIT))
    findings = found(draft)
    assert findings["DOC12"].severity is Severity.BLOCK
    assert findings["DOC12"].values["side.en"] == "Emblem side"
    assert "DOC11" not in findings


def test_a_typed_side_without_a_picture_is_for_people_in_training_and_blocked_in_strict() -> None:
    draft = visit.shown(visit.begun(), visit.reading(Side.PORTRAIT, visit.PORTRAIT))
    for name, value in visit.EMBLEM.items():
        draft = typed(draft, name, value)
    assert found(draft, TRAINING)["DOC12"].severity is Severity.REVIEW
    assert found(draft, STRICT)["DOC12"].severity is Severity.BLOCK


def test_a_missing_value_is_asked_for_by_its_title() -> None:
    finding = found(typed(identified(), "authority", ""))["DOC11"]
    assert finding.about == "authority"
    assert finding.values["field.zh_CN"] == "签发机关"


def test_a_doubtful_value_has_to_be_confirmed_or_typed() -> None:
    doubtful = visit.read_field("address", "北京市", sure=0.5)
    draft = identified()
    draft = replace(draft, fields=draft.fields | {FieldName("address"): doubtful})
    assert found(draft)["DOC13"].about == "address"
    assert "DOC13" in in_the_way(draft)
    assert "DOC13" not in in_the_way(steps_of_draft.confirm(draft, "address"))
    assert "DOC13" not in found(typed(draft, "address", "北京市朝阳区"))


def test_what_was_typed_into_a_date_must_be_a_date() -> None:
    assert found(typed(identified(), "valid_from", "last May"))["DOC14"].about == "valid_from"


def test_two_sides_of_one_card_come_soon_after_each_other() -> None:
    late = visit.reading(Side.EMBLEM, visit.EMBLEM, at=visit.NOW + timedelta(minutes=11))
    draft = visit.shown(identified(), late)
    assert found(draft)["CAP14"].severity is Severity.BLOCK


def test_one_picture_cannot_be_both_sides() -> None:
    draft = identified()
    same = dict.fromkeys(draft.images, draft.images[Side.PORTRAIT])
    assert "CAP14" in found(replace(draft, images=same))


def test_a_card_issued_before_its_holders_birth_is_two_cards() -> None:
    assert "CAP14" in found(identified(valid_from="1949-12-30"))


def test_a_picture_that_looks_like_a_copy_asks_for_the_original() -> None:
    draft = identified()
    image = draft.images[Side.PORTRAIT]
    doubted = replace(image, originality=(Suspicion(Sign.GREY, -0.01, suspected=True),))
    draft = replace(draft, images=draft.images | {Side.PORTRAIT: doubted})
    assert found(draft)["CAP12"].severity is Severity.WARN
    before = replace(image, originality=(Suspicion(Sign.REPEATED, 256, suspected=True),))
    draft = replace(draft, images=draft.images | {Side.PORTRAIT: before})
    assert "CAP20" in found(draft)
    assert "CAP12" not in found(draft)


# -- numbers


def test_a_wrong_digit_blocks() -> None:
    finding = found(identified(portrait={"id_number": "110105194912310021"}))["NUM02"]
    assert finding.severity is Severity.BLOCK


def test_a_number_of_wrong_length_says_how_long_it_is() -> None:
    assert found(identified(portrait={"id_number": "110105"}))["NUM01"].values == {"n": "6"}


def test_number_and_print_must_agree_on_birth_and_sex() -> None:
    findings = found(identified(portrait={"birth_date": "1949-12-30", "sex": "男"}))
    assert findings["NUM03"].values == {"a": "1949-12-31", "b": "1949-12-30"}
    assert "NUM04" in findings


@pytest.mark.parametrize(
    ("region", "warned"), [("110103", False), ("810000", False), ("990101", None), ("160101", True)]
)
def test_an_unknown_region_warns_and_an_abolished_district_passes(
    region: str, warned: bool | None
) -> None:
    card = number(f"{region}19491231", "002")
    findings = found(identified(portrait={"id_number": card}))
    if warned is None:
        assert "NUM02" in findings  # 9 marks a permanent residence card, not a region
    else:
        assert ("NUM05" in findings) is warned
        assert not warned or findings["NUM05"].severity is Severity.WARN


def test_the_standards_own_example_born_in_1880_passes_with_a_warning() -> None:
    findings = found(identified(portrait=BORN_1880))
    assert findings["PER05"].values == {"n": "145"}
    assert not [f for f in findings.values() if f.severity is Severity.BLOCK and f.about]


def test_machine_readable_lines_that_do_not_add_up_block_and_name_the_place() -> None:
    upper, lower = visit.passport_lines()
    broken = (upper, lower.replace("740812", "740813"))
    finding = found(visit.shown(visit.begun(), visit.passport_reading(broken)))["NUM06"]
    assert finding.severity is Severity.BLOCK
    assert finding.values["pos.en"] == "20 of line 2"
    assert finding.values["pos.zh_CN"] == "2 行 20"


def test_a_worn_line_whose_value_was_typed_goes_to_people() -> None:
    upper, lower = visit.passport_lines()
    broken = (upper, lower.replace("740812", "740813"))
    draft = visit.shown(visit.begun(), visit.passport_reading(broken))
    draft = typed(draft, "birth_date", "1974-08-12")
    assert found(draft)["NUM06"].severity is Severity.REVIEW


def test_lines_cut_short_are_no_lines() -> None:
    draft = visit.shown(visit.begun(), visit.passport_reading())
    draft = replace(draft, mrz=(Private("P<UTO"),))
    assert found(draft)["NUM06"].severity is Severity.BLOCK


# -- the person


def test_a_missing_name_and_address_block() -> None:
    findings = found(identified(portrait={"name": "", "address": ""}))
    assert findings["PER01"].severity is findings["PER06"].severity is Severity.BLOCK


@pytest.mark.parametrize("name", ["买买提\u2022样本", "买买提\u30fb样本"])
def test_another_middle_dot_is_a_warning_and_the_raw_name_is_kept(name: str) -> None:
    draft = typed(identified(), "name", name)
    assert found(draft)["PER03"].severity is Severity.WARN
    assert draft.fields[FieldName("name")].value.reveal() == "买买提\u00b7样本"
    assert draft.fields[FieldName("name")].raw.reveal() == name


@pytest.mark.parametrize("name", ["\u4dae样本", "\U00020bb7田", "样本\u00b7古丽\u00b7阿布都热合曼"])
def test_rare_characters_and_long_names_pass(name: str) -> None:
    draft = typed(identified(), "name", name)
    assert not {"PER01", "PER02", "PER03"} & set(found(draft))
    assert draft.fields[FieldName("name")].value.reveal() == name


def test_a_character_nobody_can_show_is_named_by_its_code() -> None:
    assert found(typed(identified(), "name", "\ue123样本"))["PER02"].values == {"hex": "E123"}


def test_a_birth_date_in_the_future_blocks() -> None:
    draft = identified(portrait={"birth_date": "2025-06-02", "id_number": ""})
    assert "PER04" in found(draft)


def test_a_child_is_not_registered_alone() -> None:
    born = {"birth_date": "2009-06-02", "id_number": "", "sex": "女"}
    assert found(identified(portrait=born))["MIN03"].values == {"age": "16"}
    assert "MIN03" not in found(identified(portrait=born | {"birth_date": "2009-06-01"}))


@pytest.mark.parametrize("birth", ["74<<<<", "<<<<<<", "7408<<"])
def test_a_passport_may_leave_day_month_or_all_of_a_birth_date_open(birth: str) -> None:
    lines = visit.passport_lines(birth=birth)
    findings = found(visit.shown(visit.begun(), visit.passport_reading(lines)))
    assert not {"DOC14", "PER04", "PER05", "NUM06", "DOC11"} & set(findings)


def test_a_passport_expires_by_its_machine_readable_date() -> None:
    lines = visit.passport_lines(expiry="250531")
    assert "DOC02" in found(visit.shown(visit.begun(), visit.passport_reading(lines)))


# -- the line


@pytest.mark.parametrize(
    ("iccid", "rule"),
    [
        ("898600", "SIM01"),
        ("8986000000000000003", "SIM02"),
        ("8944000000000000001", "SIM03"),
        ("8986011012311709830S", None),
    ],
)
def test_sim_cards(iccid: str, rule: str | None) -> None:
    findings = {each for each in with_line(iccid=iccid) if each.startswith("SIM")}
    assert findings == ({rule} if rule else set())


def test_the_issuers_profile_decides_about_a_wrong_check_digit() -> None:
    draft = steps_of_draft.set_line(
        identified(), Private(MSISDN), Private("8986000000000000003"), Source.TYPED
    )
    assert found(draft)["SIM02"].severity is Severity.WARN
    pack = replace(TRAINING, iccid_luhn=Severity.BLOCK)
    assert found(draft, pack)["SIM02"].severity is Severity.BLOCK


def test_numbers_and_cards_already_used_here_block() -> None:
    known = Known(iccid_used_in=RegistrationId("0190ffff-0000"), msisdn_used_in=visit.ID)
    findings = found(visit.finished(identified(), TRAINING), known=known)
    assert findings["SIM04"].values == {"ref": "0190ffff"}
    assert findings["SIM06"].values == {"msisdn": MSISDN}


def test_a_number_of_another_carrier_is_named() -> None:
    finding = with_line(msisdn="13800008000")["SIM05"]
    assert finding.values == {"msisdn": "13800008000"}


def test_offline_is_a_warning_and_this_devices_count_a_block() -> None:
    assert found(identified(), known=Known(offline=True))["QTA02"].severity is Severity.WARN
    known = Known(lines_here=TRAINING.per_device_limit)
    assert found(identified(), known=known)["QTA03"].severity is Severity.BLOCK
    assert "QTA03" not in found(identified(), known=Known(lines_here=4))


# -- notices, severities, confirming


def test_a_notice_counts_only_in_its_present_words() -> None:
    draft = visit.finished(identified(), TRAINING)
    old = replace(draft.notices[0], version="2019-01")
    refused = replace(draft.notices[0], accepted=False)
    for answer in (old, refused):
        again = steps_of_draft.answer_notice(draft, answer)
        assert found(again)["CNS01"].values["notice.en"] == TRAINING.notices[0].title["en"]


def test_only_the_policy_softens_a_rule() -> None:
    draft = identified(portrait={"id_number": "110105194912310021"})
    pack = replace(TRAINING, severities={"NUM02": Severity.REVIEW})
    assert found(draft, pack)["NUM02"].severity is Severity.REVIEW
    assert "NUM02" in in_the_way(steps_of_draft.confirm(draft, "NUM02"))


def test_a_warning_is_out_of_the_way_once_confirmed_by_rule_or_field() -> None:
    draft = visit.finished(identified(portrait=BORN_1880), TRAINING)
    assert in_the_way(draft) == {"PER05"}
    for what in ("PER05", "birth_date"):
        assert in_the_way(steps_of_draft.confirm(draft, what)) == set()


def test_findings_never_print_their_values() -> None:
    findings = rules.check(visit.case(identified(portrait={"birth_date": "1949-12-30"})))
    assert "1949" not in repr(findings)


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2100, 1, 1)])
def test_rules_depend_on_the_day_they_are_given(day: date) -> None:
    draft = identified(valid_until="2036-05-06")
    assert ("DOC02" in found(draft, today=day)) is (day.year == 2100)
