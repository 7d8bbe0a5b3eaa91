"""What must be true after every kill: the till's books and the carrier's books side by side."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.model.row import WAITING, Row
from pos_client.outbox import enrolment
from pos_client.outbox.custody import Custody
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.recovery import Recovery
from tests.fakes.counter import CHEAP, OPERATOR, PIN
from tests.faults.unruly_carrier import UnrulyCarrier
from tests.faults.visits import real_now

#: The worst that may be found. A kind of finding stands before the colon.
WORST: Final = ("lost", "doubled", "false purge", "store damaged", "gap in the chain")


@dataclass
class Findings:
    """What was found: `wrong` must stay empty; the rest is counted to show that things happened."""

    wrong: set[str] = field(default_factory=set)
    journal: dict[str, int] = field(default_factory=dict)
    at_the_carrier: int = 0
    waiting: int = 0
    purged: int = 0
    repeats: int = 0


def compare(
    home: Path, carrier: UnrulyCarrier, saved: set[RegistrationId], findings: Findings
) -> None:
    """Open the till as the next start would, and hold it against what the carrier has."""
    try:
        with _open(home) as outbox:
            recovery = outbox.recover(real_now())
            _count(outbox, findings)
            _whole(outbox, recovery, findings)
            rows = _all_rows(outbox)
            packets = {row.id: _sha256(outbox, row) for row in rows if row.packet_present}
    except Problem as problem:
        findings.wrong.add(f"store damaged: it does not open: {problem.code}")
        return
    with carrier.books() as books:
        held = {id_: hashlib.sha256(books.packet(id_)).hexdigest() for id_ in books.received()}
        findings.wrong |= {f"alarm at the carrier: {alarm.kind}" for alarm in books.alarms()}
    findings.at_the_carrier = len(held)
    findings.waiting = sum(row.state in WAITING for row in rows)
    findings.purged = sum(not row.packet_present for row in rows)
    here = {row.id for row in rows if row.state in WAITING and packets[row.id] == row.sha256}
    findings.wrong |= {f"lost: {id_}" for id_ in saved - held.keys() - here}
    for row in rows:
        if row.state not in WAITING and held.get(row.id) != row.sha256:
            findings.wrong.add(f"false purge: taken for received, but is not: {row.id}")
        if row.state in WAITING and packets[row.id] != row.sha256:
            findings.wrong.add(f"waiting without its packet: {row.id}")


def compare_contents(carrier: UnrulyCarrier, findings: Findings) -> None:
    """Open everything at the carrier: one SIM must not have been registered twice."""
    with carrier.books() as books:
        ids = books.received()
        sims = Counter(line["iccid"] for id_ in ids for line in books.open(id_).record["lines"])
        findings.repeats = sum(books.repeats(id_) for id_ in ids)
    findings.wrong |= {f"doubled: SIM {sim}" for sim, times in sims.items() if times > 1}


def compare_chain(carrier: UnrulyCarrier, device_id: str, findings: Findings) -> None:
    """Follow the till's packets from the first to the last; only when all have been sent."""
    with carrier.books() as books:
        gaps = books.gaps(device_id)
    findings.wrong |= {f"gap in the chain: {gap.kind} at {gap.counter}" for gap in gaps}


@contextmanager
def _open(home: Path) -> Iterator[Outbox]:
    custody = Custody(home, None, CHEAP)
    unlocked = custody.sign_in(OPERATOR, PIN, real_now())
    device_id = enrolment.load(home).device_id
    outbox = Outbox(home, unlocked.database_key, device_id, custody.device_public())
    try:
        yield outbox
    finally:
        outbox.close()


def _whole(outbox: Outbox, recovery: Recovery, findings: Findings) -> None:
    outbox.check_store()
    broken = outbox.verify_journal()
    if broken is not None:
        findings.wrong.add(f"store damaged: journal entry {broken.number} is {broken.reason}")
    if recovery.left:
        findings.wrong.add("store damaged: recovery did not come to its end")


def _count(outbox: Outbox, findings: Findings) -> None:
    with outbox._store.reading() as connection:
        events = connection.execute("SELECT event, count(*) FROM journal GROUP BY event").fetchall()
    findings.journal = dict(events)


def _all_rows(outbox: Outbox) -> list[Row]:
    found: list[Row] = []
    while page := outbox.rows(limit=500, after=found[-1].id if found else None):
        found += page
    return found


def _sha256(outbox: Outbox, row: Row) -> str:
    return hashlib.sha256(outbox._packets.peek(row.id) or b"").hexdigest()
