"""The kill harness in short form: nothing lost, nothing doubled, and a planted bug is noticed."""

import io

import pytest

from tests.faults import kill_journey

pytestmark = pytest.mark.slow


def test_forty_kills_lose_and_double_nothing() -> None:
    status, said = _run("--kills", "40")
    assert status == 0, said
    assert "WRONG" not in said


def test_a_planted_bug_is_noticed() -> None:
    status, said = _run("--kills", "200", "--plant", "saved_before_commit")
    assert status == 0, said
    assert "WRONG lost" in said


def _run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    return kill_journey.main([*arguments, "--seed", "1"], out), out.getvalue()
