"""The whole client works where there is no window to be had: no Qt installed at all."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from tests.fakes.sandbox_till import real_now
from tests.journey.runner import private_places, run, way
from tests.journey.whole_way import canary, last_canary, travelling_canary

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

#: Runs a module as `python -m` does, on a machine on which Qt was never installed.
WITHOUT_QT = """
import importlib.abc, runpy, sys
class NotInstalled(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, NotInstalled())
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def test_the_journey_from_the_camera_to_the_receipt_runs_without_qt(tmp_path: Path) -> None:
    invitation = tmp_path / "invitation.json"
    surroundings = private_places(tmp_path)
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=0.0)) as carrier:
        invitation.write_bytes(carrier.invitation(training=True))
        for part, status in (("begin", -signal.SIGKILL), ("resume", 0)):
            module, *arguments = way("whole_way", tmp_path / "till", invitation, part)[2:]
            command = [sys.executable, "-c", WITHOUT_QT, module, *arguments]
            ended = run(command, surroundings, carrier)
            assert ended.status == status, ended.logged[-3000:]

        assert json.loads(ended.said.splitlines()[-1]) == {"qt": []}
        records = [carrier.open(id_).record for id_ in carrier.received()]

    customers = (canary(), travelling_canary(), last_canary())
    assert len(records) == len(customers)
    for record, customer in zip(records, customers, strict=True):
        fields = record["persons"][0]["document"]["fields"]
        printed = {name: value for name, value in customer.truth.items() if value}
        assert {name: fields[name]["value"] for name in printed} == printed
        assert record["lines"][0]["msisdn"] == customer.msisdn
        assert record["lines"][0]["iccid"] == customer.iccid


def test_the_blocker_of_the_test_above_blocks(tmp_path: Path) -> None:
    ended = run([sys.executable, "-c", WITHOUT_QT, "pos_client.app"], private_places(tmp_path))

    assert ended.status == 1
    assert "No module named 'PySide6'" in ended.logged
