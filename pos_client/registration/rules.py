"""What the rules say about a draft: pure, by family, the heaviest first.

Check digits are mathematics and block; tables of regions and layouts age and only warn.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pos_client.model.draft import Draft
from pos_client.model.rules import Finding, Severity
from pos_client.registration import (
    rules_document,
    rules_face,
    rules_line,
    rules_notice,
    rules_number,
    rules_person,
)
from pos_client.registration.case import Case

_FAMILIES: Final[tuple[Callable[[Case], Iterator[Finding]], ...]] = (
    rules_document.findings,
    rules_number.findings,
    rules_person.findings,
    rules_line.findings,
    rules_face.findings,
    rules_notice.findings,
)
_WEIGHT: Final = (Severity.BLOCK, Severity.REVIEW, Severity.WARN, Severity.INFO, Severity.HINT)


def check(case: Case) -> tuple[Finding, ...]:
    """Return everything the rules have to say, blocks first, else in the order of the visit."""
    found = [finding for family in _FAMILIES for finding in family(case)]
    return tuple(sorted(found, key=lambda finding: _WEIGHT.index(finding.severity)))


def in_the_way(draft: Draft, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what keeps the draft from being sealed: blocks, and warnings not yet confirmed."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.BLOCK
        or (finding.severity is Severity.WARN and not accepted(draft, finding))
    )


def accepted(draft: Draft, finding: Finding) -> bool:
    """Say whether the operator confirmed a warning, by its rule or by the field it is about."""
    return finding.rule in draft.confirmed or finding.about in draft.confirmed
