"""The device's chain of packets: each names the one before it, so that none can vanish unseen."""

from dataclasses import dataclass
from typing import Any

from pos_client.outbox.packets import CheckedPacket
from pos_client.outbox.problems import ChainMoved


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Where the next packet hangs: its counter, and the SHA-256 of the packet before it in hex."""

    counter: int
    previous_sha256: str


def next_link(connection: Any) -> ChainLink:
    """Return where the next packet hangs."""
    counter, sha256 = connection.execute("SELECT counter, sha256 FROM chain").fetchone()
    return ChainLink(counter + 1, sha256)


def require_next(connection: Any, checked: CheckedPacket) -> None:
    """Refuse a packet that was sealed for another place.

    Raises:
        ChainMoved: it does not hang on the last packet.
    """
    header = checked.header
    if ChainLink(header.counter, header.previous_sha256) != next_link(connection):
        raise ChainMoved


def follow(connection: Any, checked: CheckedPacket) -> None:
    """Make a packet the last of the chain, unless a later one is there already."""
    follow_to(connection, checked.header.counter, checked.sha256)


def follow_to(connection: Any, counter: int, sha256: str) -> None:
    """Make what is known of a packet the last of the chain, unless a later one is there."""
    connection.execute(
        "UPDATE chain SET counter = :counter, sha256 = :sha256 WHERE counter < :counter",
        {"counter": counter, "sha256": sha256},
    )
