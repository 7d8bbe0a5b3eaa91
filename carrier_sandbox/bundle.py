"""The stick that came by post: sealed packets one after another, and receipts that go back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from carrier_sandbox import packet as packets
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office

MAGIC: Final = b"POSBNDL1\n"
_END: Final = bytes(4)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a bundle: a receipt for each packet now held, and (id or place, why) of others.

    `whole` is False where the file was cut or changed; what could be read was taken all the same,
    as every packet carries a signature of its own.
    """

    receipts: tuple[bytes, ...]
    refused: tuple[tuple[str, str], ...]
    whole: bool


def read_in(office: Office, file: Path) -> Imported:
    """Take the packets of a bundle into custody, as if their tills had sent them."""
    receipts: list[bytes] = []
    refused: list[tuple[str, str]] = []
    with file.open("rb") as stick:
        reader = _Reader(stick)
        for number, data in enumerate(reader.packets(), start=1):
            try:
                packet = packets.take_apart(data)
            except packets.BadPacket as err:
                refused.append((f"packet {number}", err.code))
                continue
            try:
                receipts.append(_kept(office, packet, data))
            except Refusal as refusal:
                refused.append((packet.packet_id, refusal.code))
    return Imported(tuple(receipts), tuple(refused), reader.whole)


def _kept(office: Office, packet: packets.Packet, data: bytes) -> bytes:
    sealer = office.tills.device(packet.device_id)
    if sealer is None:
        raise Refusal(401, "device_unknown")
    return office.keep(packet.packet_id, data, sealer)


def receipts_file(receipts: tuple[bytes, ...]) -> bytes:
    """Return the file that takes receipts back to the till."""
    entries = [json.loads(each) for each in receipts]
    return json.dumps({"v": 1, "type": "receipts", "receipts": entries}, indent=1).encode()


def write(file: Path, sealed: Iterator[bytes]) -> None:
    """Write a bundle."""
    seen = hashlib.sha256()
    with file.open("wb") as out:
        for part in _parts(sealed):
            seen.update(part)
            out.write(part)
        out.write(seen.digest())


def _parts(sealed: Iterator[bytes]) -> Iterator[bytes]:
    yield MAGIC
    for data in sealed:
        yield len(data).to_bytes(4, "big") + data
    yield _END


class _Reader:
    """Reads a bundle without holding more than one packet in memory."""

    def __init__(self, stick: BinaryIO) -> None:
        self._stick = stick
        self._seen = hashlib.sha256()
        self.whole = False

    def packets(self) -> Iterator[bytes]:
        """Return the packets up to the end, or to where the file makes no sense any more."""
        if self._taken(len(MAGIC)) != MAGIC:
            return
        while len(prefix := self._taken(4)) == len(_END):
            size = int.from_bytes(prefix, "big")
            if size == 0:
                expected = self._seen.digest()
                self.whole = self._stick.read() == expected
                return
            if size > packets.MOST_BYTES:
                return
            data = self._taken(size)
            if len(data) < size:
                return
            yield data

    def _taken(self, size: int) -> bytes:
        data = self._stick.read(size)
        self._seen.update(data)
        return data
