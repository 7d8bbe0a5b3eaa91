"""On a line where most things go wrong nothing is believed, doubled or lost; and it heals alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import bad_network
from tests.faults.bad_line import AT_HANDSHAKE, Trouble


@pytest.mark.slow
def test_a_line_on_which_everything_goes_wrong_makes_nothing_false_double_or_lost(
    tmp_path: Path,
) -> None:
    result = bad_network.run(tmp_path, requests=350, tills=4)
    assert result.clean, result
    assert result.saved == result.delivered > 20
    assert len(set(Trouble) - set(result.met)) <= 3, "most kinds of trouble were met"


@pytest.mark.slow
def test_no_answer_makes_the_till_grow() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.memory", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=80,
    )
    grown = json.loads(done.stdout)
    assert len(grown) == len(Trouble) - len(AT_HANDSHAKE) - 1
    assert max(grown.values()) < 20.0, grown
