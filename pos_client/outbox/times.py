"""Times as the store keeps them: text in UTC that sorts by time."""

from datetime import UTC, datetime


def text(moment: datetime) -> str:
    """Return an aware time as ISO 8601 in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stored: str) -> datetime:
    """Return the aware time that was stored."""
    return datetime.fromisoformat(stored)


def moment_or_none(stored: str | None) -> datetime | None:
    """Return the aware time that was stored, if one was."""
    return None if stored is None else moment(stored)
