"""A new line from the card to the carrier's receipt, with everything that may get in the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from carrier_sandbox.behaviour import Behaviour, Rule, Verdict, number_ends
from pos_client.desk.problems import SignInFirst, TooLongWithoutContact, TooManyWaiting
from pos_client.model.field import FieldName
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.policy import OfflineLimits
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.row import RowState
from pos_client.model.status import LinkState, TillState
from tests.fakes.counter import OPERATOR, PIN, MovedClock
from tests.fakes.sandbox_till import real_now
from tests.journey.crashing import killed_client
from tests.journey.shop import Shop, citizen, differences, traveller, until

SECOND_OPERATOR = Operator(OperatorNumber("1002"), OperatorRole.OPERATOR)
SECOND_PIN = Private("246802")

OpenShop = Callable[..., Shop]


# -- the straight way -------------------------------------------------------------------------


def test_a_resident_id_card_goes_from_the_counter_to_the_carrier_field_by_field(shop: Shop) -> None:
    customer = citizen(1)

    registration = shop.register(customer)
    assert shop.row(registration).state is RowState.QUEUED
    assert shop.carrier.received() == []
    shop.desk.sync_once()

    assert shop.carrier.received() == [registration]
    assert differences(shop, registration, customer) == []


def test_a_passport_goes_from_the_counter_to_the_carrier_with_its_lines_verbatim(
    shop: Shop,
) -> None:
    customer = traveller(2)

    registration = shop.register(customer)
    shop.desk.sync_once()

    assert differences(shop, registration, customer) == []


def test_the_record_says_who_made_it_where_and_under_which_rules(shop: Shop) -> None:
    registration = shop.register(citizen(3))
    shop.desk.sync_once()

    record = shop.carrier.open(registration).record
    policy = shop.desk.policy()
    assert record["channel"]["operator"] == OPERATOR
    assert record["channel"]["outlet"] == "Outlet 001"
    assert record["policy"] == {"id": policy.id, "version": policy.version}
    assert record["training"] is True
    assert [(each["id"], each["version"]) for each in record["notices"]] == [
        (each.id, each.version) for each in policy.notices
    ]
    assert record["times"]["started"] <= record["times"]["sealed"]


def test_the_receipt_is_signed_by_the_carrier_for_the_very_packet_it_holds(shop: Shop) -> None:
    registration = shop.register(citizen(4))
    shop.desk.sync_once()

    opened = shop.desk._stages.open()
    receipt = opened.outbox.stored_receipt(registration)
    assert receipt is not None
    key = Ed25519PublicKey.from_public_bytes(opened.till.carrier.receipt_keys[receipt.kid])
    key.verify(receipt.signature, receipt.message)
    said = json.loads(receipt.message)
    assert said["packet_id"] == registration
    assert said["packet_sha256"] == hashlib.sha256(shop.carrier.packet(registration)).hexdigest()


def test_an_accepted_packet_leaves_the_till_and_its_row_stays(shop: Shop) -> None:
    registration = shop.register(citizen(5))
    packets = shop.home / "packets"
    assert [file.stem for file in packets.glob("*.pkt")] == [registration]

    shop.desk.sync_once()
    shop.desk.sync_once()

    row = shop.row(registration)
    assert row.state is RowState.ACCEPTED
    assert not row.packet_present
    assert list(packets.glob("*.pkt")) == []
    assert shop.desk.receipt(registration).state is RowState.ACCEPTED


def test_a_packet_is_kept_for_the_days_that_the_strict_policy_asks_for(opened: OpenShop) -> None:
    shop = opened(training=False)
    registration = shop.register(traveller(6, msisdn="13800000006"))

    shop.desk.sync_once()
    shop.desk.sync_once()

    assert shop.row(registration).state is RowState.ACCEPTED
    assert shop.row(registration).packet_present


# -- without a network ------------------------------------------------------------------------


def test_a_registration_made_without_a_network_goes_when_it_is_back(shop: Shop) -> None:
    customer = traveller(7)
    shop.desk.sync_once()
    shop.carrier.stop()
    shop.desk.sync_once()
    assert shop.desk.status().link is LinkState.OFFLINE

    registration = shop.register(customer)
    shop.desk.sync_once()
    assert shop.row(registration).state is RowState.QUEUED
    assert shop.row(registration).cause == "C100"
    assert shop.desk.status().queue.waiting == 1

    shop.carrier.start()
    shop.send_all()
    assert shop.desk.status().link is LinkState.ONLINE
    assert differences(shop, registration, customer) == []


def test_a_clerk_without_a_network_is_told_so_and_accepts_it_on_record(shop: Shop) -> None:
    shop.carrier.stop()
    shop.desk.sync_once()

    draft = shop.fill(citizen(8))
    assert [each.rule for each in shop.desk.findings(draft)] == ["QTA02"]
    registration = shop.desk.submit(draft).id
    shop.carrier.start()
    shop.send_all()

    checks = shop.carrier.open(registration).record["checks"]
    assert [(each["rule"], each["confirmed_by"]) for each in checks] == [("QTA02", OPERATOR)]


def test_a_locked_till_goes_on_sending_and_lets_nobody_work(shop: Shop) -> None:
    shop.carrier.stop()
    registration = shop.register(citizen(9))
    shop.desk.start_sending()
    shop.desk.lock()
    assert shop.desk.till_state() is TillState.LOCKED
    with pytest.raises(SignInFirst):
        shop.desk.begin()

    shop.carrier.start()

    until("the packet arrived", lambda: shop.carrier.received() == [registration])
    until("the till knows", lambda: shop.desk.status().queue.waiting == 0)
    assert shop.desk.operator() is None


def test_new_work_is_paused_at_the_count_the_policy_sets(shop: Shop) -> None:
    shop.carrier.stop()
    shop.desk._stages.policy = replace(shop.desk.policy(), offline=OfflineLimits(7, 2, (1.0,)))
    shop.register(citizen(10))
    shop.register(citizen(11))

    with pytest.raises(TooManyWaiting) as paused:
        shop.desk.begin()
    assert paused.value.values == {"n": 2, "max": 2}

    shop.carrier.start()
    shop.send_all()
    shop.desk.begin()


def test_new_work_is_paused_after_the_days_the_policy_sets(opened: OpenShop) -> None:
    clock = MovedClock(real_now())
    shop = opened(clock=clock)
    shop.carrier.stop()
    shop.register(citizen(12))

    clock.forward(days=shop.desk.policy().offline.max_days)
    shop.desk.begin()
    clock.forward(days=1)

    with pytest.raises(TooLongWithoutContact):
        shop.desk.begin()


def test_a_clock_that_differs_from_the_carriers_is_noted_in_the_record(opened: OpenShop) -> None:
    clock = MovedClock(real_now() + timedelta(hours=3))
    shop = opened(clock=clock)
    shop.desk.sync_once()
    registration = shop.register(citizen(13))
    shop.desk.sync_once()

    offset = shop.carrier.open(registration).record["times"]["clock_offset_s"]
    assert offset == pytest.approx(3 * 3600, abs=60)
    assert shop.desk.status().clock_offset_s == pytest.approx(3 * 3600, abs=60)


# -- decisions --------------------------------------------------------------------------------


def test_a_returned_registration_shows_its_reason_in_the_waiting_list(opened: OpenShop) -> None:
    verdict = Verdict("returned", reason="side_unreadable", about="portrait")
    rules = (Rule(number_ends("000014"), verdict),)
    shop = opened(Behaviour(decide_after_s=0.0, rules=rules))
    returned, accepted = shop.register(citizen(14)), shop.register(citizen(15))

    shop.desk.sync_once()

    row = shop.row(returned)
    assert (row.state, row.reason, row.about) == (
        RowState.RETURNED,
        "side_unreadable",
        "portrait",
    )
    assert shop.row(accepted).state is RowState.ACCEPTED
    assert shop.desk.status().queue.returned == 1


def test_a_decision_by_people_arrives_when_it_is_made(opened: OpenShop) -> None:
    shop = opened(Behaviour(decide_after_s=None))
    registration = shop.register(citizen(16))
    shop.desk.sync_once()
    assert shop.row(registration).state is RowState.RECEIVED

    shop.carrier.decide(registration, "in_review")
    shop.desk.sync_once()
    assert shop.row(registration).state is RowState.IN_REVIEW

    shop.carrier.decide(registration, "refused", "fraud_suspected")
    shop.desk.sync_once()
    assert (shop.row(registration).state, shop.row(registration).reason) == (
        RowState.REFUSED,
        "fraud_suspected",
    )


# -- what people do to a draft ----------------------------------------------------------------


def test_a_typed_correction_reaches_the_carrier_beside_what_was_read(shop: Shop) -> None:
    customer = citizen(17)
    printed = customer.truth["address"]
    draft = shop.fill(customer, address="misread " + printed)

    draft = shop.desk.type_field(draft, FieldName("address"), Private(printed))
    draft = shop.desk.read_back(draft, done=True)
    registration = shop.desk.submit(draft).id
    shop.desk.sync_once()

    assert differences(shop, registration, customer) == []
    address = shop.carrier.open(registration).record["persons"][0]["document"]["fields"]["address"]
    assert (address["source"], address["edited_by"]) == ("typed", OPERATOR)
    assert address["read"]["value"] == "misread " + printed
    assert address["read"]["source"] == "ocr"


def test_a_draft_left_by_a_killed_client_is_taken_up_with_its_pictures(shop: Shop) -> None:
    shop.desk.close()
    registration = killed_client(shop.home, 18, submit=False)
    shop.reopen()
    shop.desk.sign_in(OPERATOR, PIN)

    (draft,) = shop.desk.parked()
    assert draft.id == registration
    shop.desk.submit(draft)
    shop.desk.sync_once()

    # The other process drew the same card, so that its pictures can be held against ours.
    assert differences(shop, draft.id, citizen(18)) == []
    assert shop.desk.parked() == ()


def test_a_registration_saved_by_a_killed_client_is_sent_after_the_next_sign_in(
    shop: Shop,
) -> None:
    shop.desk.close()
    registration = killed_client(shop.home, 19, submit=True)
    shop.reopen()
    shop.desk.sign_in(OPERATOR, PIN)
    shop.desk.sync_once()

    assert shop.carrier.received() == [registration]
    assert differences(shop, shop.desk.rows()[0].id, citizen(19)) == []


def test_another_operator_does_not_see_a_draft_and_its_author_does(shop: Shop) -> None:
    shop.desk.add_operator(SECOND_OPERATOR.number, SECOND_OPERATOR.role, SECOND_PIN)
    draft = shop.fill(citizen(20))
    shop.desk.lock()

    shop.desk.sign_in(SECOND_OPERATOR.number, SECOND_PIN)
    assert shop.desk.parked() == ()
    shop.desk.lock()

    shop.desk.sign_in(OPERATOR, PIN)
    assert [each.id for each in shop.desk.parked()] == [draft.id]


def test_a_registration_keeps_its_author_when_somebody_else_has_signed_in(shop: Shop) -> None:
    shop.desk.add_operator(SECOND_OPERATOR.number, SECOND_OPERATOR.role, SECOND_PIN)
    registration = shop.register(citizen(21))
    shop.desk.lock()
    shop.desk.sign_in(SECOND_OPERATOR.number, SECOND_PIN)
    shop.desk.sync_once()

    assert shop.carrier.open(registration).record["channel"]["operator"] == OPERATOR
    assert shop.desk.rows() == ()
    shop.desk.sign_in(OPERATOR, PIN)
    assert shop.row(registration).operator == OPERATOR
