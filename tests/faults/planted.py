"""Bugs that outboxes have had, put in on purpose: the harness has to notice each of them.

Each bug puts two acts in the wrong order, and stands `between` them: there the client is killed, so
that it is no matter of chance whether a kill meets the bug. What is noticed then is for the books
to say, which know nothing of bugs.
"""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from pos_client.carrier.api import Told
from pos_client.carrier.http import HttpCarrier
from pos_client.carrier.problems import CaptivePortal, NotAReceipt, ReplyDamaged
from pos_client.desk.desk import Desk
from pos_client.model.draft import Draft
from pos_client.model.packet import parse
from pos_client.model.receipt import Receipt
from pos_client.model.registration import OperatorNumber, RegistrationId
from pos_client.model.row import Row, SealedPacket
from pos_client.outbox import outbox as outbox_module
from pos_client.outbox import submit
from pos_client.outbox.drafts import StoredDraft
from pos_client.outbox.marks import Marks
from pos_client.outbox.outbox import Outbox
from pos_client.outbox.packets import Packets
from pos_client.outbox.store import Store
from tests.faults.visits import real_now

#: Called between the two acts; the client is killed there.
Between = Callable[[], None]

_ON_TRUST: Final = "taken on trust"


def row_before_file(between: Between) -> None:
    """Commit the row first: a kill in between leaves a promise without a packet."""

    def save(
        store: Store,
        packets: Packets,
        packet: SealedPacket,
        used: Marks | None,
        extract: bytes | None,
    ) -> Row:
        row = submit._write_row(store, packet, packets.check(packet.data), used, extract)
        between()
        packets.write(packet.id, packet.data)
        return row

    outbox_module.submit.save = save  # type: ignore[attr-defined]  # planted


def saved_before_commit(between: Between) -> None:
    """Say "saved" first and write when there is time, before the next customer."""
    real, drafts = Outbox.put, Outbox.drafts
    late: list[Callable[[], object]] = []

    def put(self: Outbox, packet: SealedPacket, **kept: Any) -> None:
        late.append(lambda: real(self, packet, **kept))

    def drafts_after(self: Outbox, operator: OperatorNumber) -> tuple[StoredDraft, ...]:
        while late:
            between()
            late.pop()()
        return drafts(self, operator)

    Outbox.put = put  # type: ignore[method-assign,assignment]  # planted
    Outbox.drafts = drafts_after  # type: ignore[method-assign,assignment]  # planted


def purge_before_receipt(between: Between) -> None:
    """Remove the packet before the receipt is committed."""
    real = Outbox.acknowledge

    def acknowledge(self: Outbox, receipt: Receipt) -> None:
        self._packets.remove([receipt.packet_id])
        between()
        real(self, receipt)

    Outbox.acknowledge = acknowledge  # type: ignore[method-assign]  # planted


def new_id_per_try(between: Between) -> None:
    """Give a registration its id when it is submitted, not when it is begun.

    What the till remembers of cards would stop most of the second tries, so it is forgotten too.
    """
    real, put = Desk.submit, Outbox.put

    def submit_anew(self: Desk, draft: Draft) -> Any:
        receipt = real(self, replace(draft, id=RegistrationId(str(uuid.uuid4()))))
        between()
        self.discard(draft)
        return receipt

    def put_unmarked(self: Outbox, packet: SealedPacket, **kept: Any) -> Row:
        return put(self, packet, extract=kept["extract"])

    Outbox.put = put_unmarked  # type: ignore[method-assign]  # planted
    Desk.submit = submit_anew  # type: ignore[method-assign]  # planted


def any_200_is_success(between: Between) -> None:
    """Take every friendly answer for a receipt."""
    real, real_acknowledge = HttpCarrier.submit, Outbox.acknowledge

    def trust(
        self: HttpCarrier,
        packet_id: RegistrationId,
        data: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> Receipt:
        try:
            return real(self, packet_id, data, sha256, told)
        except (CaptivePortal, NotAReceipt, ReplyDamaged):
            header = parse(data).header
            return Receipt(
                packet_id=packet_id,
                packet_sha256=sha256,
                device_id=header.device_id,
                carrier_ref="none",
                duplicate=False,
                received_at=real_now(),
                counter=header.counter,
                kid=_ON_TRUST,
                message=b"",
                signature=b"",
            )

    def acknowledge(self: Outbox, receipt: Receipt) -> None:
        real_acknowledge(self, receipt)
        if receipt.kid == _ON_TRUST:
            between()

    HttpCarrier.submit = trust  # type: ignore[method-assign]  # planted
    Outbox.acknowledge = acknowledge  # type: ignore[method-assign]  # planted


BUGS: Final[dict[str, Callable[[Between], None]]] = {
    bug.__name__: bug
    for bug in (
        row_before_file,
        saved_before_commit,
        purge_before_receipt,
        new_id_per_try,
        any_200_is_success,
    )
}
