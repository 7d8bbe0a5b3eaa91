"""A new till is ready from one code; where an administrator has to approve it, it says so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from pos_client.carrier.problems import InvitationRefused
from pos_client.model.row import RowState
from pos_client.model.status import LinkState
from pos_client.ui.pages.invitation import read_invitation
from tests.fakes.counter import OPERATOR, PIN, fill, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=0.0)) as running:
        yield running


def test_a_code_that_a_scanner_typed_makes_a_till_ready_in_no_time(
    carrier: Sandbox, tmp_path: Path
) -> None:
    code = carrier.enrolment_token(training=True)
    assert len(code) < 2000, "short enough for a QR code"
    began = time.monotonic()
    desk = open_counter(tmp_path / "till", real_now)
    desk.enrol(read_invitation(tmp_path.__class__(code)), OPERATOR, PIN)
    desk.sync_once()
    assert time.monotonic() - began < 120
    assert desk.status().link is LinkState.ONLINE
    desk.close()
    other = open_counter(tmp_path / "other", real_now)
    with pytest.raises(InvitationRefused):
        other.enrol(code.encode(), OPERATOR, PIN)


def test_a_till_that_waits_for_approval_says_so_works_on_and_sends_when_it_is_given(
    carrier: Sandbox, tmp_path: Path
) -> None:
    code = carrier.enrolment_token(training=True, needs_approval=True)
    desk = open_counter(tmp_path / "till", real_now)
    desk.enrol(code.encode(), OPERATOR, PIN)
    customer = citizen(111)
    receipt = desk.submit(fill(desk, customer.readings(), customer.msisdn, customer.iccid))
    desk.sync_once()
    status = desk.status()
    assert (status.link, status.cause) == (LinkState.REFUSED, "C113")
    assert status.queue.waiting == 1

    (device,) = carrier.devices()
    carrier.approve(device.device_id)

    def sent() -> bool:
        desk.sync_once()
        return desk.rows()[0].state is RowState.ACCEPTED

    until("it is sent", sent)
    assert carrier.received() == [receipt.id]
    desk.close()
