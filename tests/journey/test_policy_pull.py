"""The carrier's policy is in force once it is here, signed and newer; the last good one is kept."""

from __future__ import annotations

import json
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from pos_client.outbox import kept_policy
from pos_client.resources import path
from tests.fakes.counter import EAGER, OPERATOR, PIN, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import Shop, citizen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_client.desk.desk import Desk
    from pos_client.sync.policy import Policy


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=0.0)) as running:
        yield running


class Later:
    """A clock that never runs backwards, and that a test may put forward."""

    def __init__(self) -> None:
        self.by_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.by_s


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def desk(carrier: Sandbox, later: Later, tmp_path: Path) -> Iterator[Desk]:
    opened = open_counter(tmp_path / "till", real_now, monotonic=later)
    opened.enrol(carrier.enrolment_token(training=True).encode(), OPERATOR, PIN)
    yield opened
    opened.close()


def pack(**changed: Any) -> dict[str, Any]:
    shipped: dict[str, Any] = json.loads(path("policies/training.json").read_bytes())
    return {**shipped, **changed}


def pulled(desk: Desk, later: Later) -> None:
    """Let half a day pass: the till asks for its policy every six hours."""
    later.by_s += 12 * 3600.0
    desk.sync_once()


def test_the_sample_that_compares_faces_comes_like_any_other(
    carrier: Sandbox, desk: Desk, later: Later
) -> None:
    assert desk.policy().face is None
    carrier.publish_policy(json.loads(path("policies/training.face.json").read_bytes()), {})
    pulled(desk, later)
    face = desk.policy().face
    assert face is not None
    assert face.required


def test_a_newer_policy_is_in_force_at_once_and_after_a_restart(
    carrier: Sandbox, desk: Desk, later: Later, tmp_path: Path
) -> None:
    carrier.publish_policy(pack(idle_lock_minutes=7), {"uploads": {"budget_bytes_s": 50_000}})
    pulled(desk, later)
    assert desk.policy().idle_lock_minutes == 7
    assert desk._stages.open().carrier.throttle.bytes_s == 50_000
    desk.close()
    again = open_counter(tmp_path / "till", real_now)
    carrier.stop()
    again.sign_in(OPERATOR, PIN)
    assert again.policy().idle_lock_minutes == 7
    again.close()


PATIENT: Final = replace(EAGER, held_s=3600.0)


@pytest.mark.parametrize(
    ("metered", "patience", "goes"),
    [(True, PATIENT, False), (True, replace(EAGER, held_s=0.0), True), (False, PATIENT, True)],
    ids=["paid by volume", "paid by volume, but it waited long enough", "free"],
)
def test_where_the_policy_says_so_packets_wait_while_the_line_is_paid_by_volume(
    carrier: Sandbox, later: Later, tmp_path: Path, metered: bool, patience: Policy, goes: bool
) -> None:
    carrier.publish_policy(pack(), {"uploads": {"metered": "wait"}})
    home = tmp_path / "till"
    opened = open_counter(
        home, real_now, patience=patience, metered=lambda: metered, monotonic=later
    )
    with closing(opened) as desk:
        desk.enrol(carrier.enrolment_token(training=True).encode(), OPERATOR, PIN)
        pulled(desk, later)
        watch = desk._stages.open().watch
        # `pulled` was somebody who wants it sent now: that is long over.
        later.by_s += 3600.0
        saved = Shop(home, carrier, desk).register(citizen(301))
        watch.run()
        assert desk.status().held is not goes
        assert carrier.received() == ([saved] if goes else [])

        desk.sync_now()
        watch.run()
        assert carrier.received() == [saved], "somebody who wants it sent now is obeyed"


@pytest.mark.logs_warning("no new policy")
def test_a_policy_that_is_not_valid_leaves_the_last_good_one(
    carrier: Sandbox, desk: Desk, later: Later
) -> None:
    carrier.publish_policy(pack(idle_lock_minutes=7), {})
    pulled(desk, later)
    carrier.publish_policy(pack(idle_lock_minutes=0), {})
    pulled(desk, later)
    assert desk.policy().idle_lock_minutes == 7
    carrier.publish_policy(pack(training=False), {})
    pulled(desk, later)
    assert desk.policy().training


@pytest.mark.logs_warning("the kept policy is not used")
def test_a_kept_policy_that_somebody_changed_is_not_used(
    carrier: Sandbox, desk: Desk, later: Later, tmp_path: Path
) -> None:
    carrier.publish_policy(pack(idle_lock_minutes=7), {})
    pulled(desk, later)
    desk.close()
    home = tmp_path / "till"
    kept = kept_policy.load(home)
    assert kept is not None
    changed = kept.message.replace(b'"idle_lock_minutes":7', b'"idle_lock_minutes":9')
    kept_policy.save(home, kept_policy.KeptPolicy(kept.kid, changed, kept.signature))
    again = open_counter(home, real_now)
    again.sign_in(OPERATOR, PIN)
    assert again.policy().idle_lock_minutes not in {7, 9}
    again.close()
