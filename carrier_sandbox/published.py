"""What the carrier made known to its tills: policies, keys and orders, numbered and signed."""

from typing import Final

from carrier_sandbox.database import Database, Sheet

POLICY: Final = "policy"
KEYS: Final = "keys"


class Published:
    """Signed envelopes by kind and version, and orders to tills. A version is never reused."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, kind: str) -> tuple[int, bytes] | None:
        """Return the highest version of a kind, and its envelope."""
        row = self._database.alone(
            lambda s: s.row(
                "SELECT version, signed FROM published WHERE kind = %s"
                " ORDER BY version DESC LIMIT 1",
                kind,
            )
        )
        return (int(row[0]), bytes(row[1])) if row else None

    def publish(self, kind: str, version: int, signed: bytes) -> bool:
        """Keep a new version; False where it is not above all there are."""

        def verb(sheet: Sheet) -> bool:
            highest = sheet.row("SELECT MAX(version) FROM published WHERE kind = %s", kind)
            if highest is not None and highest[0] is not None and highest[0] >= version:
                return False
            added = sheet.count(
                "INSERT INTO published (kind, version, signed) VALUES (%s, %s, %s)"
                " ON CONFLICT (kind, version) DO NOTHING",
                kind,
                version,
                signed,
            )
            return added == 1

        return self._database.run(verb)

    def news(self, device_id: str) -> dict[str, int]:
        """Return the highest policy, keys and order there are for a till."""

        def verb(sheet: Sheet) -> dict[str, int]:
            rows = sheet.rows("SELECT kind, MAX(version) FROM published GROUP BY kind")
            found = {POLICY: 0, KEYS: 0, **{str(row[0]): int(row[1]) for row in rows}}
            order = sheet.row(
                "SELECT COALESCE(MAX(sequence), 0) FROM device_order WHERE device_id = %s",
                device_id,
            )
            return {**found, "orders": int(order[0]) if order else 0}

        return self._database.run(verb)
