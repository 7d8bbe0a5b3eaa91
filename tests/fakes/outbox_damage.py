"""Damage as disks and people do it, the same for the same seed."""

import random


def chance(seed: int) -> random.Random:
    """Return a source of chance that can be repeated."""
    return random.Random(seed)  # noqa: S311 - to be repeated, not to be secret


def damaged_database(whole: bytes, by: random.Random) -> bytes:
    """Return a database with a bit, a page or the end gone wrong."""
    page, other = by.sample(range(len(whole) // 8192), 2)
    data, at, there = bytearray(whole), page * 8192, other * 8192
    match by.choice(["bit", "zeros", "noise", "exchange", "end", "last pages"]):
        case "bit":
            data[at + by.randrange(8192)] ^= 1 << by.randrange(8)
        case "zeros":
            data[at : at + 8192] = bytes(8192)
        case "noise":
            data[at : at + 8192] = by.randbytes(8192)
        case "exchange":
            data[at : at + 8192] = whole[there : there + 8192]
        case "end":
            del data[by.randrange(1, len(data)) :]
        case _:
            del data[len(data) - 8192 * by.randrange(1, 4) :]
    return bytes(data)


def damaged_packet(whole: bytes, by: random.Random) -> bytes:
    """Return a packet with a bit, its end, a piece or its length gone wrong."""
    data, at = bytearray(whole), by.randrange(len(whole))
    match by.choice(["bit", "end", "piece", "tail"]):
        case "bit":
            data[at] ^= 1 << by.randrange(8)
        case "end":
            del data[at:]
        case "piece":
            data[at : at + 64] = bytes(64) if any(data[at : at + 64]) else b"x" * 64
        case _:
            data += by.randbytes(by.randrange(1, 50))
    return bytes(data)
