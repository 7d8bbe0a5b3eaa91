"""The carrier's list of tills: who was invited, who may send, who was shut out."""

import json
from datetime import datetime
from typing import Any, Final

from carrier_sandbox.books import MOVES, DeviceState, Enrolled, Invited, stamp
from carrier_sandbox.database import Database, Sheet


class Tills:
    """Invitations and devices. Each verb is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def invite(self, invited: Invited, at: datetime, signed: bytes | None = None) -> None:
        """Keep an invitation; `signed` is what a till may fetch with its token."""
        self._database.alone(
            lambda s: s.count(
                "INSERT INTO invitation (token, outlet, dealers, policy, needs_approval, made_at,"
                " signed) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                invited.token,
                invited.outlet,
                json.dumps(invited.dealers),
                invited.policy,
                int(invited.needs_approval),
                stamp(at),
                signed,
            )
        )

    def fetched(self, token: str) -> bytes | None:
        """Return the signed invitation of a token that nobody used yet."""
        sql = "SELECT signed FROM invitation WHERE token = %s AND device_id IS NULL"
        row = self._database.alone(lambda s: s.row(sql, token))
        return bytes(row[0]) if row and row[0] is not None else None

    def enrol(self, device_id: str, key: bytes, token: str, at: datetime) -> Enrolled | str:
        """Give a token's place to a device, for ever; return it, or a word why not."""

        def verb(sheet: Sheet) -> Enrolled | str:
            sql = "SELECT needs_approval FROM invitation WHERE token = %s"
            invited = sheet.row(sql, token)
            if invited is None:
                return "token_unknown"
            known = sheet.row(f"{_DEVICE} WHERE device_id = %s", device_id)
            if known is not None and _enrolled(known).token != token:
                return "device_has_another_token"
            taken = sheet.count(
                "UPDATE invitation SET device_id = %s WHERE token = %s"
                " AND (device_id IS NULL OR device_id = %s)",
                device_id,
                token,
                device_id,
            )
            if not taken:
                return "token_used"
            state = DeviceState.WAITING if invited[0] else DeviceState.ENROLLED
            sheet.count(
                "INSERT INTO device (device_id, public_key, token, enrolled_at, state)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (device_id) DO NOTHING",
                device_id,
                key,
                token,
                stamp(at),
                state.value,
            )
            row = sheet.row(f"{_DEVICE} WHERE device_id = %s", device_id)
            return _enrolled(row) if row else "token_unknown"

        return self._database.run(verb)

    def device(self, device_id: str) -> Enrolled | None:
        """Return a till by its id."""
        row = self._database.alone(lambda s: s.row(f"{_DEVICE} WHERE device_id = %s", device_id))
        return _enrolled(row) if row else None

    def devices(self) -> tuple[Enrolled, ...]:
        """Return all tills, in the order in which they enrolled."""
        rows = self._database.alone(lambda s: s.rows(f"{_DEVICE} ORDER BY enrolled_at, device_id"))
        return tuple(_enrolled(row) for row in rows)

    def move(self, device_id: str, to: DeviceState) -> bool:
        """Approve, refuse or shut out a till; False where it is unknown or cannot become that."""
        before = [state.value for state, after in MOVES.items() if to in after]
        places = ", ".join(["%s"] * len(before))
        sql = f"UPDATE device SET state = %s WHERE device_id = %s AND state IN ({places})"  # noqa: S608 - only places for values are put in
        return self._database.alone(lambda s: s.count(sql, to.value, device_id, *before)) == 1


_DEVICE: Final = "SELECT device_id, public_key, token, state FROM device"


def _enrolled(row: tuple[Any, ...]) -> Enrolled:
    return Enrolled(row[0], bytes(row[1]), row[2], DeviceState(row[3]))
