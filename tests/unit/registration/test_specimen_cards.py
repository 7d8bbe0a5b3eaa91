"""The awkward cards of the specimen table: none is turned away but those that are at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict
from pos_client.model.rules import Severity
from pos_client.registration import draft as steps_of_draft
from pos_client.registration import rules
from specimens.cases import case, cases
from specimens.persons import TODAY
from tests.unit.registration import visit

if TYPE_CHECKING:
    from pos_client.model.draft import Draft
    from specimens.specimen import Specimen

CARDS = sorted(
    each.name.removesuffix("-emblem") for each in cases() if each.name.endswith("-emblem")
)
TRAVEL = ["passport", "unknown-day", "unknown-month", "germany", "stateless", "one-name"]
#: What is to be said about cards that are in order; a WARN or REVIEW turns nobody away.
EXPECTED = {
    "born-1880": {"PER05"},
    "abolished-district": {"PER05"},
    "child-five-years": {"MIN03"},
    "expired": {"DOC02"},
    "future-start": {"DOC04"},
}


def shown(draft: Draft, specimen: Specimen) -> Draft:
    source = Source.MRZ if specimen.mrz else Source.OCR
    reading = Reading(
        Verdict.READ,
        DocumentKind(specimen.kind),
        Side(specimen.side),
        tuple(visit.read_field(*item, source=source) for item in specimen.truth.items()),
        tuple(Private(line) for line in specimen.mrz),
        visit.picture(specimen.side.encode()),
        600,
    )
    declaration = visit.kind(DocumentKind(specimen.kind))
    return steps_of_draft.take_reading(draft, reading, declaration, TODAY)


def about_the_person(draft: Draft) -> dict[str, Severity]:
    findings = rules.check(visit.case(draft, today=TODAY))
    return {
        finding.rule: finding.severity
        for finding in findings
        if not finding.rule.startswith(("SIM", "CNS"))
    }


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_taken_or_refused_for_its_own_fault(name: str) -> None:
    draft = visit.begun()
    for side in ("portrait", "emblem"):
        draft = shown(draft, case(f"{name}-{side}").draw())
    assert set(about_the_person(draft)) == EXPECTED.get(name, set())


@pytest.mark.parametrize("name", TRAVEL)
def test_a_passport_is_taken_by_its_lines(name: str) -> None:
    found = about_the_person(shown(visit.begun(), case(name).draw()))
    # The lines' own document code is parsed by the reader and not part of the printed truth.
    assert set(found) <= {"DOC11"}


def test_a_visa_is_no_identity_document_for_a_new_line() -> None:
    found = about_the_person(shown(visit.begun(), case("visa-a").draw()))
    assert found["DOC01"] is Severity.BLOCK
    assert not {"DOC06", "DOC07"} & set(found)
