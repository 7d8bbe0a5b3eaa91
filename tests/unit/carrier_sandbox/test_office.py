"""What the carrier accepts, refuses, remembers and decides, without a network."""

from dataclasses import replace
from datetime import timedelta

import pytest

from carrier_sandbox.behaviour import Behaviour, Fault, Rule, Verdict, number_ends
from carrier_sandbox.doorman import CLOCK_TOLERANCE, Refusal
from carrier_sandbox.office import Gap
from carrier_sandbox.signatures import SignedRequest
from tests.fakes.carrier_counter import Counter


def refused(counter: Counter, packet_id: str, request: SignedRequest) -> str:
    """Return the code with which the office refuses a packet."""
    with pytest.raises(Refusal) as caught:
        counter.office.take_in(packet_id, request)
    return caught.value.code


def test_a_packet_is_on_the_disk_before_its_receipt_is_signed(counter: Counter) -> None:
    till = counter.till()
    sample = till.seal()
    held_when_signing: list[int] = []
    sign = counter.office.sign

    def watching(said: dict[str, object]) -> bytes:
        held_when_signing.append(counter.office.store.copies(sample.id))
        return sign(said)

    counter.office.sign = watching  # type: ignore[method-assign,assignment]  # to look at the moment
    counter.send(till, sample)
    assert held_when_signing == [1]


def test_the_same_packet_again_is_counted_and_changes_nothing(counter: Counter) -> None:
    till = counter.till()
    sample = till.seal()
    first = counter.send(till, sample)
    counter.wait(60)
    again = counter.send(till, sample)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert first.received_at == again.received_at
    (held,) = counter.office.store.all_held()
    assert held.repeats == 1


@pytest.mark.parametrize(
    ("part", "value", "code"),
    [
        ("method", "POST", "signature"),
        ("url", "https://carrier.example/v1/packets/other", "signature"),
        ("url", "https://elsewhere.example/v1/packets/x", "signature"),
    ],
)
def test_a_signature_holds_for_one_method_and_one_address(
    counter: Counter, part: str, value: str, code: str
) -> None:
    till = counter.till()
    sample = till.seal()
    request = counter.upload(till, sample)
    altered = replace(request, method=value) if part == "method" else replace(request, url=value)
    assert refused(counter, sample.id, altered) == code


def test_another_body_under_a_signature_is_noticed(counter: Counter) -> None:
    till = counter.till()
    sample, other = till.seal(), till.seal()
    request = counter.upload(till, sample)
    assert refused(counter, sample.id, replace(request, body=other.data)) == "digest"
    digest = counter.upload(till, other).headers["content-digest"]
    swapped = replace(
        request, body=other.data, headers={**request.headers, "content-digest": digest}
    )
    assert refused(counter, sample.id, swapped) == "signature"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("signature-input", "sig1=()", "signature_shape"),
        ("signature-input", "", "signature_shape"),
        ("signature", "sig1=:!:", "signature_shape"),
        ("signature", "sig1=:AAA:", "signature_shape"),
        ("signature", "sig2=:AAAA:", "signature_shape"),
        ("signature", "sig1=:AAAA:", "signature"),
    ],
)
def test_a_signature_of_another_shape_is_refused(
    counter: Counter, old: str, new: str, code: str
) -> None:
    till = counter.till()
    sample = till.seal()
    request = counter.upload(till, sample)
    altered = replace(request, headers={**request.headers, old: new})
    assert refused(counter, sample.id, altered) == code


@pytest.mark.parametrize(
    ("cut", "put", "code"),
    [
        (' "content-digest"', "", "not_covered"),
        ('"@method" ', "", "not_covered"),
        ('"content-digest")', '"content-digest" "x-more")', "not_covered"),
        ('tag="pos-carrier-v1"', 'tag="another"', "signature_shape"),
        ('alg="ed25519"', 'alg="hmac-sha256"', "signature_shape"),
        ("created=", "expires=", "signature_shape"),
        ('keyid="', 'keyid="x', "device_unknown"),
        ("created=1", "created=2", "signature"),
        ('nonce="', 'nonce="x', "signature"),
    ],
)
def test_what_a_signature_covers_and_says_cannot_be_edited(
    counter: Counter, cut: str, put: str, code: str
) -> None:
    till = counter.till()
    sample = till.seal()
    request = counter.upload(till, sample)
    said = request.headers["signature-input"]
    assert cut in said
    altered = {**request.headers, "signature-input": said.replace(cut, put, 1)}
    assert refused(counter, sample.id, replace(request, headers=altered)) == code


def test_an_unsigned_request_is_refused(counter: Counter) -> None:
    sample = counter.till().seal()
    request = SignedRequest("PUT", "https://carrier.example/", {}, sample.data)
    assert refused(counter, sample.id, request) == "unsigned"


def test_a_request_cannot_be_replayed(counter: Counter) -> None:
    till = counter.till()
    sample = till.seal()
    request = counter.upload(till, sample)
    counter.office.take_in(sample.id, request)
    assert refused(counter, sample.id, request) == "replayed"


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_that_is_off_is_named_so_that_the_till_can_allow_for_it(
    counter: Counter, sign: int
) -> None:
    till = counter.till()
    sample = till.seal()
    request = counter.upload(till, sample)
    counter.wait(sign * (CLOCK_TOLERANCE + timedelta(seconds=2)).total_seconds())
    assert refused(counter, sample.id, request) == "clock"


def test_packets_of_another_shape_or_for_another_carrier_are_refused(counter: Counter) -> None:
    till = counter.till()
    sample = till.seal()
    for data, code in [
        (b"hello", "not_a_packet"),
        (sample.data[:70], "cut_short"),
        (sample.data[:-1] + bytes([sample.data[-1] ^ 1]), "packet_signature"),
        (sample.data.replace(b'"v":1', b'"v":2', 1), "header"),
        (bytes(9_000_000), "too_long"),
    ]:
        request = counter.signed(till, "PUT", f"/v1/packets/{sample.id}", data)
        assert refused(counter, sample.id, request) == code
    elsewhere = replace(till.invitation.carrier, seal_kid="seal-of-another")
    till.invitation = replace(till.invitation, carrier=elsewhere)
    stray = till.seal()
    assert refused(counter, stray.id, counter.upload(till, stray)) == "carrier_kid"


def test_gaps_in_a_tills_chain_are_shown_and_not_refused(counter: Counter) -> None:
    till = counter.till()
    samples = [till.seal() for _ in range(5)]
    for number in (4, 0, 2):
        counter.send(till, samples[number])
    assert counter.office.gaps(till.device_id) == (Gap("missing", 2), Gap("missing", 4))
    for number in (1, 3):
        counter.send(till, samples[number])
    assert counter.office.gaps(till.device_id) == ()


def test_a_rewritten_chain_and_a_counter_used_twice_are_seen(counter: Counter) -> None:
    till = counter.till()
    counter.send(till, till.seal())
    till.previous_sha256 = "ab" * 32
    counter.send(till, till.seal())
    assert counter.office.gaps(till.device_id) == (Gap("previous_differs", 2),)
    till.counter = 1
    counter.send(till, till.seal())
    assert Gap("counter_twice", 2) in counter.office.gaps(till.device_id)


def test_decisions_fall_by_rule_after_the_delay(counter: Counter) -> None:
    till = counter.till()
    returned = Verdict("returned", "side_unreadable", "portrait")
    counter.office.behaviour.rules = (Rule(number_ends("0009"), returned),)
    good, bad = till.seal(), till.seal(number="13800130009")
    counter.send(till, good)
    counter.wait(3)
    counter.send(till, bad)
    counter.office.settle()
    assert counter.office.feed.decision_of(good.id) is None
    counter.wait(2)
    counter.office.settle()
    first = counter.office.feed.decision_of(good.id)
    assert first is not None
    assert first.outcome == "accepted"
    assert counter.office.feed.decision_of(bad.id) is None
    counter.wait(3)
    counter.office.settle()
    counter.office.settle()
    feed = counter.office.feed.decisions(till.device_id, 0, 10)
    assert [(entry.outcome, entry.reason) for entry in feed] == [
        ("accepted", None),
        ("returned", "side_unreadable"),
    ]


def test_what_cannot_be_opened_goes_back_to_the_shop(counter: Counter) -> None:
    till = counter.till()
    stranger = counter.till()
    key = bytearray(stranger.invitation.carrier.seal_key)
    key[1200] ^= 1
    wrong = replace(till.invitation.carrier, seal_key=bytes(key))
    till.invitation = replace(till.invitation, carrier=wrong)
    sample = till.seal()
    counter.send(till, sample)
    counter.wait(10)
    counter.office.settle()
    decided = counter.office.feed.decision_of(sample.id)
    assert decided is not None
    assert (decided.outcome, decided.reason) == ("returned", "packet.sealed_to_another_key")


def test_a_script_is_played_first_and_chance_falls_by_its_seed() -> None:
    script = Behaviour(script=[Fault.SLOW])
    script.then(Fault.REDIRECT)
    assert [script.next_fault() for _ in range(3)] == [Fault.SLOW, Fault.REDIRECT, Fault.NONE]
    first = Behaviour(probability=0.3, seed=7)
    second = Behaviour(probability=0.3, seed=7)
    seen = [first.next_fault() for _ in range(1000)]
    assert seen == [second.next_fault() for _ in range(1000)]
    assert 250 < sum(fault is not Fault.NONE for fault in seen) < 350
