"""Plays the faults of a script on uploads, on the wire itself, where a till will meet them."""

import asyncio
import base64
import gzip
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from itertools import pairwise
from typing import ClassVar, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from carrier_sandbox.behaviour import Fault
from carrier_sandbox.office import Office

_UPLOADS: Final = frozenset({("PUT", "/v1/packets"), ("PATCH", "/v1/uploads")})
#: Swaps two letters that every answer has.
_SWAPPED: Final = bytes.maketrans(b"ae", b"ea")
_ENDLESS_PARTS: Final = 256
_HTML: Final = b"<html><title>Welcome</title>Please log in to the Wi-Fi.</html>"


class Wire(H11Protocol):
    """The server's side of a connection, findable by the other end's address, so we can hang up."""

    by_peer: ClassVar[dict[tuple[str, int], asyncio.Transport]] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Take note of a new connection."""
        super().connection_made(transport)
        if self.client:
            self.by_peer[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self.client:
            self.by_peer.pop(self.client, None)
        super().connection_lost(exc)


class Faults:
    """Stands between the server and the application."""

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._office = office
        self._stranger = Ed25519PrivateKey.generate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it is an upload and the script says otherwise."""
        behaviour = self._office.behaviour
        if behaviour.outages and behaviour.away(asyncio.get_running_loop().time()):
            await _hang_up(scope)
            return
        if behaviour.delay_s:
            await asyncio.sleep(behaviour.delay_s)
        if (scope["method"], scope["path"][:11]) not in _UPLOADS:
            await self._app(scope, receive, send)
            return
        await self._play(behaviour.next_fault(), scope, receive, send)

    async def _play(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is Fault.NONE:
            await self._app(scope, receive, send)
        elif fault is Fault.DROP_BEFORE:
            await _hang_up(scope)
        elif fault in _PLAIN:
            await self._instead(fault, receive, send)
        elif fault in _HOSTILE:
            await _hear_out(receive)
            await _HOSTILE[fault](scope, send, self._office.behaviour.slow_s)
        else:
            await self._after(fault, scope, receive, send)

    async def _instead(self, fault: Fault, receive: Receive, send: Send) -> None:
        """Answer without doing anything."""
        await _hear_out(receive)
        status, headers = _PLAIN[fault]
        if fault is Fault.BUSY_503:
            headers = {**headers, "retry-after": str(self._office.behaviour.retry_after_s)}
        await _answer(send, status, headers, _HTML)

    async def _after(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the work be done, then spoil the answer."""
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in answer)
        start = answer[0]
        if fault is Fault.DROP_AFTER:
            await _hang_up(scope)
            return
        if fault is Fault.TRUNCATED:
            await send(start)
            half = {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
            await send(half)
            await _hang_up(scope)
            return
        if fault is Fault.SLOW:
            await asyncio.sleep(self._office.behaviour.slow_s)
        elif fault is Fault.CORRUPT:
            body = body.translate(_SWAPPED)
        elif start["status"] == HTTPStatus.OK:
            body = self._spoilt(fault, body)
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        await _answer(send, start["status"], headers, body)

    def _spoilt(self, fault: Fault, body: bytes) -> bytes:
        said = json.loads(base64.b64decode(json.loads(body)["message"]))
        if fault is Fault.FORGED_RECEIPT:
            return self._office.sign(said, key=self._stranger)
        another = said["packet_id"][::-1].replace("-", "")
        cuts = (0, 8, 12, 16, 20, 32)
        parts = (another[a:b] for a, b in pairwise(cuts))
        return self._office.sign({**said, "packet_id": "-".join(parts)})


_PLAIN: Final[dict[Fault, tuple[int, dict[str, str]]]] = {
    Fault.BUSY_503: (503, {"content-type": "text/html"}),
    Fault.ERROR_500: (500, {"content-type": "text/html"}),
    Fault.HTML_200: (200, {"content-type": "text/html; charset=utf-8"}),
    Fault.REDIRECT: (307, {"content-type": "text/html", "location": "https://portal.invalid/"}),
}


async def _hear_out(receive: Receive) -> None:
    """Take the whole request in and forget it."""
    while (await receive()).get("more_body"):
        pass


async def _drip(scope: Scope, send: Send, slow_s: float) -> None:
    """A byte now and then, until patience ends."""
    await _start(send, 200, {"content-type": "application/vnd.pos.receipt+json"})
    for byte in b"{ } " * 4:
        await _more(send, bytes([byte]))
        await asyncio.sleep(slow_s / 16)
    await _hang_up(scope)


async def _huge_header(_scope: Scope, send: Send, _slow_s: float) -> None:
    """A header nobody should read to its end."""
    await _answer(send, 200, {"content-type": "text/html", "x-much": "x" * 200_000}, _HTML)


async def _gzip_bomb(_scope: Scope, send: Send, _slow_s: float) -> None:
    """A few bytes that want to become many."""
    headers = {"content-type": "application/vnd.pos.receipt+json", "content-encoding": "gzip"}
    await _answer(send, 200, headers, gzip.compress(bytes(20_000_000)))


async def _endless(scope: Scope, send: Send, _slow_s: float) -> None:
    """An answer that goes on for as long as somebody listens, within reason."""
    await _start(send, 200, {"content-type": "application/vnd.pos.receipt+json"})
    for _ in range(_ENDLESS_PARTS):
        if tuple(scope["client"]) not in Wire.by_peer:
            return
        await _more(send, b" " * 65_536)
        await asyncio.sleep(0.001)  # time to notice that nobody listens any more
    await _hang_up(scope)


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})


async def _more(send: Send, part: bytes) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": True})


_HOSTILE: Final[dict[Fault, Callable[[Scope, Send, float], Awaitable[None]]]] = {
    Fault.DRIP: _drip,
    Fault.HUGE_HEADER: _huge_header,
    Fault.GZIP_BOMB: _gzip_bomb,
    Fault.ENDLESS: _endless,
}


async def _answer(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    await _start(send, status, {**headers, "content-length": str(len(body))})
    await send({"type": "http.response.body", "body": body})


async def _hang_up(scope: Scope) -> None:
    """Cut the connection and wait until the server has noticed."""
    transport = Wire.by_peer.get(tuple(scope["client"]))
    if transport is None:
        return
    transport.abort()
    while tuple(scope["client"]) in Wire.by_peer:
        await asyncio.sleep(0)
