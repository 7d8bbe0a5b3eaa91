"""What a hostile or broken other end says instead of the carrier's answer."""

import asyncio
import random
import socket
import zlib
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.faults.http_seen import Answer

if TYPE_CHECKING:
    from tests.faults.bad_line import Trouble

RECEIPT: Final = b"application/vnd.pos.receipt+json"
#: How long, and how far, an answer without end goes on; the till has to give up long before.
_ENDLESS_S: Final = 20.0
_ENDLESS_CHUNKS: Final = 400
_SLOW_S: Final = 0.05
_PAGE: Final = b"<html><title>Welcome</title>Please log in to the Wi-Fi.</html>"
_CHUNK: Final = b"A" * 65536


async def play(
    trouble: "Trouble",
    writer: asyncio.StreamWriter,
    answer: Answer | None,
    stale: Answer | None,
    rng: random.Random,
) -> None:
    """Say it. `answer` is the true one, where the carrier was asked; `stale` an older one."""
    name = trouble.name
    if answer is not None:
        await _spoilt(name, writer, answer, stale, rng)
    elif name == "REDIRECT":
        status = rng.choice((b"301", b"302", b"303", b"307", b"308"))
        place = b"Location: https://portal.invalid/login\r\n"
        await _say(writer, plain(status + b" Elsewhere", place, _PAGE))
    elif name in _WHOLE:
        status, fields, body = _WHOLE[name]
        await _say(writer, plain(status, fields, body))
    elif name in _LONG:
        await _LONG[name](writer)


async def _half_close(writer: asyncio.StreamWriter) -> None:
    # Below TLS, which knows no half-closed line: the till hears the end, and may still speak.
    writer.get_extra_info("socket").shutdown(socket.SHUT_WR)
    await asyncio.sleep(_SLOW_S)


async def _slow_loris(writer: asyncio.StreamWriter) -> None:
    await _drip(writer, plain(b"200 OK", b"Content-Type: " + RECEIPT + b"\r\n", b"{}"))


async def _huge_header(writer: asyncio.StreamWriter) -> None:
    await _flood(writer, b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"A" * 8000 + b"\r\n")


async def _endless_body(writer: asyncio.StreamWriter) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + RECEIPT + b"\r\n\r\n"
    await _flood(writer, head, _CHUNK)


async def _gzip_bomb(writer: asyncio.StreamWriter) -> None:
    fields = b"Content-Encoding: gzip\r\nContent-Type: " + RECEIPT + b"\r\n"
    await _say(writer, plain(b"200 OK", fields, bomb()))


_LONG: Final[dict[str, Callable[[asyncio.StreamWriter], Awaitable[None]]]] = {
    "HALF_CLOSE": _half_close,
    "SLOW_LORIS": _slow_loris,
    "HUGE_HEADER": _huge_header,
    "ENDLESS_BODY": _endless_body,
    "GZIP_BOMB": _gzip_bomb,
}


async def _spoilt(
    name: str,
    writer: asyncio.StreamWriter,
    answer: Answer,
    stale: Answer | None,
    rng: random.Random,
) -> None:
    data = answer.data
    if name == "TRICKLE":
        await _drip(writer, data, every_s=1.0)
    elif name == "CORRUPT_ANSWER":
        spoilt = bytearray(data)
        spoilt[rng.randrange(answer.body_at, len(data))] ^= 1 << rng.randrange(8)
        await _say(writer, bytes(spoilt))
    elif name == "CUT_ANSWER":
        await _say(writer, data[: (answer.body_at + len(data)) // 2])
    elif name == "STALE_ANSWER":
        await _say(writer, (stale or answer).data)


def plain(status: bytes, fields: bytes, body: bytes) -> bytes:
    """Return a whole answer; `fields` end with a line break each."""
    size = b"Content-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\n" + fields + size + b"\r\n" + body


@cache
def bomb() -> bytes:
    """Return 200 MB of nothing, packed into 200 KB."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200))
    return packed + packer.flush()


_HTML: Final = b"Content-Type: text/html\r\n"
_WHOLE: Final[dict[str, tuple[bytes, bytes, bytes]]] = {
    "HTML_200": (b"200 OK", _HTML, _PAGE),
    "BUSY": (b"503 Busy", b"Retry-After: 0\r\n" + _HTML, _PAGE),
    "ERROR_500": (b"500 Oops", _HTML, _PAGE),
}


async def _say(writer: asyncio.StreamWriter, data: bytes) -> None:
    if writer.transport.is_closing():
        raise ConnectionResetError
    writer.write(data)
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter, data: bytes, every_s: float = _SLOW_S) -> None:
    until = asyncio.get_running_loop().time() + _ENDLESS_S
    for byte in data:
        await _say(writer, bytes([byte]))
        await asyncio.sleep(every_s)
        if asyncio.get_running_loop().time() > until:
            return


async def _flood(writer: asyncio.StreamWriter, head: bytes, more: bytes) -> None:
    await _say(writer, head)
    for _ in range(_ENDLESS_CHUNKS):
        await _say(writer, more)
        await asyncio.sleep(0)
