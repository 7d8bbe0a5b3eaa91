"""What a start after a crash puts right, a bounded piece at a time."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_client.model.packet import PacketDamaged, parse
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import RowState, SealedPacket
from pos_client.outbox import chain, drafts, journal, retention, rows, times
from pos_client.outbox.packets import CheckedPacket, Packets
from pos_client.outbox.problems import PacketNotOurs
from pos_client.outbox.store import Store

log = logging.getLogger(__name__)

_NOBODY: Final = OperatorNumber("")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was put right: counts for the journal and the doctor.

    `missing` counts rows that wait without a packet file: the next lease sets them aside visibly.
    `looked_into` counts stray files, `left` those that wait for another call.
    """

    returned_to_queue: int = 0
    adopted: int = 0
    set_aside: int = 0
    late_removals: int = 0
    missing: int = 0
    looked_into: int = 0
    left: int = 0

    @property
    def unfinished(self) -> bool:
        """True if another call has something to do."""
        return self.left > 0


def recover(store: Store, packets: Packets, now: datetime, limit: int) -> Recovery:
    """Put right what a crash left, looking into at most `limit` stray files."""
    returned = _return_to_queue(store, now)
    late = retention.finish_leaving(store, packets, now)
    with store.reading() as connection:
        state_of = dict(connection.execute("SELECT id, packet FROM outbox").fetchall())
    files = set(packets.names())
    strays = sorted(name for name in files if state_of.get(name) != "here")
    adopted = aside = 0
    for stray in _in_chain_order(packets, strays[:limit]):
        outcome = _take_in(store, packets, stray, now)
        adopted += outcome == "adopted"
        aside += outcome == "set_aside"
        late += outcome == "removed"
    found = Recovery(
        returned_to_queue=returned,
        adopted=adopted,
        set_aside=aside,
        late_removals=late,
        missing=sum(1 for id_, packet in state_of.items() if packet == "here" and id_ not in files),
        looked_into=len(strays[:limit]),
        left=len(strays[limit:]),
    )
    log.info("recovered: %s", found)
    return found


def _return_to_queue(store: Store, now: datetime) -> int:
    with store.writing() as connection:
        sending = connection.execute(
            "SELECT id FROM outbox WHERE state = ?", (RowState.SENDING,)
        ).fetchall()
        for (registration,) in sending:
            rows.move(connection, registration, RowState.SENDING, RowState.QUEUED)
            journal.write(connection, times.text(now), "send_interrupted", registration)
    return len(sending)


def _in_chain_order(packets: Packets, strays: list[RegistrationId]) -> list[RegistrationId]:
    """Sort stray files by the counter in their header, so that adopting them follows the chain."""
    counters = {stray: _counter(packets, stray) for stray in strays}
    return sorted(strays, key=lambda stray: (counters[stray], stray))


def _counter(packets: Packets, stray: RegistrationId) -> int:
    try:
        return parse(packets.peek(stray) or b"").header.counter
    except PacketDamaged:
        return 0


def _checked(packets: Packets, stray: RegistrationId) -> CheckedPacket:
    checked = packets.check(packets.peek(stray) or b"")
    if checked.header.packet_id != stray:
        raise PacketDamaged(reason="name")
    return checked


def _take_in(store: Store, packets: Packets, stray: RegistrationId, now: datetime) -> str:
    try:
        checked = _checked(packets, stray)
    except (PacketDamaged, PacketNotOurs) as problem:
        return _set_aside(store, packets, stray, problem.code, now)
    with store.reading() as connection:
        row = rows.find(connection, stray)
    if row is None:
        # A killed process leaves files that look whole but were never brought down to the disk.
        packets.make_sure(stray)
        _adopt(store, checked, now)
        return "adopted"
    if row.sha256 == checked.sha256:
        packets.remove([stray])  # its removal was noted, but did not reach the disk
        return "removed"
    return _set_aside(store, packets, stray, "other_content", now)


def _set_aside(
    store: Store, packets: Packets, stray: RegistrationId, why: str, now: datetime
) -> str:
    packets.set_aside(stray, why)
    with store.writing() as connection:
        journal.write(connection, times.text(now), f"set_aside_{why}", stray)
    return "set_aside"


def _adopt(store: Store, checked: CheckedPacket, now: datetime) -> None:
    """Give a packet without a row its row: it was on the disk, whole and signed, before the crash.

    The labels come from the draft of the same number where it is still there.
    """
    registration = checked.header.packet_id
    with store.writing() as connection:
        operator, labels = drafts.author_and_labels(connection, registration) or (
            _NOBODY,
            drafts.DraftLabels(FlowKind.NEW_LINE, "", "", ""),
        )
        packet = SealedPacket(
            id=registration,
            data=checked.data,
            flow=labels.flow,
            operator=operator,
            outlet=labels.outlet,
            masked_name=labels.masked_name,
            masked_msisdn=labels.masked_msisdn,
            sealed_at=_sealed_at(checked, now),
        )
        rows.insert(connection, packet, checked.sha256)
        chain.follow(connection, checked)
        drafts.delete(connection, registration)
        journal.write(connection, times.text(now), "adopted", registration)


def _sealed_at(checked: CheckedPacket, now: datetime) -> datetime:
    try:
        sealed_at = datetime.fromisoformat(checked.header.sealed_at)
    except ValueError:
        return now
    return sealed_at if sealed_at.tzinfo else now
