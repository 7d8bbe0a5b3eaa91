"""What the rules stop at the counter: seen by the clerk, and refused by the desk as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from carrier_sandbox.behaviour import Behaviour, Rule, Verdict, number_ends
from pos_client.desk import till_verbs
from pos_client.model.field import FieldName
from pos_client.model.private import Private
from pos_client.model.row import RowState
from pos_client.model.rules import Severity
from pos_client.model.status import TillState
from pos_client.registration.policy import load_policy
from pos_client.registration.problems import NotComplete, TrainingMismatch
from specimens.awkward_people import expired_holder
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import Shop, citizen, differences, iccid_of

OpenShop = Callable[..., Shop]


def test_a_sim_card_is_not_registered_twice_while_the_first_one_stands(shop: Shop) -> None:
    first = shop.register(citizen(22))
    draft = shop.fill(replace(citizen(23), iccid=iccid_of(22)))

    (finding,) = shop.desk.findings(draft)
    assert (finding.rule, finding.severity) == ("SIM04", Severity.BLOCK)
    assert finding.values == {"ref": first[:8]}
    with pytest.raises(NotComplete):
        shop.desk.submit(draft)


def test_a_sim_card_is_free_again_once_its_registration_was_returned(opened: OpenShop) -> None:
    rules = (Rule(number_ends("000024"), Verdict("returned", reason="side_unreadable")),)
    shop = opened(Behaviour(decide_after_s=0.0, rules=rules))
    shop.register(citizen(24))
    shop.desk.sync_once()

    again = shop.register(replace(citizen(24), msisdn="12000000025"))
    shop.desk.sync_once()

    assert shop.row(again).state is RowState.ACCEPTED


def test_an_expired_card_cannot_be_submitted(shop: Shop) -> None:
    expired = citizen(26, person=expired_holder(real_now().date()))
    draft = shop.fill(expired)

    assert "DOC02" in [each.rule for each in shop.desk.findings(draft)]
    with pytest.raises(NotComplete, match="DOC02"):
        shop.desk.submit(draft)
    assert shop.desk.rows() == ()
    assert [each.id for each in shop.desk.parked()] == [draft.id]


def test_a_wrong_digit_in_the_number_stops_the_submit_until_it_is_corrected(shop: Shop) -> None:
    customer = citizen(27)
    number = customer.truth["id_number"]
    wrong = f"{number[:-2]}{(int(number[-2]) + 1) % 10}{number[-1]}"
    draft = shop.fill(customer, id_number=wrong)
    with pytest.raises(NotComplete, match="NUM02"):
        shop.desk.submit(draft)

    draft = shop.desk.type_field(draft, FieldName("id_number"), Private(number))
    shop.desk.submit(shop.desk.read_back(draft, done=True))

    shop.desk.sync_once()
    assert differences(shop, draft.id, customer) == []


def test_one_person_gets_no_more_numbers_here_than_the_policy_allows(shop: Shop) -> None:
    person = citizen(28)
    most = shop.desk.policy().per_device_limit
    for taken in range(most):
        number = 100 + taken
        shop.register(replace(person, msisdn=f"12000{number:06d}", iccid=iccid_of(number)))
    draft = shop.fill(person)

    (finding,) = shop.desk.findings(draft)
    assert (finding.rule, finding.values) == ("QTA03", {"max": str(most)})
    with pytest.raises(NotComplete, match="QTA03"):
        shop.desk.submit(draft)
    shop.register(citizen(29))


def test_the_strict_policy_wants_a_card_reader_for_the_resident_id(opened: OpenShop) -> None:
    shop = opened(training=False)
    customer = replace(citizen(30), msisdn="13800000030")
    draft = shop.fill(customer)
    assert [each.rule for each in shop.desk.findings(draft)] == ["DOC06"]
    with pytest.raises(NotComplete, match="DOC06"):
        shop.desk.submit(draft)


def test_a_policy_may_take_the_camera_where_the_reader_is_missing_and_have_it_reviewed(
    opened: OpenShop,
) -> None:
    shop = opened(training=False)
    stages = shop.desk._stages
    stages.policy = replace(stages.policy, camera_allowed_when_no_reader=True)
    registration = shop.register(replace(citizen(31), msisdn="13800000031"))
    shop.desk.sync_once()

    record = shop.carrier.open(registration).record
    assert record["training"] is False
    assert [(each["rule"], each["severity"]) for each in record["checks"]] == [("DOC07", "REVIEW")]


def test_a_training_pack_before_a_real_carrier_enrols_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_policy("training")
    monkeypatch.setattr(till_verbs, "load_policy", lambda _edition: pack)
    other = open_counter(shop.home.parent / "other", real_now)

    with pytest.raises(TrainingMismatch):
        other.enrol(shop.carrier.invitation(training=False), OPERATOR, PIN)

    assert other.till_state() is TillState.NEW
    assert len(shop.carrier.devices()) == 1
    other.close()
