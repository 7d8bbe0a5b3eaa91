"""Rules about what the customer must be told and must have answered, in the words now in force."""

from collections.abc import Iterator

from pos_client.model.rules import Finding
from pos_client.registration.case import Case


def findings(case: Case) -> Iterator[Finding]:
    """Yield the notices without a yes to their present version, and a missing reading back."""
    agreed = {
        (answer.notice_id, answer.version) for answer in case.draft.notices if answer.accepted
    }
    for notice in case.policy.notices:
        if notice.required and (notice.id, notice.version) not in agreed:
            titles = {f"notice.{language}": title for language, title in notice.title.items()}
            yield case.finding("CNS01", values=titles)
    if not case.draft.read_back:
        yield case.finding("CNS04")
