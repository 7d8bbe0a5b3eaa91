"""Packet files beside the database: written once, read with suspicion, removed last."""

import hashlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.model.packet import (
    MAX_PACKET_BYTES,
    SIGNATURE_BYTES,
    Packet,
    PacketDamaged,
    PacketHeader,
    parse,
)
from pos_client.model.registration import RegistrationId
from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.problems import PacketMissing, PacketNotOurs

_ENDING: Final = ".pkt"


@dataclass(frozen=True, slots=True)
class CheckedPacket:
    """A packet whose signature is this device's, with the SHA-256 of the whole file in hex."""

    header: PacketHeader
    data: bytes
    sha256: str


class Packets:
    """The folder of packet files. A whole file is never deleted unless the carrier holds it."""

    def __init__(self, folder: Path, device_id: str, device_public: bytes) -> None:
        """Use `folder`, making it; `device_public` is the till's raw Ed25519 public key."""
        self.folder = folder
        self.aside = folder / "aside"
        self._device_id = device_id
        self._device = Ed25519PublicKey.from_public_bytes(device_public)
        with disk_faults():
            durable.make_folder(folder)
            durable.make_folder(self.aside)

    def path(self, registration: RegistrationId) -> Path:
        """Return where the packet of a registration lies."""
        return self.folder / f"{registration}{_ENDING}"

    def check(self, data: bytes) -> CheckedPacket:
        """Take bytes for a packet of this till.

        Raises:
            PacketDamaged: cut, edited, or no packet at all.
            PacketNotOurs: whole, but not signed by this device.
        """
        packet = parse(data)
        digest, sha256 = _hashes(packet)
        if packet.header.device_id != self._device_id:
            raise PacketNotOurs
        try:
            self._device.verify(packet.signature, digest)
        except InvalidSignature as err:
            raise PacketNotOurs from err
        return CheckedPacket(packet.header, data, sha256)

    def write(self, registration: RegistrationId, data: bytes) -> None:
        """Write a new packet, durable when this returns. Nothing is left when it raises.

        Raises:
            FileExistsError: there is one already.
            DiskFull, DiskTrouble: the disk.
        """
        path = self.path(registration)
        try:
            durable.create(path, data)
        except FileExistsError:
            raise
        except OSError:
            with disk_faults():
                path.unlink(missing_ok=True)  # ours, cut short, and never reported as saved
                raise

    def make_sure(self, registration: RegistrationId) -> None:
        """Bring a file that is there already down to the disk, content and name."""
        with disk_faults():
            durable.sync_file(self.path(registration))
            durable.sync_folder(self.folder)

    def read(self, registration: RegistrationId, sha256: str) -> bytes:
        """Return a packet's bytes, exactly those that were saved.

        Raises:
            PacketMissing: no file.
            PacketDamaged: the file has other content.
        """
        data = self.peek(registration)
        if data is None:
            raise PacketMissing
        if hashlib.sha256(data).hexdigest() != sha256:
            raise PacketDamaged(reason="changed")
        return data

    def peek(self, registration: RegistrationId) -> bytes | None:
        """Return whatever lies under the name, at most one byte more than a packet may have."""
        with disk_faults():
            try:
                with self.path(registration).open("rb") as file:
                    return file.read(MAX_PACKET_BYTES + 1)
            except FileNotFoundError:
                return None

    def remove(self, registrations: list[RegistrationId]) -> None:
        """Remove packets for good; those that are gone already do not matter."""
        with disk_faults():
            for registration in registrations:
                self.path(registration).unlink(missing_ok=True)
            durable.sync_folder(self.folder)

    def set_aside(self, registration: RegistrationId, why: str) -> None:
        """Move a file out of the way, where a person can find it: `aside/<id>.<why>.<n>.pkt`."""
        with disk_faults():
            path = self.path(registration)
            names = (f"{registration}.{why}.{n}{_ENDING}" for n in itertools.count())
            name = next(name for name in names if not (self.aside / name).exists())
            path.rename(self.aside / name)
            durable.sync_folder(self.aside)
            durable.sync_folder(self.folder)

    def set_aside_count(self) -> int:
        """Count the files that were set aside."""
        with disk_faults():
            return sum(1 for _ in self.aside.iterdir())

    def names(self) -> Iterator[RegistrationId]:
        """Yield the ids for which there is a file, in no order."""
        with disk_faults():
            # Plain names: with 100,000 files a path object for each would hold the start up.
            for name in os.listdir(self.folder):  # noqa: PTH208 - see above
                if name.endswith(_ENDING):
                    yield RegistrationId(name.removesuffix(_ENDING))


def _hashes(packet: Packet) -> tuple[bytes, str]:
    # What was signed and the whole file differ by 64 bytes: one pass over the data is enough.
    digest = hashlib.sha256(memoryview(packet.data)[:-SIGNATURE_BYTES])
    signed = digest.digest()
    digest.update(packet.signature)
    return signed, digest.hexdigest()
