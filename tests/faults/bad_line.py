"""A line between tills and a carrier on which all goes wrong that a shop's network can do."""

import asyncio
import random
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

from carrier_sandbox.serving import listening
from carrier_sandbox.tls import Pair
from tests.faults import hostile_answers
from tests.faults.http_seen import Answer, BadHttp, Request, read_answer, read_request


class Trouble(StrEnum):
    """What may happen to one request, or to the connection it wanted."""

    NONE = "none"
    WRONG_AUTHORITY = "certificate of a stranger"
    WRONG_HOST = "certificate of another host"
    EXPIRED = "expired certificate"
    NO_HANDSHAKE = "handshake refused"
    CLOSE = "closed without an answer"
    RESET = "reset before the answer"
    RESET_IN_BODY = "reset while the packet is under way"
    HALF_CLOSE = "half closed"
    SLOW_LORIS = "slow-loris answer"
    TRICKLE = "true answer, one byte a second"
    DUPLICATE = "request sent twice"
    CORRUPT_REQUEST = "packet damaged on the way"
    CORRUPT_ANSWER = "answer damaged on the way"
    CUT_ANSWER = "answer cut in half"
    LOST_ANSWER = "answer lost after the commit"
    STALE_ANSWER = "answer to somebody else"
    HTML_200 = "log-in page with status 200"
    REDIRECT = "redirect (301, 302, 303, 307, 308)"
    BUSY = "503 with Retry-After"
    ERROR_500 = "500"
    HUGE_HEADER = "header without end"
    GZIP_BOMB = "gzip bomb"
    ENDLESS_BODY = "body without end"


#: Decided when the connection opens; all others when a request has come.
AT_HANDSHAKE: Final = (
    Trouble.WRONG_AUTHORITY,
    Trouble.WRONG_HOST,
    Trouble.EXPIRED,
    Trouble.NO_HANDSHAKE,
)
#: What the carrier gets to see although the till hears no true answer.
_ON_THE_WAY_BACK: Final = frozenset(
    {
        Trouble.TRICKLE,
        Trouble.CORRUPT_ANSWER,
        Trouble.CUT_ANSWER,
        Trouble.LOST_ANSWER,
        Trouble.STALE_ANSWER,
    }
)

#: Draws what happens next; `None` for a connection that opens.
Draw = Callable[[random.Random], Trouble]


def anything(share: float) -> Draw:
    """Return a draw in which this share of the requests meets trouble, each kind alike."""
    kinds = [kind for kind in Trouble if kind is not Trouble.NONE and kind not in AT_HANDSHAKE]
    return lambda rng: rng.choice(kinds) if rng.random() < share else Trouble.NONE


def nothing(_: random.Random) -> Trouble:
    """Draw a good day."""
    return Trouble.NONE


class BadLine:
    """Listens on loopback in a thread of its own and passes on, or not, to `upstream_port`.

    `draw` decides about requests and may be changed while it runs; `handshakes` is the share of
    connections that meet a bad certificate. `met` counts what happened.
    """

    def __init__(
        self, folder: Path, pairs: dict[Trouble, Pair], upstream_port: int, upstream_ca: str
    ) -> None:
        self.draw: Draw = nothing
        self.handshakes = 0.0
        self.met: Counter[Trouble] = Counter()
        self._rng = random.Random(7)  # noqa: S311 - a repeatable run, not a secret
        self._contexts = {kind: _context(folder, kind, pair) for kind, pair in pairs.items()}
        self._front = _context(folder, Trouble.NONE, pairs[Trouble.NONE])
        self._front.sni_callback = self._greet
        self._upstream = upstream_port
        self._trust = ssl.create_default_context(cadata=upstream_ca)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._opened: set[asyncio.StreamWriter] = set()
        self._stale: Answer | None = None
        self._loop = asyncio.new_event_loop()
        self._sock = listening("127.0.0.1", 0)
        self.port: int = self._sock.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="bad-line", daemon=True)
        self._thread.start()

    @property
    def requests(self) -> int:
        """How many requests were decided about; spoilt handshakes are not counted."""
        return sum(times for kind, times in self.met.items() if kind not in AT_HANDSHAKE)

    def heal(self) -> None:
        """From now on everything passes."""
        self.draw, self.handshakes = nothing, 0.0

    def close(self) -> None:
        """Stop listening and cut what is under way."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda _loop, _context: None)  # cut lines are the purpose
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, sock=self._sock, ssl=self._front)
        )
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        for writer in self._opened:
            writer.transport.abort()
        self._loop.run_until_complete(self._sock.cut())
        self._loop.close()

    def _greet(self, sock: ssl.SSLObject, _name: str | None, _: ssl.SSLContext) -> int | None:
        """Show a certificate: the good one, or a bad one."""
        if self._rng.random() >= self.handshakes:
            return None
        kind = self._rng.choice(AT_HANDSHAKE)
        self.met[kind] += 1
        if kind is Trouble.NO_HANDSHAKE:
            return ssl.ALERT_DESCRIPTION_INTERNAL_ERROR
        sock.context = self._contexts[kind]
        return None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._opened.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, BadHttp, asyncio.LimitOverrunError):
            pass  # the till hung up, or the carrier did: both are what this is for
        finally:
            writer.close()
            self._opened.discard(writer)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; True where the connection may be used again."""
        trouble: Trouble | None = None

        def early(_head: bytes) -> bool:
            nonlocal trouble
            trouble = self.draw(self._rng)
            self.met[trouble] += 1
            return trouble is Trouble.RESET_IN_BODY

        request = await read_request(reader, stop_early=early)
        if trouble is Trouble.RESET_IN_BODY or request is None or trouble is None:
            _reset(writer)
            return False
        answer = await self._passed_on(request, trouble)
        if trouble in {Trouble.NONE, Trouble.DUPLICATE, Trouble.CORRUPT_REQUEST}:
            writer.write(answer.data if answer else b"")
            await writer.drain()
            return True
        await hostile_answers.play(trouble, writer, answer, self._stale, self._rng)
        if answer is not None and self._rng.random() < 0.2:
            self._stale = answer
        if trouble in {Trouble.RESET, Trouble.LOST_ANSWER}:
            _reset(writer)
        return False

    async def _passed_on(self, request: Request, trouble: Trouble) -> Answer | None:
        if trouble is Trouble.CORRUPT_REQUEST and request.body:
            place = self._rng.randrange(len(request.body))
            body = bytearray(request.body)
            body[place] ^= 1 << self._rng.randrange(8)
            return await self._ask(request.head + bytes(body))
        if trouble is Trouble.DUPLICATE:
            await self._ask(request.head + request.body)
        passes = _ON_THE_WAY_BACK | {Trouble.NONE, Trouble.DUPLICATE, Trouble.CORRUPT_REQUEST}
        if trouble in passes:
            return await self._ask(request.head + request.body)
        return None

    async def _ask(self, data: bytes) -> Answer:
        """Ask the carrier over a line that is kept."""
        for fresh in (False, True):
            if self._idle and not fresh:
                reader, writer = self._idle.pop()
            else:
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", self._upstream, ssl=self._trust
                )
                self._opened.add(writer)
            try:
                writer.write(data)
                await writer.drain()
                answer = await read_answer(reader)
            except (OSError, asyncio.IncompleteReadError):
                writer.transport.abort()
                self._opened.discard(writer)
                continue
            self._idle.append((reader, writer))
            return answer
        raise BadHttp("the carrier hung up")


def _context(folder: Path, kind: Trouble, pair: Pair) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    chain, key = folder / f"{kind.name}.pem", folder / f"{kind.name}.key"
    chain.write_bytes(pair.certificate)
    key.write_bytes(pair.key)
    context.load_cert_chain(chain, key)
    return context


def _reset(writer: asyncio.StreamWriter) -> None:
    """Let the other end see a reset, not a polite goodbye."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
