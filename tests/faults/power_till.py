"""The till whose power is cut: what it does meanwhile, and what must be there after all."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.model.row import WAITING
from tests.fakes.outbox_till import CLERK, GRACE, LABELS, NOON, OutboxTill, new_id, receipt_for
from tests.faults.scenes import LATER, Tell, all_rows, earlier, till_in
from tests.faults.traced import Act

Mark = Callable[[str, RegistrationId], None]

_VISITS: Final = 8
_PICTURE: Final = 9000


def prepare(folder: Path) -> None:
    """Leave a till that has worked before."""
    earlier(folder)


def begin(folder: Path) -> Act:
    """Serve customers, send, take receipts, purge, discard, and start anew in between."""
    null = os.open(os.devnull, os.O_WRONLY)

    def mark(word: str, registration: RegistrationId) -> None:
        os.write(null, f"{word} {registration}".encode())

    def act(tell: Tell) -> None:
        till = till_in(folder)  # here, so that no file was opened before the recording began
        for visit in range(_VISITS):
            _serve(till, visit, mark)
            if visit % 3 == 2:
                _send_and_purge(till, mark)
            if visit % 4 == 1:
                _discard_one(till, mark)
            if visit == _VISITS // 2:
                till.restart().recover(NOON)
        tell("done")

    return act


def _serve(till: OutboxTill, visit: int, mark: Mark) -> None:
    registration = new_id()
    for step in range(2):
        pictures = {f"side {number}": bytes([visit]) * _PICTURE for number in range(step + 1)}
        body = f"step {step}".encode()
        till.outbox.save_draft(registration, CLERK, body, pictures, LABELS, NOON)
        mark(f"draft{step}", registration)
    packet = till.seal(registration)
    mark("submitting", registration)
    till.outbox.put(packet)
    mark("saved", registration)
    till.outbox.tidy()


def _send_and_purge(till: OutboxTill, mark: Mark) -> None:
    leased = till.outbox.lease(NOON)
    assert leased is not None
    mark("carrier", leased.row.id)
    till.outbox.acknowledge(receipt_for(leased.row))
    mark("received", leased.row.id)
    till.outbox.purge(LATER, GRACE)


def _discard_one(till: OutboxTill, mark: Mark) -> None:
    registration = new_id()
    till.outbox.save_draft(registration, CLERK, b"step 0", {}, LABELS, NOON)
    mark("draft0", registration)
    mark("discarding", registration)
    till.outbox.delete_draft(registration)


def judge(folder: Path, told: list[str]) -> list[str]:
    """Open the till as the next start does, and hold it against what it had told."""
    try:
        till = till_in(folder)
    except Problem as problem:
        return [f"store damaged: it does not open: {problem.code}"]
    try:
        return _judged(till, told)
    except Problem as problem:
        return [f"store damaged: {problem.code}"]
    finally:
        till.outbox.close()


def _judged(till: OutboxTill, told: list[str]) -> list[str]:
    heard: dict[str, set[str]] = {}
    for line in told:
        word, _, registration = line.partition(" ")
        heard.setdefault(word, set()).add(registration)
    till.outbox.recover(NOON)
    till.outbox.check_store()
    wrong = []
    if (broken := till.outbox.verify_journal()) is not None:
        wrong.append(f"store damaged: journal entry {broken.number} is {broken.reason}")
    rows = {str(row.id): row for row in all_rows(till.outbox)}
    wrong += [f"lost: {id_}" for id_ in heard.get("saved", set()) - rows.keys()]
    wrong += [
        f"lost: receipt of {id_}"
        for id_ in heard.get("received", set()) & rows.keys()
        if till.outbox.stored_receipt(RegistrationId(id_)) is None
    ]
    for id_, row in rows.items():
        held = till.outbox.stored_receipt(row.id) is not None
        if held and id_ not in heard.get("carrier", set()):
            wrong.append(f"false purge: a receipt nobody gave: {id_}")
        if row.state in WAITING or not held:
            try:
                till.outbox._packets.read(row.id, row.sha256)
            except Problem as problem:
                wrong.append(f"lost: its packet: {id_}: {problem.code}")
    return wrong + _drafts_missing(till, heard, set(rows))


def _drafts_missing(till: OutboxTill, heard: dict[str, set[str]], rows: set[str]) -> list[str]:
    ended = heard.get("discarding", set()) | rows
    there = {str(draft.id): draft.body for draft in till.outbox.drafts(CLERK)}
    wrong = [f"lost: draft {id_}" for id_ in heard.get("draft0", set()) - ended - there.keys()]
    wrong += [
        f"lost: a later step of draft {id_}"
        for id_ in (heard.get("draft1", set()) - ended) & there.keys()
        if there[id_] != b"step 1"
    ]
    return wrong
