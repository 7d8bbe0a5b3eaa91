"""The queue on a stick: out of this till, into another, and the receipts back."""

import logging
from pathlib import Path
from typing import BinaryIO, Final

from pos_client.carrier import receipts_file
from pos_client.desk.problems import NotOurFile, StickTrouble
from pos_client.desk.stages import Open, Stages
from pos_client.model import bundle, packet
from pos_client.model.receipt import Receipt
from pos_client.model.stick import Exported, Imported
from pos_client.outbox.durable import write_new
from pos_client.outbox.problems import ReceiptMismatch, RowElsewhere, RowUnknown

log = logging.getLogger(__name__)

_BRACE: Final = b"{"


class StickVerbs:
    """Everything that comes or goes without a network. What is on the stick is sealed."""

    def __init__(self, stages: Stages) -> None:
        """Stand at the desk of this till."""
        self._stages = stages

    def export_queue(self, file: Path) -> Exported:
        """Write every packet that the carrier does not hold yet into a new file.

        They stay here and are sent here, too: whichever way is first closes them, once.

        Raises:
            StickTrouble: the file cannot be written; nothing was left of it.
        """
        opened = self._stages.signed_in()
        count = 0
        try:
            with write_new(file) as stick:
                count = bundle.write(stick, opened.outbox.waiting_packets())
            size = file.stat().st_size
        except OSError as err:
            raise StickTrouble(reason=err.strerror or "?") from err
        opened.outbox.note_exported(self._stages.now())
        log.info("exported %d packets", count)
        return Exported(count, size)

    def export_receipts(self, file: Path) -> Exported:
        """Write the carrier's receipts for packets of other tills that went through here.

        Raises:
            StickTrouble: the file cannot be written.
        """
        words = self._stages.signed_in().outbox.carried_receipts()
        data = receipts_file.write(words)
        try:
            with write_new(file) as stick:
                stick.write(data)
        except OSError as err:
            raise StickTrouble(reason=err.strerror or "?") from err
        return Exported(len(words), len(data))

    def import_file(self, file: Path) -> Imported:
        """Take in what came on a stick: receipts for this till, or packets of another one.

        Raises:
            StickTrouble: the file cannot be read.
            NotOurFile: it is neither.
        """
        opened = self._stages.signed_in()
        try:
            with file.open("rb") as stick:
                head = stick.read(len(bundle.MAGIC))
                stick.seek(0)
                if head == bundle.MAGIC:
                    found = self._packets(opened, stick)
                elif head.lstrip()[:1] == _BRACE:
                    found = self._receipts(opened, stick.read(receipts_file.MOST_BYTES))
                else:
                    raise NotOurFile
        except OSError as err:
            raise StickTrouble(reason=err.strerror or "?") from err
        log.info("imported from a stick: %s", found)
        if opened.loop is not None:
            opened.loop.wake()
        return found

    def _packets(self, opened: Open, stick: BinaryIO) -> Imported:
        carried = known = refused = 0
        whole = True
        try:
            for data in bundle.read(stick):
                try:
                    parsed = packet.parse(data)
                except packet.PacketDamaged:
                    refused += 1
                    continue
                own = parsed.header.device_id == opened.till.device_id
                if not own and opened.outbox.carry(parsed, self._stages.now()):
                    carried += 1
                else:
                    known += 1
        except bundle.BundleCut:
            whole = False
        return Imported(known=known, carried=carried, refused=refused, whole=whole)

    def _receipts(self, opened: Open, data: bytes) -> Imported:
        receipts, refused = receipts_file.read(data, opened.carrier.verifier)
        closed = known = 0
        for receipt in receipts:
            taken = self._close(opened, receipt)
            closed += taken is True
            known += taken is False
            refused += taken is None
        return Imported(closed=closed, known=known, refused=refused)

    def _close(self, opened: Open, receipt: Receipt) -> bool | None:
        """Close a row with a receipt: True now, False before, None where it is not one of ours."""
        if opened.outbox.stored_receipt(receipt.packet_id) is not None:
            return False
        try:
            opened.outbox.acknowledge(receipt)
        except (ReceiptMismatch, RowUnknown, RowElsewhere):
            return None
        return True
