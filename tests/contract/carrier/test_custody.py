"""What the till may rely on, tried with the real adapter against the real sandbox over TLS."""

import dataclasses
from datetime import timedelta

import pytest

from carrier_sandbox import Behaviour, Fault, Rule, Sandbox, Verdict, number_ends
from pos_client.carrier.http import HttpCarrier
from pos_client.carrier.invitation import parse_invitation
from pos_client.carrier.problems import (
    CaptivePortal,
    CarrierBusy,
    CarrierUnreachable,
    ClockDiffers,
    InvitationRefused,
    PacketConflict,
    PacketRejected,
    ReceiptForged,
    TillRefused,
)
from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem
from pos_client.model.receipt import Outcome
from tests.fakes.sandbox_till import BRISK, SandboxTill, real_now


def test_a_packet_is_received_once_and_named_in_the_receipt(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    receipt = carrier.submit(sample.id, sample.data, sample.sha256)
    assert (receipt.packet_id, receipt.packet_sha256) == (sample.id, sample.sha256)
    assert receipt.device_id == till.device_id
    assert receipt.counter == 1
    assert not receipt.duplicate
    assert sandbox.received() == [sample.id]


def test_sending_again_gives_the_same_receipt_marked_as_a_duplicate(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    first = carrier.submit(sample.id, sample.data, sample.sha256)
    again = carrier.submit(sample.id, sample.data, sample.sha256)
    assert again.duplicate
    assert (again.carrier_ref, again.received_at) == (first.carrier_ref, first.received_at)
    assert sandbox.copies(sample.id) == 1
    assert sandbox.repeats(sample.id) == 1


def test_another_packet_under_a_known_id_is_a_conflict_and_an_alarm(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    first = till.seal()
    other = till.seal(packet_id=first.id)
    carrier.submit(first.id, first.data, first.sha256)
    with pytest.raises(PacketConflict):
        carrier.submit(other.id, other.data, other.sha256)
    assert sandbox.packet(first.id) == first.data
    assert [alarm.kind for alarm in sandbox.alarms()] == ["conflict"]


def test_the_carrier_opens_what_the_till_sealed(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal(number="13800138001", images=(b"one", b"", b"three"))
    carrier.submit(sample.id, sample.data, sample.sha256)
    opened = sandbox.open(sample.id)
    assert opened.record["lines"] == [{"msisdn": "13800138001"}]
    assert [data for _, data in opened.images] == [b"one", b"", b"three"]


def test_a_packet_that_changed_on_the_way_to_the_line_is_not_sent(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    with pytest.raises(PacketDamaged):
        carrier.submit(sample.id, sample.data + b"x", sample.sha256)
    assert sandbox.received() == []


def test_a_packet_signed_by_another_device_is_rejected_for_good(
    till: SandboxTill, carrier: HttpCarrier
) -> None:
    stranger = SandboxTill(till.invitation, device_id=till.device_id)
    sample = stranger.seal()
    with pytest.raises(PacketRejected) as caught:
        carrier.submit(sample.id, sample.data, sample.sha256)
    assert caught.value.values["reason"] == "packet_signature"


def test_a_packet_under_another_id_than_its_own_is_rejected_for_good(
    till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample, other = till.seal(), till.seal()
    with pytest.raises(PacketRejected):
        carrier.submit(other.id, sample.data, sample.sha256)


def test_an_unknown_till_and_a_revoked_till_are_refused(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    stranger = SandboxTill(till.invitation).carrier()
    with pytest.raises(TillRefused):
        stranger.submit(sample.id, sample.data, sample.sha256)
    stranger.close()
    sandbox.revoke(till.device_id)
    with pytest.raises(TillRefused) as caught:
        carrier.submit(sample.id, sample.data, sample.sha256)
    assert caught.value.values["reason"] == "device_revoked"


def test_a_till_that_was_never_enrolled_asks_for_nothing(till: SandboxTill) -> None:
    adapter = HttpCarrier(till.invitation.carrier, None, till.key.sign, real_now)
    with pytest.raises(TillRefused):
        adapter.decisions(0)
    adapter.close()


def test_an_invitation_enrols_one_device_however_often_it_asks(
    sandbox: Sandbox, till: SandboxTill
) -> None:
    first, second = till.carrier(), SandboxTill(till.invitation)
    assert first.enrol(till.invitation, till.public) == till.device_id
    first.close()
    other = second.carrier()
    with pytest.raises(InvitationRefused) as caught:
        other.enrol(second.invitation, second.public)
    other.close()
    assert caught.value.values["reason"] == "token_used"
    assert len(sandbox.devices()) == 1


def test_a_made_up_token_enrols_nobody(till: SandboxTill) -> None:
    stranger = SandboxTill(dataclasses.replace(till.invitation, token=till.invitation.token[::-1]))
    adapter = stranger.carrier()
    with pytest.raises(InvitationRefused) as caught:
        adapter.enrol(stranger.invitation, stranger.public)
    adapter.close()
    assert caught.value.values["reason"] == "token_unknown"


def test_a_key_that_one_does_not_have_cannot_be_enrolled(
    sandbox: Sandbox, till: SandboxTill
) -> None:
    invitation = parse_invitation(sandbox.invitation())
    adapter = till.carrier()
    with pytest.raises(InvitationRefused):
        adapter.enrol(invitation, SandboxTill(invitation).public)
    adapter.close()


def test_decisions_come_in_order_and_only_once(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    returned = Verdict("returned", reason="side_unreadable", about="portrait")
    sandbox.behaviour.rules = (Rule(number_ends("0009"), returned),)
    good, bad = till.seal(), till.seal(number="13800130009")
    for sample in (good, bad):
        carrier.submit(sample.id, sample.data, sample.sha256)
    first, second = carrier.decisions(0)
    assert (first.packet_id, first.outcome) == (good.id, Outcome.ACCEPTED)
    assert (second.packet_id, second.outcome) == (bad.id, Outcome.RETURNED)
    assert (second.reason, second.about) == ("side_unreadable", "portrait")
    assert carrier.decisions(first.sequence) == (second,)
    assert carrier.decisions(second.sequence) == ()


def test_nobody_sees_the_decisions_of_another_till(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    carrier.submit(sample.id, sample.data, sample.sha256)
    other = SandboxTill.enrolled(sandbox).carrier()
    assert other.decisions(0) == ()
    other.close()
    assert len(carrier.decisions(0)) == 1


def test_people_can_decide_and_only_once_for_good(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sandbox.behaviour.decide_after_s = None
    sample = till.seal()
    carrier.submit(sample.id, sample.data, sample.sha256)
    assert carrier.decisions(0) == ()
    assert sandbox.decide(sample.id, "in_review")
    assert sandbox.decide(sample.id, "refused", reason="forged_document")
    assert not sandbox.decide(sample.id, "accepted")
    assert [d.outcome for d in carrier.decisions(0)] == [Outcome.IN_REVIEW, Outcome.REFUSED]


@pytest.mark.parametrize("hours", [-50_000, -1, 1, 50_000])
def test_a_wrong_clock_is_named_then_measured_and_allowed_for(
    sandbox: Sandbox, till: SandboxTill, hours: int
) -> None:
    sample = till.seal()
    adapter = HttpCarrier(
        till.invitation.carrier,
        till.device_id,
        till.key.sign,
        lambda: real_now() + timedelta(hours=hours),
        BRISK,
    )
    with pytest.raises(ClockDiffers):
        adapter.submit(sample.id, sample.data, sample.sha256)
    assert abs((adapter.server_time() - real_now()).total_seconds()) < 60
    adapter.submit(sample.id, sample.data, sample.sha256)
    adapter.close()
    assert sandbox.received() == [sample.id]


@pytest.mark.parametrize(
    ("fault", "problem", "stored"),
    [
        (Fault.BUSY_503, CarrierBusy, 0),
        (Fault.ERROR_500, CarrierUnreachable, 0),
        (Fault.DROP_BEFORE, CarrierUnreachable, 0),
        (Fault.DROP_AFTER, CarrierUnreachable, 1),
        (Fault.HTML_200, CaptivePortal, 0),
        (Fault.REDIRECT, CaptivePortal, 0),
        (Fault.FORGED_RECEIPT, ReceiptForged, 1),
        (Fault.WRONG_PACKET, ReceiptForged, 1),
        (Fault.TRUNCATED, CarrierUnreachable, 1),
    ],
)
def test_a_spoilt_upload_is_no_success_and_the_next_one_absorbs_it(
    sandbox: Sandbox,
    till: SandboxTill,
    carrier: HttpCarrier,
    fault: Fault,
    problem: type[Problem],
    stored: int,
) -> None:
    sample = till.seal()
    sandbox.behaviour.then(fault)
    with pytest.raises(problem):
        carrier.submit(sample.id, sample.data, sample.sha256)
    assert sandbox.copies(sample.id) == stored
    assert carrier.submit(sample.id, sample.data, sample.sha256).duplicate is (stored == 1)
    assert sandbox.copies(sample.id) == 1


def test_a_busy_carrier_says_when_to_come_back(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sandbox.behaviour.retry_after_s = 17
    sandbox.behaviour.then(Fault.BUSY_503)
    sample = till.seal()
    with pytest.raises(CarrierBusy) as caught:
        carrier.submit(sample.id, sample.data, sample.sha256)
    assert caught.value.retry_after_s == 17.0


def test_an_outage_ends_on_the_same_port_with_everything_still_there(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample, later = till.seal(), till.seal()
    carrier.submit(sample.id, sample.data, sample.sha256)
    sandbox.stop()
    with pytest.raises(CarrierUnreachable):
        carrier.submit(later.id, later.data, later.sha256)
    sandbox.start()
    carrier.submit(later.id, later.data, later.sha256)
    assert carrier.submit(sample.id, sample.data, sample.sha256).duplicate
    assert sandbox.received() == [sample.id, later.id]


def test_a_carrier_that_was_shut_and_opened_again_keeps_its_keys_and_its_packets(
    sandbox: Sandbox, till: SandboxTill, carrier: HttpCarrier
) -> None:
    sample = till.seal()
    first = carrier.submit(sample.id, sample.data, sample.sha256)
    sandbox.close()
    port = int(sandbox.url.rpartition(":")[2])
    reopened = Sandbox(sandbox.home, real_now, Behaviour(), port=port)
    with reopened:
        again = carrier.submit(sample.id, sample.data, sample.sha256)
        assert again.duplicate
        assert (again.kid, again.carrier_ref) == (first.kid, first.carrier_ref)
