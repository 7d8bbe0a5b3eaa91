"""Hundreds of uploads with most of them spoilt: no false success, nothing twice, nothing lost."""

from collections import Counter
from contextlib import closing

import pytest

from carrier_sandbox import Sandbox
from pos_client.carrier.http import HttpCarrier
from pos_client.model.problems import Problem, Retry
from tests.fakes.sandbox_till import Sample, SandboxTill

PACKETS = 150


def problem_of(carrier: HttpCarrier, sample: Sample) -> Problem | None:
    """Send once and return what went wrong; None is a verified receipt for this packet."""
    try:
        receipt = carrier.submit(sample.id, sample.data, sample.sha256)
    except Problem as problem:
        return problem
    assert (receipt.packet_id, receipt.packet_sha256) == (sample.id, sample.sha256)
    return None


@pytest.mark.slow
def test_most_uploads_are_spoilt_and_every_packet_is_there_once(
    sandbox: Sandbox, till: SandboxTill
) -> None:
    sandbox.behaviour.probability = 0.7
    sandbox.behaviour.slow_s = 0.01
    sandbox.behaviour.decide_after_s = None
    samples = [till.seal(images=(bytes(20_000),)) for _ in range(PACKETS)]
    seen: Counter[str] = Counter()
    with closing(till.carrier()) as carrier:
        for sample in samples:
            while (problem := problem_of(carrier, sample)) is not None:
                seen[problem.code] += 1
                assert problem.retry is Retry.LATER
            assert sandbox.copies(sample.id) == 1
    assert sandbox.received() == [sample.id for sample in samples]
    assert sandbox.gaps(till.device_id) == ()
    assert sandbox.alarms() == ()
    assert {"C100", "C101", "C102", "C107"} <= seen.keys()
    assert sum(seen.values()) > PACKETS
