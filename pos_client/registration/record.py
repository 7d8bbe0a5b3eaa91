"""A finished draft becomes the registration record: who, what, where, when, by which rules."""

from typing import Final

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.draft import Draft
from pos_client.model.registration import (
    Channel,
    Device,
    Evidence,
    IdentityDocument,
    Person,
    Registration,
    Role,
    RuleResult,
    Times,
)
from pos_client.model.rules import Finding, Severity
from pos_client.registration import face as faces
from pos_client.registration import rules
from pos_client.registration.case import Case
from pos_client.registration.problems import NotComplete

#: The kind of evidence that the picture of a document's side is.
DOCUMENT_SIDE: Final = "document_side"
#: And the small picture of the person, where the policy keeps it.
LIVE_FACE: Final = "live_face"


def complete(case: Case, channel: Channel, device: Device, times: Times) -> Registration:
    """Return the record of a draft that nothing stands in the way of.

    Raises:
        NotComplete: a rule blocks, or a warning was not confirmed; it names the rules.
    """
    draft, declaration = case.draft, case.declaration
    findings = rules.check(case)
    missing = rules.in_the_way(draft, findings)
    if missing or declaration is None or draft.line is None:
        raise NotComplete(rules=", ".join(sorted({each.rule for each in missing})))
    return Registration(
        id=draft.id,
        flow=draft.flow,
        policy_id=case.policy.id,
        policy_version=case.policy.version,
        channel=channel,
        device=device,
        times=times,
        persons=(_holder(case, declaration),),
        lines=(draft.line,),
        evidence=_evidence(case, declaration),
        notices=draft.notices,
        rules=tuple(_result(draft, finding) for finding in findings),
        decisions=draft.decisions,
        training=case.policy.training,
        supersedes=draft.supersedes,
    )


def _holder(case: Case, declaration: DocumentDeclaration) -> Person:
    face = faces.outcome(case.draft, declaration, case.policy)
    return Person(Role.HOLDER, _document(case.draft, declaration), face=face)


def _document(draft: Draft, declaration: DocumentDeclaration) -> IdentityDocument:
    names = [field.name for field in declaration.fields if field.name in draft.fields]
    fields = tuple(draft.fields[name] for name in names)
    typed_over = tuple(
        draft.read_fields[field.name]
        for field in fields
        if field.edited_by is not None and field.name in draft.read_fields
    )
    return IdentityDocument(declaration.code, fields, draft.mrz, typed_over)


def _evidence(case: Case, declaration: DocumentDeclaration) -> tuple[Evidence, ...]:
    images = case.draft.images
    sides = tuple(
        Evidence(DOCUMENT_SIDE, side.side, images[side.side])
        for side in declaration.sides
        if side.side in images
    )
    live = faces.kept_picture(case.draft, case.policy)
    return sides if live is None else (*sides, Evidence(LIVE_FACE, None, live))


def _result(draft: Draft, finding: Finding) -> RuleResult:
    confirmed = finding.severity is Severity.WARN and rules.accepted(draft, finding)
    return RuleResult(
        finding.rule, finding.severity, finding.about, draft.operator if confirmed else None
    )
