"""Our carrier keeps every line of the contract, and each wrong one fails the line it breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from carrier_sandbox import cli
from carrier_sandbox.conformance import Outcome, run
from carrier_sandbox.conformance.desk import Desk
from tests.fakes import wrong_carriers as wrong


def broken(
    home: Path, office: type[wrong.Office], around: Callable[[ASGIApp], ASGIApp]
) -> list[str]:
    """Return the lines that such a carrier breaks."""
    with wrong.tills_at(home, office, around) as (till, second):
        results = list(run(Desk(till, second, patience_s=5.0)))
    return [result.name for result in results if result.outcome is Outcome.BROKEN]


@pytest.mark.slow
def test_our_carrier_keeps_every_line_even_when_it_is_killed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["conformance", "--self"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"{len(said) - 1} holds, 0 BROKEN, 0 not tried"
    assert len(said) > 30


@pytest.mark.slow
@pytest.mark.parametrize(
    ("office", "around", "line"),
    [
        (wrong.NoIdempotency, wrong.unchanged, "custody.again"),
        (wrong.UnsignedReceipts, wrong.unchanged, "custody.signed"),
        (wrong.ReceiptBeforeDurable, wrong.unchanged, "custody.durable"),
        (wrong.Office, wrong.all_200, "trust.unknown"),
        (wrong.Office, wrong.redirecting, "custody.not_redirected"),
    ],
)
def test_a_wrongly_built_carrier_fails_the_line_it_breaks(
    tmp_path: Path, office: type[wrong.Office], around: Callable[[ASGIApp], ASGIApp], line: str
) -> None:
    assert broken(tmp_path, office, around) == [line]


def test_without_an_address_or_an_invitation_it_says_what_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["conformance", "https://127.0.0.1:1"]) == 1
    nothing = tmp_path / "nothing.json"
    nothing.write_text("[]")
    assert cli.main(["conformance", "https://127.0.0.1:1", "--invitation", str(nothing)]) == 1
    assert capsys.readouterr().err.count("\n") == 2
