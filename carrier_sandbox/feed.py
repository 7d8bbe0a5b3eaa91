"""What was decided about registrations: one for good each, in an order every till can follow."""

from datetime import datetime
from typing import Final

from carrier_sandbox.behaviour import Verdict
from carrier_sandbox.books import Decided, stamp
from carrier_sandbox.database import Database, Sheet

_TRIES: Final = 50


class Feed:
    """Decisions by till and by packet. Each verb is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(
        self, packet_id: str, verdict: Verdict, at: datetime, revises: str | None = None
    ) -> bool:
        """Put a decision into the feed; False where it is unknown or was decided for good."""
        step = 1 if verdict.outcome == "in_review" else 2

        def verb(sheet: Sheet) -> bool:
            moved = sheet.row(
                "UPDATE packet SET decided = %s, revises = COALESCE(%s, revises)"
                " WHERE packet_id = %s AND decided < 2 RETURNING device_id, revises",
                step,
                revises,
                packet_id,
            )
            if moved is None:
                return False
            _append(sheet, moved[0], packet_id, verdict, stamp(at), moved[1])
            return True

        return self._database.run(verb)

    def undecided(self, received_before: datetime, device_id: str | None) -> tuple[str, ...]:
        """Return what was received at or before that time (by one till) and nobody looked at."""
        sql = "SELECT packet_id FROM packet WHERE decided = 0 AND received_at <= %s"
        values = [stamp(received_before)]
        if device_id is not None:
            sql += " AND device_id = %s"
            values.append(device_id)
        rows = self._database.alone(lambda s: s.rows(f"{sql} ORDER BY number", *values))
        return tuple(row[0] for row in rows)

    def decisions(self, device_id: str, after: int, most: int) -> tuple[Decided, ...]:
        """Return the next decisions for a device."""
        rows = self._database.alone(
            lambda s: s.rows(
                f"{_DECIDED} WHERE device_id = %s AND sequence > %s ORDER BY sequence LIMIT %s",
                device_id,
                after,
                most,
            )
        )
        return tuple(Decided(*row) for row in rows)

    def decision_of(self, packet_id: str) -> Decided | None:
        """Return the latest decision about a packet."""
        return self.decisions_of([packet_id]).get(packet_id)

    def decisions_of(self, packet_ids: list[str]) -> dict[str, Decided]:
        """Return the latest decision about each of the packets."""
        if not packet_ids:
            return {}
        places = ", ".join(["%s"] * len(packet_ids))
        rows = self._database.alone(
            lambda s: s.rows(
                f"{_DECIDED} WHERE packet_id IN ({places}) ORDER BY sequence", *packet_ids
            )
        )
        return {row[1]: Decided(*row) for row in rows}


def _append(
    sheet: Sheet, device_id: str, packet_id: str, verdict: Verdict, at: str, revises: str | None
) -> None:
    # Two that decide at once reach for the same sequence; the key gives it to one of them, after
    # its transaction has ended, and the other tries the next. So no till can see a later one first.
    for _ in range(_TRIES):
        added = sheet.count(
            "INSERT INTO decision (device_id, sequence, packet_id, outcome, reason, about,"
            " decided_at, revises) SELECT CAST(%s AS TEXT), COALESCE(MAX(sequence), 0) + 1,"
            " CAST(%s AS TEXT), CAST(%s AS TEXT), CAST(%s AS TEXT), CAST(%s AS TEXT),"
            " CAST(%s AS TEXT), CAST(%s AS TEXT) FROM decision WHERE device_id = %s"
            " ON CONFLICT (device_id, sequence) DO NOTHING",
            device_id,
            packet_id,
            verdict.outcome,
            verdict.reason,
            verdict.about,
            at,
            revises,
            device_id,
        )
        if added:
            return
    raise LookupError(device_id)  # cannot be: somebody else got a sequence each time


_DECIDED: Final = (
    "SELECT sequence, packet_id, outcome, reason, about, decided_at, revises FROM decision"
)
