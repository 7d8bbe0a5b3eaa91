"""The journal against somebody who owns disk and key: what the carrier countersigned stays."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carrier_sandbox.store import OVERTAKEN
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow


@pytest.fixture
def later() -> list[timedelta]:
    """How much later it is at the carrier's; a test puts it forward."""
    return [timedelta()]


@pytest.fixture
def countersigned(opened: Callable[..., Shop], later: list[timedelta]) -> Shop:
    """A till with three registrations, each received with the head of the journal."""
    shop = opened(carrier_clock=lambda: real_now() + later[0])
    for number in (61, 62, 63):
        registration = shop.register(citizen(number))
        shop.send_all()
        receipt = shop.desk._stages.open().outbox.stored_receipt(registration)
        assert receipt is not None
        assert receipt.journal is not None
    assert shop.desk.verify_journal() is None
    return shop


def tamper(shop: Shop, change: Callable[[Any], None]) -> None:
    with shop.desk._stages.open().outbox._store.writing() as connection:
        connection.execute("DROP TRIGGER journal_keeps_its_lines")
        connection.execute("DROP TRIGGER journal_keeps_its_length")
        change(connection)


def rewrite(connection: Any, from_number: int) -> None:
    """Write the chain anew from an entry on, with right hashes, as a thief with the key can."""
    columns = "number, at, event, about, mono_ms, boot, server_at, hash"
    rows = connection.execute(f"SELECT {columns} FROM journal ORDER BY number").fetchall()  # noqa: S608 - a constant
    previous = bytes(32)
    for *entry, found in rows:
        if entry[0] == from_number:
            entry[2] = "nothing_happened"
        if entry[0] >= from_number:
            found = hashlib.sha256(previous + json.dumps(entry).encode()).digest()  # noqa: PLW2901 - the new link
            connection.execute(
                "UPDATE journal SET event = ?, hash = ? WHERE number = ?",
                (entry[2], found, entry[0]),
            )
        previous = found


def test_a_tail_that_was_cut_off_is_found(countersigned: Shop) -> None:
    tamper(countersigned, lambda c: c.execute("DELETE FROM journal WHERE number > 4"))
    broken = countersigned.desk.verify_journal()
    assert broken is not None
    assert (broken.number, broken.reason) == (5, "cut off")


def test_a_chain_that_was_written_anew_is_found(countersigned: Shop) -> None:
    tamper(countersigned, lambda c: rewrite(c, 2))
    broken = countersigned.desk.verify_journal()
    assert broken is not None
    assert broken.reason == "rewritten"
    assert broken.number <= 4


def test_every_entry_tells_the_time_four_ways(countersigned: Shop) -> None:
    entries = countersigned.desk.journal(limit=100)
    assert {entry.moment.boot for entry in entries} == {"boot-1"}
    ticks = [entry.moment.mono_ms for entry in reversed(entries)]
    assert ticks == sorted(tick for tick in ticks if tick is not None)
    assert entries[0].moment.server_at is not None


def test_the_carrier_hears_of_a_chain_that_goes_back(
    countersigned: Shop, later: list[timedelta]
) -> None:
    shop = countersigned
    tamper(shop, lambda c: rewrite(c, 2))
    tamper_again = "DELETE FROM journal WHERE number > 6"
    with shop.desk._stages.open().outbox._store.writing() as connection:
        connection.execute(tamper_again)
    later[0] = OVERTAKEN + timedelta(seconds=1)
    shop.register(citizen(64))
    shop.send_all()
    assert "journal_cut" in [alarm.kind for alarm in shop.carrier.alarms()]
