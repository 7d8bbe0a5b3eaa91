"""What a second person decided: kept with who asked and who decided, never the same."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.outbox import journal, times


class Verdict(StrEnum):
    """What the second person said."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Approval:
    """One decision of a second person about one thing in a draft; `subject` is a rule's code."""

    registration: RegistrationId
    subject: str
    author: OperatorNumber
    approver: OperatorNumber
    verdict: Verdict
    decided_at: datetime


def keep(connection: Any, approval: Approval) -> None:
    """Keep a decision inside the caller's transaction; a later one takes its place.

    The store itself refuses one whose author and approver are the same.
    """
    at = times.text(approval.decided_at)
    connection.execute(
        "INSERT INTO approval (registration, subject, author, approver, outcome, decided_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (registration, subject) DO UPDATE SET author = excluded.author,"
        " approver = excluded.approver, outcome = excluded.outcome,"
        " decided_at = excluded.decided_at",
        (
            approval.registration,
            approval.subject,
            approval.author,
            approval.approver,
            approval.verdict,
            at,
        ),
    )
    journal.write(connection, at, f"{approval.verdict}_{approval.subject}", approval.registration)


def approved(connection: Any, registration: RegistrationId) -> frozenset[str]:
    """Return the subjects that a second person approved for a registration."""
    found = connection.execute(
        "SELECT subject FROM approval WHERE registration = ? AND outcome = 'approved'",
        (registration,),
    ).fetchall()
    return frozenset(subject for (subject,) in found)
