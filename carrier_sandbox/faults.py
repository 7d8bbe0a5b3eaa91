"""Plays the faults of a script on uploads, on the wire itself, where a till will meet them."""

import asyncio
import base64
import json
from http import HTTPStatus
from itertools import pairwise
from typing import ClassVar, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from carrier_sandbox.behaviour import Fault
from carrier_sandbox.office import Office

_UPLOADS: Final = frozenset({("PUT", "/v1/packets"), ("PATCH", "/v1/uploads")})
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
        fault = behaviour.next_fault()
        if fault is Fault.NONE:
            await self._app(scope, receive, send)
        elif fault is Fault.DROP_BEFORE:
            await _hang_up(scope)
        elif fault in _PLAIN:
            await self._instead(fault, receive, send)
        else:
            await self._after(fault, scope, receive, send)

    async def _instead(self, fault: Fault, receive: Receive, send: Send) -> None:
        """Answer without doing anything."""
        while (await receive()).get("more_body"):
            pass
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


async def _answer(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    fields = {**headers, "content-length": str(len(body))}
    raw = [(name.encode(), value.encode()) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def _hang_up(scope: Scope) -> None:
    """Cut the connection and wait until the server has noticed."""
    transport = Wire.by_peer.get(tuple(scope["client"]))
    if transport is None:
        return
    transport.abort()
    while tuple(scope["client"]) in Wire.by_peer:
        await asyncio.sleep(0)
