"""What a second person decided: kept with who asked and who decided, never the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_client.model.operator import SecondOpinion
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.outbox import journal, times


@dataclass(frozen=True, slots=True)
class Approval:
    """One decision of a second person about one thing in a draft; `subject` is a rule's code."""

    registration: RegistrationId
    subject: str
    author: OperatorNumber
    approver: OperatorNumber
    opinion: SecondOpinion
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
            approval.opinion,
            at,
        ),
    )
    journal.write(connection, at, f"{approval.opinion}_{approval.subject}", approval.registration)


def approved(
    connection: Any, registration: RegistrationId, submitter: OperatorNumber
) -> frozenset[str]:
    """Return the subjects that somebody else than the submitter approved for a registration."""
    found = connection.execute(
        "SELECT subject FROM approval"
        " WHERE registration = ? AND outcome = 'approved' AND approver <> ?",
        (registration, submitter),
    ).fetchall()
    return frozenset(subject for (subject,) in found)
