"""Rules about the number and its SIM card: ours, free, well read, and not too many."""

from collections.abc import Iterator
from typing import Final

from pos_client.model.numbers import sim
from pos_client.model.numbers.sim import IccidFault
from pos_client.model.registration import Line
from pos_client.model.rules import Finding
from pos_client.registration.case import Case

#: As many characters of an id are enough to find it in the waiting list.
_SHOWN_OF_ID: Final = 8


def findings(case: Case) -> Iterator[Finding]:
    """Yield what is to be said about the line."""
    line = case.draft.line
    if line is None or not (line.msisdn.reveal() and line.iccid.reveal()):
        yield case.finding("SIM08")
    if line is not None:
        yield from _card(case, line)
        yield from _number(case, line)
    if case.known.offline:
        yield case.finding("QTA02")
    if case.known.lines_here >= case.policy.per_device_limit:
        yield case.finding("QTA03", values={"max": str(case.policy.per_device_limit)})


def _card(case: Case, line: Line) -> Iterator[Finding]:
    iccid = line.iccid.reveal()
    if not iccid:
        return
    fault = sim.iccid_fault(iccid)
    if fault in {IccidFault.LENGTH, IccidFault.CHARSET}:
        yield case.finding("SIM01")
        return
    if fault is IccidFault.CHECK_DIGIT:
        yield case.finding("SIM02", severity=case.policy.iccid_luhn)
    if not iccid.startswith(case.policy.iccid_prefixes):
        yield case.finding("SIM03")
    if case.known.iccid_used_in is not None:
        yield case.finding("SIM04", values={"ref": case.known.iccid_used_in[:_SHOWN_OF_ID]})


def _number(case: Case, line: Line) -> Iterator[Finding]:
    msisdn = line.msisdn.reveal()
    if not msisdn:
        return
    if not sim.msisdn_fits(msisdn, case.policy.msisdn_patterns):
        yield case.finding("SIM05", values={"msisdn": msisdn})
    if case.known.msisdn_used_in is not None:
        yield case.finding("SIM06", values={"msisdn": msisdn})
