"""The file on a stick: sealed packets one behind the other, as their tills sealed them.

Layout (big endian): magic `POSBNDL1` and a line feed | for each packet u32 length, the packet |
u32 0 | SHA-256 of everything before it. Nothing is encrypted once more: packets are sealed.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from pos_client.model.packet import MAX_PACKET_BYTES

MAGIC: Final = b"POSBNDL1\n"
_END: Final = bytes(4)


class BundleCut(Exception):
    """The file ends in the middle, or was changed; what came before stands for itself."""


def write(stick: BinaryIO, packets: Iterable[bytes]) -> int:
    """Write a bundle and return how many packets are in it."""
    digest, count = hashlib.sha256(), 0

    def put(data: bytes) -> None:
        digest.update(data)
        stick.write(data)

    put(MAGIC)
    for packet in packets:
        put(struct.pack(">I", len(packet)))
        put(packet)
        count += 1
    put(_END)
    stick.write(digest.digest())
    return count


def read(stick: BinaryIO) -> Iterator[bytes]:
    """Return the packets one after another; only so many bytes are taken as a packet may have.

    Raises:
        BundleCut: at the place where the file ends early, or at its end where it was changed.
    """
    digest: Any = hashlib.sha256()
    _exactly(stick, len(MAGIC), digest)
    while True:
        (length,) = struct.unpack(">I", _exactly(stick, 4, digest))
        if length == 0:
            break
        if length > MAX_PACKET_BYTES:
            raise BundleCut
        yield _exactly(stick, length, digest)
    expected = digest.digest()
    if stick.read(len(expected) + 1) != expected:
        raise BundleCut


def _exactly(stick: BinaryIO, size: int, digest: Any) -> bytes:
    data = stick.read(size)
    digest.update(data)
    if len(data) != size:
        raise BundleCut
    return data
