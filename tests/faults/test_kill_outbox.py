"""The kill harness in short form: nothing lost, nothing doubled, and a planted bug is noticed."""

import io
import re

import pytest

from tests.faults import kill_journey

pytestmark = pytest.mark.slow


def test_forty_kills_lose_and_double_nothing() -> None:
    status, said = _run("--kills", "40")
    assert status == 0, said
    for kind in ("lost", "doubled", "false purge", "store damaged", "gap in the chain"):
        assert re.search(rf"WRONG: {kind} +0\n", said)


@pytest.mark.parametrize(
    ("bug", "noticed"),
    [
        ("row_before_file", "waiting without its packet"),
        ("saved_before_commit", "lost"),
        ("purge_before_receipt", "waiting without its packet"),
        ("new_id_per_try", "doubled"),
        ("any_200_is_success", "false purge"),
    ],
)
def test_a_planted_bug_is_noticed(bug: str, noticed: str) -> None:
    status, said = _run("--kills", "250", "--plant", bug)
    assert status == 0, said
    assert f"WRONG {noticed}: " in said


def _run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    return kill_journey.main([*arguments, "--seed", "1"], out), out.getvalue()
