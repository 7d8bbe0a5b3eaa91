"""The table of the contract: each line a sentence, tried one after the other."""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from carrier_sandbox.conformance import lines_counter as counter
from carrier_sandbox.conformance import lines_custody as custody
from carrier_sandbox.conformance import lines_trust as trust
from carrier_sandbox.conformance.desk import Desk, NotTried
from carrier_sandbox.conformance.till import Broken

Try = Callable[[Desk], None]


class Outcome(StrEnum):
    """What became of a line."""

    HOLDS = "holds"
    BROKEN = "BROKEN"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Result:
    """A line with its outcome; `why` says more where it does not hold."""

    name: str
    sentence: str
    outcome: Outcome
    why: str = ""


#: Each line, and the lines without which it would say nothing new.
LINES: Final[tuple[tuple[Try, tuple[Try, ...]], ...]] = (
    (trust.enrolment, ()),
    (trust.unknown, (trust.enrolment,)),
    (trust.strangers, (trust.unknown,)),
    (trust.unsigned, (trust.enrolment, trust.unknown)),
    (trust.clock, (trust.unsigned,)),
    (trust.time, ()),
    (trust.contract, (trust.unknown,)),
    (trust.bounded, (trust.enrolment,)),
    (custody.not_redirected, (trust.enrolment,)),
    (custody.signed, (custody.not_redirected,)),
    (trust.another_address, (trust.unsigned, custody.signed)),
    (custody.durable, (custody.signed,)),
    (custody.again, (custody.durable,)),
    (custody.at_once, (custody.again,)),
    (custody.lost_answer, (custody.again,)),
    (custody.conflict, (custody.again, trust.unknown)),
    (custody.damaged, (custody.signed, trust.unknown)),
    (custody.journal, (custody.signed,)),
    (custody.courier, (custody.signed,)),
    (custody.pieces, (custody.again, trust.unknown)),
    (custody.bad_pieces, (custody.pieces,)),
    (custody.status, (custody.durable,)),
    (custody.decisions, (custody.durable,)),
    (custody.revision, (custody.decisions,)),
    (custody.survives, (custody.durable,)),
    (trust.policy, (trust.enrolment,)),
    (trust.orders, (trust.enrolment, trust.unknown)),
    (counter.identity, (trust.enrolment,)),
    (counter.sealed, (trust.enrolment, trust.unknown)),
    (counter.possession, (trust.enrolment, trust.unknown)),
    (counter.quota, (trust.enrolment,)),
    (counter.allowance, (trust.enrolment,)),
    (counter.numbers, (trust.enrolment, trust.unknown)),
)


def run(desk: Desk) -> Iterator[Result]:
    """Try every line; a line whose foundations do not hold is not tried."""
    holding: set[Try] = set()
    for line, needs in LINES:
        missing = [need for need in needs if need not in holding]
        if missing:
            result = _result(line, Outcome.NOT_TRIED, f"needs {_name(missing[0])}")
        else:
            result = _tried(line, desk)
        if result.outcome is Outcome.HOLDS:
            holding.add(line)
        yield result


def _tried(line: Try, desk: Desk) -> Result:
    try:
        line(desk)
    except Broken as err:
        return _result(line, Outcome.BROKEN, str(err))
    except NotTried as err:
        return _result(line, Outcome.NOT_TRIED, str(err))
    except (OSError, http.client.HTTPException) as err:
        return _result(line, Outcome.BROKEN, f"no answer: {type(err).__name__}")
    except (KeyError, TypeError, ValueError) as err:
        return _result(line, Outcome.BROKEN, f"an answer has another shape: {err!r}")
    return _result(line, Outcome.HOLDS)


def _result(line: Try, outcome: Outcome, why: str = "") -> Result:
    sentence = (line.__doc__ or "").strip().splitlines()[0]
    return Result(_name(line), sentence, outcome, why)


def _name(line: Try) -> str:
    part = line.__module__.rpartition("_")[2]
    return f"{part}.{line.__name__}"


def table(results: list[Result]) -> str:
    """Return the results as lines for a terminal."""
    rows = []
    for result in results:
        rows.append(f"{result.outcome:<9}  {result.name:<24}  {result.sentence}")
        if result.why:
            rows.append(f"{'':9}  {'':24}  → {result.why}")
    return "\n".join(rows)
