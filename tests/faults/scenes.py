"""What goes on when a fault strikes: each scene prepares a till, acts, and judges what is left."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.model.problems import Problem
from pos_client.model.registration import RegistrationId
from pos_client.model.row import WAITING, Row, RowState
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.problems import DiskFull, DiskTrouble, StoreUnavailable
from pos_client.outbox.store import DatabaseKey
from tests.fakes.outbox_till import CLERK, GRACE, LABELS, NOON, OutboxTill, receipt_for
from tests.faults.traced import Act

SIGNER: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY: Final = DatabaseKey(bytes(range(100, 148)))
#: The registration that the act is about; those before it must simply stay what they were.
SUBJECT: Final = RegistrationId("00000000-0000-4000-8000-000000000001")
EARLIER: Final = 3
DRAFT: Final = b"what was typed so far"
PICTURES: Final = {"portrait": b"\x01" * 20_000}
SAVED: Final = "saved"
REFUSED: Final = "refused"
LATER: Final = NOON + 2 * GRACE
#: How a full disk may be said. Anything else that is raised is a bug.
DISK: Final = (DiskFull, DiskTrouble, StoreUnavailable)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One act. `judge` gets the folder and the last word told, and returns what is wrong."""

    name: str
    prepare: Callable[[Path], None]
    begin: Callable[[Path], Act]
    judge: Callable[[Path, str], list[str]]


def till_in(folder: Path) -> OutboxTill:
    """Open the till of all scenes in a folder."""
    return OutboxTill(folder, SIGNER, KEY)


def copy(template: Path, folder: Path) -> None:
    """Put a fresh copy of a prepared till in place."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)


def whole(outbox: Outbox) -> list[str]:
    """Recover as a start does, and say what of store, journal and queue is not as it must be."""
    recovery = outbox.recover(LATER)
    outbox.check_store()
    wrong = ["recovery did not come to its end"] if recovery.left else []
    if (broken := outbox.verify_journal()) is not None:
        wrong.append(f"journal entry {broken.number} is {broken.reason}")
    rows = all_rows(outbox)
    wrong += [f"lost its packet: {row.id}" for row in rows if not _has_its_packet(outbox, row)]
    others = [row for row in rows if row.id != SUBJECT]
    if len(others) != EARLIER:
        wrong.append(f"lost: {EARLIER - len(others)} earlier registrations")
    return wrong


def all_rows(outbox: Outbox) -> list[Row]:
    """Return every row of the till."""
    found: list[Row] = []
    while page := outbox.rows(limit=500, after=found[-1].id if found else None):
        found += page
    return found


def _has_its_packet(outbox: Outbox, row: Row) -> bool:
    if row.state not in WAITING and outbox.stored_receipt(row.id) is not None:
        return True
    try:
        outbox._packets.read(row.id, row.sha256)
    except Problem:
        return False
    return True


def judged(judge: Callable[[OutboxTill, str], list[str]], folder: Path, told: str) -> list[str]:
    """Open the till as the next start does and let `judge` look at it; a Problem is a finding."""
    if told.startswith("bug"):
        return [told]
    try:
        till = till_in(folder)
    except Problem as problem:
        return [f"store damaged: it does not open: {problem.code}"]
    try:
        return whole(till.outbox) + judge(till, told)
    except Problem as problem:
        return [f"store damaged: {problem.code}"]
    finally:
        till.outbox.close()


def earlier(folder: Path) -> None:
    """Prepare a till with some registrations that wait."""
    till = till_in(folder)
    for _ in range(EARLIER):
        till.submit()
    till.outbox.close()


# -- submit -----------------------------------------------------------------------------------


def _drafted(folder: Path) -> None:
    earlier(folder)
    till = till_in(folder)
    till.outbox.save_draft(SUBJECT, CLERK, DRAFT, PICTURES, LABELS, NOON)
    till.outbox.close()


def _submit(folder: Path) -> Act:
    till = till_in(folder)
    packet = till.seal(SUBJECT)

    def act(tell: Tell) -> None:
        try:
            till.outbox.put(packet)
        except DISK:
            tell(REFUSED)
        else:
            tell(SAVED)

    return act


def _submitted(till: OutboxTill, told: str) -> list[str]:
    row = next((row for row in all_rows(till.outbox) if row.id == SUBJECT), None)
    drafts = [(draft.id, draft.body, draft.images) for draft in till.outbox.drafts(CLERK)]
    if row is None and told == SAVED:
        return ["lost: it was said to be saved"]
    if row is None and drafts != [(SUBJECT, DRAFT, PICTURES)]:
        return ["lost: neither a row nor the draft as it was"]
    if row is not None and drafts:
        return ["doubled: saved, and still a draft"]
    if row is None:
        till.outbox.put(till.seal(SUBJECT))  # the clerk tries once more
    return whole(till.outbox)


# -- saving a draft ---------------------------------------------------------------------------

_NEWER: Final = b"what was typed since"


def _save_draft(folder: Path) -> Act:
    till = till_in(folder)

    def act(tell: Tell) -> None:
        pictures = {**PICTURES, "emblem": b"\x02" * 20_000}
        try:
            till.outbox.save_draft(SUBJECT, CLERK, _NEWER, pictures, LABELS, NOON)
        except DISK:
            tell(REFUSED)
        else:
            tell(SAVED)

    return act


def _draft_saved(till: OutboxTill, told: str) -> list[str]:
    bodies = [draft.body for draft in till.outbox.drafts(CLERK)]
    wanted = [[_NEWER]] if told == SAVED else [[DRAFT], [_NEWER]]
    return [] if bodies in wanted else ["lost: the draft is neither old nor new"]


# -- the receipt, and leaving -----------------------------------------------------------------


def _leased(folder: Path) -> None:
    earlier(folder)
    till = till_in(folder)
    till.outbox.put(till.seal(SUBJECT))
    till.outbox.close()


def _receive_and_purge(folder: Path) -> Act:
    till = till_in(folder)
    till.outbox.recover(NOON)
    leased = till.outbox.lease(NOON)
    while leased is not None and leased.row.id != SUBJECT:
        till.outbox.release(leased.row.id, LATER, "carrier.unreachable")
        leased = till.outbox.lease(NOON)
    assert leased is not None
    receipt = receipt_for(leased.row)

    def act(tell: Tell) -> None:
        taken = False
        try:
            till.outbox.acknowledge(receipt)
            taken = True
            tell(SAVED)
            till.outbox.purge(LATER, GRACE)
        except DISK:
            tell(f"{REFUSED} after {SAVED}" if taken else REFUSED)

    return act


def _received(till: OutboxTill, told: str) -> list[str]:
    row = till.outbox.row(SUBJECT)
    kept = till.outbox.stored_receipt(SUBJECT)
    if told.endswith(SAVED) and kept is None:
        return ["lost: a receipt that was taken"]
    if kept is None and row.state not in WAITING:
        return [f"false purge: {row.state} without a receipt"]
    if kept is not None:
        till.outbox.purge(LATER, GRACE)
        if till.packet_file(SUBJECT).exists():
            return ["a received packet never leaves"]
    return []


# -- the start after a crash -------------------------------------------------------------------


def _crashed(folder: Path) -> None:
    """Leave an upload under way and a packet without its row, as a crash does."""
    earlier(folder)
    till = till_in(folder)
    till.outbox.lease(NOON)
    orphan = till.seal(SUBJECT)
    till.outbox.save_draft(SUBJECT, CLERK, DRAFT, PICTURES, LABELS, NOON)
    till.outbox._packets.write(orphan.id, orphan.data)
    till.outbox.close()


def _start(folder: Path) -> Act:
    def act(tell: Tell) -> None:
        try:
            till = till_in(folder)
            till.outbox.recover(LATER)
            tell(SAVED)
            till.outbox.close()
        except DISK:
            tell(REFUSED)

    return act


def _started(till: OutboxTill, told: str) -> list[str]:
    del told
    rows = all_rows(till.outbox)
    wrong = [] if SUBJECT in {row.id for row in rows} else ["lost: the packet without a row"]
    wrong += [f"stuck: {row.id} is {row.state}" for row in rows if row.state is not RowState.QUEUED]
    return wrong + (["doubled: taken in, and still a draft"] if till.outbox.drafts(CLERK) else [])


def _leased_with_ballast(folder: Path) -> None:
    _leased(folder)
    till = till_in(folder)
    till.outbox.take_ballast_in()
    till.outbox.close()


#: A till that sends on a disk without room, but with its ballast aboard.
BALLASTED: Final = Scene(
    "receipt on a full disk", _leased_with_ballast, _receive_and_purge, partial(judged, _received)
)

SCENES: Final = (
    Scene("start after a crash", _crashed, _start, partial(judged, _started)),
    Scene("submit", _drafted, _submit, partial(judged, _submitted)),
    Scene("save a draft", _drafted, _save_draft, partial(judged, _draft_saved)),
    Scene("receipt and purge", _leased, _receive_and_purge, partial(judged, _received)),
)
